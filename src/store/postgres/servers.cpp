#include "store/postgres/servers.h"

#include <algorithm>

#include "store/postgres/expiry.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::Beat;
using ports::BeatResult;

// An advisory lock of who records a gap, so that of two servers that come back together one does.
// "TFgap" in ASCII.
constexpr std::int64_t kGapLock = 0x5446676170;

awaitable<std::optional<Instant>> newest_sign(Transaction& db) {
  const auto rows = co_await db.query("select max(alive_at) from servers");
  co_return *rows.value<std::optional<Instant>>();
}

// The beat that ends a gap records it.
awaitable<void> record_gap(Transaction& db, Instant now) {
  const auto is_gap = [&](const std::optional<Instant>& alive_at) {
    return alive_at && now - *alive_at > ports::kOutageGap;
  };
  if (!is_gap(co_await newest_sign(db))) co_return;
  db.send("select pg_advisory_xact_lock($1)", kGapLock);
  const auto alive_at = co_await newest_sign(db);
  if (!is_gap(alive_at)) co_return;
  db.send(R"(insert into service_outages (kind, started_at, ended_at, credit_ms)
             values ('outage', $1, $2, $3))",
          *alive_at, now, now - *alive_at);
}

// In the order of ids, so that servers which write the same rows do not wait for each other.
void write_heard(Transaction& db, std::vector<Beat::Heard> heard) {
  if (heard.empty()) return;
  std::ranges::sort(heard, {}, &Beat::Heard::session);
  std::vector<SessionId> sessions;
  std::vector<std::uint32_t> generations;
  std::vector<Instant> at;
  for (const auto& each : heard) {
    sessions.push_back(each.session);
    generations.push_back(each.generation);
    at.push_back(each.last_activity);
  }
  db.send(R"(
    update reading_sessions as session set last_activity_at = heard.at
    from unnest($1::uuid[], $2::integer[], $3::timestamptz[]) as heard (id, generation, at)
    where session.id = heard.id and session.generation = heard.generation and session.is_active
      and session.last_activity_at < heard.at)",
          sessions, generations, at);
}

void write_seen(Transaction& db, std::vector<Beat::Seen> seen) {
  if (seen.empty()) return;
  std::ranges::sort(seen, {}, &Beat::Seen::participant);
  std::vector<ParticipantId> participants;
  std::vector<SessionId> sessions;
  std::vector<Instant> at;
  for (const auto& each : seen) {
    participants.push_back(each.participant);
    sessions.push_back(each.session);
    at.push_back(each.last_seen_at);
  }
  db.send(R"(
    update session_participants as participant set last_seen_at = seen.at
    from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as seen (id, session_id, at)
    where participant.id = seen.id and participant.session_id = seen.session_id
      and participant.last_seen_at < seen.at)",
          participants, sessions, at);
}

awaitable<BeatResult> result_at(Transaction& db, Instant now) {
  BeatResult result;
  result.observed_now = std::max(now, (co_await newest_sign(db)).value_or(now));
  result.calendar_shift = db.calendar.shift;
  result.outages = co_await load_outages(db);
  co_return result;
}

// False where the row is gone or stopped: this incarnation may write no more.
awaitable<bool> write_beat(Transaction& db, const Context& context, const Beat& beat, Instant now) {
  if (!context.server) co_return false;
  const auto own = co_await db.query(
      "select 1 from servers where id = $1 and stopped_at is null for no key update",
      *context.server);
  if (own.empty()) co_return false;
  co_await record_gap(db, now);
  write_heard(db, beat.heard);
  write_seen(db, beat.seen);
  if (!beat.released.empty())
    db.send("delete from session_holds where server_id = $1 and session_id = any ($2::uuid[])",
            *context.server, beat.released);
  db.send(R"(update servers set alive_at = greatest(alive_at, $2),
               flushed_through = greatest(flushed_through, $3)
             where id = $1)",
          *context.server, now, beat.flushed_through);
  co_return true;
}

}  // namespace

awaitable<BeatResult> register_server(Transaction& db, const Context& context, ServerId id,
                                      const std::string& version) {
  const Instant now = context.now();
  co_await record_gap(db, now);
  if (context.server) co_await settle(db, *context.server, now);
  db.send(R"(insert into servers (id, started_at, alive_at, flushed_through, version)
             values ($1, $2, $2, $2, $3))",
          id, now, version);
  co_await settle_lost(db, co_await observe(db, context));
  // One that only was away for long, with the database, is told so by its next beat (EP10).
  stop_silent(db, now - ports::kServerLostAfter);
  co_return co_await result_at(db, now);
}

awaitable<BeatResult> beat(Transaction& db, const Context& context, const Beat& beat) {
  const Instant now = context.now();
  const bool written = co_await write_beat(db, context, beat, now);
  auto result = co_await result_at(db, now);
  result.lost = !written;
  co_return result;
}

awaitable<void> retire(Transaction& db, const Context& context, const Beat& last) {
  const Instant now = context.now();
  if (!co_await write_beat(db, context, last, now)) co_return;  // nothing is left to retire
  db.send("delete from session_holds where server_id = $1", *context.server);
  db.send("update servers set stopped_at = $2 where id = $1", *context.server, now);
}

void publish_settings(Transaction& db, const std::map<std::string, std::string>& settings) {
  std::vector<std::string> names, values;
  for (const auto& [name, value] : settings) {
    names.push_back(name);
    values.push_back(value);
  }
  db.send("lock table settings in exclusive mode");  // readers go on
  db.send("delete from settings where name <> all ($1::text[])", names);
  db.send(R"(insert into settings (name, value)
             select * from unnest($1::text[], $2::text[])
             on conflict (name) do update set value = excluded.value)",
          names, values);
}

awaitable<std::map<std::string, std::string>> load_settings(Transaction& db) {
  const auto rows = co_await db.query("select name, value from settings");
  std::map<std::string, std::string> settings;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string name, value;
    rows.row(i, name, value);
    settings.emplace(std::move(name), std::move(value));
  }
  co_return settings;
}

}  // namespace tarotforge::store::postgres
