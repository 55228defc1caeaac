#include "store/sqlite/report.h"

#include <fmt/format.h>

#include "protocol/row_json.h"
#include "store/sqlite/webhooks.h"

namespace tarotforge::store::sqlite {

using ports::SessionListing;
using ports::Statistics;

namespace {

std::vector<ports::RecordedOutage> recent_outages(Connection& db) {
  auto select = db.prepare(R"(
    select started_at, ended_at, credit_ms from service_outages
    where kind = 'outage' order by ended_at desc limit ?1)");
  select.bind(ports::kOutagesListed);
  std::vector<ports::RecordedOutage> outages;
  while (select.step()) {
    auto& outage = outages.emplace_back();
    select.row(outage.started_at, outage.ended_at, outage.credit);
  }
  return outages;
}

std::vector<ports::ServerLine> newest_servers(Connection& db) {
  auto select = db.prepare(R"(
    select id, version, started_at, alive_at, stopped_at is not null from servers
    order by alive_at desc, started_at desc limit ?1)");
  select.bind(ports::kServersListed);
  std::vector<ports::ServerLine> servers;
  while (select.step()) {
    auto& server = servers.emplace_back();
    select.row(server.id, server.version, server.started_at, server.alive_at, server.stopped);
  }
  return servers;
}

}  // namespace

Statistics statistics(Connection& db, Instant now) {
  Statistics counted;
  {
    auto select = db.prepare(R"(
      select count(*), count(*) filter (where is_active = 1),
             count(*) filter (where is_active = 0),
             count(*) filter (where is_active = 1 and
               max(created_at, updated_at, last_activity_at,
                   coalesce((select max(last_seen_at) from session_participants
                             where session_id = reading_sessions.id), 0))
               + cast(coalesce(json_extract(policy, '$.timeoutSeconds'), 3600) * 1000 as integer)
               > ?1),
             count(*) filter (where is_active = 1 and warned_at is not null),
             count(*) filter (where end_reason = 'expired' and ended_at > ?2),
             count(*) filter (where end_reason = 'expired' and is_active = 0
                                and purged_at is null and restorable_until > ?1),
             count(*) filter (where purged_at is not null),
             count(*) filter (where end_reason = 'completed' and purged_at is null),
             count(*) filter (where is_active = 0 and purged_at is null
                                and restorable_until <= ?1)
      from reading_sessions)");
    select.bind(now, now - Duration(std::chrono::hours(1))).step();
    select.row(counted.total_sessions, counted.active_sessions, counted.inactive_sessions,
               counted.sessions_with_recent_activity, counted.warned, counted.expired_last_hour,
               counted.restorable, counted.purged, counted.completed, counted.unpurged);
  }
  counted.participants_total =
      *db.value<std::uint64_t>("select count(*) from session_participants");
  auto outages = db.prepare(R"(
    select count(*), coalesce(sum(credit_ms), 0) from service_outages where kind = 'outage')");
  outages.step();
  outages.row(counted.outages, counted.outage_credit);
  counted.recent_outages = recent_outages(db);
  counted.servers = newest_servers(db);
  counted.webhooks = webhook_counts(db);
  return counted;
}

namespace {

// The filter stands outside, where what was computed has a name.
std::string listing_sql(bool newest_first) {
  return fmt::format(R"(
    select id, status, generation, deck_id, participants, created_at, updated_at, last_activity,
           ended_at, restorable_until
    from (
      select id,
             case when is_active = 1 then 'active' when purged_at is not null then 'purged'
                  else coalesce(end_reason, 'expired') end as status,
             generation, deck_id,
             (select count(*) from session_participants
              where session_id = reading_sessions.id) as participants,
             created_at, updated_at,
             max(created_at, updated_at, last_activity_at,
                 coalesce((select max(last_seen_at) from session_participants
                           where session_id = reading_sessions.id), 0)) as last_activity,
             ended_at, case when end_reason = 'expired' then restorable_until end
               as restorable_until,
             host_participant_id, host_user_id
      from reading_sessions where id {} ?1)
    where (?2 is null or status = ?2) and (?3 is null or deck_id = ?3)
      and (?4 is null or host_participant_id = ?4 or host_user_id = ?4)
      and (?5 is null or created_at >= ?5) and (?6 is null or last_activity >= ?6)
    order by id {} limit ?7)",
                     newest_first ? "<" : ">", newest_first ? "desc" : "asc");
}

}  // namespace

std::vector<SessionListing> list_sessions(Connection& db, const ports::SessionFilter& filter) {
  static const std::string oldest_first = listing_sql(false), newest_first = listing_sql(true);
  Uuid after = filter.after;
  if (filter.newest_first && after.is_nil()) after.bytes.fill(0xFF);
  auto select = db.prepare(filter.newest_first ? newest_first : oldest_first);
  select.bind(after, filter.status, filter.deck, filter.host, filter.created_since,
              filter.active_since, filter.limit);
  std::vector<SessionListing> sessions;
  while (select.step()) {
    auto& session = sessions.emplace_back();
    select.row(session.id, session.status, session.generation, session.deck_id,
               session.participants, session.created_at, session.updated_at, session.last_activity,
               session.ended_at, session.restorable_until);
  }
  return sessions;
}

std::vector<ports::OpenSession> open_sessions(Connection& db, SessionId after, std::size_t limit) {
  auto select = db.prepare(R"(
    select id, generation,
           max(created_at, updated_at, last_activity_at,
               coalesce((select max(last_seen_at) from session_participants
                         where session_id = reading_sessions.id), 0)),
           created_at, policy, warned_at, extended_until
    from reading_sessions where is_active = 1 and id > ?1 order by id limit ?2)");
  select.bind(after, limit);
  std::vector<ports::OpenSession> sessions;
  while (select.step()) {
    auto& session = sessions.emplace_back();
    std::optional<std::string> policy;
    select.row(session.id, session.generation, session.last_activity, session.created_at, policy,
               session.warned_at, session.extended_until);
    // A damaged policy is told to whoever loads the session; here it only sets a timer.
    if (policy) session.policy = protocol::read_policy(*policy).value_or(core::Policy{});
  }
  return sessions;
}

std::vector<SessionId> changed_among(Connection& db,
                                     const std::vector<ports::SessionStore::Known>& known) {
  std::vector<SessionId> changed;
  for (const auto& [id, revision] : known) {
    const auto row =
        db.value<std::uint64_t>("select revision from reading_sessions where id = ?1", id);
    if (row && *row != revision) changed.push_back(id);
  }
  return changed;
}

}  // namespace tarotforge::store::sqlite
