// The store's contract: what servers measured.
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

ports::MeasuredMinute measured(Instant at) {
  return {.at = at,
          .active_sessions = 5,
          .connected = 4,
          .connections = 6,
          .joins = 3,
          .operations = 2,
          .heartbeats = 7,
          .memory_bytes = 10'000'000'000,
          .flush_lag = Duration(4999)};
}

}  // namespace

TEST_CASE_TEMPLATE("DB12 minutes are kept as they were measured, and old ones forgotten", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const Instant start = world.clock.now();
  auto late = measured(start + minutes(1));
  late.lateness_p99 = Duration(25);
  world.get(world.store->keep_minute(measured(start), start - hours(24)));
  world.get(world.store->keep_minute(late, start - hours(24)));
  auto kept = world.get(world.store->minutes_since(start));
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].at == start);
  CHECK(kept[0].active_sessions == 5);
  CHECK(kept[0].connected == 4);
  CHECK(kept[0].connections == 6);
  CHECK(kept[0].joins == 3);
  CHECK(kept[0].operations == 2);
  CHECK(kept[0].heartbeats == 7);
  CHECK(kept[0].memory_bytes == 10'000'000'000);
  CHECK(!kept[0].lateness_p99);
  CHECK(kept[0].flush_lag == Duration(4999));
  CHECK(kept[1].lateness_p99 == Duration(25));
  CHECK(world.get(world.store->minutes_since(start + Duration(1))).size() == 1);
  world.get(world.store->keep_minute(measured(start + minutes(2)), start + minutes(1)));
  kept = world.get(world.store->minutes_since(start));
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].at == start + minutes(1));
}

TEST_CASE_TEMPLATE("DB12 minutes of several servers are one", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const Instant at = world.clock.now();
  world.get(world.store->keep_minute(measured(at), at));
  world.start_server();  // another incarnation
  auto other = measured(at);
  other.active_sessions = 6;
  other.lateness_p99 = Duration(3);
  world.get(world.store->keep_minute(other, at));
  const auto kept = world.get(world.store->minutes_since(at));
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].active_sessions == 6);  // all of them see the same
  CHECK(kept[0].connected == 8);
  CHECK(kept[0].memory_bytes == 20'000'000'000);
  CHECK(kept[0].lateness_p99 == Duration(3));
}

TEST_CASE_TEMPLATE("DB9 statistics list outages and servers, the newest first", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const Instant alive = world.clock.now();
  world.clock.advance(hours(1));
  world.beat();
  const auto counted = world.get(world.store->statistics());
  REQUIRE(counted.recent_outages.size() == 1);
  CHECK(counted.recent_outages[0].started_at == alive);
  CHECK(counted.recent_outages[0].ended_at == world.clock.now());
  CHECK(counted.recent_outages[0].credit == hours(1));
  REQUIRE(counted.servers.size() == 1);
  CHECK(counted.servers[0].started_at == alive);
  CHECK(counted.servers[0].alive_at == world.clock.now());
  CHECK(!counted.servers[0].stopped);
  world.get(world.store->retire({}));
  CHECK(world.get(world.store->statistics()).servers[0].stopped);
}

}  // namespace tarotforge::test
