#include "app/presence.h"

#include <algorithm>

#include "app/access.h"
#include "app/change.h"
#include "app/perform.h"
#include "base/marks.h"
#include "protocol/json.h"
#include "protocol/views.h"

namespace tarotforge::app {

using namespace core;

namespace {

// A client that missed more than this is given the whole session instead: a reading of an evening
// has a few hundred operations.
constexpr std::size_t kCatchUp = 500;
// The reply must fit into the client's outbox of 1 MB, next to the session and what comes live.
constexpr std::size_t kCatchUpBytes = 256 * 1024;

// The operations after `since` that bring the client up to date, where they do.
Task<protocol::Array> missed_operations(House& house, const Room& room,
                                        std::optional<std::uint64_t> since) {
  protocol::Array missed;
  const auto version = room.session.data().version;
  if (!since || *since >= version || version - *since > kCatchUp) co_return missed;
  // No more than the session told beside them has: another server may just have added one.
  auto stored =
      co_await house.world.store.operations_after(room.session.data().id, *since, version - *since);
  if (!stored) co_return std::move(stored).error();
  std::size_t bytes = 0;
  for (const auto& operation : *stored) bytes += operation.told.size();
  if (bytes > kCatchUpBytes) co_return missed;
  for (const auto& operation : *stored) missed.push_back(told_again(room, operation));
  co_return missed;
}

protocol::Object timing(const House& house, const Policy& policy) {
  using protocol::seconds_json;
  return {{"pingSeconds", seconds_json(kPing)},
          {"pongSeconds", seconds_json(kPong)},
          {"graceSeconds", seconds_json(kReconnectGrace)},
          {"presenceSeconds", seconds_json(house.settings.presence_interval)},
          {"expiryCheckSeconds", seconds_json(house.settings.expiry_check)},
          {"timeoutSeconds", seconds_json(policy.timeout)},
          {"warningSeconds", seconds_json(policy.warning)}};
}

protocol::Object join_reply(House& house, const Room& room, const Connection& connection,
                            protocol::Array missed) {
  const auto& data = room.session.data();
  protocol::Array participants;
  for (const auto& participant : data.participants)
    participants.push_back(protocol::participant_json(participant, data.id,
                                                      room.level(participant.id), house.calendar));
  return {{"session", protocol::session_json(view(house, room))},
          {"participants", std::move(participants)},
          {"you", connection.participant.to_string()},
          {"connection", connection.id.to_string()},
          {"serverTime", protocol::time_text(house.now(), house.calendar)},
          {"operations", std::move(missed)},
          {"timing", timing(house, data.policy)}};
}

// Seats the connection and tells everybody, without a pause in which something could be missed.
void seat_connection(House& house, Room& room, const Connection& connection,
                     protocol::Array missed) {
  auto* seat = room.seat(connection.participant);
  if (!seat) {
    room.seats.push_back({connection.participant, Presence(house.now())});
    seat = &room.seats.back();
  }
  const auto before = seat->presence.level();
  house.counters.returned += before == PresenceLevel::reconnecting;
  const bool changed = seat->presence.connect(house.now(), connection.visible);
  // The newcomer hears of itself by presence_state, the others by a diff.
  if (changed) announce_presence(house, room, *seat, before);
  room.connections.push_back(connection);
  watch_presence(house, room);
  house.arm(room);
  connection.listener->welcome(
      protocol::to_text(join_reply(house, room, connection, std::move(missed))));
  connection.listener->hear({"presence_state", presence_state(house, room)});
  if (room.session.is_warned()) connection.listener->hear(expiring_announcement(house, room));
}

// Records that somebody is gone, however long the store takes to come back.
boost::asio::awaitable<void> keep_recording(House& house, std::shared_ptr<Room> room, Leave leave) {
  while (!house.scope.closing() && room->session.is_open()) {
    const auto done = co_await record_leave(house, room, leave);
    if (done || !info(done.error().code).retryable) co_return;
    co_await house.world.clock.sleep_until(house.now() + ports::kBeatInterval);
  }
}

// Remembers an activity for the next flush.
void hear(House& house, Room& room, Instant at) {
  room.heard = std::max(room.heard.value_or(at), at);
  room.dirty = true;
  house.touch(room);
}

void give_up_offline_seats(House& house, Room& room) {
  std::vector<Seat> gone;
  for (const auto& seat : room.seats)
    if (seat.presence.level() == PresenceLevel::offline) gone.push_back(seat);
  if (gone.empty()) return;
  std::erase_if(room.seats,
                [](const Seat& seat) { return seat.presence.level() == PresenceLevel::offline; });
  const auto shared = house.rooms.find(room.session.data().id);
  if (shared == house.rooms.end()) return;
  for (const auto& seat : gone)
    house.scope.spawn(
        [&house, held = shared->second,
         leave = Leave{seat.participant, seat.presence.reason(), seat.presence.last_input()}] {
          return keep_recording(house, held, leave);
        });
}

}  // namespace

Task<Entered> enter(House& house, SessionId session, protocol::ChannelJoin join,
                    Listener& listener) {
  auto who = co_await authenticate(house, session, std::move(join.token));
  if (!who) co_return std::move(who).error();
  const auto room = who->room;
  const auto turn = co_await room->turn.take();
  // Whoever comes from another server may know more than was noticed here yet.
  if (join.since_version.value_or(0) > room->session.data().version) {
    TF_REACHED(came_with_more);
    CO_TRY(co_await house.reload(room));
  }
  auto returned = co_await perform_in_turn(house, room, Return{who->participant}, {.hold = true});
  if (!returned) co_return std::move(returned).error();
  auto missed = co_await missed_operations(house, *room, join.since_version);
  if (!missed) co_return std::move(missed).error();
  // A sweep or another process may have ended it while the operations were read.
  auto still_open = room->session.require_open(house.now(), house.surroundings(*room));
  if (!still_open) {
    TF_REACHED(ended_while_entering);
    co_return std::move(still_open).error();
  }
  const Connection connection{ConnectionId::make(house.wall(house.now()), house.world.random),
                              who->participant, &listener, house.now()};
  seat_connection(house, *room, connection, *std::move(missed));
  co_return Entered{room, connection.id, who->participant};
}

void leave(House& house, Room& room, ConnectionId id, LeaveReason reason) {
  const auto* connection = room.find(id);
  if (!connection) return;
  const auto gone = *connection;
  const bool was_kept = room.kept_alive();
  const bool with_others = TF_PLANTED(counts_presence_by_events);
  std::erase_if(room.connections, [&](const Connection& each) {
    return each.id == id || (with_others && each.participant == gone.participant);
  });
  room.used_at = house.now();
  auto* seat = room.seat(gone.participant);
  if (!seat) return;
  const auto before = seat->presence.level();
  if (TF_PLANTED(lets_ghosts_stay) && reason == LeaveReason::lost) return;
  if (seat->presence.disconnect(house.now(), gone.visible, reason))
    announce_presence(house, room, *seat, before);
  give_up_offline_seats(house, room);
  watch_presence(house, room);
  follow_keep_alive(house, room, was_kept);
}

Task<> record_leave(House& house, std::shared_ptr<Room> room, Leave leave) {
  const auto turn = co_await room->turn.take();
  if (room->seat(leave.actor)) co_return Result<>();  // is back; going again is another leave
  auto done = co_await perform_in_turn(house, room, leave, {});
  if (!done) co_return std::move(done).error();
  co_return Result<>();
}

void note_input(House& house, Room& room, ParticipantId who) {
  auto* seat = room.seat(who);
  if (!seat) return;
  const auto before = seat->presence.level();
  if (seat->presence.input(house.now())) announce_presence(house, room, *seat, before);
  // An `active` that goes on only moves its deadline later, and the timer finds that by itself.
  if (!room.presence_timer) watch_presence(house, room);
}

std::optional<Instant> acting_at(const House& house, const Room& room) {
  const Instant now = house.now();
  if (!room.session.require_open(now, house.surroundings(room))) return std::nullopt;
  return now;
}

void hear_refused(House& house, Room& room, ParticipantId who, std::optional<Instant> acted,
                  const Error& error) {
  if (error.code != ErrorCode::saving_paused || !acted || !room.session.is_open()) return;
  hear(house, room, *acted);
  note_input(house, room, who);
}

Task<> keep_alive(House& house, std::shared_ptr<Room> room, ParticipantId who) {
  const auto acted = acting_at(house, *room);
  const auto turn = co_await room->turn.take();
  auto kept = co_await perform_in_turn(house, room, KeepAliveClick{who}, {});
  if (!kept) {
    hear_refused(house, *room, who, acted, kept.error());
    co_return std::move(kept).error();
  }
  note_input(house, *room, who);
  co_return Result<>();
}

Task<> report_activity(House& house, std::shared_ptr<Room> room, ConnectionId id,
                       protocol::ActivityReport report) {
  auto* connection = room->find(id);
  if (!connection) co_return ErrorCode::unauthorized;
  const auto who = connection->participant;
  // Input proves that the page is in front, whatever was said of it.
  const bool visible = report.visible || report.active;
  if (visible != connection->visible) {
    const bool was_kept = room->kept_alive();
    connection->visible = visible;
    auto& seat = *room->seat(who);
    const auto before = seat.presence.level();
    const bool changed =
        visible ? seat.presence.show(house.now()) : seat.presence.hide(house.now());
    if (changed) announce_presence(house, *room, seat, before);
    watch_presence(house, *room);
    follow_keep_alive(house, *room, was_kept);
  }
  if (!report.active) co_return Result<>();
  // Far from the deadline it is enough to have heard it. Near it the activity takes its turn like
  // any command, because the expiry that it races may be under way.
  const bool calm = !room->session.is_warned() && !room->turn.taken() &&
                    room->session.require_open(house.now(), house.surroundings(*room));
  if (calm) {
    hear(house, *room, house.now());
    note_input(house, *room, who);
    co_return Result<>();
  }
  TF_REACHED(activity_near_deadline);
  co_return co_await keep_alive(house, room, who);
}

Result<> acknowledge_warning(Room& room, ConnectionId id, std::uint32_t generation) {
  if (generation != room.session.data().generation) return ErrorCode::stale_generation;
  if (auto* connection = room.find(id)) connection->warning_shown = true;
  return {};
}

void relay(Room& room, ConnectionId sender, std::string_view event, std::string payload) {
  room.announce_except(sender, {event, std::move(payload)});
}

void settle_presence(House& house, Room& room) {
  const bool was_kept = room.kept_alive();
  std::vector<ParticipantId> seated;
  for (const auto& seat : room.seats) seated.push_back(seat.participant);
  for (const auto& who : seated) {
    auto* seat = room.seat(who);  // whoever hears of a change may leave, and seats go with them
    if (!seat) continue;
    const auto before = seat->presence.level();
    if (!seat->presence.settle(house.now())) continue;
    const bool is_gone = seat->presence.level() == PresenceLevel::offline;
    house.counters.missed += is_gone && before == PresenceLevel::reconnecting;
    announce_presence(house, room, *seat, before);
  }
  give_up_offline_seats(house, room);
  watch_presence(house, room);
  follow_keep_alive(house, room, was_kept);
}

}  // namespace tarotforge::app
