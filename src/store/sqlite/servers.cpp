#include "store/sqlite/servers.h"

#include "store/sqlite/expiry.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::Beat;
using ports::BeatResult;

// The beat that ends a gap records it. Of one in which the wall clock was set back only the end is
// known, so that it is recorded however short that is.
void record_gap(Connection& db, const Context& context, Instant now) {
  const auto alive_at = *db.value<std::optional<Instant>>("select max(alive_at) from servers");
  const bool is_start_unknown = context.was_set_back && !context.server;
  const Duration ordinary = is_start_unknown ? Duration(0) : ports::kOutageGap;
  if (!alive_at || now - *alive_at <= ordinary) return;
  db.run(R"(insert into service_outages (kind, started_at, ended_at, credit_ms)
            values ('outage', ?1, ?2, ?3))",
         *alive_at, now, now - *alive_at);
}

void write_heard(Connection& db, const Beat& beat) {
  for (const auto& heard : beat.heard)
    db.run(R"(update reading_sessions set last_activity_at = ?3
              where id = ?1 and generation = ?2 and is_active = 1 and last_activity_at < ?3)",
           heard.session, heard.generation, heard.last_activity);
  for (const auto& seen : beat.seen)
    db.run(R"(update session_participants set last_seen_at = ?3
              where id = ?2 and session_id = ?1 and last_seen_at < ?3)",
           seen.session, seen.participant, seen.last_seen_at);
}

BeatResult result_at(Connection& db, Instant now) {
  BeatResult result;
  result.observed_now = now;
  result.calendar_shift = db.calendar.shift;
  result.outages = load_outages(db);
  return result;
}

// False where the row is gone or stopped: this incarnation may write no more.
bool write_beat(Connection& db, const Context& context, const Beat& beat, Instant now) {
  const auto alive =
      context.server
          ? db.value<std::int64_t>("select 1 from servers where id = ?1 and stopped_at is null",
                                   *context.server)
          : std::nullopt;
  if (!alive) return false;
  record_gap(db, context, now);
  write_heard(db, beat);
  for (const auto& session : beat.released)
    db.run("delete from session_holds where session_id = ?1 and server_id = ?2", session,
           *context.server);
  db.run(R"(update servers set alive_at = ?2, flushed_through = max(flushed_through, ?3)
            where id = ?1)",
         *context.server, now, beat.flushed_through);
  return true;
}

}  // namespace

Result<BeatResult> register_server(Connection& db, Context& context, ServerId id,
                                   const std::string& version, Others others) {
  const Instant now = context.now();
  record_gap(db, context, now);
  if (others == Others::dead) settle_others(db, id, now);
  db.run(R"(insert into servers (id, started_at, alive_at, flushed_through, version)
            values (?1, ?2, ?2, ?2, ?3))",
         id, now, version);
  if (others == Others::may_live) {
    settle_lost(db, observe(db, context));
    stop_silent(db, now - ports::kServerLostAfter);
  }
  context.server = id;
  return result_at(db, now);
}

Result<BeatResult> beat(Connection& db, Context& context, const Beat& beat) {
  const Instant now = context.now();
  const bool written = write_beat(db, context, beat, now);
  auto result = result_at(db, now);
  result.lost = !written;
  return result;
}

Result<> retire(Connection& db, Context& context, const Beat& last) {
  const Instant now = context.now();
  if (!write_beat(db, context, last, now)) return {};  // nothing of it is left to retire
  db.run("delete from session_holds where server_id = ?1", *context.server);
  db.run("update servers set stopped_at = ?2 where id = ?1", *context.server, now);
  return {};
}

void publish_settings(Connection& db, const std::map<std::string, std::string>& settings) {
  db.run("delete from settings");
  for (const auto& [name, value] : settings)
    db.run("insert into settings (name, value) values (?1, ?2)", name, value);
}

std::map<std::string, std::string> load_settings(Connection& db) {
  std::map<std::string, std::string> settings;
  auto select = db.prepare("select name, value from settings");
  while (select.step()) {
    std::string name, value;
    select.row(name, value);
    settings.emplace(std::move(name), std::move(value));
  }
  return settings;
}

std::int64_t data_version(Connection& db) { return *db.value<std::int64_t>("pragma data_version"); }

}  // namespace tarotforge::store::sqlite
