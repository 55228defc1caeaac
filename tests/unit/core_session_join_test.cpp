// Joining a session: the order of refusals, and what a join leaves behind.

#include <doctest/doctest.h>

#include "core/session.h"
#include "tests/unit/session_script.h"

namespace tarotforge::core {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::company;
using test::completed_company;
using test::Life;

TEST_CASE("JN1 to JN8 a join is judged in the order of the table") {
  Life life = company();
  life.session.apply(ExpireNow{}, at(10), {}, life.random).value();
  life.fill = 16;
  life.invite.max_uses = 1;
  life.invite.uses = 1;
  life.invite.expires_at = at(5);
  life.invite.revoked_at = at(4);
  life.play("t=10 join dora -> invite_revoked");
  life.invite.revoked_at.reset();
  life.play("t=10 join dora -> invite_expired");
  life.invite.expires_at.reset();
  life.play("t=10 join dora -> invite_exhausted");
  life.invite.uses = 0;
  life.play("t=10 join dora -> session_expired");
  life.play("t=10 restore ann -> restored 2");
  life.play("t=10 join dora -> session_full");
  life.fill = 15;
  life.play("t=10 join dora -> joined dora");
  life.play("t=10 complete ann -> completed");
  life.fill = 16;
  life.play("t=10 join emil -> session_completed");
}

TEST_CASE("JN6 an expired link is refused in its own words, with the session's timeout") {
  for (const auto& [timeout, words] :
       {std::pair<Duration, std::string>{1h, "1 hour"}, {90min, "90 minutes"}, {8s, "8 seconds"}}) {
    Policy policy;
    policy.timeout = timeout;
    policy.warning = warning_lead(5min, timeout);
    Life life({.policy = policy});
    const Instant end = test::kBirth + timeout;
    const auto joined =
        life.session.apply(life.join("ben", Role::participant, end), end, {}, life.random);
    REQUIRE(!joined);
    CHECK(joined.error().sentence() ==
          "This invitation link has expired. Sessions become "
          "inactive after " +
              words + " of no activity.");
    CHECK(joined.error().code == ErrorCode::session_expired);
    CHECK(joined.error().session_id == life.session.data().id);
  }
}

TEST_CASE("JN5 a link to a completed session says so") {
  Life life = completed_company();
  const auto joined =
      life.session.apply(life.join("dora", Role::participant, at(200)), at(200), {}, life.random);
  CHECK(joined.error().sentence() == "This reading has ended.");
}

TEST_CASE("JN7 JN15 a full room admits nobody, and a refused join leaves nothing behind") {
  Life life;
  life.fill = 16;
  life.play("t=1 join ben -> session_full");
  CHECK(life.session.data().participants.size() == 1);
  CHECK(life.session.data().last_activity == test::kBirth);
  life.fill = 15;
  life.play("t=1 join ben -> joined ben");
}

TEST_CASE("JN7 the rows of one session are bounded") {
  Life life;
  SessionData data = life.session.data();
  while (data.participants.size() < kMaxParticipantRows)
    data.participants.push_back(Life::person("x", 9, Role::participant));
  life.session = Session(data);
  life.play("t=1 join ben -> session_full");
}

namespace {

// A join of the user with that number, under that name and with that token.
Result<Effects> join_as_user(Life& life, double t, std::uint8_t user, std::uint8_t token,
                             const std::string& name = "uma") {
  auto guest = Life::person(name, token, Role::participant);
  guest.identity = test::numbered_id<UserKind>(user);
  guest.joined_at = guest.last_seen_at = at(t);
  return life.session.apply(Join{guest, life.invite, life.fill}, at(t), {}, life.random);
}

std::string word_of(const Result<Effects>& effects) {
  if (!effects) return std::string(info(effects.error().code).name);
  if (std::holds_alternative<Joined>(effects->front())) return "joined";
  return std::holds_alternative<Returned>(effects->front()) ? "returned" : "?";
}

}  // namespace

TEST_CASE("TK13 a user who joins again comes back to their seat, with a new token") {
  Life life = company();
  CHECK(word_of(join_as_user(life, 10, 5, 50)) == "joined");
  const auto seat = life.session.data().participants.back();
  const auto people = life.session.data().participants.size();
  life.invite.max_uses = life.invite.uses = 1;  // theirs was the one use
  life.fill = 16;
  CHECK(word_of(join_as_user(life, 20, 5, 51, "another name")) == "returned");
  CHECK(word_of(join_as_user(life, 20, 6, 60)) == "invite_exhausted");
  auto expected = seat;
  expected.token_hash = test::numbered_digest(51);
  expected.last_seen_at = at(20);
  CHECK(life.session.data().participants.back() == expected);
  CHECK(life.session.data().participants.size() == people);
  CHECK(life.session.data().last_activity == at(20));
  CHECK_FALSE(life.session.find_by_token(test::numbered_digest(50)));

  life.session.apply(Leave{seat.id, LeaveReason::left}, at(30), {}, life.random).value();
  CHECK(word_of(join_as_user(life, 40, 5, 52)) == "returned");
  CHECK(life.session.find(seat.id)->is_active);
  CHECK_FALSE(life.session.find(seat.id)->left_at);

  // A link that is over is so for everybody.
  life.invite.expires_at = at(50);
  CHECK(word_of(join_as_user(life, 50, 5, 53)) == "invite_expired");
  life.invite.revoked_at = at(50);
  CHECK(word_of(join_as_user(life, 50, 5, 53)) == "invite_revoked");
  life.invite = Invite{.id = life.invite.id, .session_id = life.invite.session_id};
  life.session.apply(ExpireNow{}, at(60), {}, life.random).value();
  CHECK(word_of(join_as_user(life, 60, 5, 53)) == "session_expired");
}

TEST_CASE("TK13 a user whom the host has removed does not come back") {
  Life life = company();
  REQUIRE(join_as_user(life, 10, 5, 50));
  const auto seat = life.session.data().participants.back().id;
  const Operate removal{life.who("ann"), RemoveParticipant{seat}, {}};
  REQUIRE(life.session.apply(removal, at(11), {}, life.random));
  CHECK(word_of(join_as_user(life, 12, 5, 51)) == "not_allowed");
  CHECK(word_of(join_as_user(life, 12, 6, 60)) == "joined");
}

TEST_CASE("JN10 a join takes its place with the invite's role") {
  Life life = company();
  CHECK(life.row("rita").role == Role::reader);
  CHECK(life.row("ben").role == Role::participant);
  CHECK(life.row("ben").invite_id == life.invite.id);
  CHECK(life.session.data().participants.size() == 4);
}

TEST_CASE("JN10 RD10 a name has 1 to 64 characters, none of them a control character") {
  const auto answer = [](std::string_view name) {
    const auto checked = check_name(name);
    return checked ? std::string("ok") : std::string(checked.error().sentence());
  };
  std::string umlauts;
  for (int i = 0; i < 64; ++i) umlauts += "ü";
  CHECK(answer("Å") == "ok");
  CHECK(answer(umlauts) == "ok");
  CHECK(answer(umlauts + "x") == "name must have 1 to 64 characters.");
  CHECK(answer("") == "name must have 1 to 64 characters.");
  CHECK(answer("\xff") == "name must be UTF-8 text.");
  const std::string refused =
      "name must not contain control characters other than newlines and tabs.";
  CHECK(answer(std::string("a\0b", 3)) == refused);
  CHECK(answer("a\x1b[31m") == refused);
  CHECK(answer("a\x7f") == refused);
  CHECK(answer("a\xc2\x85") == refused);
  Life life;
  const auto renamed =
      life.session.apply(Rename{life.who("ann"), "\x07"}, at(1), life.around, life.random);
  CHECK(renamed.error().code == ErrorCode::invalid_value);
  CHECK(life.row("ann").name == "ann");
}

}  // namespace
}  // namespace tarotforge::core
