#include "app/room.h"

#include <algorithm>

#include "base/marks.h"

namespace tarotforge::app {

using core::KeepAlive;
using core::PresenceLevel;

namespace {
constexpr Duration kFreshJoin = std::chrono::minutes(1);  // a join that has not connected yet
}  // namespace

Connection* Room::find(ConnectionId id) {
  for (auto& connection : connections)
    if (connection.id == id) return &connection;
  return nullptr;
}

Seat* Room::seat(ParticipantId id) {
  for (auto& seat : seats)
    if (seat.participant == id) return &seat;
  return nullptr;
}

const Seat* Room::seat(ParticipantId id) const { return const_cast<Room*>(this)->seat(id); }

PresenceLevel Room::level(ParticipantId id) const {
  const auto* found = seat(id);
  return found ? found->presence.level() : PresenceLevel::offline;
}

bool Room::anyone_at(PresenceLevel least) const {
  return std::ranges::any_of(seats,
                             [&](const Seat& seat) { return seat.presence.level() >= least; });
}

bool Room::kept_alive() const {
  switch (session.data().policy.keep_alive) {
    case KeepAlive::active:
      return false;  // counts what was done, not a level
    case KeepAlive::visible:
      return anyone_at(PresenceLevel::visible);
    case KeepAlive::connected:
      return anyone_at(PresenceLevel::connected);
  }
  return false;
}

bool Room::warning_unseen() const {
  const auto* open = std::get_if<core::Open>(&session.data().phase);
  if (!open || TF_PLANTED(ignores_unseen_warnings)) return false;
  return std::ranges::any_of(connections, [&](const Connection& connection) {
    const bool joined_before = !open->warned_at || connection.joined_at < *open->warned_at;
    return joined_before && !connection.warning_shown;
  });
}

std::size_t Room::fill(Instant now) const {
  std::size_t count = 0;
  for (const auto& participant : session.data().participants) {
    const auto* found = seat(participant.id);
    const bool here = found && found->presence.level() != PresenceLevel::offline;
    const bool fresh =
        !found && participant.is_active && !reached(participant.joined_at + kFreshJoin, now);
    count += here || fresh;
  }
  return count;
}

void Room::announce(const Announcement& announcement) const {
  announce_except(ConnectionId{}, announcement);
}

void Room::announce_except(ConnectionId sender, const Announcement& announcement) const {
  // Whoever hears may leave at once, and take others along: walk over a stable copy, past those
  // who are gone.
  const auto listening = connections;
  for (const auto& each : listening) {
    const bool is_here = std::ranges::any_of(
        connections, [&](const Connection& connection) { return connection.id == each.id; });
    if (is_here && each.id != sender) each.listener->hear(announcement);
  }
}

}  // namespace tarotforge::app
