// Who is here: sockets that come and go, what people do in front of them, and what the others in
// the room are told of it. Presence lives in memory; what is durable of it is coarser.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/house.h"
#include "protocol/requests.h"

namespace tarotforge::app {

struct Entered {
  std::shared_ptr<Room> room;
  ConnectionId connection;
  ParticipantId participant;
};

// Joins a channel: the token's participant is here from now on. The listener has been welcomed
// with the reply, and told the presence state, when this returns. Refusals: unauthorized,
// not_allowed, session_not_found, those of an ended session, and the store's.
Task<Entered> enter(House& house, SessionId session, protocol::ChannelJoin join,
                    Listener& listener);

// The connection is over; the participant goes with their last one, at once or after the grace.
// Passes over a connection that the room has let go of already.
void leave(House& house, Room& room, ConnectionId connection, core::LeaveReason reason);

// Makes durable that somebody has gone, unless they are back by then. Errors: the store's.
Task<> record_leave(House& house, std::shared_ptr<Room> room, core::Leave leave);

// "I'm still here", committed before this returns.
Task<> keep_alive(House& house, std::shared_ptr<Room> room, ParticipantId who);

// When somebody asks for something: now, where their session is still open.
std::optional<Instant> acting_at(const House& house, const Room& room);

// A store that is away refuses what somebody does, and they were heard all the same: what was asked
// for while the session was open counts when it is judged (OU10).
void hear_refused(House& house, Room& room, ParticipantId who, std::optional<Instant> acted,
                  const Error& error);

// Somebody did something, or a page came to the front or left it. In a warned session input is a
// keep-alive, committed before this returns.
Task<> report_activity(House& house, std::shared_ptr<Room> room, ConnectionId connection,
                       protocol::ActivityReport report);

// The warning of this generation is on this connection's screen. stale_generation.
Result<> acknowledge_warning(Room& room, ConnectionId connection, std::uint32_t generation);

// Hands `payload` to the others in the room; it is never stored.
void relay(Room& room, ConnectionId sender, std::string_view event, std::string payload);

// Somebody did what was committed already: their presence follows. Their deadline moves no further
// than the rows say, so that what is told of it holds after a crash.
void note_input(House& house, Room& room, ParticipantId who);

// Lets the levels of a room follow the time.
void settle_presence(House& house, Room& room);

}  // namespace tarotforge::app
