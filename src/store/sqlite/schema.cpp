#include "store/sqlite/schema.h"

namespace tarotforge::store::sqlite {
namespace {

std::vector<AppliedMigration> applied(Connection& db) {
  std::vector<AppliedMigration> rows;
  if (!db.value<std::int64_t>("select 1 from sqlite_schema where name = 'schema_migrations'"))
    return rows;
  auto select = db.prepare("select number, name, sha256 from schema_migrations order by number");
  while (select.step()) {
    std::uint32_t number = 0;
    auto& row = rows.emplace_back();
    select.row(number, row.name, row.sha256);
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

}  // namespace tarotforge::store::sqlite
