// What the judgement of expiry (store/judgement.h) takes from the rows, and the end that it writes.
#pragma once

#include <vector>

#include "store/context.h"
#include "store/judgement.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

boost::asio::awaitable<std::vector<core::Outage>> load_outages(Transaction& db);
boost::asio::awaitable<Observation> observe(Transaction& db, const Context& context);

// Credits the sessions that lost servers hold with what those may have heard, removes the holds,
// and stops the servers: they may write no more.
boost::asio::awaitable<void> settle_lost(Transaction& db, const Observation& observed);
// The same for one server, lost or not.
boost::asio::awaitable<void> settle(Transaction& db, ServerId server);

// Expires the session if it may expire. `claim.heard_through` counts only where this store is a
// registered server's own. A damaged row is logged and left as it is. `busy` says what happens
// where somebody else has the row locked.
enum class Busy { wait, skip };
boost::asio::awaitable<std::optional<ports::ExpiredSession>> try_expire(
    Transaction& db, Context& context, const Observation& observed, const ports::ExpiryClaim& claim,
    Busy busy);

boost::asio::awaitable<std::vector<ports::ExpiredSession>> expire(
    Transaction& db, Context& context, std::vector<ports::ExpiryClaim> claims);

// Writes an end: the session, its participants and invites, one audit entry. Under the row's lock.
void end_session(Transaction& db, Context& context, SessionId id, const End& end);

}  // namespace tarotforge::store::postgres
