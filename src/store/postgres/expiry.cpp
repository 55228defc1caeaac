#include "store/postgres/expiry.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/postgres/records.h"
#include "store/postgres/session_rows.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::ExpiredSession;
using ports::ExpiryClaim;

constexpr Duration kPresenceInterval = std::chrono::seconds(30);  // where no server published one

Duration presence_interval(const std::optional<std::string>& text) {
  double seconds = 0;
  if (!text) return kPresenceInterval;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc() || !(seconds >= 0 && seconds < 1e6)) return kPresenceInterval;
  return Duration(static_cast<std::int64_t>(seconds * 1000));
}

// What this server heard is newer than its last beat; but after a gap that the next beat will
// record as an outage, time stands still at the last one.
Instant judged_at(const Observation& observed, const Context& context, const ExpiryClaim& claim) {
  const bool own = context.server && claim.heard_through > observed.now;
  return own && claim.heard_through - observed.now <= ports::kOutageGap ? claim.heard_through
                                                                        : observed.now;
}

// Until when all that hold the session have heard it; the far future where none does.
awaitable<Instant> heard_by_all(Transaction& db, const Context& context, const ExpiryClaim& claim) {
  const auto holds = co_await db.query(R"(
    select servers.id, servers.flushed_through
    from session_holds join servers on servers.id = session_holds.server_id
    where session_holds.session_id = $1)",
                                       claim.session);
  Instant through{INT64_MAX};
  for (std::size_t i = 0; i < holds.size(); ++i) {
    ServerId server;
    Instant flushed_through;
    holds.row(i, server, flushed_through);
    if (context.server == server) flushed_through = std::max(flushed_through, claim.heard_through);
    through = std::min(through, flushed_through);
  }
  co_return through;
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

std::string expired_data(const Transaction& db, const core::SessionData& session,
                         const core::Expired& expired) {
  const double minutes = static_cast<double>((expired.at - session.created_at).count()) / 60'000.0;
  return fmt::format(
      R"({{"reason":"inactivity_timeout","duration_minutes":{:.3f},"participant_count":{},)"
      R"("expired_at":"{}","deadline":"{}","lateness_ms":{}}})",
      minutes, expired.participant_count, rfc3339(db.calendar.wall(expired.at)),
      rfc3339(db.calendar.wall(expired.deadline)), (expired.at - expired.deadline).count());
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
    if (!outages.empty() && outage.start <= outages.back().end)
      outages.back().end = std::max(outages.back().end, outage.end);
    else
      outages.push_back(outage);
  }
  co_return outages;
}

awaitable<Observation> observe(Transaction& db, const Context& context) {
  Observation observed;
  const auto rows = co_await db.query(R"(
    select (select max(alive_at) from servers), (select max(started_at) from servers),
           (select value from settings where name = 'PRESENCE_UPDATE_SECONDS'))");
  std::optional<Instant> alive_at, started_at;
  std::optional<std::string> interval;
  rows.row(0, alive_at, started_at, interval);
  observed.now = alive_at.value_or(context.clock.now());
  observed.presence_interval = presence_interval(interval);
  observed.outages = co_await load_outages(db);
  if (started_at) observed.listening_since = *started_at;
  if (!observed.outages.empty())
    observed.listening_since = std::max(observed.listening_since, observed.outages.back().end);
  co_return observed;
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
  const bool expired = end.reason == core::EndReason::expired;
  const char* word = expired ? "expired" : "completed";
  db.send(R"(
    update reading_sessions set
      is_active = false, end_reason = $2, ended_at = $3, restorable_until = $4, warned_at = null,
      extended_until = null, last_activity_at = greatest(last_activity_at, $5),
      revision = revision + 1
    where id = $1)",
          id, word, end.at, end.restorable_until, end.last_activity);
  db.send(R"(
    update session_participants set is_active = false, left_at = $2, leave_reason = $3
    where session_id = $1 and is_active)",
          id, end.at, word);
  close_invites(db, id, end.reason, end.at);
  insert_audit(db, id,
               {.id = context.new_event(),
                .type = word,
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
  core::Session session(*std::move(loaded));

  const Instant now = judged_at(observed, context, claim);
  const core::Surroundings around{.outages = observed.outages,
                                  .heard = claim.heard,
                                  .kept_alive = claim.kept_alive,
                                  .listening_since = observed.listening_since,
                                  .presence_interval = observed.presence_interval};
  const Instant last_activity = session.last_activity(now, around);
  const Instant deadline = *session.expires_at(now, around);
  if (!reached(deadline, heard_through)) co_return std::nullopt;
  const auto effects = session.advance(now, around);
  const auto* expired = effects.size() == 1 ? std::get_if<core::Expired>(&effects[0]) : nullptr;
  if (!expired) co_return std::nullopt;  // a warning is its server's business, not this judgement's

  auto data = session.data();
  end_session(db, context, claim.session,
              {.reason = core::EndReason::expired,
               .generation = data.generation,
               .at = expired->at,
               .restorable_until = std::get<core::Ended>(data.phase).restorable_until,
               .last_activity = last_activity,
               .audit_data = expired_data(db, data, *expired)});
  data.last_activity = last_activity;
  ++data.revision;
  co_return ExpiredSession{std::move(data), *expired};
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
