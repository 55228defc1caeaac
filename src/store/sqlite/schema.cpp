#include "store/sqlite/schema.h"

#include <fmt/format.h>

#include "store/sqlite/database_file.h"

namespace tarotforge::store::sqlite {
namespace {

std::vector<AppliedMigration> applied(Connection& db) {
  std::vector<AppliedMigration> rows;
  if (!db.value<std::int64_t>("select 1 from sqlite_schema where name = 'schema_migrations'"))
    return rows;
  auto select =
      db.prepare("select number, name, sha256, applied_at from schema_migrations order by number");
  while (select.step()) {
    std::uint32_t number = 0;
    auto& row = rows.emplace_back();
    select.row(number, row.name, row.sha256, row.applied_at);
    row.number = static_cast<int>(number);
  }
  return rows;
}

void apply(Connection& db, const EmbeddedMigration& migration, WallTime now) {
  db.run("begin immediate");
  try {
    db.execute(std::string(migration.sql));
    db.run(
        "insert into schema_migrations (number, name, sha256, applied_at) values (?1, ?2, ?3, ?4)",
        migration.number, migration.name, checksum(migration), now);
    db.run("commit");
  } catch (const Failure&) {
    if (db.in_transaction()) db.run("rollback");
    throw;
  }
}

// Kind, table, name, definition.
constexpr std::string_view kParts = R"(
  with own as (select * from sqlite_schema where name not like 'sqlite_%')
  select 'table', '', name, '' from own where type = 'table'
  union all
  select 'column', own.name, c.name,
      c.type || iif(c."notnull", ' not null', '') || coalesce(' default ' || c.dflt_value, '')
    from own, pragma_table_xinfo(own.name) as c where own.type = 'table'
  union all
  select 'reference', own.name, r."from",
      r."table" || ' (' || coalesce(r."to", '') || ') on delete ' || lower(r.on_delete)
    from own, pragma_foreign_key_list(own.name) as r where own.type = 'table'
  union all
  select type, tbl_name, name, sql from own where type in ('index', 'trigger'))";

std::vector<SchemaPart> schema_parts(Connection& db) {
  std::vector<SchemaPart> parts;
  auto select = db.prepare(kParts);
  while (select.step()) {
    auto& part = parts.emplace_back();
    select.row(part.kind, part.table, part.name, part.definition);
  }
  return parts;
}

// As long as whoever opens the file beside a server may be kept waiting.
constexpr Duration kBusyTimeout = std::chrono::seconds(5);

template <class Work>
auto look_at(const std::string& path, Work work) -> decltype(work(std::declval<Connection&>())) {
  TRY(require_file(path));
  try {
    Connection db(path, Use::read, kBusyTimeout);
    return work(db);
  } catch (const Failure& failure) {
    return Error(ErrorCode::internal, start_sentence(path, failure));
  }
}

}  // namespace

Result<std::span<const EmbeddedMigration>> pending(Connection& db,
                                                   std::span<const EmbeddedMigration> embedded) {
  return pending_migrations(embedded, applied(db));
}

Result<std::vector<std::string>> migrate(Connection& db,
                                         std::span<const EmbeddedMigration> embedded,
                                         WallTime now) {
  TRY_ASSIGN(const auto missing, pending(db, embedded));
  db.execute(R"(
    create table if not exists schema_migrations (
      number integer primary key not null,
      name text not null,
      sha256 blob not null,
      applied_at integer not null
    ) strict)");
  std::vector<std::string> titles;
  for (const auto& migration : missing) {
    apply(db, migration, now);
    titles.push_back(title(migration));
  }
  return titles;
}

Result<std::vector<MigrationState>> schema_states(const std::string& path,
                                                  std::span<const EmbeddedMigration> embedded) {
  return look_at(path, [&](Connection& db) { return migration_states(embedded, applied(db)); });
}

Result<std::vector<std::string>> schema_findings(const std::string& path,
                                                 std::span<const EmbeddedMigration> embedded) {
  return look_at(path, [&](Connection& db) -> Result<std::vector<std::string>> {
    const auto known = applied(db);
    TRY_ASSIGN(const auto missing, pending_migrations(embedded, known));
    std::vector<std::string> found;
    for (const auto& migration : missing)
      found.push_back(lacking(fmt::format("database file {}", path), migration));
    Connection reference(":memory:", Use::write, kBusyTimeout);
    for (const auto& migration : embedded.first(known.size()))
      reference.execute(std::string(migration.sql));
    const auto differing = differences(schema_parts(reference), schema_parts(db));
    std::ranges::move(sentences(differing), std::back_inserter(found));
    return found;
  });
}

void touch(Connection& db) {
  db.run("update schema_migrations set applied_at = applied_at where number = 1");
}

}  // namespace tarotforge::store::sqlite
