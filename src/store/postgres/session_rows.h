// A session's row and its participants' rows: read whole, written whole. Stamps that a beat may
// have moved on meanwhile (last activity, last seen) are never moved back. Writers hold the lock
// of the session's row, which update_session() and insert_session() take.
#pragma once

#include <vector>

#include "core/session.h"
#include "ports/store.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

struct LoadedSession {
  SessionId id;
  Result<core::SessionData> data;  // internal where the row is damaged
};
// Those of them that there are, in the order of their ids.
boost::asio::awaitable<std::vector<LoadedSession>> load_sessions(Transaction& db,
                                                                 const std::vector<SessionId>& ids);
// session_not_found; internal where the row is damaged.
ports::Task<core::SessionData> load_session(Transaction& db, SessionId id);

// Both write the revision that the session shall have next, one above `read_revision`. False
// where the row is not as it was read, or to be inserted but there.
boost::asio::awaitable<bool> insert_session(Transaction& db, const core::SessionData& session);
boost::asio::awaitable<bool> update_session(Transaction& db, const core::SessionData& session,
                                            std::uint64_t read_revision);

// Adds and changes those that differ from the rows.
void write_participants(Transaction& db, const core::SessionData& session);

}  // namespace tarotforge::store::postgres
