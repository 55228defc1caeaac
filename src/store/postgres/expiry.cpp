#include "store/postgres/expiry.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "store/postgres/policy_sql.h"
#include "store/session_columns.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::ExpiredSession;
using ports::ExpiryClaim;

using Claims = std::map<SessionId, ExpiryClaim>;

std::vector<SessionId> ids_of(const Claims& claims) {
  std::vector<SessionId> ids;
  ids.reserve(claims.size());
  for (const auto& [id, claim] : claims) ids.push_back(id);
  return ids;
}

// Leaves those out whose session is not as it was claimed. In the order of ids, so that no two
// calls wait for each other.
awaitable<void> lock_open(Transaction& db, Claims& claims, Busy busy) {
  constexpr std::string_view kWait = R"(
    select id, generation from reading_sessions where id = any ($1::uuid[]) and is_active
    order by id for no key update)";
  constexpr std::string_view kSkip = R"(
    select id, generation from reading_sessions where id = any ($1::uuid[]) and is_active
    order by id for no key update skip locked)";
  const auto rows = co_await db.query(busy == Busy::wait ? kWait : kSkip, ids_of(claims));
  Claims locked;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SessionId id;
    std::uint32_t generation = 0;
    rows.row(i, id, generation);
    const auto& claim = claims.at(id);
    if (claim.generation == generation) locked.emplace(id, claim);
  }
  claims = std::move(locked);
}

awaitable<std::map<SessionId, HeardByAll>> heard_by_all(Transaction& db, const Context& context,
                                                        const Claims& claims) {
  const auto holds = co_await db.query(R"(
    select session_holds.session_id, servers.id, servers.flushed_through
    from session_holds join servers on servers.id = session_holds.server_id
    where session_holds.session_id = any ($1::uuid[]))",
                                       ids_of(claims));
  std::map<SessionId, HeardByAll> heard;
  for (const auto& [id, claim] : claims) heard.emplace(id, HeardByAll(context, claim));
  for (std::size_t i = 0; i < holds.size(); ++i) {
    SessionId session;
    ServerId server;
    Instant flushed_through;
    holds.row(i, session, server, flushed_through);
    heard.at(session).add(server, flushed_through);
  }
  co_return heard;
}

awaitable<std::vector<OpenRow>> load_open(Transaction& db, const Context& context,
                                          const Claims& claims) {
  static const std::string select = fmt::format(R"(
    select id, generation, greatest(created_at, updated_at, last_activity_at, people.seen),
           created_at, {}, warned_at, extended_until, people.active
    from reading_sessions cross join lateral (
      select max(last_seen_at) as seen, count(*) filter (where is_active) as active
      from session_participants where session_id = reading_sessions.id) as people
    where id = any ($1::uuid[]) and is_active)",
                                                kPolicy);
  const auto rows = co_await db.query(select, ids_of(claims));
  std::vector<OpenRow> open;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    OpenRow row;
    auto& session = row.session;
    try {
      rows.row(i, session.id, session.generation, session.last_activity, session.created_at,
               row.policy, session.warned_at, session.extended_until, row.participants);
      open.push_back(std::move(row));
    } catch (const Failure& failure) {
      if (failure.sqlstate != kWrongColumn) throw;
      context.log.error("Session {} cannot be judged: {}", session.id,
                        damaged_row(failure.message).sentence());
    }
  }
  co_return open;
}

// `at`: now, after which nothing can have been heard.
void write_settlement(Transaction& db, ServerId server, Instant alive_at, Instant at) {
  const Instant heard = std::min(alive_at + ports::kUnflushed, at);
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
          server, heard, ports::kSettlement);
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
  const auto unsettled = co_await db.query(R"(
    select id, alive_at, is_holder
    from (select id, alive_at, stopped_at,
                 exists (select 1 from session_holds where server_id = servers.id) as is_holder
          from servers) as server
    where is_holder or stopped_at is null order by id)");
  std::optional<Instant> silent;  // the newest of those that hold nothing
  for (std::size_t i = 0; i < unsettled.size(); ++i) {
    ServerId server;
    Instant alive_at;
    bool is_holder = false;
    unsettled.row(i, server, alive_at, is_holder);
    if (!is_lost(alive_at)) continue;
    if (!is_holder) {
      silent = std::max(silent.value_or(alive_at), alive_at);
      continue;
    }
    const auto locked = co_await lock_server(db, server);
    if (locked && is_lost(*locked)) write_settlement(db, server, *locked, observed.now);
  }
  if (silent) stop_silent(db, *silent + Duration(1));
}

