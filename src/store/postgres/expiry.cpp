#include "store/postgres/expiry.h"

#include <algorithm>

#include "store/postgres/records.h"
#include "store/postgres/session_rows.h"
#include "store/session_columns.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::ExpiredSession;
using ports::ExpiryClaim;

awaitable<Instant> heard_by_all(Transaction& db, const Context& context, const ExpiryClaim& claim) {
  const auto holds = co_await db.query(R"(
    select servers.id, servers.flushed_through
    from session_holds join servers on servers.id = session_holds.server_id
    where session_holds.session_id = $1)",
                                       claim.session);
  HeardByAll heard(context, claim);
  for (std::size_t i = 0; i < holds.size(); ++i) {
    ServerId server;
    Instant flushed_through;
    holds.row(i, server, flushed_through);
    heard.add(server, flushed_through);
  }
  co_return heard.through();
}

awaitable<bool> lock_open(Transaction& db, const ExpiryClaim& claim, Busy busy) {
  constexpr std::string_view kWait = R"(
    select 1 from reading_sessions where id = $1 and is_active and generation = $2
    for no key update)";
  constexpr std::string_view kSkip = R"(
    select 1 from reading_sessions where id = $1 and is_active and generation = $2
    for no key update skip locked)";
  const auto rows =
      co_await db.query(busy == Busy::wait ? kWait : kSkip, claim.session, claim.generation);
  co_return !rows.empty();
}

void write_settlement(Transaction& db, ServerId server, Instant alive_at) {
  db.send(R"(
    update reading_sessions set last_activity_at = greatest(last_activity_at, least($2::timestamptz,
        greatest(created_at, updated_at, last_activity_at,
                 (select max(last_seen_at) from session_participants
                  where session_id = reading_sessions.id))
          + $3::bigint * interval '1 millisecond'))
    where id in (select id from reading_sessions
                 where is_active
                   and id in (select session_id from session_holds where server_id = $1)
                 order by id for no key update))",
          server, alive_at, ports::kSettlement);
  db.send("delete from session_holds where server_id = $1", server);
  db.send("update servers set stopped_at = alive_at where id = $1 and stopped_at is null", server);
}

// Its sign of life, which stays what it is until this transaction ends.
awaitable<std::optional<Instant>> lock_server(Transaction& db, ServerId server) {
  const auto rows =
      co_await db.query("select alive_at from servers where id = $1 for no key update", server);
  co_return rows.value<Instant>();
}

}  // namespace

awaitable<std::vector<core::Outage>> load_outages(Transaction& db) {
  // Nobody's last activity is before the oldest updated_at of an open session.
  const auto rows = co_await db.query(R"(
    select started_at, ended_at from service_outages
    where kind = 'outage'
      and ended_at > (select min(updated_at) from reading_sessions where is_active)
    order by started_at)");
  std::vector<core::Outage> outages;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    core::Outage outage;
    rows.row(i, outage.start, outage.end);
    add_outage(outages, outage);
  }
  co_return outages;
}

awaitable<Observation> observe(Transaction& db, const Context& context) {
  const auto rows = co_await db.query(R"(
    select (select max(alive_at) from servers), (select max(started_at) from servers),
           (select value from settings where name = 'PRESENCE_UPDATE_SECONDS'))");
  std::optional<Instant> alive_at, started_at;
  std::optional<std::string> interval;
  rows.row(0, alive_at, started_at, interval);
  co_return observation(alive_at.value_or(context.clock.now()), started_at,
                        co_await load_outages(db), interval);
}

awaitable<void> settle_lost(Transaction& db, const Observation& observed) {
  const auto is_lost = [&](Instant alive_at) {
    return core::observed_between(alive_at, observed.now, observed.outages) >
           ports::kServerLostAfter;
  };
  const auto holders = co_await db.query(R"(
    select id, alive_at from servers
    where exists (select 1 from session_holds where server_id = servers.id) order by id)");
  for (std::size_t i = 0; i < holders.size(); ++i) {
    ServerId server;
    Instant alive_at;
    holders.row(i, server, alive_at);
    if (!is_lost(alive_at)) continue;
    const auto locked = co_await lock_server(db, server);
    if (locked && is_lost(*locked)) write_settlement(db, server, *locked);
  }
}

awaitable<void> settle(Transaction& db, ServerId server) {
  const auto alive_at = co_await lock_server(db, server);
  if (alive_at) write_settlement(db, server, *alive_at);
}

void end_session(Transaction& db, Context& context, SessionId id, const End& end) {
  db.send(R"(
    update reading_sessions set
      is_active = false, end_reason = $2, ended_at = $3, restorable_until = $4, warned_at = null,
      extended_until = null, last_activity_at = greatest(last_activity_at, $5),
      revision = revision + 1
    where id = $1)",
          id, word(end.reason), end.at, end.restorable_until, end.last_activity);
  db.send(R"(
    update session_participants set is_active = false, left_at = $2, leave_reason = $3
    where session_id = $1 and is_active)",
          id, end.at, word(end.reason));
  close_invites(db, id, end.reason, end.at);
  insert_audit(db, id,
               {.id = context.new_event(),
                .type = std::string(word(end.reason)),
                .generation = end.generation,
                .participant = std::nullopt,
                .data = end.audit_data,
                .at = end.at});
}

awaitable<std::optional<ExpiredSession>> try_expire(Transaction& db, Context& context,
                                                    const Observation& observed,
                                                    const ExpiryClaim& claim, Busy busy) {
  if (!co_await lock_open(db, claim, busy)) co_return std::nullopt;
  // Before the rows: what was flushed through then stands in what is read after it.
  const Instant heard_through = co_await heard_by_all(db, context, claim);
  auto loaded = co_await load_session(db, claim.session);
  if (!loaded) {
    if (loaded.error().code != ErrorCode::session_not_found)
      context.log.error("Session {} cannot be judged: {}", claim.session.to_string(),
                        loaded.error().sentence());
    co_return std::nullopt;
  }
  auto judgement = judge(*std::move(loaded), claim, observed, context, heard_through, db.calendar);
  if (!judgement) co_return std::nullopt;
  end_session(db, context, claim.session, judgement->end);
  co_return std::move(judgement->expired);
}

awaitable<std::vector<ExpiredSession>> expire(Transaction& db, Context& context,
                                              std::vector<ExpiryClaim> claims) {
  const auto observed = co_await observe(db, context);
  co_await settle_lost(db, observed);
  // In one order, so that no two calls wait for each other.
  std::ranges::sort(claims, {}, &ExpiryClaim::session);
  std::vector<ExpiredSession> expired;
  for (const auto& claim : claims)
    if (auto session = co_await try_expire(db, context, observed, claim, Busy::wait))
      expired.push_back(*std::move(session));
  co_return expired;
}

}  // namespace tarotforge::store::postgres
