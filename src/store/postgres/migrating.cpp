#include "store/postgres/migrating.h"

#include <fmt/format.h>

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;

constexpr std::int64_t kLock = 0x7461726F74666F72;  // "tarotfor", a number that others do not use
constexpr Duration kBetweenAttempts = std::chrono::milliseconds(200);
constexpr std::int64_t kOldestVersion = 150000;  // what the tests run against

}  // namespace

awaitable<void> pause_for(Duration span) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, span);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

ports::Task<> require_version(Connection& db, std::string place) {
  const auto version = co_await ask(db, "select current_setting('server_version_num')::bigint");
  if (version.value<std::int64_t>().value_or(0) >= kOldestVersion) co_return Result<>();
  co_return Error(ErrorCode::internal, fmt::format("The {} is served by a PostgreSQL older than "
                                                   "version 15. Use 15 or newer.",
                                                   place));
}

awaitable<void> lock_schema(Connection& db) {
  // Asked for again and again: a statement that waits is one that an index made concurrently would
  // wait for in turn.
  for (;;) {
    const auto locked = co_await ask(db, "select pg_try_advisory_lock($1)", kLock);
    if (locked.value<bool>().value_or(false)) co_return;
    co_await pause_for(kBetweenAttempts);
  }
}

awaitable<std::vector<AppliedMigration>> applied(Connection& db) {
  std::vector<AppliedMigration> found;
  const auto columns = co_await ask(db, R"(
    select count(*), count(*) filter (where attname in ('number', 'name', 'sha256', 'applied_at'))
    from pg_attribute where attrelid = to_regclass('schema_migrations') and attnum > 0)");
  std::int64_t all = 0, ours = 0;
  columns.row(0, all, ours);
  if (all == 0) co_return found;
  if (ours < 4)
    throw Failure{std::string(kWrongColumn),
                  "its table schema_migrations is another program's; use a schema of your own"};
  const auto rows = co_await ask(
      db, "select number, name, sha256, applied_at from schema_migrations order by number");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& row = found.emplace_back();
    rows.row(i, row.number, row.name, row.sha256, row.applied_at);
  }
  co_return found;
}

awaitable<void> make_record(Connection& db) {
  co_await ask(db, R"(
    create table if not exists schema_migrations (
      number integer primary key,
      name text not null,
      sha256 bytea not null,
      applied_at timestamptz not null
    ))");
}

awaitable<void> record(Connection& db, const EmbeddedMigration& migration) {
  co_await ask(
      db,
      "insert into schema_migrations (number, name, sha256, applied_at) values ($1, $2, $3, now())",
      migration.number, migration.name, checksum(migration));
}

awaitable<bool> holds_readings(Connection& db) {
  const auto found = co_await ask(db, R"(
    select to_regclass('reading_sessions') is not null
        or to_regclass('session_participants') is not null)");
  co_return found.value<bool>().value_or(false);
}

awaitable<bool> is_half_adopted(Connection& db) {
  const auto table = co_await ask(db, "select to_regclass('settings') is not null");
  if (!table.value<bool>().value_or(false)) co_return false;
  const auto row = co_await ask(db, "select 1 from settings where name = $1", kAdoptionSetting);
  co_return !row.empty();
}

// The connection is closed after a failure, which undoes what was begun.
ports::Task<std::vector<std::string>> apply_missing(Connection& db,
                                                    std::span<const EmbeddedMigration> embedded) {
  CO_TRY_ASSIGN(const auto missing, pending_migrations(embedded, co_await applied(db)));
  if (!missing.empty() && co_await is_half_adopted(db))
    co_return Error(
        ErrorCode::internal,
        "Adopting this database is not finished, and comes first. Run `tarotforge migrate "
        "adopt --finish`.");
  co_await make_record(db);
  std::vector<std::string> titles;
  for (const auto& migration : missing) {
    co_await ask(db, "begin");
    co_await db.execute(std::string(migration.sql));
    co_await record(db, migration);
    co_await ask(db, "commit");
    titles.push_back(title(migration));
  }
  co_return titles;
}

Error first_implementation(const std::string& place) {
  return {
      ErrorCode::internal,
      fmt::format("The {} holds readings of the first implementation. Adopt it with `tarotforge "
                  "migrate adopt`, after `tarotforge migrate adopt --dry-run`.",
                  place)};
}

}  // namespace tarotforge::store::postgres
