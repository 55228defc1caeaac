// Who is asking: from a bearer token to a participant of a session.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/house.h"

namespace tarotforge::app {

struct Member {
  std::shared_ptr<Room> room;
  ParticipantId participant;
};

// 256 random bits, base64url: participant tokens and restore keys. Only digests are kept.
std::string make_token(Random& random);

// session_not_found; unauthorized where the token is empty or nobody's; not_allowed where it opens
// another session.
Task<Member> authenticate(House& house, SessionId session, std::string token);

// The participant's row as it is now. They exist: nobody's row goes while its session is loaded.
const core::Participant& member(const Member& who);
bool is_host(const Member& who);

}  // namespace tarotforge::app
