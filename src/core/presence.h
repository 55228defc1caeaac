// What is known right now of one participant, from their connections and their input. Levels
// contain each other: active (input within 60 s) is visible (a page in front) is connected (a
// socket proven alive); without a socket a participant is reconnecting for the grace, then offline.
// Time passes through settle(); every other method settles by itself.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "core/participant.h"

namespace tarotforge::core {

enum class PresenceLevel : std::uint8_t { offline, reconnecting, connected, visible, active };

std::string_view to_string(PresenceLevel level);

inline constexpr Duration kActiveFor = std::chrono::seconds(60);       // for display only
inline constexpr Duration kReconnectGrace = std::chrono::seconds(15);  // a train's tunnel

// True where leaving for this reason may be a short loss, so that the grace applies.
bool may_return(LeaveReason reason);

class Presence {
 public:
  // A participant who is not here: offline since then, for that reason.
  explicit Presence(Instant since, LeaveReason reason = LeaveReason::left)
      : since_(since), lost_at_(since), reason_(reason) {}
  // Someone who was here when a server was last able to hear them: reconnecting since now.
  static Presence expected(Instant now);

  // Each returns true where the level changed, so that others must be told.
  bool connect(Instant now, bool visible);
  bool disconnect(Instant now, bool was_visible, LeaveReason reason);
  bool show(Instant now);  // one connection's page came to the front
  bool hide(Instant now);  // … or left it
  bool input(Instant now);
  bool settle(Instant now);
  // Nobody could have been heard for so long up to now: a grace that runs goes on from where it
  // was, and one that began meanwhile begins now.
  void excuse(Duration standstill, Instant now) { lost_at_ = std::min(lost_at_ + standstill, now); }

  PresenceLevel level() const { return level_; }
  Instant since() const { return since_; }
  LeaveReason reason() const { return reason_; }  // meaningful while reconnecting or offline
  std::optional<Instant> last_input() const;
  std::uint16_t connections() const { return connections_; }
  bool here() const { return connections_ > 0; }

  // When settle() may next change the level; nullopt while only people can.
  std::optional<Instant> next_deadline() const;

 private:
  PresenceLevel judge(Instant now) const;

  Instant since_;
  Instant lost_at_;
  Instant last_input_{INT64_MIN / 2};
  std::uint16_t connections_ = 0;
  std::uint16_t visible_ = 0;
  PresenceLevel level_ = PresenceLevel::offline;
  LeaveReason reason_;
};

}  // namespace tarotforge::core
