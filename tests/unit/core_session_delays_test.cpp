// What postpones the end of a session: warnings not seen, restarts, outages, people who are there.

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

}  // namespace
}  // namespace tarotforge::core
