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
