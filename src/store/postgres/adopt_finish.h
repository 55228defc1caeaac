// The second step of adopting: what the first implementation left open is closed, all at once or
// not at all, and whoever it let in is shut out. After it the schema is the one that the migrations
// make, with whatever else the database had, and servers may write.
#pragma once

#include "store/postgres/adopt_parts.h"

namespace tarotforge::store::postgres {

// `wanted`: what the migrations make.
ports::Task<> finish_adoption(Connection& db, std::vector<SchemaPart> wanted,
                              AdoptionOptions options);

}  // namespace tarotforge::store::postgres
