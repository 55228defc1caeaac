#include "store/postgres/schema.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "ports/store.h"
#include "store/postgres/connection.h"

namespace tarotforge::store::postgres {
namespace {

// A migration may have to rewrite a large table, and to wait for another program that does so.
constexpr Duration kMigrationLimit = std::chrono::minutes(10);
constexpr Duration kConnectLimit = std::chrono::seconds(5);  // as a call's

constexpr std::int64_t kLock = 0x7461726F74666F72;  // "tarotfor", a number that others do not use
constexpr std::int64_t kOldestVersion = 150000;     // what the tests run against

template <class... Values>
boost::asio::awaitable<Rows> ask(Connection& db, std::string_view sql, const Values&... values) {
  db.push(sql, Parameters().put(values...));
  return db.round();
}

boost::asio::awaitable<std::vector<AppliedMigration>> applied(Connection& db) {
  std::vector<AppliedMigration> found;
  const auto table = co_await ask(db, "select to_regclass('schema_migrations') is not null");
  if (!table.value<bool>().value_or(false)) co_return found;
  const auto rows =
      co_await ask(db, "select number, name, sha256 from schema_migrations order by number");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = found.emplace_back();
    std::int32_t number = 0;
    rows.row(i, number, row.name, row.sha256);
    row.number = number;
  }
  co_return found;
}

boost::asio::awaitable<void> apply(Connection& db, const EmbeddedMigration& migration) {
  co_await ask(db, "begin");
  co_await db.execute(std::string(migration.sql));
  db.push(
      "insert into schema_migrations (number, name, sha256, applied_at) values ($1, $2, $3, now())",
      Parameters().put(migration.number, migration.name, checksum(migration)));
  co_await ask(db, "commit");
}

// The connection is closed after a failure, which undoes what was begun.
ports::Task<std::vector<std::string>> migrate(Connection& db,
                                              std::span<const EmbeddedMigration> embedded) {
  co_await ask(db, "select pg_advisory_lock($1)", kLock);
  CO_TRY_ASSIGN(const auto missing, pending_migrations(embedded, co_await applied(db)));
  co_await ask(db, R"(
    create table if not exists schema_migrations (
      number integer primary key,
      name text not null,
      sha256 bytea not null,
      applied_at timestamptz not null
    ))");
  std::vector<std::string> titles;
  for (const auto& migration : missing) {
    co_await apply(db, migration);
    titles.push_back(title(migration));
  }
  co_return titles;
}

ports::Task<std::vector<std::string>> prepare(Connection& db, std::string url, Schema schema,
                                              std::span<const EmbeddedMigration> embedded) {
  const auto now = std::chrono::steady_clock::now();
  db.limit(now + kConnectLimit);
  co_await db.open(url, kMigrationLimit);
  db.limit(now + kMigrationLimit);
  const auto version = co_await ask(db, "select current_setting('server_version_num')::bigint");
  if (version.value<std::int64_t>().value_or(0) < kOldestVersion)
    co_return Error(ErrorCode::internal, fmt::format("The {} is served by a PostgreSQL older than "
                                                     "version 15. Use 15 or newer.",
                                                     describe(url)));
  if (schema == Schema::migrate) co_return co_await migrate(db, embedded);
  CO_TRY_ASSIGN(const auto missing, pending_migrations(embedded, co_await applied(db)));
  if (!missing.empty())
    co_return Error(ErrorCode::internal,
                    fmt::format("The {} lacks migration {}. Run `tarotforge migrate`.",
                                describe(url), title(missing.front())));
  co_return std::vector<std::string>();
}

}  // namespace

Result<std::vector<std::string>> prepare_schema(const std::string& url, Schema schema,
                                                std::span<const EmbeddedMigration> embedded) {
  boost::asio::io_context context(1);
  Connection db(context.get_executor());
  std::optional<Result<std::vector<std::string>>> answer;
  std::exception_ptr thrown;
  boost::asio::co_spawn(context, prepare(db, url, schema, embedded),
                        [&](std::exception_ptr error, auto result) {
                          thrown = error;
                          answer.emplace(std::move(result));
                        });
  while (!answer) context.run_one();
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Failure& failure) {
    const auto code = is_mistake(failure) ? ErrorCode::internal : error_of(failure).code;
    return Error(code, start_sentence(describe(url), failure));
  }
  return *std::move(answer);
}

}  // namespace tarotforge::store::postgres
