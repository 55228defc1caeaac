// From what happened to a session (effects) to what the store records and what people are told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/house.h"
#include "core/effect.h"
#include "protocol/json.h"
#include "protocol/views.h"

namespace tarotforge::app {

// The change that carries `next` and its effects into the store: the row, operations, audit
// entries, and what the effects do to the session's invites. `request_hash` is that of the request
// behind an operation.
ports::Change make_change(House& house, const core::Session& next, const core::Effects& effects,
                          const Digest& request_hash);

// Tells the room what happened, after it is durable. The room's session is already the new one.
void announce(House& house, Room& room, const core::Effects& effects);

// Tells the room what somebody else has changed: `before` is the session as its people know it,
// `missed` holds the operations that they may not have heard of.
void announce_foreign(House& house, Room& room, const core::Session& before,
                      const std::vector<ports::StoredOperation>& missed);

// The warning in force, with the deadline as it stands.
Announcement expiring_announcement(const House& house, const Room& room);

// The session has ended: says so to everyone in the room and lets go of them.
void announce_end(House& house, Room& room);
// The session is open again: says so to those who wait.
void announce_restored(House& house, Room& room);
Announcement restored_announcement(const core::SessionData& session);

// One presence_diff: the participant's new meta (none when they are gone) for the one last told.
void announce_presence(House& house, Room& room, Seat& seat, core::PresenceLevel before);
// The payload of presence_state: everyone who is not offline.
std::string presence_state(House& house, Room& room);

// A stored operation for somebody who catches up.
protocol::Object told_again(const Room& room, const ports::StoredOperation& operation);

// Tells the room of an operation that was committed without its room hearing of it.
void announce_again(Room& room, const ports::StoredOperation& operation);

// Sets the room's presence timer to the next change that time alone can bring.
void watch_presence(House& house, Room& room);

// After somebody came, went, or looked away. Under keepAlive visible or connected, the moment at
// which the last one dropped is activity.
void follow_keep_alive(House& house, Room& room, bool was_kept);

// Lets go of every connection of one participant at once.
void dismiss(House& house, Room& room, ParticipantId who, core::LeaveReason reason);

// What a participant may see of the session now.
protocol::SessionView session_view(const House& house, const core::Session& session,
                                   const core::Surroundings& around);
protocol::SessionView view(const House& house, const Room& room);

}  // namespace tarotforge::app
