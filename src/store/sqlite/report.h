// What operators ask: counts recounted from the rows, listings, and whether the file is sound.
#pragma once

#include "ports/store.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

ports::Statistics statistics(Connection& db, Instant now);
std::vector<ports::SessionListing> list_sessions(Connection& db,
                                                 const ports::SessionFilter& filter);
std::vector<ports::OpenSession> open_sessions(Connection& db, SessionId after, std::size_t limit);
std::vector<SessionId> changed_among(Connection& db,
                                     const std::vector<ports::SessionStore::Known>& known);

}  // namespace tarotforge::store::sqlite
