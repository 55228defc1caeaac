// What is wrong with a database: the file, its references, its schema, its settings, and what a
// purge could not erase.
#pragma once

#include <string>
#include <vector>

#include "store/migrate/embedded.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

std::vector<std::string> diagnose(Connection& db, std::span<const EmbeddedMigration> embedded);

// The first damage that SQLite finds in the file; nullopt where there is none.
std::optional<std::string> first_damage(Connection& db);

}  // namespace tarotforge::store::sqlite
