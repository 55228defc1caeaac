#include "app/change.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/marks.h"
#include "protocol/json.h"
#include "protocol/lifecycle_json.h"
#include "protocol/views.h"

namespace tarotforge::app {

using namespace core;
using protocol::to_text;

namespace {

std::string json_time(const House& house, Instant t) {
  return fmt::format("\"{}\"", protocol::time_text(t, house.calendar));
}

struct Recorder {
  House& house;
  const Session& next;
  ports::Change& change;
  const Digest& request_hash;

  void audit(const char* type, std::optional<ParticipantId> who, std::string data = "{}") {
    const Instant now = house.now();
    change.audit.push_back({EventId::make(house.wall(now), house.world.random), type,
                            next.data().generation, who, std::move(data), now});
  }

  void operator()(const Created&) { audit("created", next.data().host); }
  void operator()(const Joined& joined) {
    const auto* who = next.find(joined.participant);
    change.used_invite = who->invite_id;
    audit("joined", joined.participant);
  }
  void operator()(const Returned& returned) {
    audit("joined", returned.participant, R"({"returned":true})");
  }
  void operator()(const Left& left) {
    audit("left", left.participant, fmt::format(R"({{"reason":"{}"}})", to_string(left.reason)));
  }
  void operator()(const Renamed&) {}
  void operator()(const HostChanged& changed) {
    constexpr const char* kHow[] = {"handed_over", "taken_over", "reclaimed"};
    audit("host_changed", changed.to,
          fmt::format(R"({{"from":"{}","how":"{}"}})", changed.from.to_string(),
                      kHow[static_cast<int>(changed.how)]));
  }
  void operator()(const Operated& operated) {
    const auto after = session_view(house, next, house.surroundings());
    change.operations.push_back({operated.version, operated.generation, operated.by, operated.key,
                                 request_hash, std::string(kind_of(operated.operation)),
                                 to_text(protocol::operation_json(operated, after)), operated.at});
  }
  void operator()(const Warned& warned) {
    audit("warned", {}, fmt::format(R"({{"expires_at":{}}})", json_time(house, warned.expires_at)));
  }
  void operator()(const Postponed& postponed) {
    audit("extended", {},
          fmt::format(R"({{"expires_at":{},"because":"warning_not_shown"}})",
                      json_time(house, postponed.expires_at)));
  }
  void operator()(const Extended& extended) {
    audit("extended", {},
          fmt::format(R"({{"expires_at":{},{}}})", json_time(house, extended.expires_at),
                      extended.by_operator ? R"("by":"operator")" : R"("because":"activity")"));
  }
  void operator()(const Expired& expired) {
    change.close_invites = true;
    audit("expired", {},
          protocol::expired_entry("operator", next.data().created_at, expired, house.calendar));
  }
  void operator()(const Completed&) {
    change.close_invites = true;
    audit("completed", next.data().host);
  }
  void operator()(const Restored&) {
    change.reopen_invites = true;
    audit("restored", {});
  }
};

struct Teller {
  House& house;
  Room& room;

  void say(std::string_view event, const protocol::Object& payload) {
    room.announce({event, to_text(payload)});
  }
  void retell(ParticipantId id) {  // a name or a role has changed
    if (auto* seat = room.seat(id)) announce_presence(house, room, *seat, seat->presence.level());
  }

