#include "app/house.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/change.h"
#include "base/check.h"
#include "base/text.h"

namespace tarotforge::app {
namespace {

// Presence changes after 15 s or 60 s: ticks of 50 ms, and 102 s for one turn.
constexpr core::Deadlines::Options kPresenceWheel{Duration(50), 1u << 11};

// A room nobody is in stays loaded for a while, because most questions about a session come soon
// after each other.
constexpr Duration kRoomKept = std::chrono::seconds(60);

std::string make_meta_prefix(Random& random) {
  std::uint8_t bytes[6];
  random.fill(bytes);
  return base64url(bytes);
}

}  // namespace

House::House(World outside, Settings chosen, boost::asio::any_io_executor executor)
    : world(outside),
      settings(std::move(chosen)),
      listening_since(outside.clock.now()),
      meta_prefix(make_meta_prefix(outside.random)),
      scope(std::move(executor)),
      deadlines(outside.clock.now()),
      presence_deadlines(outside.clock.now(), kPresenceWheel) {
  calendar.shift = Duration(world.clock.wall().ms - world.clock.now().ms);
}

Task<ports::Committed> House::commit(ports::Change change) {
  const Instant asked = now();
  const auto session = change.session.id;
  const auto audit = change.audit;
  auto committed = co_await world.store.commit(std::move(change));
  counters.commit.observe(seconds(now() - asked));
  if (!committed) co_return committed;
  for (const auto& entry : audit)
    events.add({.at = entry.at,
                .type = entry.type,
                .session = session,
                .generation = entry.generation,
                .participant = entry.participant,
                .data = entry.data});
  co_return committed;
}

Room* House::loaded(SessionId id) {
  const auto found = rooms.find(id);
  return found == rooms.end() ? nullptr : found->second.get();
}

Task<std::shared_ptr<Room>> House::open(SessionId id) {
  if (const auto found = rooms.find(id); found != rooms.end()) {
    const auto room = found->second;
    room->used_at = now();
    // Another server may have restored it. Past its window a sweep may have purged it, and nothing
    // of it may be told from memory; before that it stays readable while the store is away.
    if (!room->session.is_open()) {
      auto looked = co_await look_again(room);
      const auto* ended = std::get_if<core::Ended>(&room->session.data().phase);
      const bool kept = ended && !reached(ended->restorable_until, now());
      if (!looked && !kept) co_return std::move(looked).error();
    }
    co_return room;
  }
  auto data = co_await world.store.load(id);
  if (!data) co_return std::move(data).error();
  if (const auto found = rooms.find(id); found != rooms.end()) co_return found->second;
  auto room = std::make_shared<Room>(*std::move(data));
  room->used_at = now();
  // Whoever the row calls active was here when it was last heard of: they get the grace to return.
  if (room->session.is_open()) {
    for (const auto& participant : room->session.data().participants)
      if (participant.is_active && participant.joined_at < listening_since)
        room->seats.push_back({participant.id, core::Presence::expected(now())});
  }
  rooms.emplace(id, room);
  arm(*room);
  watch_presence(*this, *room);
  co_return room;
}

Task<> House::reload(std::shared_ptr<Room> room) {
  auto data = co_await world.store.load(room->session.data().id);
  if (!data) co_return std::move(data).error();
  // What another server let people do, or what this one did and had no answer about.
  const auto known = room->session.data().version;
  std::vector<ports::StoredOperation> missed;
  if (data->version > known) {
    auto stored = co_await world.store.operations_after(data->id, known, data->version - known);
    if (!stored) co_return std::move(stored).error();
    missed = *std::move(stored);
  }
  // What was read may be older than what a sweep's answer or a commit has brought meanwhile.
  if (data->revision <= room->session.data().revision) {
    // What other servers hear moves no revision.
    room->session.note_activity(data->last_activity);
    arm(*room);
    co_return Result<>();
  }
  const auto before = std::exchange(room->session, core::Session(*std::move(data)));
  arm(*room);
  announce_foreign(*this, *room, before, missed);
  co_return Result<>();
}

Task<> House::look_again(std::shared_ptr<Room> room) {
  const auto turn = co_await room->turn.take();
  co_return co_await reload(room);
}

void House::drop(SessionId id) {
  disarm(id);
  const auto found = rooms.find(id);
  if (found == rooms.end()) return;
  if (found->second->presence_timer) presence_deadlines.remove(*found->second->presence_timer);
  found->second->presence_timer.reset();
  rooms.erase(found);
}

void House::evict_idle_rooms() {
  for (auto it = rooms.begin(); it != rooms.end();) {
    Room& room = *it->second;
    const bool idle = it->second.use_count() == 1 && room.connections.empty() &&
                      room.seats.empty() && !room.dirty && !room.held &&
                      !waiting.contains(it->first) && reached(room.used_at + kRoomKept, now());
    if (!idle) {
      ++it;
      continue;
    }
    if (room.presence_timer) presence_deadlines.remove(*room.presence_timer);
    arm_unloaded(room.session);
    it = rooms.erase(it);
  }
}

core::Surroundings House::surroundings() const {
  core::Surroundings around{.outages = outages,
                            .listening_since = listening_since,
                            .presence_interval = settings.presence_interval};
  const Instant now = this->now();
  if (!health.ready || now - health.alive_at <= ports::kOutageGap) return around;
  outages_and_gap_.assign(outages.begin(), outages.end());
  outages_and_gap_.push_back({health.alive_at, now});
  around.outages = outages_and_gap_;
  around.listening_since = now;
  return around;
}

core::Surroundings House::surroundings(const Room& room) const {
  auto around = surroundings();
  around.heard = room.heard;
  around.kept_alive = room.kept_alive();
  around.warning_unseen = room.warning_unseen();
  return around;
}

void House::arm(const Room& room) {
  const auto due = room.session.next_deadline(now(), surroundings(room));
  if (due)
    arm(room.session.data().id, room.session.data().generation, *due);
  else
    disarm(room.session.data().id);
}

void House::arm_unloaded(const core::Session& session) {
  if (const auto due = session.may_expire_at(now(), surroundings()))
    arm(session.data().id, session.data().generation, *due);
  else
    disarm(session.data().id);
}

void House::arm(SessionId id, std::uint32_t generation, Instant due) {
  const auto found = handles.find(id);
  if (found != handles.end()) {
    watched[deadlines.payload(found->second)].generation = generation;
    deadlines.set(found->second, due);
    return;
  }
  std::uint32_t slot;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(watched.size());
    watched.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  watched[slot] = {id, generation, 0};
  handles.emplace(id, deadlines.add(slot, due));
}

void House::touch(const Room& room) {
  const auto found = handles.find(room.session.data().id);
  if (found == handles.end()) return;
  const auto due = room.session.next_deadline(now(), surroundings(room));
  if (!due) return;
  // Earlier where a silence that counted for nobody turned out to be this server's alone.
  if (*due < deadlines.due(found->second))
    deadlines.set(found->second, *due);
  else
    deadlines.touch(found->second, *due);
}

void House::disarm(SessionId id) {
  const auto found = handles.find(id);
  if (found == handles.end()) return;
  free_slots_.push_back(static_cast<std::uint32_t>(deadlines.payload(found->second)));
  watched[free_slots_.back()] = {};
  deadlines.remove(found->second);
  handles.erase(found);
}

}  // namespace tarotforge::app
