// Presence of one participant, told as a table: what happens, and what the others see of it.

#include "core/presence.h"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/unit/session_script.h"

namespace tarotforge::core {
namespace {

using test::at;

// Lines `t=S event -> level since`, where "-" after the arrow means that nothing changed. Events:
// connect, connect-hidden, show, hide, input, settle, lose, close, leave (of a page in front),
// and the same with "-hidden" for a page that is not.
struct Person {
  Presence presence{test::kBirth};

  bool happen(const std::string& event, Instant now) {
    const bool visible = !event.ends_with("-hidden");
    const std::string what = event.substr(0, event.find("-hidden"));
    if (what == "connect") return presence.connect(now, visible);
    if (what == "show") return presence.show(now);
    if (what == "hide") return presence.hide(now);
    if (what == "input") return presence.input(now);
    if (what == "lose") return presence.disconnect(now, visible, LeaveReason::lost);
    if (what == "close") return presence.disconnect(now, visible, LeaveReason::closed_tab);
    if (what == "leave") return presence.disconnect(now, visible, LeaveReason::left);
    if (what == "slow") return presence.disconnect(now, visible, LeaveReason::slow_consumer);
    if (what == "drain") return presence.disconnect(now, visible, LeaveReason::server_draining);
    REQUIRE(what == "settle");
    return presence.settle(now);
  }

