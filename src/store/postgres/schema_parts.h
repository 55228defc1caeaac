// The parts of a schema in PostgreSQL: of the schema that the connection's search path begins with.
// Names of that schema are left out, so that parts of two schemas can be compared.
#pragma once

#include <string>
#include <vector>

#include "store/migrate/embedded.h"
#include "store/migrate/parts.h"
#include "store/postgres/migrating.h"

namespace tarotforge::store::postgres {

// A function's definition has this where it names the schema.
inline constexpr std::string_view kHomeSchema = "\"$home\"";

boost::asio::awaitable<std::vector<SchemaPart>> schema_parts(Connection& db);

// What these migrations make of an empty schema: one is made, read and undone.
ports::Task<std::vector<SchemaPart>> reference_parts(Connection& db,
                                                     std::span<const EmbeddedMigration> embedded);

}  // namespace tarotforge::store::postgres
