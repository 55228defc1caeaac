#include "store/postgres/schema.h"

#include <fmt/format.h>

#include "store/postgres/migrating.h"
#include "store/postgres/own_connection.h"
#include "store/postgres/schema_parts.h"

namespace tarotforge::store::postgres {
namespace {

using Titles = std::vector<std::string>;

// A migration may have to rewrite a large table, and to wait for another program that does so.
constexpr Duration kMigrationLimit = std::chrono::minutes(10);

ports::Task<Titles> migrate(Connection& db, std::string place,
                            std::span<const EmbeddedMigration> embedded) {
  co_await lock_schema(db);
  if ((co_await applied(db)).empty() && co_await holds_readings(db))
    co_return first_implementation(place);
  co_return co_await apply_missing(db, embedded);
}

ports::Task<Prepared> prepare(Connection& db, std::string place, Schema schema,
                              std::span<const EmbeddedMigration> embedded) {
  CO_TRY(co_await require_version(db, place));
  Prepared prepared;
  const bool is_empty = (co_await applied(db)).empty() && !co_await holds_readings(db);
  if (schema == Schema::up || (schema == Schema::lay_out && is_empty)) {
    CO_TRY_ASSIGN(prepared.applied, co_await migrate(db, place, embedded));
  } else {
    const auto known = co_await applied(db);
    if (known.empty() && !is_empty) co_return first_implementation(place);
    CO_TRY_ASSIGN(const auto missing, pending_migrations(embedded, known));
    if (!missing.empty()) co_return Error(ErrorCode::internal, lacking(place, missing.front()));
  }
  prepared.is_half_adopted = co_await is_half_adopted(db);
  co_return prepared;
}

ports::Task<std::vector<MigrationState>> states(Connection& db, std::string place,
                                                std::span<const EmbeddedMigration> embedded) {
  const auto known = co_await applied(db);
  if (known.empty() && co_await holds_readings(db)) co_return first_implementation(place);
  co_return migration_states(embedded, known);
}

ports::Task<Titles> findings(Connection& db, std::string place,
                             std::span<const EmbeddedMigration> embedded) {
  CO_TRY(co_await require_version(db, place));
  const auto known = co_await applied(db);
  if (known.empty() && co_await holds_readings(db)) co_return first_implementation(place);
  CO_TRY_ASSIGN(const auto missing, pending_migrations(embedded, known));
  const auto wanted = co_await reference_parts(db, embedded.first(known.size()));
  if (!wanted) co_return Error(wanted.error());
  Titles found;
  for (const auto& migration : missing) found.push_back(lacking(place, migration));
  const auto actual = co_await schema_parts(db);
  std::ranges::move(sentences(differences(*wanted, actual)), std::back_inserter(found));
  if (co_await is_half_adopted(db))
    found.emplace_back("Adopting is not finished. Run `tarotforge migrate adopt --finish`.");
  co_return found;
}

}  // namespace

Error refusal_at_start(const std::string& url, const Failure& failure) {
  const auto code = is_mistake(failure) ? ErrorCode::internal : error_of(failure).code;
  return {code, start_sentence(describe(url), failure)};
}

Result<Prepared> prepare_schema(const std::string& url, Schema schema,
                                std::span<const EmbeddedMigration> embedded) {
  return on_own_connection<Prepared>(url, kMigrationLimit, [&](Connection& db) {
    return prepare(db, describe(url), schema, embedded);
  });
}

Result<std::vector<MigrationState>> schema_states(const std::string& url,
                                                  std::span<const EmbeddedMigration> embedded) {
  return on_own_connection<std::vector<MigrationState>>(
      url, kMigrationLimit, [&](Connection& db) { return states(db, describe(url), embedded); });
}

Result<Titles> schema_findings(const std::string& url,
                               std::span<const EmbeddedMigration> embedded) {
  return on_own_connection<Titles>(
      url, kMigrationLimit, [&](Connection& db) { return findings(db, describe(url), embedded); });
}

}  // namespace tarotforge::store::postgres
