#include "core/invite.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "base/text.h"

namespace tarotforge::core {
namespace {

constexpr Instant kNow{1'000'000};

std::string answer(const Invite& invite) {
  const auto checked = check_invite(invite, kNow);
  return checked ? "ok" : std::string(checked.error().sentence());
}

TEST_CASE("JN2 a revoked invite is refused") {
  Invite invite{};
  CHECK(answer(invite) == "ok");
  invite.revoked_at = kNow;
  CHECK(answer(invite) == "The host has withdrawn this invitation.");
}

TEST_CASE("JN3 an invite works until its own expiry and not at it") {
  Invite invite{};
  invite.expires_at = kNow + Duration(1);
  CHECK(answer(invite) == "ok");
  invite.expires_at = kNow;
  CHECK(answer(invite) == "This invitation link has expired.");
  invite.expires_at = kNow - Duration(1);
  CHECK(answer(invite) == "This invitation link has expired.");
}

TEST_CASE("JN4 an invite works as often as it says") {
  Invite invite{};
  invite.uses = 4'000'000'000;
  CHECK(answer(invite) == "ok");
  invite.max_uses = 2;
  invite.uses = 1;
  CHECK(answer(invite) == "ok");
  invite.uses = 2;
  CHECK(answer(invite) == "This invitation link has been used up.");
  invite.uses = 3;
  CHECK(answer(invite) == "This invitation link has been used up.");
  invite.max_uses = 0;
  invite.uses = 0;
  CHECK(answer(invite) == "This invitation link has been used up.");
}

TEST_CASE("JN8 of several refusals the first in order is answered") {
  Invite invite{};
  invite.max_uses = 0;
  invite.expires_at = kNow;
  CHECK(answer(invite) == "This invitation link has expired.");
  invite.revoked_at = kNow;
  CHECK(answer(invite) == "The host has withdrawn this invitation.");
}

TEST_CASE("JN14 an invite code is 128 random bits in base64url") {
  Prng random(3);
  std::set<std::string> codes;
  for (int i = 0; i < 1000; ++i) {
    const auto code = make_invite_code(random);
    CHECK(code.size() == 22);
    const auto bytes = base64url_decode(code);
    REQUIRE(bytes);
    CHECK(bytes->size() == 16);
    codes.insert(code);
  }
  CHECK(codes.size() == 1000);
}

}  // namespace
}  // namespace tarotforge::core
