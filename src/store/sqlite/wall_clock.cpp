#include "store/sqlite/wall_clock.h"

#include <chrono>

#include "base/marks.h"

namespace tarotforge::store::sqlite {
namespace {

// Moves the stamps of all that is still running or may come back, in wall time.
void move_stamps(Connection& db, WallTime before, Duration by) {
  db.run(R"(update service_outages set started_at = started_at + ?1, ended_at = ended_at + ?1
            where kind = 'outage')",
         by);
  db.run(R"(update session_participants
            set joined_at = joined_at + ?1, last_seen_at = last_seen_at + ?1,
                left_at = left_at + ?1
            where session_id in (select id from reading_sessions
                                 where is_active = 1 or (end_reason = 'expired'
                                                         and purged_at is null)))",
         by);
  db.run(R"(update reading_sessions
            set created_at = created_at + ?1, updated_at = updated_at + ?1,
                last_activity_at = last_activity_at + ?1, warned_at = warned_at + ?1,
                extended_until = extended_until + ?1, ended_at = ended_at + ?1
            where is_active = 1 or (end_reason = 'expired' and purged_at is null))",
         by);
  db.run(R"(update servers
            set started_at = started_at + ?1, alive_at = alive_at + ?1,
                flushed_through = flushed_through + ?1, stopped_at = stopped_at + ?1)",
         by);
  db.run(R"(update webhook_deliveries
            set due_at = due_at + ?1, give_up_at = give_up_at + ?1,
                claimed_until = claimed_until + ?1
            where is_dead = 0)",
         by);
  db.run(R"(insert into service_outages (kind, started_at, ended_at, credit_ms)
            values ('clock', ?1, ?2, ?3))",
         before, before + by, by);
}

}  // namespace

void follow_wall_clock(Connection& db, const ports::Clock& clock) {
  const WallTime expected = db.calendar.wall(clock.now());
  const Duration difference = clock.wall() - expected;
  if (std::chrono::abs(difference) <= kClockJump) return;
  TF_REACHED(clock_followed);
  if (!TF_PLANTED(follows_no_clock)) move_stamps(db, expected, difference);
  db.calendar.shift += difference;
}

bool follow_set_back(Connection& db, WallTime wall) {
  const auto alive_at = *db.value<std::optional<WallTime>>("select max(alive_at) from servers");
  if (!alive_at || *alive_at <= wall) return false;
  TF_REACHED(clock_set_back);
  move_stamps(db, *alive_at, wall - *alive_at);
  return true;
}

Duration recorded_jumps(Connection& db) {
  return *db.value<Duration>(
      "select coalesce(sum(credit_ms), 0) from service_outages where kind = 'clock'");
}

}  // namespace tarotforge::store::sqlite
