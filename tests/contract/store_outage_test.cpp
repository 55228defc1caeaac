// The store's contract: outages count for nobody, and jumps of the wall clock change nothing.
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

}  // namespace

TEST_CASE_TEMPLATE("OU1 OU3 a session idle for 9 minutes before an outage has a minute after it",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(9));
  world.clock.advance(hours(2));
  const auto result = world.beat();
  REQUIRE(result.outages.size() == 1);
  CHECK(result.outages[0] == core::Outage{session.last_activity + minutes(9), world.clock.now()});
  CHECK(world.expire(session).empty());
  world.live(minutes(1) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  const auto expired = world.expire(session);
  REQUIRE(expired.size() == 1);
  CHECK(expired[0].effect.deadline == session.last_activity + hours(2) + minutes(10));
}

TEST_CASE_TEMPLATE("OU1 OU2 a start after a stop or a crash ends the outage", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  bool clean = false;
  SUBCASE("crash") { clean = false; }
  SUBCASE("stop") { clean = true; }
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(5));
  if (clean) world.get(world.store->retire({.flushed_through = world.clock.now()}));
  world.clock.advance(hours(1));
  world.open_server();
  const auto result =
      world.get(world.store->register_server(world.template make_id<ServerId>(), "test"));
  REQUIRE(result.outages.size() == 1);
  CHECK(result.outages[0].end - result.outages[0].start == Duration(hours(1)));
  world.live(minutes(5) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("OU2 a gap of 15 s is ordinary time, a longer one an outage", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.create(kShort);
  world.clock.advance(ports::kOutageGap);
  CHECK(world.beat().outages.empty());
  world.clock.advance(ports::kOutageGap + Duration(1));
  CHECK(world.beat().outages.size() == 1);
  CHECK(world.get(world.store->statistics()).outage_credit == ports::kOutageGap + Duration(1));
}

TEST_CASE_TEMPLATE("OU6 a claim that comes before the beat that ends an outage expires nothing",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(9));
  world.clock.advance(hours(1));
  CHECK(world.expire(session).empty());
  world.beat();
  CHECK(world.expire(session).empty());
}

TEST_CASE_TEMPLATE("OU8 a difference of 2 s is not recorded, a larger one is, with its sign",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.clock.jump_wall(seconds(2));
  CHECK(world.beat().calendar_shift == Duration(0));
  world.clock.jump_wall(Duration(1));
  CHECK(world.beat().calendar_shift == Duration(2001));
  world.clock.jump_wall(-hours(1));
  CHECK(world.beat().calendar_shift == Duration(2001) - hours(1));
  CHECK(world.get(world.store->statistics()).outages == 0);
}

TEST_CASE_TEMPLATE("OU9 a jump of the wall clock moves all stamps and no deadline", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  Duration jump{};
  SUBCASE("forward") { jump = hours(5); }
  SUBCASE("back") { jump = -hours(5); }
  world.start_server();
  auto session = world.create(kShort);
  session.phase = core::Open{session.last_activity, session.last_activity + Duration(1)};
  world.change(session);
  world.live(minutes(3));
  world.clock.advance(minutes(30));
  world.beat();  // an outage that the jump must carry with it
  world.live(minutes(1));
  world.clock.jump_wall(jump);
  world.create(kShort);  // the first write after the jump finds it
  CHECK(world.get(world.store->load(session.id)) == session);
  CHECK(world.beat().calendar_shift == jump);
  world.open_server();  // the rows alone carry it on
  CHECK(world.get(world.store->load(session.id)) == session);
}

TEST_CASE_TEMPLATE("OU9 a clock set forward expires nothing early, one set back nothing late",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  Duration jump{};
  SUBCASE("forward") { jump = hours(5); }
  SUBCASE("back") { jump = -hours(5); }
  world.start_server();
  world.open_aside();
  auto session = world.create(kShort);
  world.change(session, {.hold = true});
  world.live(minutes(5));
  world.clock.jump_wall(jump);
  CHECK(world.get(world.aside->expire_batch({}, {})).expired.empty());
  world.live(minutes(5) - Duration(1));
  CHECK(world.get(world.aside->expire_batch({}, {})).expired.empty());
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  const auto expired = world.expire(session);
  REQUIRE(expired.size() == 1);
  CHECK(expired[0].effect.deadline == session.last_activity + minutes(10));
}

TEST_CASE_TEMPLATE("OU9 outages are credited after a jump as before it", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(5));
  world.clock.advance(minutes(20));
  world.beat();
  world.clock.jump_wall(-hours(1));
  const auto outages = world.beat().outages;
  REQUIRE(outages.size() == 1);
  CHECK(outages[0] ==
        core::Outage{session.last_activity + minutes(5), session.last_activity + minutes(25)});
  world.live(minutes(5) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("OU9 a clock set back while no server ran makes nobody older", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create(kShort);
  world.live(minutes(5));
  world.store.reset();
  world.clock.jump_wall(-hours(2));
  world.clock.advance(minutes(1));
  world.open_server();
  world.start_server();
  world.live(minutes(5) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("OU1 OU9 what is known of a gap in which the clock was set back is an outage",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(5));
  world.store.reset();
  world.clock.jump_wall(-hours(2));
  world.clock.advance(minutes(1));
  world.open_server();
  world.clock.advance(seconds(10));  // less than what is an outage where the whole of it is known
  world.start_server();
  world.live(minutes(5) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE(
    "OU9 RS4 a clock set back while a session was expired does not prolong its next life", Backend,
    TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create(kShort);
  world.live(minutes(4));
  world.clock.advance(minutes(1));
  world.beat();  // an outage from before, which must not come to lie in the future
  world.live(minutes(6));
  REQUIRE(world.expire(session).size() == 1);
  world.clock.jump_wall(-hours(5));
  world.beat();
  session = world.get(world.store->load(session.id));
  CHECK(session.last_activity <= world.clock.now());
  session.phase = core::Open{};
  ++session.generation;
  session.last_activity = session.updated_at = world.clock.now();
  world.change(session);
  world.live(minutes(10) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

}  // namespace tarotforge::test
