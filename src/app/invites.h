// The host's invitations into one session.
#pragma once

#include <string>

#include "app/access.h"
#include "protocol/json.h"
#include "protocol/requests.h"

namespace tarotforge::app {

Task<protocol::Object> create_invite(House& house, Member who, protocol::InviteRequest request);
// {invites}, each with who came by it.
Task<protocol::Object> list_invites(House& house, Member who);
// The code names the session; the token must be its host's. invite_not_found, unauthorized,
// not_allowed.
Task<> revoke_invite(House& house, std::string code, std::string token);
// By an operator: revokes every invite by which somebody could still join. {session}
Task<protocol::Object> close_invites_for_operator(House& house, SessionId session);

}  // namespace tarotforge::app
