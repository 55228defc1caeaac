#include "store/sqlite/expiry.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/sqlite/records.h"
#include "store/sqlite/session_rows.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::ExpiredSession;
using ports::ExpiryClaim;

constexpr Duration kPresenceInterval = std::chrono::seconds(30);  // where no server published one

Duration presence_interval(Connection& db) {
  const auto text =
      db.value<std::string>("select value from settings where name = 'PRESENCE_UPDATE_SECONDS'");
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

bool heard_by_all_holders(Connection& db, const Context& context, SessionId session,
                          Instant deadline, Instant heard_through) {
  auto holds = db.prepare(R"(
    select servers.id, servers.flushed_through
    from session_holds join servers on servers.id = session_holds.server_id
    where session_holds.session_id = ?1)");
  holds.bind(session);
  while (holds.step()) {
    ServerId server;
    Instant flushed_through;
    holds.row(server, flushed_through);
    if (context.server == server) flushed_through = std::max(flushed_through, heard_through);
    if (!reached(deadline, flushed_through)) return false;
  }
  return true;
}

std::string expired_data(const Connection& db, const core::SessionData& session,
                         const core::Expired& expired) {
  const double minutes = static_cast<double>((expired.at - session.created_at).count()) / 60'000.0;
  return fmt::format(
      R"({{"reason":"inactivity_timeout","duration_minutes":{:.3f},"participant_count":{},)"
      R"("expired_at":"{}","deadline":"{}","lateness_ms":{}}})",
      minutes, expired.participant_count, rfc3339(db.calendar.wall(expired.at)),
      rfc3339(db.calendar.wall(expired.deadline)), (expired.at - expired.deadline).count());
}

void settle(Connection& db, ServerId server, Instant alive_at) {
  db.run(R"(
    update reading_sessions set last_activity_at = max(last_activity_at, min(?2,
        max(created_at, updated_at, last_activity_at,
            coalesce((select max(last_seen_at) from session_participants
                      where session_id = reading_sessions.id), 0)) + ?3))
    where is_active = 1
      and id in (select session_id from session_holds where server_id = ?1))",
         server, alive_at, ports::kSettlement);
  db.run("delete from session_holds where server_id = ?1", server);
}

struct Server {
  ServerId id;
  Instant alive_at;
};

std::vector<Server> holders(Connection& db) {
  std::vector<Server> servers;
  auto select = db.prepare(R"(
    select id, alive_at from servers
    where exists (select 1 from session_holds where server_id = servers.id))");
  while (select.step()) select.row(servers.emplace_back().id, servers.back().alive_at);
  return servers;
}

}  // namespace

std::vector<core::Outage> load_outages(Connection& db) {
  // Nobody's last activity is before the oldest updated_at of an open session.
  auto select = db.prepare(R"(
    select started_at, ended_at from service_outages
    where kind = 'outage'
      and ended_at > (select min(updated_at) from reading_sessions where is_active = 1)
    order by started_at)");
  std::vector<core::Outage> outages;
  while (select.step()) {
    core::Outage outage;
    select.row(outage.start, outage.end);
    if (!outages.empty() && outage.start <= outages.back().end)
      outages.back().end = std::max(outages.back().end, outage.end);
    else
      outages.push_back(outage);
  }
  return outages;
}

Observation observe(Connection& db, const Context& context) {
  Observation observed;
  const auto alive_at = *db.value<std::optional<Instant>>("select max(alive_at) from servers");
  const auto started_at = *db.value<std::optional<Instant>>("select max(started_at) from servers");
  observed.now = alive_at.value_or(db.calendar.instant(context.clock.wall()));
  observed.outages = load_outages(db);
  if (started_at) observed.listening_since = *started_at;
  if (!observed.outages.empty())
    observed.listening_since = std::max(observed.listening_since, observed.outages.back().end);
  observed.presence_interval = presence_interval(db);
  return observed;
}

void settle_lost(Connection& db, const Observation& observed) {
  for (const auto& server : holders(db)) {
    const auto silent = core::observed_between(server.alive_at, observed.now, observed.outages);
    if (silent > ports::kServerLostAfter) settle(db, server.id, server.alive_at);
  }
}

void settle_others(Connection& db, ServerId alive) {
  for (const auto& server : holders(db))
    if (server.id != alive) settle(db, server.id, server.alive_at);
}

void end_session(Connection& db, Context& context, SessionId id, const End& end) {
  const bool expired = end.reason == core::EndReason::expired;
  const char* word = expired ? "expired" : "completed";
  db.run(R"(
    update reading_sessions set
      is_active = 0, end_reason = ?2, ended_at = ?3, restorable_until = ?4, warned_at = null,
      extended_until = null, last_activity_at = max(last_activity_at, ?5), revision = revision + 1
    where id = ?1)",
         id, word, end.at, end.restorable_until, end.last_activity);
  db.run(R"(
    update session_participants set is_active = 0, left_at = ?2, leave_reason = ?3
    where session_id = ?1 and is_active = 1)",
         id, end.at, word);
  close_invites(db, id, end.reason, end.at);
  const auto generation =
      db.value<std::uint32_t>("select generation from reading_sessions where id = ?1", id);
  insert_audit(db, id,
               {.id = context.new_event(),
                .type = word,
                .generation = generation.value_or(1),
                .participant = std::nullopt,
                .data = end.audit_data,
                .at = end.at});
}

std::optional<ExpiredSession> try_expire(Connection& db, Context& context,
                                         const Observation& observed, const ExpiryClaim& claim) {
  auto loaded = load_session(db, claim.session);
  if (!loaded) {
    if (loaded.error().code != ErrorCode::session_not_found)
      context.log.error("Session {} cannot be judged: {}", claim.session.to_string(),
                        loaded.error().sentence());
    return std::nullopt;
  }
  core::Session session(*std::move(loaded));
  if (!session.is_open() || session.data().generation != claim.generation) return std::nullopt;

  const Instant now = judged_at(observed, context, claim);
  const core::Surroundings around{.outages = observed.outages,
                                  .heard = claim.heard,
                                  .kept_alive = claim.kept_alive,
                                  .listening_since = observed.listening_since,
                                  .presence_interval = observed.presence_interval};
  const Instant last_activity = session.last_activity(now, around);
  const Instant deadline = *session.expires_at(now, around);
  if (!heard_by_all_holders(db, context, claim.session, deadline, claim.heard_through))
    return std::nullopt;
  const auto effects = session.advance(now, around);
  const auto* expired = effects.size() == 1 ? std::get_if<core::Expired>(&effects[0]) : nullptr;
  if (!expired) return std::nullopt;  // a warning is its server's business, not this judgement's

  auto data = session.data();
  end_session(db, context, claim.session,
              {.reason = core::EndReason::expired,
               .at = expired->at,
               .restorable_until = std::get<core::Ended>(data.phase).restorable_until,
               .last_activity = last_activity,
               .audit_data = expired_data(db, data, *expired)});
  data.last_activity = last_activity;
  ++data.revision;
  return ExpiredSession{std::move(data), *expired};
}

std::vector<ExpiredSession> expire(Connection& db, Context& context,
                                   const std::vector<ExpiryClaim>& claims) {
  auto observed = observe(db, context);
  settle_lost(db, observed);
  std::vector<ExpiredSession> expired;
  for (const auto& claim : claims)
    if (auto session = try_expire(db, context, observed, claim))
      expired.push_back(*std::move(session));
  return expired;
}

}  // namespace tarotforge::store::sqlite
