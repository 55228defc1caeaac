#include "store/postgres/wall_clock.h"

#include <chrono>

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::Task;

// An advisory lock: shared by who writes stamps, alone for who moves them. "TFclock" in ASCII.
constexpr std::int64_t kStampsLock = 0x5446636c6f636b;

// Moves the stamps of all that is still running or may come back, in wall time.
void move_stamps(Transaction& db, WallTime before, Duration by) {
  db.send(R"(update service_outages
             set started_at = started_at + $1::bigint * interval '1 millisecond',
                 ended_at = ended_at + $1::bigint * interval '1 millisecond'
             where kind = 'outage')",
          by);
  db.send(R"(update session_participants
             set joined_at = joined_at + $1::bigint * interval '1 millisecond',
                 last_seen_at = last_seen_at + $1::bigint * interval '1 millisecond',
                 left_at = left_at + $1::bigint * interval '1 millisecond'
             where session_id in (select id from reading_sessions
                                  where is_active or (end_reason = 'expired'
                                                      and purged_at is null)))",
          by);
  db.send(R"(update reading_sessions
             set created_at = created_at + $1::bigint * interval '1 millisecond',
                 updated_at = updated_at + $1::bigint * interval '1 millisecond',
                 last_activity_at = last_activity_at + $1::bigint * interval '1 millisecond',
                 warned_at = warned_at + $1::bigint * interval '1 millisecond',
                 extended_until = extended_until + $1::bigint * interval '1 millisecond',
                 ended_at = ended_at + $1::bigint * interval '1 millisecond'
             where is_active or (end_reason = 'expired' and purged_at is null))",
          by);
  db.send(R"(update servers
             set started_at = started_at + $1::bigint * interval '1 millisecond',
                 alive_at = alive_at + $1::bigint * interval '1 millisecond',
                 flushed_through = flushed_through + $1::bigint * interval '1 millisecond',
                 stopped_at = stopped_at + $1::bigint * interval '1 millisecond')",
          by);
  db.send(R"(update webhook_deliveries
             set due_at = due_at + $1::bigint * interval '1 millisecond',
                 give_up_at = give_up_at + $1::bigint * interval '1 millisecond',
                 claimed_until = claimed_until + $1::bigint * interval '1 millisecond'
             where not is_dead)",
          by);
  db.send(R"(insert into service_outages (kind, started_at, ended_at, credit_ms)
             values ('clock', $1, $2, $3))",
          before, before + by, by);
}

}  // namespace

struct WallClock::Reading {
  WallTime wall{};
  Instant asked{}, answered{};  // the wall clock was read between them
  Duration recorded{0};         // the sum of all jumps
  std::optional<std::int64_t> drawn{};

  // How far the wall clock has left the calendar, whatever the way to the database took.
  Duration difference(const Calendar& calendar) const {
    if (wall < calendar.wall(asked)) return wall - calendar.wall(asked);
    if (wall > calendar.wall(answered)) return wall - calendar.wall(answered);
    return Duration(0);
  }
};

awaitable<WallClock::Reading> WallClock::read(Transaction& db, Draws draws) const {
  constexpr std::string_view kRead = R"(
    select clock_timestamp(), coalesce(sum(credit_ms), 0)::bigint, null
    from service_outages where kind = 'clock')";
  constexpr std::string_view kDraw = R"(
    select clock_timestamp(), coalesce(sum(credit_ms), 0)::bigint, nextval('session_changes'),
           set_config('tarotforge.drawn', 'on', true)
    from service_outages where kind = 'clock')";
  Reading reading;
  reading.asked = clock_.now();
  const auto rows = co_await db.query(draws == Draws::number ? kDraw : kRead);
  rows.row(0, reading.wall, reading.recorded, reading.drawn);
  reading.answered = clock_.now();
  if (source_ == WallSource::clock) reading.wall = clock_.wall();
  co_return reading;
}

Task<> WallClock::start(Transaction& db, bool move_back) {
  if (move_back) db.send("select pg_advisory_xact_lock($1)", kStampsLock);
  const auto reading = co_await read(db, Draws::nothing);
  calendar_ = {reading.wall - WallTime{reading.answered.ms}};
  recorded_ = reading.recorded;
  set_ = true;
  if (!move_back) co_return Result<>();
  const auto rows = co_await db.query("select max(alive_at) from servers");
  const auto alive_at = *rows.value<std::optional<WallTime>>();
  if (alive_at && *alive_at > reading.wall + kClockJump) {
    const Duration by = reading.wall - *alive_at;
    move_stamps(db, *alive_at, by);
    recorded_ += by;
  }
  co_return Result<>();
}

awaitable<void> WallClock::enter(Transaction& db) const {
  const auto reading = co_await read(db, Draws::nothing);
  db.calendar.shift = calendar_.shift + (reading.recorded - recorded_);
}

awaitable<WallClock::Entered> WallClock::enter(Transaction& db, Draws draws) const {
  db.send("select pg_advisory_xact_lock_shared($1)", kStampsLock);
  const auto reading = co_await read(db, draws);
  db.calendar.shift = calendar_.shift + (reading.recorded - recorded_);
  co_return Entered{.jumped = std::chrono::abs(reading.difference(db.calendar)) > kClockJump,
                    .drawn = reading.drawn};
}

Task<> WallClock::follow(Transaction& db, const Context& context) {
  db.send("select pg_advisory_xact_lock($1)", kStampsLock);
  const auto reading = co_await read(db, Draws::nothing);
  db.calendar.shift = calendar_.shift + (reading.recorded - recorded_);
  const Duration difference = reading.difference(db.calendar);
  if (std::chrono::abs(difference) <= kClockJump) co_return Result<>();  // somebody else did
  const auto others = co_await db.query(
      "select max(alive_at) from servers where id is distinct from $1::uuid and stopped_at is null",
      context.server);
  const auto alive_at = *others.value<std::optional<WallTime>>();
  if (alive_at && std::chrono::abs(reading.wall - *alive_at) <= ports::kOutageGap) {
    // Another server lives at this time: not the wall clock jumped, this steady one stood still.
    calendar_.shift += difference;
    co_return Result<>();
  }
  move_stamps(db, db.calendar.wall(reading.answered), difference);
  co_return Result<>();
}

}  // namespace tarotforge::store::postgres
