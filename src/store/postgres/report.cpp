#include "store/postgres/report.h"

#include <fmt/format.h>

#include "protocol/row_json.h"
#include "store/postgres/policy_sql.h"
#include "store/postgres/webhooks.h"
#include "store/session_columns.h"

namespace tarotforge::store::postgres {

using boost::asio::awaitable;
using ports::SessionListing;
using ports::Statistics;

namespace {

awaitable<std::vector<ports::RecordedOutage>> recent_outages(Transaction& db) {
  const auto rows = co_await db.query(R"(
    select started_at, ended_at, credit_ms from service_outages
    where kind = 'outage' order by ended_at desc limit $1)",
                                      ports::kOutagesListed);
  std::vector<ports::RecordedOutage> outages(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.row(i, outages[i].started_at, outages[i].ended_at, outages[i].credit);
  co_return outages;
}

awaitable<std::vector<ports::ServerLine>> newest_servers(Transaction& db) {
  const auto rows = co_await db.query(R"(
    select id, version, started_at, alive_at, stopped_at is not null from servers
    order by alive_at desc, started_at desc limit $1)",
                                      ports::kServersListed);
  std::vector<ports::ServerLine> servers(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.row(i, servers[i].id, servers[i].version, servers[i].started_at, servers[i].alive_at,
             servers[i].stopped);
  co_return servers;
}

}  // namespace

awaitable<Statistics> statistics(Transaction& db, Instant now) {
  Statistics counted;
  static const std::string count = fmt::format(R"(
      select count(*), count(*) filter (where is_active), count(*) filter (where not is_active),
             count(*) filter (where case
               when not is_active then false
               when greatest(created_at, updated_at, last_activity_at) > $1::timestamptz - span
                 then true
               else (select max(last_seen_at) from session_participants
                     where session_id = reading_sessions.id) > $1::timestamptz - span end),
             count(*) filter (where is_active and warned_at is not null),
             count(*) filter (where end_reason = 'expired' and ended_at > $2::timestamptz),
             count(*) filter (where end_reason = 'expired' and not is_active
                                and purged_at is null and restorable_until > $1::timestamptz),
             count(*) filter (where purged_at is not null),
             count(*) filter (where end_reason = 'completed' and purged_at is null),
             count(*) filter (where not is_active and purged_at is null
                                and restorable_until <= $1::timestamptz)
      from reading_sessions cross join lateral (select {} as span) as timeout)",
                                               kTimeoutSpan);
  const auto sessions = co_await db.query(count, now, now - Duration(std::chrono::hours(1)));
  sessions.row(0, counted.total_sessions, counted.active_sessions, counted.inactive_sessions,
               counted.sessions_with_recent_activity, counted.warned, counted.expired_last_hour,
               counted.restorable, counted.purged, counted.completed, counted.unpurged);
  const auto participants = co_await db.query("select count(*) from session_participants");
  participants.row(0, counted.participants_total);
  const auto outages = co_await db.query(R"(
    select count(*), coalesce(sum(credit_ms), 0)::bigint from service_outages
    where kind = 'outage')");
  outages.row(0, counted.outages, counted.outage_credit);
  counted.recent_outages = co_await recent_outages(db);
  counted.servers = co_await newest_servers(db);
  counted.webhooks = co_await webhook_counts(db);
  co_return counted;
}

namespace {

// The filter stands outside, where what was computed has a name.
std::string listing_sql(bool newest_first) {
  return fmt::format(R"(
    select id, status, generation, deck_id, participants, created_at, updated_at, last_activity,
           ended_at, restorable_until
    from (
      select id,
             case when is_active then 'active' when purged_at is not null then 'purged'
                  else coalesce(end_reason, 'expired') end as status,
             generation, deck_id,
             (select count(*) from session_participants
              where session_id = reading_sessions.id) as participants,
             created_at, updated_at,
             greatest(created_at, updated_at, last_activity_at,
                      (select max(last_seen_at) from session_participants
                       where session_id = reading_sessions.id)) as last_activity,
             ended_at, case when end_reason = 'expired' then restorable_until end
               as restorable_until,
             host_participant_id, host_user_id
      from reading_sessions where id {} $1) as listed
    where ($2::text is null or status = $2) and ($3::text is null or deck_id = $3)
      and ($4::uuid is null or host_participant_id = $4 or host_user_id = $4)
      and ($5::timestamptz is null or created_at >= $5)
      and ($6::timestamptz is null or last_activity >= $6)
    order by id {} limit $7)",
                     newest_first ? "<" : ">", newest_first ? "desc" : "asc");
}

}  // namespace

awaitable<std::vector<SessionListing>> list_sessions(Transaction& db,
                                                     const ports::SessionFilter& filter) {
  static const std::string oldest_first = listing_sql(false), newest_first = listing_sql(true);
  Uuid after = filter.after;
  if (filter.newest_first && after.is_nil()) after.bytes.fill(0xFF);
  const auto rows = co_await db.query(filter.newest_first ? newest_first : oldest_first, after,
                                      filter.status, filter.deck, filter.host, filter.created_since,
                                      filter.active_since, filter.limit);
  std::vector<SessionListing> sessions;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& session = sessions.emplace_back();
    rows.row(i, session.id, session.status, session.generation, session.deck_id,
             session.participants, session.created_at, session.updated_at, session.last_activity,
             session.ended_at, session.restorable_until);
  }
  co_return sessions;
}

awaitable<std::vector<ports::OpenSession>> open_sessions(Transaction& db, const Context& context,
                                                         SessionId after, std::size_t limit) {
  static const std::string select = fmt::format(R"(
    select id, generation,
           greatest(created_at, updated_at, last_activity_at,
                    (select max(last_seen_at) from session_participants
                     where session_id = reading_sessions.id)),
           created_at, {}, warned_at, extended_until
    from reading_sessions where is_active and id > $1 order by id limit $2)",
                                                kPolicy);
  std::vector<ports::OpenSession> sessions;
  // A damaged row must not keep anybody from the others, nor look like their end.
  for (bool more = true; more && sessions.size() < limit;) {
    const std::size_t wanted = limit - sessions.size();
    const auto rows = co_await db.query(select, after, wanted);
    more = rows.size() == wanted;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      ports::OpenSession session;
      std::optional<std::string> policy;
      try {
        rows.row(i, session.id, session.generation, session.last_activity, session.created_at,
                 policy, session.warned_at, session.extended_until);
        // A damaged policy is told to whoever loads the session; here it only sets a timer.
        if (policy) session.policy = protocol::read_policy(*policy).value_or(core::Policy{});
        sessions.push_back(session);
      } catch (const Failure& failure) {
        if (failure.sqlstate != kWrongColumn) throw;
        context.log.error("Session {} cannot be watched: {}", session.id,
                          damaged_row(failure.message).sentence());
      }
      after = session.id;
    }
  }
  co_return sessions;
}

awaitable<std::vector<SessionId>> changed_among(
    Transaction& db, const std::vector<ports::SessionStore::Known>& known) {
  std::vector<SessionId> ids;
  std::vector<std::uint64_t> revisions;
  for (const auto& [id, revision] : known) {
    ids.push_back(id);
    revisions.push_back(revision);
  }
  const auto rows = co_await db.query(R"(
    select id from unnest($1::uuid[], $2::bigint[]) as known (id, known_revision)
      join reading_sessions using (id)
    where revision <> known_revision)",
                                      ids, revisions);
  std::vector<SessionId> changed(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows.row(i, changed[i]);
  co_return changed;
}

}  // namespace tarotforge::store::postgres
