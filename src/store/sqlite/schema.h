// Brings a database file to the schema of this binary, or says what keeps it from it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "store/migrate/parts.h"
#include "store/migrate/plan.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// The migrations that are still to apply; see pending_migrations() for the refusals.
Result<std::span<const EmbeddedMigration>> pending(Connection& db,
                                                   std::span<const EmbeddedMigration> embedded);

// Applies them, each in a transaction of its own; answers their titles.
Result<std::vector<std::string>> migrate(Connection& db,
                                         std::span<const EmbeddedMigration> embedded, WallTime now);

// Of the file at `path`, beside a server. Refusals are whole sentences.
Result<std::vector<MigrationState>> schema_states(const std::string& path,
                                                  std::span<const EmbeddedMigration> embedded);
// Sentences on how it differs from what the migrations make of an empty one.
Result<std::vector<std::string>> schema_findings(const std::string& path,
                                                 std::span<const EmbeddedMigration> embedded);

// Writes without changing anything: fails where nothing can be written.
void touch(Connection& db);

}  // namespace tarotforge::store::sqlite
