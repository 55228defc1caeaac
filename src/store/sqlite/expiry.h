// What the judgement of expiry (store/judgement.h) takes from the rows, and the end that it writes.
#pragma once

#include <vector>

#include "store/context.h"
#include "store/judgement.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

std::vector<core::Outage> load_outages(Connection& db);
Observation observe(Connection& db, const Context& context);

// Credits the sessions that lost servers hold with what those may have heard, removes the holds,
// and stops the servers: they may write no more. settle_others takes every server but the given one
// for lost.
void settle_lost(Connection& db, const Observation& observed);
void settle_others(Connection& db, ServerId alive, Instant now);
// Stops servers that have given no sign of life since, and hold nothing that would be to settle.
void stop_silent(Connection& db, Instant since);

// Expires the session if it may expire. `claim.heard_through` counts only where this store is a
// registered server's own. A damaged row is logged and left as it is.
std::optional<ports::ExpiredSession> try_expire(Connection& db, Context& context,
                                                const Observation& observed,
                                                const ports::ExpiryClaim& claim);

std::vector<ports::ExpiredSession> expire(Connection& db, Context& context,
                                          const std::vector<ports::ExpiryClaim>& claims);

// Writes an end: the session, its participants and invites, one audit entry.
void end_session(Connection& db, Context& context, const End& end);

}  // namespace tarotforge::store::sqlite
