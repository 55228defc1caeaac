// The one judgement of expiry, for timers, sweeps and the command line alike: in observed time,
// under the lock of the session's row, after what lost servers may have heard has been settled. A
// session may expire when its deadline is reached at observed now and every server that holds it
// has flushed through that deadline.
#pragma once

#include <vector>

#include "ports/store.h"
#include "store/postgres/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// What all judgements of one transaction share.
struct Observation {
  Instant now;                          // the newest alive_at; the wall clock where no server was
  std::vector<core::Outage> outages{};  // those that may still matter, sorted, without overlap
  Instant listening_since{INT64_MIN / 2};
  Duration presence_interval{};
};

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

// The rows' side of an end that is not written by commit(): the session is ended, its participants
// and invites are deactivated, one audit entry of the given type is added. Under the row's lock.
struct End {
  core::EndReason reason;
  std::uint32_t generation;
  Instant at;
  Instant restorable_until;
  Instant last_activity;
  std::string audit_data;
};
void end_session(Transaction& db, Context& context, SessionId id, const End& end);

}  // namespace tarotforge::store::postgres
