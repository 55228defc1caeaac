#include "app/invites.h"

#include "app/perform.h"
#include "app/sessions.h"
#include "protocol/views.h"

namespace tarotforge::app {
namespace {

Result<> require_host(const Member& who) {
  if (is_host(who)) return {};
  return Error(ErrorCode::not_allowed, "Only the host of the reading may manage invitations.");
}

ports::AuditEntry audit_entry(House& house, const Room& room, std::optional<ParticipantId> who,
                              const char* type) {
  const Instant now = house.now();
  return {EventId::make(house.wall(now), house.world.random),
          type,
          room.session.data().generation,
          who,
          who ? "{}" : R"({"by":"operator"})",
          now};
}

Task<> change(House& house, const Member& who, Riders riders, const char* type) {
  return change_invites(house, who.room, who.participant, std::move(riders),
                        {audit_entry(house, *who.room, who.participant, type)});
}

protocol::Array came_by(const core::Invite& invite,
                        const std::vector<core::Participant>& participants) {
  protocol::Array ids;
  for (const auto& participant : participants)
    if (participant.invite_id == invite.id) ids.emplace_back(participant.id.to_string());
  return ids;
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
  CO_TRY(co_await change(house, who, {.new_invites = {invite}}, "invited"));
  co_return protocol::invite_json(invite, house.settings.public_url, house.calendar);
}

Task<protocol::Object> list_invites(House& house, Member who) {
  CO_TRY(require_host(who));
  auto invites = co_await house.world.store.invites(who.room->session.data().id);
  if (!invites) co_return std::move(invites).error();
  protocol::Array list;
  for (const auto& invite : *invites) {
    auto entry = protocol::invite_json(invite, house.settings.public_url, house.calendar);
    entry["participantIds"] = came_by(invite, who.room->session.data().participants);
    list.push_back(std::move(entry));
  }
  co_return protocol::Object{{"invites", std::move(list)}};
}

Task<> revoke_invite(House& house, std::string code, std::string token) {
  auto found = co_await house.world.store.find_invite(std::move(code));
  if (!found) co_return std::move(found).error();
  auto who = co_await authenticate(house, found->session.id, std::move(token));
  if (!who) co_return std::move(who).error();
  CO_TRY(require_host(*who));
  if (found->invite.revoked_at) co_return Result<>();
  co_return co_await change(house, *who, {.revoked_invite = found->invite.id}, "invite_revoked");
}

// One by one: where it ends in the middle, asking again goes on.
Task<protocol::Object> close_invites_for_operator(House& house, SessionId session) {
  auto opened = co_await house.open(session);
  if (!opened) co_return std::move(opened).error();
  const auto room = *std::move(opened);
  CO_TRY(room->session.require_open(house.now(), house.surroundings(*room)));
  auto invites = co_await house.world.store.invites(session);
  if (!invites) co_return std::move(invites).error();
  for (const auto& invite : *invites) {
    if (!core::check_invite(invite, house.now())) continue;
    CO_TRY(co_await change_invites(house, room, std::nullopt, {.revoked_invite = invite.id},
                                   {audit_entry(house, *room, std::nullopt, "invite_revoked")}));
  }
  co_return session_answer(house, *room);
}

}  // namespace tarotforge::app