  void operator()(const Created&) {}
  void operator()(const Joined&) { ++house.counters.joins; }
  void operator()(const Returned&) {}
  void operator()(const Left& left) {
    if (left.reason == LeaveReason::kicked) dismiss(house, room, left.participant, left.reason);
  }
  void operator()(const Renamed& renamed) { retell(renamed.participant); }
  void operator()(const HostChanged& changed) {
    retell(changed.from);
    retell(changed.to);
    say("host_changed", {{"from", changed.from.to_string()}, {"to", changed.to.to_string()}});
  }
  void operator()(const Operated& operated) {
    ++house.counters.operations;
    say("operation", protocol::operation_json(operated, view(house, room)));
  }
  void operator()(const Warned&) {
    ++house.counters.warnings;
    for (auto& connection : room.connections) connection.warning_shown = false;
    room.announce(expiring_announcement(house, room));
  }
  void operator()(const Postponed&) {
    ++house.counters.warnings_unseen;
    room.announce(expiring_announcement(house, room));
  }
  void operator()(const Extended& extended) {
    house.counters.warnings_answered += !extended.by_operator;
    say("session_extended", protocol::extended_json(extended.expires_at, house.calendar));
  }
  void operator()(const Expired&) { announce_end(house, room); }
  void operator()(const Completed&) {
    ++house.counters.completions;
    announce_end(house, room);
  }
  void operator()(const Restored&) {
    TF_REACHED(restored);
    ++house.counters.restores;
    announce_restored(house, room);
  }
};

protocol::Object meta(House& house, const Room& room, const Seat& seat, PresenceLevel level,
                      std::uint32_t number) {
  const auto* who = room.session.find(seat.participant);
  std::optional<LeaveReason> reason;
  if (level <= PresenceLevel::reconnecting) reason = seat.presence.reason();
  return protocol::presence_meta(*who, level, seat.presence.since(), reason,
                                 fmt::format("{}{:x}", house.meta_prefix, number), house.calendar);
}

protocol::Object metas(protocol::Object meta) {
  return {{"metas", protocol::Array{std::move(meta)}}};
}

}  // namespace

protocol::SessionView session_view(const House& house, const Session& session,
                                   const Surroundings& around) {
  const Instant now = house.now();
  return {session.data(), house.calendar, session.last_activity(now, around),
          session.expires_at(now, around), session.warns_at(now, around)};
}

protocol::SessionView view(const House& house, const Room& room) {
  return session_view(house, room.session, house.surroundings(room));
}

ports::Change make_change(House& house, const Session& next, const Effects& effects,
                          const Digest& request_hash) {
  ports::Change change{.session = next.data(), .read_revision = next.data().revision};
  Recorder record{house, next, change, request_hash};
  for (const auto& effect : effects) std::visit(record, effect);
  return change;
}

void announce(House& house, Room& room, const Effects& effects) {
  Teller tell{house, room};
  for (const auto& effect : effects) std::visit(tell, effect);
}

namespace {

void announce_foreign_people(House& house, Room& room, const SessionData& before) {
  const auto& now = room.session.data();
  for (const auto& who : before.participants) {
    const auto* same = room.session.find(who.id);
    if (!same) continue;
    if (who.token_hash && !same->token_hash) {
      TF_REACHED(removed_elsewhere);
      dismiss(house, room, who.id, LeaveReason::kicked);
    } else if (auto* seat = room.seat(who.id);
               seat && (who.name != same->name || who.role != same->role)) {
      announce_presence(house, room, *seat, seat->presence.level());
    }
  }
  if (before.host != now.host)
    room.announce({"host_changed", to_text(protocol::Object{{"from", before.host.to_string()},
                                                            {"to", now.host.to_string()}})});
}

void announce_foreign_warning(House& house, Room& room, const Open& before) {
  const auto& now = std::get<Open>(room.session.data().phase);
  if (now.warned_at &&
      (now.warned_at != before.warned_at || now.extended_until != before.extended_until)) {
    TF_REACHED(warned_elsewhere);
    if (now.warned_at != before.warned_at)
      for (auto& connection : room.connections) connection.warning_shown = false;
    room.announce(expiring_announcement(house, room));
  } else if ((before.warned_at && !now.warned_at) ||
             (now.extended_until && now.extended_until != before.extended_until)) {
    const auto until = room.session.expires_at(house.now(), house.surroundings(room));
    room.announce({"session_extended", to_text(protocol::extended_json(*until, house.calendar))});
  }
}

// Operators who watch hear what another process did, where this one did not tell them already.
void note_foreign(House& house, const Room& room, std::uint32_t generation, const char* type) {
  const auto id = room.session.data().id;
  if (house.events.has(id, generation, type)) return;
  house.events.add({.at = house.now(), .type = type, .session = id, .generation = generation});
}

const char* end_word(const Room& room) {
  const auto& phase = room.session.data().phase;
  if (std::holds_alternative<Purged>(phase)) return "purged";
  const auto* ended = std::get_if<Ended>(&phase);
  return ended && ended->reason == EndReason::completed ? "completed" : "expired";
}

}  // namespace

void announce_foreign(House& house, Room& room, const Session& before,
                      const std::vector<ports::StoredOperation>& missed) {
  const auto& known = before.data();
  for (const auto& operation : missed) {
    if (operation.version <= known.version) continue;
    TF_REACHED(operations_missed);
    if (TF_PLANTED(skips_what_was_missed) && operation.version == known.version + 1) continue;
    announce_again(room, operation);
  }
  const bool same_life = room.session.data().generation == known.generation;
  if (same_life && before.is_open() && room.session.is_open()) {
    announce_foreign_people(house, room, known);
    announce_foreign_warning(house, room, std::get<Open>(known.phase));
  } else if (before.is_open()) {
    TF_REACHED(expired_elsewhere);
    note_foreign(house, room, known.generation, end_word(room));
    announce_end(house, room);
  }
  if (!same_life) {
    TF_REACHED(restored_elsewhere);
    note_foreign(house, room, room.session.data().generation, "restored");
    announce_restored(house, room);
  }
}

Announcement expiring_announcement(const House& house, const Room& room) {
  const Instant now = house.now();
  const auto deadline = room.session.expires_at(now, house.surroundings(room));
  return {"session_expiring",
          to_text(protocol::expiring_json(room.session.data().generation, deadline.value_or(now),
                                          now, house.calendar))};
}

void announce_end(House& house, Room& room) {
  const auto& data = room.session.data();
  const auto* ended = std::get_if<Ended>(&data.phase);
  // Open: somebody else has expired and restored it before the end was noticed here.
  const bool expired = room.session.is_open() || (ended && ended->reason == EndReason::expired);
  const auto generation = room.session.is_open() ? data.generation - 1 : data.generation;
  if (expired) {
    const Instant until = ended ? ended->restorable_until : house.now() + data.policy.recovery;
    room.announce(
        {"session_expired", to_text(protocol::expired_json(generation, until, house.calendar))});
  } else {
    const Instant at = ended ? ended->at : house.now();
    room.announce(
        {"session_completed", to_text(protocol::completed_json(generation, at, house.calendar))});
  }
  const auto gone = std::move(room.connections);
  room.connections.clear();
  room.seats.clear();
  room.heard.reset();
  room.dirty = false;
  watch_presence(house, room);
  for (const auto& connection : gone)
    connection.listener->dismiss(expired ? LeaveReason::expired : LeaveReason::completed);
}

Announcement restored_announcement(const SessionData& session) {
  return {"session_restored", to_text(protocol::restored_json(session.generation))};
}

void announce_restored(House& house, Room& room) {
  const auto news = restored_announcement(room.session.data());
  std::vector<Listener*> listeners;
  const auto [first, last] = house.waiting.equal_range(room.session.data().id);
  for (auto it = first; it != last; ++it) listeners.push_back(it->second);
  for (auto* listener : listeners) listener->hear(news);
}

void announce_presence(House& house, Room& room, Seat& seat, PresenceLevel before) {
  protocol::Object joins, leaves;
  const auto key = seat.participant.to_string();
  const bool gone = seat.presence.level() == PresenceLevel::offline;
  if (seat.announced) {
    auto last = meta(house, room, seat, before, seat.announced);
    if (gone) last["reason"] = std::string(to_string(seat.presence.reason()));
    leaves[key] = metas(std::move(last));
  }
  if (gone) {
    seat.announced = 0;
  } else {
    seat.announced = ++room.last_meta;
    joins[key] = metas(meta(house, room, seat, seat.presence.level(), seat.announced));
  }
  if (joins.empty() && leaves.empty()) return;
  const protocol::Object diff{{"joins", std::move(joins)}, {"leaves", std::move(leaves)}};
  room.announce({"presence_diff", to_text(diff)});
}

std::string presence_state(House& house, Room& room) {
  protocol::Object state;
  for (auto& seat : room.seats) {
    if (seat.presence.level() == PresenceLevel::offline) continue;
    if (!seat.announced) seat.announced = ++room.last_meta;
    state[seat.participant.to_string()] =
        metas(meta(house, room, seat, seat.presence.level(), seat.announced));
  }
  return to_text(state);
}

protocol::Object told_again(const Room& room, const ports::StoredOperation& operation) {
  auto told = protocol::parse_own(operation.told);
  protocol::hide_turned_down(told, room.session.data().reading);
  return told;
}

void announce_again(Room& room, const ports::StoredOperation& operation) {
  room.announce({"operation", to_text(told_again(room, operation))});
}

void watch_presence(House& house, Room& room) {
  std::optional<Instant> due;
  for (const auto& seat : room.seats)
    if (const auto next = seat.presence.next_deadline(); next && (!due || *next < *due)) due = next;
  if (due && room.presence_timer) {
    house.presence_deadlines.set(*room.presence_timer, *due);
  } else if (due) {
    room.presence_timer =
        house.presence_deadlines.add(reinterpret_cast<std::uintptr_t>(&room), *due);
  } else if (room.presence_timer) {
    house.presence_deadlines.remove(*room.presence_timer);
    room.presence_timer.reset();
  }
}

void follow_keep_alive(House& house, Room& room, bool was_kept) {
  if (room.session.data().policy.keep_alive == KeepAlive::active) return;
  if (was_kept && !room.kept_alive()) room.heard = house.now();
  if (was_kept || room.kept_alive()) room.dirty = true;
  house.arm(room);
}

void dismiss(House& house, Room& room, ParticipantId who, LeaveReason reason) {
  const bool was_kept = room.kept_alive();
  std::vector<Listener*> gone;
  std::erase_if(room.connections, [&](const Connection& connection) {
    if (connection.participant != who) return false;
    gone.push_back(connection.listener);
    return true;
  });
  if (auto* seat = room.seat(who)) {
    const auto before = seat->presence.level();
    seat->presence = Presence(house.now(), reason);
    announce_presence(house, room, *seat, before);
    std::erase_if(room.seats, [&](const Seat& other) { return other.participant == who; });
  }
  watch_presence(house, room);
  follow_keep_alive(house, room, was_kept);
  for (auto* listener : gone) listener->dismiss(reason);
}

}  // namespace tarotforge::app
