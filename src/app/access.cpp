#include "app/access.h"

#include "base/check.h"
#include "base/marks.h"
#include "base/text.h"

namespace tarotforge::app {

std::string make_token(Random& random) {
  std::uint8_t bytes[32];
  random.fill(bytes);
  return base64url(bytes);
}

Task<Member> authenticate(House& house, SessionId session, std::string token) {
  auto room = co_await house.open(session);
  if (!room) co_return std::move(room).error();
  if (std::holds_alternative<core::Purged>((*room)->session.data().phase))
    co_return ErrorCode::session_not_found;  // for clients it is gone
  if (token.empty()) co_return ErrorCode::unauthorized;
  const Digest digest = sha256(token);
  if (const auto* who = (*room)->session.find_by_token(digest))
    co_return Member{*std::move(room), who->id};
  auto known = co_await house.world.store.token_known(digest);
  if (!known) co_return std::move(known).error();
  if (!*known) co_return ErrorCode::unauthorized;
  // Whoever joined by another server may be here before that was noticed.
  CO_TRY(co_await house.look_again(*room));
  if (const auto* who = (*room)->session.find_by_token(digest)) {
    TF_REACHED(joined_elsewhere);
    co_return Member{*std::move(room), who->id};
  }
  co_return Error(ErrorCode::not_allowed, "This token belongs to another reading.");
}

const core::Participant& member(const Member& who) {
  const auto* found = who.room->session.find(who.participant);
  check(found, "an authenticated participant stays in the session's rows");
  return *found;
}

bool is_host(const Member& who) { return who.room->session.data().host == who.participant; }

}  // namespace tarotforge::app
