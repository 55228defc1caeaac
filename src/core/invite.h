// An invitation link into one session: who made it, until when and how often it works, and which
// role it gives. The whole order in which a join is judged is admit() in session.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/instant.h"
#include "base/result.h"
#include "core/participant.h"

namespace tarotforge::core {

struct Invite {
  InviteId id;
  SessionId session_id;
  std::string code;  // 128 random bits, base64url
  std::optional<ParticipantId> created_by{};
  Role role = Role::participant;
  std::optional<Instant> expires_at{};
  std::optional<std::uint32_t> max_uses{};
  std::uint32_t uses = 0;
  bool is_active = true;
  bool closed_by_expiry = false;  // closed with its session; a restore opens it again
  std::optional<Instant> revoked_at{};
  Instant created_at;

  friend bool operator==(const Invite&, const Invite&) = default;
};

// The invitation's own part of the order of checks: revoked, its own expiry, used up.
Result<> check_invite(const Invite& invite, Instant now);

std::string make_invite_code(Random& random);

}  // namespace tarotforge::core
