// What happened to a session: plain values that the store records and people are told. Produced
// only by Session's two doors.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/instant.h"
#include "core/operation.h"
#include "core/participant.h"
#include "core/reading.h"

namespace tarotforge::core {

enum class HostChange : std::uint8_t { handed_over, taken_over, reclaimed };
enum class EndReason : std::uint8_t { expired, completed };

struct Created {};
struct Joined {
  ParticipantId participant;
};
struct Returned {  // someone who has a seat already holds a place again
  ParticipantId participant;
};
struct Left {
  ParticipantId participant;
  LeaveReason reason;
};
struct Renamed {
  ParticipantId participant;
};
struct HostChanged {
  ParticipantId from, to;
  HostChange how;
};
struct Operated {
  std::uint64_t version;
  std::uint32_t generation;
  ParticipantId by;
  Instant at;
  std::optional<IdempotencyKey> key;
  Operation operation;
  Outcome outcome;
};
struct Warned {
  Instant expires_at;
};
struct Postponed {  // the deadline was pushed out because a live client had not shown the warning
  Instant expires_at;
};
struct Extended {  // an activity cleared the warning, or an operator moved the deadline
  Instant expires_at;
  bool by_operator = false;
};
struct Expired {
  Instant deadline;
  Instant at;
  std::uint32_t participant_count;  // who were active when it ended
};
struct Completed {
  Instant at;
};
struct Restored {
  std::uint32_t generation;
};

using Effect = std::variant<Created, Joined, Returned, Left, Renamed, HostChanged, Operated, Warned,
                            Postponed, Extended, Expired, Completed, Restored>;
using Effects = std::vector<Effect>;

}  // namespace tarotforge::core