// Whoever has locked a row is about to say that its server lives, or to stop it too.
void stop_silent(Transaction& db, Instant since) {
  db.send(R"(
    update servers set stopped_at = alive_at where id in (
      select id from servers
      where stopped_at is null and alive_at < $1
        and not exists (select 1 from session_holds where server_id = servers.id)
      for no key update skip locked))",
          since);
}

awaitable<void> settle(Transaction& db, ServerId server, Instant now) {
  const auto alive_at = co_await lock_server(db, server);
  if (alive_at) write_settlement(db, server, *alive_at, now);
}

void end_sessions(Transaction& db, Context& context, const std::vector<End>& ends) {
  std::vector<SessionId> ids;
  std::vector<std::uint32_t> generations;
  std::vector<std::string> reasons, data;
  std::vector<Instant> at, restorable_until, last_activity;
  std::vector<EventId> events;
  for (const auto& end : ends) {
    ids.push_back(end.session);
    generations.push_back(end.generation);
    reasons.emplace_back(word(end.reason));
    at.push_back(end.at);
    restorable_until.push_back(end.restorable_until);
    last_activity.push_back(end.last_activity);
    data.push_back(end.audit_data);
    events.push_back(context.new_event());
  }
  db.send(R"(
    update reading_sessions as session set
      is_active = false, end_reason = ended.reason, ended_at = ended.at,
      restorable_until = ended.restorable_until, warned_at = null, extended_until = null,
      last_activity_at = greatest(session.last_activity_at, ended.last_activity),
      revision = session.revision + 1
    from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
      as ended (id, reason, at, restorable_until, last_activity)
    where session.id = ended.id)",
          ids, reasons, at, restorable_until, last_activity);
  db.send(R"(
    update session_participants as participant set
      is_active = false, left_at = ended.at, leave_reason = ended.reason
    from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as ended (id, reason, at)
    where participant.session_id = ended.id and participant.is_active)",
          ids, reasons, at);
  db.send(R"(
    update session_invites as invite set
      is_active = false, closed_by_expiry = ended.reason = 'expired', updated_at = ended.at
    from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as ended (id, reason, at)
    where invite.session_id = ended.id and invite.is_active)",
          ids, reasons, at);
  db.send(R"(
    insert into session_audit_log
      (id, session_id, event_type, event_data, created_at, generation, sequence)
    select event, ended.id, reason, data, at, ended.generation,
           1 + coalesce((select max(sequence) from session_audit_log
                         where session_id = ended.id), 0)
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::integer[])
      as ended (event, id, reason, data, at, generation))",
          events, ids, reasons, data, at, generations);
}

awaitable<std::vector<ExpiredSession>> expire_where_due(Transaction& db, Context& context,
                                                        const Observation& observed,
                                                        const std::vector<ExpiryClaim>& claims,
                                                        Busy busy) {
  std::vector<ExpiredSession> expired;
  Claims locked;
  for (const auto& claim : claims) {
    const auto [known, is_first] = locked.emplace(claim.session, claim);
    if (!is_first && known->second.generation < claim.generation) known->second = claim;
  }
  if (!locked.empty()) co_await lock_open(db, locked, busy);
  if (locked.empty()) co_return expired;
  // Before the rows: what was flushed through then stands in what is read after it.
  const auto heard = co_await heard_by_all(db, context, locked);
  std::vector<End> ends;
  for (auto& row : co_await load_open(db, context, locked)) {
    const SessionId id = row.session.id;
    auto judgement = judge(std::move(row), locked.at(id), observed, context, heard.at(id).through(),
                           db.calendar);
    if (!judgement) continue;
    ends.push_back(std::move(judgement->end));
    expired.push_back(judgement->expired);
  }
  if (!ends.empty()) end_sessions(db, context, ends);
  co_return expired;
}

awaitable<std::vector<ExpiredSession>> expire(Transaction& db, Context& context,
                                              const std::vector<ExpiryClaim>& claims) {
  const auto observed = co_await observe(db, context);
  co_await settle_lost(db, observed);
  co_return co_await expire_where_due(db, context, observed, claims, Busy::wait);
}

}  // namespace tarotforge::store::postgres
