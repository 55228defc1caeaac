// What time and activity do to a session.

#include "core/session.h"

#include <doctest/doctest.h>

#include "tests/unit/session_script.h"

namespace tarotforge::core {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::Life;

TEST_CASE("SE1 a created session is open, of generation 1 and version 0, with its host") {
  const Life life;
  const auto& data = life.session.data();
  CHECK(life.session.is_open());
  CHECK(data.generation == 1);
  CHECK(data.version == 0);
  CHECK(data.revision == 0);
  CHECK(data.host == life.who("ann"));
  CHECK(data.original_host == life.who("ann"));
  CHECK(!data.host_user);
  CHECK(data.created_at == test::kBirth);
  CHECK(data.last_activity == test::kBirth);
  CHECK(data.reading.undrawn.size() == kDeckSize);
  REQUIRE(data.participants.size() == 1);
  CHECK(data.participants[0].is_active);
  CHECK(data.participants[0].role == Role::host);
}

TEST_CASE("SE1 a signed-in creator is remembered as the host's user") {
  Prng random(1);
  auto host = Life::person("ann", 1, Role::host);
  host.identity = test::numbered_id<UserKind>(9);
  const auto session =
      Session::create({test::numbered_id<SessionKind>(1),
                       {},
                       host,
                       make_reading("classic", Layout::single_card, "", random).value(),
                       {}},
                      test::kBirth);
  CHECK(session.data().host_user == test::numbered_id<UserKind>(9));
}

TEST_CASE("SE2 a session that reaches its deadline is expired with all its people") {
  Life life;
  life.play(R"(
    t=0     join ben        -> joined ben
    t=10    join cara       -> joined cara
    t=20    leave cara left -> left cara left
    t=3310                  -> warned 3610
    t=3610                  -> expired 3610
    t=9000                  ->
    t=9000  when            -> none none none)");
  const auto& ended = std::get<Ended>(life.session.data().phase);
  CHECK(ended == Ended{EndReason::expired, at(3610), at(3610) + 24h});
  CHECK(!life.row("ann").is_active);
  CHECK(life.row("ben").left_at == at(3610));
  CHECK(life.row("ben").leave_reason == LeaveReason::expired);
  CHECK(life.row("ben").token_hash);
  CHECK(life.row("cara").left_at == at(20));
  CHECK(life.row("cara").leave_reason == LeaveReason::left);
  CHECK(life.session.data().reading.undrawn.size() == kDeckSize);
}

TEST_CASE("EX11 an expiry tells how many were there") {
  Life life;
  life.play(R"(
    t=0     join ben        -> joined ben
    t=0     join cara       -> joined cara
    t=1     leave cara lost -> left cara lost)");
  const auto effects = life.session.advance(at(7200), life.around);
  REQUIRE(effects.size() == 1);
  const auto& expired = std::get<Expired>(effects[0]);
  CHECK(expired.participant_count == 2);
  CHECK(expired.deadline == at(3600));
  CHECK(expired.at == at(7200));
}

TEST_CASE("SE3 a refused command does not lose what the passing time did") {
  Life life;
  life.play(R"(
    t=0     join ben     -> joined ben
    t=3300  complete ben -> warned 3600; not_allowed
    t=3600  keep ben     -> expired 3600; session_expired
    t=3601  keep ben     -> session_expired)");
}

TEST_CASE("SE4 deadlines are reached at their millisecond and not before") {
  Life life;
  life.play(R"(
    t=3299.999  ->
    t=3300      -> warned 3600
    t=3599.999  ->
    t=3600      -> expired 3600)");
}

TEST_CASE("SE4 EX2 a command in the last millisecond keeps the session alive") {
  Life life;
  life.play(R"(
    t=3599.999  keep ann -> warned 3600; extended 7199.999
    t=7199.998  keep ann -> warned 7199.999; extended 10799.998
    t=10799.998 keep ann -> expired 10799.998; session_expired)");
}

TEST_CASE("EX1 EX2 the deadline is the last activity and the timeout") {
  Life life;
  life.play(R"(
    t=0     when          -> 3300 3600 3300
    t=100   question ann  -> operated 1
    t=100   when          -> 3400 3700 3400
    t=100   heard 250.5
    t=260   when          -> 3550.5 3850.5 3550.5
    t=260   heard 50
    t=260   when          -> 3400 3700 3400)");
}

TEST_CASE("AC1 joins, operations, keep-alives and restores move the last activity") {
  Life life;
  life.play(R"(
    t=10   join ben     -> joined ben
    t=10   when         -> 3310 3610 3310
    t=20   question ann -> operated 1
    t=20   when         -> 3320 3620 3320
    t=30   keep ben     ->
    t=30   when         -> 3330 3630 3330
    t=40   expire       -> expired 40
    t=50   restore ann  -> restored 2
    t=50   when         -> 3350 3650 3350)");
  CHECK(life.row("ben").last_seen_at == at(30));
  CHECK(life.row("ann").last_seen_at == at(20));
}

TEST_CASE("AC2 leaving, returning and renaming move nobody's activity") {
  Life life;
  life.play(R"(
    t=1    join ben        -> joined ben
    t=100  leave ben lost  -> left ben lost
    t=110  return ben      -> returned ben
    t=115  return ben      ->
    t=120  rename ben Benn -> renamed ben
    t=130  hand ann ben    -> host ann>ben handed_over
    t=200  when            -> 3301 3601 3301)");
  CHECK(life.row("ben").last_seen_at == at(1));
  CHECK(life.row("ben").name == "Benn");
  CHECK(life.row("ben").is_active);
  CHECK(!life.row("ben").left_at);
  CHECK(!life.row("ben").leave_reason);
}

TEST_CASE("AC4 the last activity never moves backwards") {
  Life life;
  life.play(R"(
    t=100  keep ann ->
    t=60   keep ann ->
    t=100  when     -> 3400 3700 3400)");
  life.session.note_activity(at(80));
  life.session.note_activity(life.who("ann"), at(80));
  CHECK(life.session.data().last_activity == at(100));
  CHECK(life.row("ann").last_seen_at == at(100));
  life.session.note_activity(at(180));
  CHECK(life.session.data().last_activity == at(180));
}

TEST_CASE("EX10 a session that everyone left is judged by its last activity") {
  Life life;
  life.play(R"(
    t=0     join ben        -> joined ben
    t=60    leave ben left  -> left ben left
    t=70    leave ann lost  -> left ann lost
    t=3000  join cara       -> joined cara
    t=3001  leave cara left -> left cara left
    t=6600  join dora       -> expired 6600; session_expired)");
}

TEST_CASE("JN6 durations are spoken in their largest whole unit") {
  CHECK(spoken(1h) == "1 hour");
  CHECK(spoken(2h) == "2 hours");
  CHECK(spoken(90min) == "90 minutes");
  CHECK(spoken(1min) == "1 minute");
  CHECK(spoken(8s) == "8 seconds");
  CHECK(spoken(90s) == "90 seconds");
  CHECK(spoken(2500ms) == "2.5 seconds");
}

}  // namespace
}  // namespace tarotforge::core
