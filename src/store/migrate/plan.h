// Which migrations a database still needs: those inside the binary that it has not recorded. A
// database whose record differs from the binary's migrations is refused, not repaired.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "base/result.h"
#include "store/migrate/embedded.h"

namespace tarotforge::store {

struct AppliedMigration {
  int number;
  std::string name;
  Digest sha256;
  WallTime applied_at{};
};

Digest checksum(const EmbeddedMigration& migration);
std::string title(const EmbeddedMigration& migration);  // "0001_create_sessions"

// The rest of `embedded`, in order. `applied` is in ascending order of number. The refusal names
// the migration that was edited since, or that only a newer binary knows.
Result<std::span<const EmbeddedMigration>> pending_migrations(
    std::span<const EmbeddedMigration> embedded, std::span<const AppliedMigration> applied);

struct MigrationState {
  std::string title;
  std::optional<WallTime> applied_at;  // none: it is missing
};
// Every migration of the binary; the same refusals.
Result<std::vector<MigrationState>> migration_states(std::span<const EmbeddedMigration> embedded,
                                                     std::span<const AppliedMigration> applied);

// What to say of a database that lacks a migration, before the command to run.
std::string lacking(const std::string& place, const EmbeddedMigration& migration);

}  // namespace tarotforge::store
