// What someone asks of a session. Facts that only the outside knows (how full the room is, how
// long the host has been away) ride along; the session decides.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/ids.h"
#include "core/invite.h"
#include "core/operation.h"
#include "core/participant.h"

namespace tarotforge::core {

// A user who has a seat comes back to it, with the token of `participant`; all else of theirs
// stays.
struct Join {
  Participant participant;
  Invite invite;
  std::size_t fill;  // the connected, the reconnecting, and joins under a minute old
};
struct Return {  // a token holder's socket arrived
  ParticipantId actor;
};
struct Leave {
  ParticipantId actor;
  LeaveReason reason;
  std::optional<Instant> last_input{};  // what was heard of them and is not in their row yet
};
struct Rename {
  ParticipantId actor;
  std::string name;
};
struct Operate {
  ParticipantId actor;
  Operation operation;
  std::optional<IdempotencyKey> key;
};
struct KeepAliveClick {  // "I'm still here", or the first input in a warned session
  ParticipantId actor;
};
struct HandOver {
  ParticipantId actor, to;
};
struct TakeOver {
  ParticipantId actor;
  std::optional<Duration> host_offline_for;  // nullopt while the host is here or in the grace
  bool reader_here;                          // some reader could take over instead
};
struct Reclaim {
  ParticipantId actor;
};
struct Complete {
  ParticipantId actor;
};
// By the host's token (actor), by the restore key or by an operator (no actor; the caller has
// checked the key).
struct Restore {
  std::optional<ParticipantId> actor;
};
struct ExpireNow {};  // an operator ends the session as if its deadline had come
struct Extend {       // an operator moves its deadline later
  Duration by;
};

using Command = std::variant<Join, Return, Leave, Rename, Operate, KeepAliveClick, HandOver,
                             TakeOver, Reclaim, Complete, Restore, ExpireNow, Extend>;

}  // namespace tarotforge::core
