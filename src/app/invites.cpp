#include "app/invites.h"

#include "app/perform.h"
#include "protocol/views.h"

namespace tarotforge::app {
namespace {

Result<> require_host(const Member& who) {
  if (is_host(who)) return {};
  return Error(ErrorCode::not_allowed, "Only the host of the reading may manage invitations.");
}

ports::AuditEntry audit_entry(House& house, const Member& who, const char* type) {
  const Instant now = house.now();
  return {EventId::make(house.wall(now), house.world.random),
          type,
          who.room->session.data().generation,
          who.participant,
          "{}",
          now};
}

}  // namespace

Task<protocol::Object> create_invite(House& house, Member who, protocol::InviteRequest request) {
  CO_TRY(require_host(who));
  const Instant now = house.now();
  core::Invite invite{.id = InviteId::make(house.wall(now), house.world.random),
                      .session_id = who.room->session.data().id,
                      .code = core::make_invite_code(house.world.random),
                      .created_by = who.participant,
                      .role = request.role,
                      .max_uses = request.max_uses,
                      .created_at = now};
  if (request.expires_at) {
    invite.expires_at = house.calendar.instant(*request.expires_at);
    if (reached(*invite.expires_at, now))
      co_return Error(ErrorCode::invalid_value, "expiresAt must lie in the future.");
  }
  Riders riders{.new_invites = {invite}};
  CO_TRY(
      co_await change_invites(house, who, std::move(riders), {audit_entry(house, who, "invited")}));
  co_return protocol::invite_json(invite, house.settings.public_url, house.calendar);
}

Task<protocol::Object> list_invites(House& house, Member who) {
  CO_TRY(require_host(who));
  auto invites = co_await house.world.store.invites(who.room->session.data().id);
  if (!invites) co_return std::move(invites).error();
  protocol::Array list;
  for (const auto& invite : *invites)
    list.push_back(protocol::invite_json(invite, house.settings.public_url, house.calendar));
  co_return protocol::Object{{"invites", std::move(list)}};
}

Task<> revoke_invite(House& house, std::string code, std::string token) {
  auto found = co_await house.world.store.find_invite(std::move(code));
  if (!found) co_return std::move(found).error();
  auto who = co_await authenticate(house, found->session.id, std::move(token));
  if (!who) co_return std::move(who).error();
  CO_TRY(require_host(*who));
  if (found->invite.revoked_at) co_return Result<>();
  co_return co_await change_invites(house, *who, {.revoked_invite = found->invite.id},
                                    {audit_entry(house, *who, "invite_revoked")});
}

}  // namespace tarotforge::app
