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
boost::asio::awaitable<void> settle(Transaction& db, ServerId server, Instant now);
// Stops servers that have given no sign of life since, and hold nothing that would be to settle.
void stop_silent(Transaction& db, Instant since);

// Expires those of the sessions that may expire, in a number of statements that does not grow with
// theirs. `heard_through` of a claim counts only where this store is a registered server's own. A
// damaged row is logged and left as it is. `busy` says what happens to rows that somebody else has
// locked.
enum class Busy { wait, skip };
boost::asio::awaitable<std::vector<ports::ExpiredSession>> expire_where_due(
    Transaction& db, Context& context, const Observation& observed,
    const std::vector<ports::ExpiryClaim>& claims, Busy busy);

boost::asio::awaitable<std::vector<ports::ExpiredSession>> expire(
    Transaction& db, Context& context, const std::vector<ports::ExpiryClaim>& claims);

// Writes ends: the sessions, their participants and invites, one audit entry each, by four
// statements for all. Under the locks of the rows.
void end_sessions(Transaction& db, Context& context, const std::vector<End>& ends);

}  // namespace tarotforge::store::postgres
