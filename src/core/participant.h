// One identity in one session. A participant is signed in (user_id) or a guest (anonymous_id),
// never both. The row outlives leaving and expiry; removal by the host takes the token away.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/hash.h"
#include "base/ids.h"
#include "base/instant.h"

namespace tarotforge::core {

enum class Role : std::uint8_t { participant, reader, host };

enum class LeaveReason : std::uint8_t {
  left,
  closed_tab,
  lost,
  kicked,
  replaced,
  expired,
  completed,
  slow_consumer,
  server_draining,
};

std::string_view to_string(Role role);
std::string_view to_string(LeaveReason reason);
std::optional<Role> parse_role(std::string_view word);
std::optional<LeaveReason> parse_leave_reason(std::string_view word);

struct GuestId {
  std::string value;
  friend bool operator==(const GuestId&, const GuestId&) = default;
};
using Identity = std::variant<GuestId, UserId>;

struct Participant {
  ParticipantId id;
  Identity identity;
  std::string name;
  Role role = Role::participant;
  bool is_active = true;
  Instant joined_at;
  Instant last_seen_at;  // the last activity of this participant
  std::optional<Instant> left_at{};
  std::optional<LeaveReason> leave_reason{};
  std::optional<InviteId> invite_id{};
  std::optional<Digest> token_hash{};  // empty once removed or purged

  friend bool operator==(const Participant&, const Participant&) = default;
};

}  // namespace tarotforge::core
