#include "app/beat.h"

#include <algorithm>

#include "app/change.h"
#include "app/foreign.h"
#include "app/lifecycle.h"
#include "app/presence.h"
#include "base/marks.h"

namespace tarotforge::app {

using namespace core;

namespace {

constexpr Duration kCoarse = std::chrono::seconds(60);      // what a young stamp may lag behind
constexpr Duration kSeenCoarse = std::chrono::minutes(10);  // a participant's last_seen_at
constexpr Duration kForeignLook = std::chrono::seconds(1);  // how soon ST12 wants foreign commits

Instant durable(const Room& room) {
  return std::max(room.session.data().last_activity,
                  room.checkpointed.value_or(room.session.data().last_activity));
}

void note_durable(Room& room, Instant at) {
  room.checkpointed = std::max(room.checkpointed.value_or(at), at);
  if (room.heard && *room.heard <= at) room.dirty = false;
}

// Far from the deadline a coarse stamp will do; near it every activity is written.
bool worth_writing(const Room& room, Instant stored, Instant now) {
  const auto& policy = room.session.data().policy;
  return *room.heard - stored > kCoarse ||
         now - stored >= policy.timeout - policy.warning - ports::kSettlement;
}

struct Snapshot {
  struct Heard {
    std::shared_ptr<Room> room;
    Instant at;
  };
  struct Seen {
    std::shared_ptr<Room> room;
    ParticipantId who;
    Instant at;
  };
  ports::Beat beat;
  std::vector<Heard> heard;
  std::vector<Seen> seen;
  std::vector<std::shared_ptr<Room>> released;
};

void add_heard(const std::shared_ptr<Room>& room, Snapshot& snapshot) {
  const auto& data = room->session.data();
  if (!TF_PLANTED(loses_what_was_heard))
    snapshot.beat.heard.push_back({data.id, data.generation, *room->heard});
  snapshot.heard.push_back({room, *room->heard});
}

// Of those whose last_seen_at is due, whoever acted last: that is a stamp of the session too, so
// that the session's own row is spared. Answers what is durable of the session then.
Instant add_seen(const std::shared_ptr<Room>& room, Instant stored, Snapshot& snapshot) {
  const Seat* newest = nullptr;
  for (const auto& seat : room->seats) {
    const auto input = seat.presence.last_input();
    const auto* who = room->session.find(seat.participant);
    if (!input || !who) continue;
    const Instant written =
        std::max(who->last_seen_at, seat.seen_written.value_or(who->last_seen_at));
    if (*input - written < kSeenCoarse) continue;
    if (!newest || *input > *newest->presence.last_input()) newest = &seat;
  }
  if (!newest) return stored;
  const Instant at = *newest->presence.last_input();
  snapshot.beat.seen.push_back({room->session.data().id, newest->participant, at});
  snapshot.seen.push_back({room, newest->participant, at});
  return std::max(stored, at);
}

void snapshot_room(const std::shared_ptr<Room>& room, Instant now, Snapshot& snapshot) {
  const bool deserted = room->held && room->connections.empty() && !room->turn.taken();
  if (deserted) {
    snapshot.beat.released.push_back(room->session.data().id);
    snapshot.released.push_back(room);
  }
  if (!room->session.is_open()) return;
  if (room->kept_alive()) {
    room->heard = now;
    room->dirty = true;
  }
  if (!room->dirty || !room->heard) return;
  // With the hold that vouched for it goes what was heard.
  if (deserted) return add_heard(room, snapshot);
  if (!worth_writing(*room, durable(*room), now)) return;
  const Instant stored = add_seen(room, durable(*room), snapshot);
  if (worth_writing(*room, stored, now)) add_heard(room, snapshot);
}

// A live client that has not shown its warning has a lead to come, which this server grants at the
// deadline: until then it does not vouch for that moment, lest another server ends the session.
Instant vouched_through(const House& house, const Room& room, Instant now) {
  const auto* open = std::get_if<Open>(&room.session.data().phase);
  if (!open || !open->warned_at || open->extended_until || !room.warning_unseen()) return now;
  const Instant deadline = *room.session.expires_at(now, house.surroundings(room));
  return reached(deadline, now) ? deadline - Duration(1) : now;
}

Snapshot take_snapshot(House& house) {
  Snapshot snapshot;
  const Instant now = house.now();
  snapshot.beat.flushed_through = now;
  for (const auto& [id, room] : house.rooms) {
    snapshot_room(room, now, snapshot);
    snapshot.beat.flushed_through =
        std::min(snapshot.beat.flushed_through, vouched_through(house, *room, now));
  }
  // A join that comes while this beat is under way writes its hold anew.
  for (const auto& room : snapshot.released) room->held = false;
  return snapshot;
}

// True where outages were added or forgotten.
bool take_over(House& house, const ports::BeatResult& result) {
  house.calendar.shift = result.calendar_shift;
  house.health.alive_at = result.observed_now;
  if (house.outages == result.outages) return false;
  house.outages = result.outages;
  if (!house.outages.empty())
    house.listening_since = std::max(house.listening_since, house.outages.back().end);
  return true;
}

// An outage has moved the deadlines of all rooms.
void move_deadlines(House& house) {
  for (const auto& [id, room] : house.rooms) {
    house.arm(*room);
    if (room->session.is_warned()) room->announce(expiring_announcement(house, *room));
  }
}

// This incarnation was given up for lost: its holds are settled, so it may vouch for nobody any
// more. A new one begins, and everyone joins it anew.
Task<> begin_anew(House& house) {
  TF_REACHED(server_taken_for_lost);
  house.world.log.warning("This server was taken for lost; its clients join anew.");
  const auto id = ServerId::make(house.wall(house.now()), house.world.random);
  auto result = co_await house.world.store.register_server(id, house.settings.version);
  if (!result) co_return std::move(result).error();
  house.server_id = id;
  take_over(house, *result);
  house.listening_since = house.now();
  std::vector<std::shared_ptr<Room>> rooms;
  for (const auto& [session, room] : house.rooms) rooms.push_back(room);
  for (const auto& room : rooms) {
    room->held = false;
    const auto connections = room->connections;
    for (const auto& connection : connections) {
      leave(house, *room, connection.id, LeaveReason::lost);
      connection.listener->dismiss(LeaveReason::lost);
    }
  }
  move_deadlines(house);
  co_return Result<>();
}

void log_change_of_health(House& house, const Result<>& beaten) {
  if (!beaten && !house.health.degraded)
    house.world.log.error("Saving is paused: {} Rooms stay readable; nothing expires meanwhile.",
                          beaten.error().sentence());
  if (beaten && house.health.degraded) house.world.log.info("Saving goes on.");
}

}  // namespace

Task<> start_house(House& house, ServerId id) {
  auto result = co_await house.world.store.register_server(id, house.settings.version);
  if (!result) co_return std::move(result).error();
  house.server_id = id;
  house.listening_since = house.now();
  take_over(house, *result);
  CO_TRY(co_await watch_open_sessions(house));
  house.health = {.ready = true,
                  .degraded = false,
                  .flushed_at = house.now(),
                  .alive_at = result->observed_now};
  co_return Result<>();
}

Task<> beat_once(House& house) {
  auto snapshot = take_snapshot(house);
  const Instant through = house.now();
  house.health.beating_since = through;
  auto result = co_await house.world.store.beat(std::move(snapshot.beat));
  house.counters.flush.observe(seconds(house.now() - through));
  if (!result) {
    ++house.counters.flush_failures;
    if (!snapshot.released.empty()) TF_REACHED(hold_released_in_vain);
    for (const auto& room : snapshot.released) room->held = true;
    co_return std::move(result).error();
  }
  if (result->lost) co_return co_await begin_anew(house);
  for (const auto& [room, at] : snapshot.heard) note_durable(*room, at);
  for (const auto& [room, who, at] : snapshot.seen) {
    note_durable(*room, at);
    if (auto* seat = room->seat(who)) seat->seen_written = at;
  }
  house.health.flushed_at = through;
  if (take_over(house, *result)) {
    TF_REACHED(outage_taken_over);
    move_deadlines(house);
  }
  house.evict_idle_rooms();
  // Who is not loaded may have been restored by another process.
  if (result->changed_elsewhere) {
    const auto watched = co_await watch_open_sessions(house);
    if (!watched) house.world.log.debug("No look at the store: {}", watched.error().sentence());
  }
  co_return Result<>();
}

boost::asio::awaitable<void> keep_beating(House& house) {
  Instant next = house.now() + ports::kBeatInterval;
  while (!house.scope.closing()) {
    co_await house.world.clock.sleep_until(std::min(next, house.now() + kForeignLook));
    if (reached(next, house.now())) {
      const auto beaten = co_await beat_once(house);
      log_change_of_health(house, beaten);
      house.health.degraded = !beaten;
      next = house.now() + ports::kBeatInterval;
    }
    if (!house.health.degraded) {
      const auto looked = co_await look_for_foreign_changes(house);
      if (!looked) house.world.log.debug("No look at the store: {}", looked.error().sentence());
    }
  }
}

Task<> retire_house(House& house) {
  auto snapshot = take_snapshot(house);
  for (const auto& [id, room] : house.rooms) {
    if (room->dirty && room->heard && room->session.is_open())
      snapshot.beat.heard.push_back({id, room->session.data().generation, *room->heard});
  }
  co_return co_await house.world.store.retire(std::move(snapshot.beat));
}

}  // namespace tarotforge::app
