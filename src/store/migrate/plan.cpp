#include "store/migrate/plan.h"

#include <fmt/format.h>

namespace tarotforge::store {

Digest checksum(const EmbeddedMigration& migration) { return sha256(migration.sql); }

std::string title(const EmbeddedMigration& migration) {
  return fmt::format("{:04}_{}", migration.number, migration.name);
}

Result<std::span<const EmbeddedMigration>> pending_migrations(
    std::span<const EmbeddedMigration> embedded, std::span<const AppliedMigration> applied) {
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const auto& row = applied[i];
    if (i == embedded.size())
      return Error(ErrorCode::internal,
                   fmt::format("The database is newer than this program: it has migration "
                               "{:04}_{}, which this version does not know. Start the newer "
                               "version, or restore a backup from before it.",
                               row.number, row.name));
    const auto& ours = embedded[i];
    if (row.number != ours.number || row.name != ours.name || row.sha256 != checksum(ours))
      return Error(ErrorCode::internal,
                   fmt::format("Migration {} was changed after it was applied to this database as "
                               "{:04}_{}. Start the version that applied it.",
                               title(ours), row.number, row.name));
  }
  return embedded.subspan(applied.size());
}

Result<std::vector<MigrationState>> migration_states(std::span<const EmbeddedMigration> embedded,
                                                     std::span<const AppliedMigration> applied) {
  TRY(pending_migrations(embedded, applied));
  std::vector<MigrationState> states;
  for (std::size_t i = 0; i < embedded.size(); ++i) {
    auto& state = states.emplace_back(title(embedded[i]));
    if (i < applied.size()) state.applied_at = applied[i].applied_at;
  }
  return states;
}

std::string lacking(const std::string& place, const EmbeddedMigration& migration) {
  return fmt::format("The {} lacks migration {}. Run `tarotforge migrate up`.", place,
                     title(migration));
}

}  // namespace tarotforge::store
