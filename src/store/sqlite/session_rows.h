// A session's row and its participants' rows: read whole, written whole. Stamps that a beat may
// have moved on meanwhile (last activity, last seen) are never moved back.
#pragma once

#include <vector>

#include "core/session.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// session_not_found; internal where the row is damaged.
Result<core::SessionData> load_session(Connection& db, SessionId id);

// Both write the revision that the session shall have next, one above `read_revision`. False
// where the row is not as it was read, or to be inserted but there.
bool insert_session(Connection& db, const core::SessionData& session);
bool update_session(Connection& db, const core::SessionData& session, std::uint64_t read_revision);

// Adds and changes those that differ from the rows.
void write_participants(Connection& db, const core::SessionData& session);

}  // namespace tarotforge::store::sqlite
