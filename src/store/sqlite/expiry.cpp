#include "store/sqlite/expiry.h"

#include <sqlite3.h>

#include <algorithm>

#include "base/marks.h"
#include "store/session_columns.h"
#include "store/sqlite/records.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::ExpiredSession;
using ports::ExpiryClaim;

Instant heard_by_all(Connection& db, const Context& context, const ExpiryClaim& claim) {
  auto holds = db.prepare(R"(
    select servers.id, servers.flushed_through
    from session_holds join servers on servers.id = session_holds.server_id
    where session_holds.session_id = ?1)");
  holds.bind(claim.session);
  HeardByAll heard(context, claim);
  while (holds.step()) {
    ServerId server;
    Instant flushed_through;
    holds.row(server, flushed_through);
    heard.add(server, flushed_through);
  }
  return heard.through();
}

// Nullopt where there is none, and where it is damaged, which is logged.
std::optional<OpenRow> load_open(Connection& db, const Context& context, SessionId id) {
  auto select = db.prepare(R"(
    select id, generation, max(created_at, updated_at, last_activity_at, coalesce(seen, 0)),
           created_at, policy, warned_at, extended_until, active
    from reading_sessions, (
      select max(last_seen_at) as seen, count(*) filter (where is_active = 1) as active
      from session_participants where session_id = ?1)
    where id = ?1 and is_active = 1)");
  if (!select.bind(id).step()) return std::nullopt;
  OpenRow row;
  auto& session = row.session;
  try {
    select.row(session.id, session.generation, session.last_activity, session.created_at,
               row.policy, session.warned_at, session.extended_until, row.participants);
  } catch (const Failure& failure) {
    if (failure.code != SQLITE_MISMATCH) throw;
    context.log.error("Session {} cannot be judged: {}", id,
                      damaged_row(failure.message).sentence());
    return std::nullopt;
  }
  return row;
}

// `at`: now, after which nothing can have been heard.
void settle(Connection& db, ServerId server, Instant alive_at, Instant at) {
  const Instant heard = std::min(alive_at + ports::kUnflushed, at);
  TF_REACHED(settled_lost_server);
  if (!TF_PLANTED(settles_nothing))
    db.run(R"(
    update reading_sessions set last_activity_at = max(last_activity_at, min(?2,
        max(created_at, updated_at, last_activity_at,
            coalesce((select max(last_seen_at) from session_participants
                      where session_id = reading_sessions.id), 0)) + ?3))
    where is_active = 1
      and id in (select session_id from session_holds where server_id = ?1))",
           server, heard, ports::kSettlement);
  db.run("delete from session_holds where server_id = ?1", server);
  db.run("update servers set stopped_at = alive_at where id = ?1 and stopped_at is null", server);
}

struct Server {
  ServerId id;
  Instant alive_at;
};

// Those that have not stopped, and those that stopped but left holds.
std::vector<Server> unsettled(Connection& db) {
  std::vector<Server> servers;
  auto select = db.prepare(R"(
    select id, alive_at from servers
    where stopped_at is null
      or exists (select 1 from session_holds where server_id = servers.id))");
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
    add_outage(outages, outage);
  }
  return outages;
}

Observation observe(Connection& db, const Context& context) {
  const auto alive_at = *db.value<std::optional<Instant>>("select max(alive_at) from servers");
  const auto started_at = *db.value<std::optional<Instant>>("select max(started_at) from servers");
  return observation(
      alive_at.value_or(db.calendar.instant(context.clock.wall())), started_at, load_outages(db),
      db.value<std::string>("select value from settings where name = 'PRESENCE_UPDATE_SECONDS'"));
}

void settle_lost(Connection& db, const Observation& observed) {
  for (const auto& server : unsettled(db)) {
    const auto silent = core::observed_between(server.alive_at, observed.now, observed.outages);
    if (silent > ports::kServerLostAfter) settle(db, server.id, server.alive_at, observed.now);
  }
}

void stop_silent(Connection& db, Instant since) {
  db.run(R"(update servers set stopped_at = alive_at
            where stopped_at is null and alive_at < ?1
              and not exists (select 1 from session_holds where server_id = servers.id))",
         since);
}

void settle_others(Connection& db, ServerId alive, Instant now) {
  for (const auto& server : unsettled(db))
    if (server.id != alive) settle(db, server.id, server.alive_at, now);
}

void end_session(Connection& db, Context& context, const End& end) {
  const SessionId id = end.session;
  db.run(R"(
    update reading_sessions set
      is_active = 0, end_reason = ?2, ended_at = ?3, restorable_until = ?4, warned_at = null,
      extended_until = null, last_activity_at = max(last_activity_at, ?5), revision = revision + 1
    where id = ?1)",
         id, word(end.reason), end.at, end.restorable_until, end.last_activity);
  db.run(R"(
    update session_participants set is_active = 0, left_at = ?2, leave_reason = ?3
    where session_id = ?1 and is_active = 1)",
         id, end.at, word(end.reason));
  close_invites(db, id, end.reason, end.at);
  insert_audit(db, id,
               {.id = context.new_event(),
                .type = std::string(word(end.reason)),
                .generation = end.generation,
                .participant = std::nullopt,
                .data = end.audit_data,
                .at = end.at});
  if (TF_PLANTED(expires_twice))
    insert_audit(db, id,
                 {.id = context.new_event(),
                  .type = std::string(word(end.reason)),
                  .generation = end.generation,
                  .participant = std::nullopt,
                  .data = end.audit_data,
                  .at = end.at});
}

std::optional<ExpiredSession> try_expire(Connection& db, Context& context,
                                         const Observation& observed, const ExpiryClaim& claim) {
  auto row = load_open(db, context, claim.session);
  if (!row) return std::nullopt;
  auto judgement = judge(*std::move(row), claim, observed, context,
                         heard_by_all(db, context, claim), db.calendar);
  if (!judgement) return std::nullopt;
  end_session(db, context, judgement->end);
  return judgement->expired;
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
