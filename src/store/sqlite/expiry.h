// The one judgement of expiry, for timers, sweeps and the command line alike: in observed time,
// under the transaction's lock, after what dead servers may have heard has been settled. A session
// may expire when its deadline is reached at observed now and every server that holds it has
// flushed through that deadline.
#pragma once

#include <vector>

#include "ports/store.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/context.h"

namespace tarotforge::store::sqlite {

// What all judgements of one transaction share.
struct Observation {
  Instant now;                          // the newest alive_at; the wall clock where no server was
  std::vector<core::Outage> outages{};  // those that may still matter, sorted, without overlap
  Instant listening_since{INT64_MIN / 2};
  Duration presence_interval{};
};

std::vector<core::Outage> load_outages(Connection& db);
Observation observe(Connection& db, const Context& context);

// Credits the sessions that lost servers hold with what those may have heard, and removes the
// holds. settle_others takes every server but the given one for lost.
void settle_lost(Connection& db, const Observation& observed);
void settle_others(Connection& db, ServerId alive);

// Expires the session if it may expire. `claim.heard_through` counts only where this store is a
// registered server's own. A damaged row is logged and left as it is.
std::optional<ports::ExpiredSession> try_expire(Connection& db, Context& context,
                                                const Observation& observed,
                                                const ports::ExpiryClaim& claim);

std::vector<ports::ExpiredSession> expire(Connection& db, Context& context,
                                          const std::vector<ports::ExpiryClaim>& claims);

// The rows' side of an end that is not written by commit(): the session is ended, its participants
// and invites are deactivated, one audit entry of the given type is added.
struct End {
  core::EndReason reason;
  Instant at;
  Instant restorable_until;
  Instant last_activity;
  std::string audit_data;
};
void end_session(Connection& db, Context& context, SessionId id, const End& end);

}  // namespace tarotforge::store::sqlite
