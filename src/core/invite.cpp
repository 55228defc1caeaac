#include "core/invite.h"

#include "base/text.h"

namespace tarotforge::core {

Result<> check_invite(const Invite& invite, Instant now) {
  if (invite.revoked_at) return ErrorCode::invite_revoked;
  if (invite.expires_at && reached(*invite.expires_at, now)) return ErrorCode::invite_expired;
  if (invite.max_uses && invite.uses >= *invite.max_uses) return ErrorCode::invite_exhausted;
  return {};
}

std::string make_invite_code(Random& random) {
  std::uint8_t bytes[16];
  random.fill(bytes);
  return base64url(bytes);
}

}  // namespace tarotforge::core
