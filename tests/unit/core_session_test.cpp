// What time does to a session: warning, postponement, expiry, outages.

#include "core/session.h"

#include <doctest/doctest.h>

#include "tests/unit/session_script.h"

namespace tarotforge::core {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::Life;

Policy policy_of(KeepAlive keep_alive) {
  Policy policy;
  policy.keep_alive = keep_alive;
  return policy;
}

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

TEST_CASE("WN1 a warning comes once per inactivity") {
  Life life;
  life.play(R"(
    t=3300         -> warned 3600
    t=3300         ->
    t=3400         ->
    t=3500  keep ann -> extended 7100
    t=6799.999     ->
    t=6800         -> warned 7100
    t=7100         -> expired 7100)");
}

TEST_CASE("WN2 any activity clears the warning, without limit") {
  Life life;
  life.play(R"(
    t=0     join ben     -> joined ben
    t=3300               -> warned 3600
    t=3400  keep ben     -> extended 7000
    t=6700               -> warned 7000
    t=6999  question ann -> operated 1; extended 10599
    t=10299              -> warned 10599
    t=10300 join cara    -> joined cara; extended 13900
    t=13600              -> warned 13900
    t=13700 heard 13650
    t=13700 when         -> 16950 17250 16950)");
  CHECK(!life.session.is_warned());
}

TEST_CASE("WN2 what was heard outside the doors clears the warning at the next look") {
  Life life;
  life.play(R"(
    t=3300             -> warned 3600
    t=3301  heard 3301)");
  CHECK(life.session.next_deadline(at(3302), life.around) == at(3302));
  life.play("t=3302 -> extended 6901");
}

TEST_CASE("WN2 a renaming, a return or a leave does not clear the warning") {
  Life life;
  life.play(R"(
    t=0     join ben        -> joined ben
    t=3300                  -> warned 3600
    t=3310  leave ben lost  -> left ben lost
    t=3320  return ben      -> returned ben
    t=3330  rename ben Benn -> renamed ben
    t=3600  keep ben        -> expired 3600; session_expired)");
}

TEST_CASE("WN3 an unseen warning puts the deadline off by one lead, once") {
  Life life;
  life.play(R"(
    t=0     unseen yes
    t=3300       -> warned 3600
    t=3599.999   ->
    t=3600       -> postponed 3900
    t=3600  when -> 3600 3900 3900
    t=3700       ->
    t=3900       -> expired 3900)");
}

TEST_CASE("WN3 after an activity the next inactivity may be put off again") {
  Life life;
  life.play(R"(
    t=0     unseen yes
    t=3300           -> warned 3600
    t=3600           -> postponed 3900
    t=3899  keep ann -> extended 7499
    t=7199           -> warned 7499
    t=7499           -> postponed 7799
    t=7799           -> expired 7799)");
}

TEST_CASE("WN3 whoever was never warned is warned before the session ends") {
  Life life;
  life.play(R"(
    t=0     unseen yes
    t=3700       -> postponed 3900
    t=3800       ->
    t=3900       -> expired 3900)");
  Life late;
  late.play(R"(
    t=0     unseen yes
    t=9000       -> postponed 9300
    t=9000  when -> 9000 9300 9300
    t=9299.999   ->
    t=9300       -> expired 9300)");
}

TEST_CASE("WN3 commands go on during the postponement") {
  Life life;
  life.play(R"(
    t=0     unseen yes
    t=3600                -> postponed 3900
    t=3650  rename ann A  -> renamed ann
    t=3700  join ben      -> joined ben; extended 7300
    t=3700  when          -> 7000 7300 7000)");
}

TEST_CASE("WN4 a session whose warning was seen expires at its first deadline") {
  Life life;
  life.play(R"(
    t=0     unseen yes
    t=3300       -> warned 3600
    t=3500  unseen no
    t=3600       -> expired 3600)");
}

TEST_CASE("EX9 a session from before the start waits one presence interval") {
  Life life;
  life.play(R"(
    t=9000  listening 9000
    t=9000         -> warned 3600
    t=9029.999     ->
    t=9029.999 when -> 3300 3600 9030
    t=9030         -> expired 3600)");
  Life back;
  back.play(R"(
    t=9000  listening 9000
    t=9000            -> warned 3600
    t=9010  join ben  -> session_expired
    t=9020  keep ann  -> extended 12620
    t=9021  join ben  -> joined ben)");
}

TEST_CASE("EX9 a session created since the start is judged as usual") {
  Life life;
  life.play(R"(
    t=0     listening 0
    t=3600       -> expired 3600)");
  Life before;
  before.play(R"(
    t=0     listening 3590
    t=3300       -> warned 3600
    t=3600       ->
    t=3619.999   ->
    t=3620       -> expired 3600)");
}

TEST_CASE("OU1 OU3 time in an outage counts for nobody, and once") {
  Life life;
  life.play(R"(
    t=600   outage 600 4000
    t=4000  when -> 6700 7000 6700
    t=4000  outage 6600 6800
    t=6800  when -> 6900 7200 6900
    t=6899.999   ->
    t=6900       -> warned 7200
    t=7199.999   ->
    t=7200       -> expired 7200)");
}

TEST_CASE("OU3 an outage before the last activity credits nothing") {
  Life life;
  life.play(R"(
    t=600   outage 600 4000
    t=4100  keep ann ->
    t=4100  when     -> 7400 7700 7400)");
}

TEST_CASE("OU1 WN1 an outage while warned takes the warning back") {
  Life life;
  life.play(R"(
    t=3300       -> warned 3600
    t=5000  outage 3350 5000
    t=5000  when -> 3300 5250 5250
    t=5250       -> expired 5250)");
  Life longer;
  longer.play(R"(
    t=3300       -> warned 3600
    t=5000  outage 3290 5000
    t=5000       -> extended 5310
    t=5010       -> warned 5310)");
}

TEST_CASE("OU3 an outage in the postponement lengthens it") {
  Life life;
  life.play(R"(
    t=0     unseen yes
    t=3600       -> postponed 3900
    t=5000  outage 3700 5000
    t=5199.999   ->
    t=5200       -> expired 5200)");
}

TEST_CASE("PO5 under keepAlive active an open tab alone keeps nothing alive") {
  Life life({.policy = policy_of(KeepAlive::active)});
  CHECK(!life.around.kept_alive);
  life.play("t=3600 -> expired 3600");
}

TEST_CASE("PO6 while someone is at the level the last activity is now") {
  Life life({.policy = policy_of(KeepAlive::visible)});
  life.play(R"(
    t=0      kept yes
    t=3300        ->
    t=9000        ->
    t=9000   when -> 12300 12600 12300
    t=9001   kept no
    t=9001   heard 9001
    t=12300.999   ->
    t=12301       -> warned 12601
    t=12500  kept yes
    t=12500  when -> 15800 16100 15800
    t=12501  kept no
    t=12501  heard 12501
    t=16101       -> expired 16101)");
}

TEST_CASE("PO6 someone who comes to the level clears the warning at once") {
  Life life({.policy = policy_of(KeepAlive::connected)});
  life.play(R"(
    t=3300        -> warned 3600
    t=3400   kept yes)");
  CHECK(life.session.next_deadline(at(3400), life.around) == at(3400));
  life.play("t=3400 -> extended 7000");
}

TEST_CASE("PO3 the warning of a short session comes at half its time") {
  Policy policy;
  policy.timeout = 8s;
  policy.warning = warning_lead(5min, 8s);
  Life life({.policy = policy});
  life.play(R"(
    t=0     unseen yes
    t=3.999 ->
    t=4     -> warned 8
    t=8     -> postponed 12
    t=12    -> expired 12)");
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