  void play(const std::string& script) {
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
      const auto start = line.find("t=");
      if (start == std::string::npos) continue;
      std::istringstream in(line.substr(start + 2));
      double seconds = 0;
      std::string event, arrow, level, since;
      in >> seconds >> event >> arrow >> level >> since;
      CAPTURE(line);
      const auto level_before = presence.level();
      const auto since_before = presence.since();
      const bool changed = happen(event, at(seconds));
      CHECK(changed == (level != "-"));
      if (changed) {
        CHECK(to_string(presence.level()) == level);
        CHECK(test::seconds_text(presence.since()) == since);
      } else {
        CHECK(presence.level() == level_before);
        CHECK(presence.since() == since_before);
      }
    }
  }
};

TEST_CASE("PR1 someone is active for 60 s after their last activity") {
  Person person;
  person.play(R"(
    t=0       connect -> visible 0
    t=10      input   -> active 10
    t=40      input   -> -
    t=99.999  settle  -> -
    t=100     settle  -> visible 100)");
  CHECK(person.presence.last_input() == at(40));
  CHECK(!person.presence.next_deadline());
}

TEST_CASE("PR1 the next change of an active person is known") {
  Person person;
  person.play("t=0 connect -> visible 0");
  CHECK(!person.presence.next_deadline());
  person.play("t=5 input -> active 5");
  CHECK(person.presence.next_deadline() == at(65));
  person.play("t=6 lose -> reconnecting 6");
  CHECK(person.presence.next_deadline() == at(21));
  person.play("t=21 settle -> offline 21");
  CHECK(!person.presence.next_deadline());
}

TEST_CASE("PR2 the level is the highest of any connection") {
  Person person;
  person.play(R"(
    t=0   connect-hidden -> connected 0
    t=1   connect        -> visible 1
    t=2   hide           -> connected 2
    t=3   show           -> visible 3
    t=4   input          -> active 4
    t=5   hide           -> connected 5
    t=6   show           -> active 6
    t=7   close          -> connected 7
    t=8   close-hidden   -> reconnecting 8)");
}

TEST_CASE("PR2 each level contains the one below it") {
  CHECK(PresenceLevel::active > PresenceLevel::visible);
  CHECK(PresenceLevel::visible > PresenceLevel::connected);
  CHECK(PresenceLevel::connected > PresenceLevel::reconnecting);
  CHECK(PresenceLevel::reconnecting > PresenceLevel::offline);
}

TEST_CASE("PR3 whoever loses the last socket is reconnecting for 15 s, then offline") {
  Person person;
  person.play(R"(
    t=0       connect -> visible 0
    t=10      lose    -> reconnecting 10
    t=24.999  settle  -> -
    t=25      settle  -> offline 25
    t=90      settle  -> -)");
  CHECK(person.presence.reason() == LeaveReason::lost);
}

TEST_CASE("PR3 a connection that ends late in the grace of another begins it anew") {
  Person person;
  person.play(R"(
    t=0     connect -> visible 0
    t=10    lose    -> reconnecting 10
    t=20    connect -> visible 20
    t=24    lose    -> reconnecting 24
    t=38.9  settle  -> -
    t=39    settle  -> offline 39)");
}

TEST_CASE("PR4 returning within the grace is no going and coming") {
  Person person;
  person.play(R"(
    t=0       connect -> visible 0
    t=10      lose    -> reconnecting 10
    t=24.999  connect -> visible 24.999)");
  Person late;
  late.play(R"(
    t=0   connect -> visible 0
    t=10  lose    -> reconnecting 10
    t=25  settle  -> offline 25
    t=30  connect -> visible 30)");
}

TEST_CASE("PR4 someone expected after a restart has the grace to come") {
  Person person{Presence::expected(at(100))};
  CHECK(person.presence.level() == PresenceLevel::reconnecting);
  CHECK(person.presence.reason() == LeaveReason::lost);
  CHECK(person.presence.next_deadline() == at(115));
  person.play(R"(
    t=114.999  settle  -> -
    t=115      settle  -> offline 115)");
  Person back{Presence::expected(at(100))};
  back.play("t=101 connect -> visible 101");
}

TEST_CASE("PR5 closing one of two connections changes nothing") {
  Person person;
  person.play(R"(
    t=0   connect -> visible 0
    t=1   connect -> -
    t=2   lose    -> -
    t=20  settle  -> -
    t=21  leave   -> offline 21)");
  CHECK(person.presence.connections() == 0);
  CHECK(!person.presence.here());
}

TEST_CASE("PR6 every reason has its word, and reads back") {
  const std::pair<LeaveReason, std::string_view> kWords[] = {
      {LeaveReason::left, "left"},
      {LeaveReason::closed_tab, "closed_tab"},
      {LeaveReason::lost, "lost"},
      {LeaveReason::kicked, "kicked"},
      {LeaveReason::replaced, "replaced"},
      {LeaveReason::expired, "expired"},
      {LeaveReason::completed, "completed"},
      {LeaveReason::slow_consumer, "slow_consumer"},
      {LeaveReason::server_draining, "server_draining"},
  };
  for (const auto& [reason, word] : kWords) {
    CHECK(to_string(reason) == word);
    CHECK(parse_leave_reason(word) == reason);
  }
  CHECK(!parse_leave_reason("gone"));
  CHECK(!parse_leave_reason(""));
}

TEST_CASE("PR6 the reason is that of the connection that ended last") {
  Person person;
  person.play(R"(
    t=0   connect -> visible 0
    t=0   connect -> -
    t=1   lose    -> -
    t=2   slow    -> reconnecting 2)");
  CHECK(person.presence.reason() == LeaveReason::slow_consumer);
}

TEST_CASE("PR7 leaving is at once, a closed tab may be a reload") {
  Person person;
  person.play(R"(
    t=0  connect -> visible 0
    t=1  leave   -> offline 1)");
  for (const auto* reason : {"close", "slow", "drain", "lose"}) {
    CAPTURE(reason);
    Person other;
    other.play(fmt::format(R"(
    t=0   connect -> visible 0
    t=1   {}      -> reconnecting 1
    t=16  settle  -> offline 16)",
                           reason));
  }
  for (const auto reason : {LeaveReason::kicked, LeaveReason::replaced, LeaveReason::expired,
                            LeaveReason::completed, LeaveReason::left})
    CHECK(!may_return(reason));
}

TEST_CASE("PR7 whoever left and never came back stays offline, whatever the time") {
  Presence presence(at(0), LeaveReason::lost);
  CHECK(presence.level() == PresenceLevel::offline);
  CHECK(!presence.settle(at(1)));
  CHECK(!presence.next_deadline());
  CHECK(!presence.last_input());
}

TEST_CASE("CH6 PR3 a standstill gives the grace back, and nobody more than the whole of it") {
  // Nobody was heard from 15 s to 75 s.
  Person before, meanwhile;
  before.play("t=0 connect -> visible 0\nt=10 lose -> reconnecting 10");
  meanwhile.play("t=0 connect -> visible 0\nt=75 lose -> reconnecting 75");
  for (auto* person : {&before, &meanwhile})
    person->presence.excuse(std::chrono::seconds(60), at(75));
  before.play("t=84.999 settle -> -\nt=85 settle -> offline 85");
  meanwhile.play("t=89.999 settle -> -\nt=90 settle -> offline 90");
}

}  // namespace
}  // namespace tarotforge::core
