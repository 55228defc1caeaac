// The numbers that the server tells of itself.

#include <doctest/doctest.h>

#include <map>

#include "app/figures.h"
#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

app::Settings purging_settings() {
  auto settings = short_settings();
  settings.policy.defaults.recovery = 3min;
  return settings;
}

object statistics(HouseWorld& world) {
  app::Figures figures(*world.house, *world.cleanup, [] { return 0; });
  return world.get(figures.statistics());
}

// People who do something in some sessions, by chance.
struct Bustle {
  explicit Bustle(std::uint64_t seed) : dice(seed) { people.push_back(world.create()); }
  ~Bustle() {
    for (const auto& each : here)
      app::leave(*world.house, *each.room, each.connection, LeaveReason::left);
  }

  const Person& any() { return people[dice.below(static_cast<std::uint32_t>(people.size()))]; }

  void join() {
    const auto& host = any();
    if (!host.answer.contains("invite")) return;
    auto joined = world.run(world.joining(HouseWorld::code_of(host)));
    if (joined) people.push_back(world.person_of(*joined));
  }
  void enter() {
    auto visitor = std::make_unique<Visitor>(world.clock);
    const auto& who = any();
    auto joined = world.run(app::enter(*world.house, who.session, {who.token, {}}, *visitor));
    if (joined) here.push_back({std::move(visitor), joined->room, joined->connection});
  }
  void leave() {
    if (here.empty()) return;
    world.leave(here.back(), dice.below(2) ? LeaveReason::lost : LeaveReason::left);
    here.pop_back();
  }
  void complete() {
    const auto& who = any();
    auto member = world.run(app::authenticate(*world.house, who.session, who.token));
    if (member && dice.below(3) == 0)
      world.answer(app::complete_session(*world.house, *std::move(member)));
  }
  void step() {
    switch (dice.below(9)) {
      case 0:
        people.push_back(world.create());
        break;
      case 1:
        return join();
      case 2:
        return enter();
      case 3:
        return leave();
      case 4:
        return world.pass(Duration(dice.below(60'000)));
      case 5:
        return complete();
      case 6:
        world.answer(app::restore_for_operator(*world.house, any().session));
        break;
      case 7:
        if (dice.below(4) == 0) world.sweep();
        break;
      default:
        if (!here.empty()) world.answer(world.reporting(here.back()));
    }
  }

  HouseWorld world{purging_settings()};
  Prng dice;
  std::vector<Person> people;
  std::vector<HouseWorld::Here> here;
};

void check_against_rows(HouseWorld& world) {
  std::map<std::string, std::uint64_t> counted;
  const auto rows = world.get(world.store->sessions({.limit = 1000}));
  for (const auto& each : rows) {
    const core::Session session(world.row(each.id));
    const auto& data = session.data();
    const bool open = session.is_open();
    const auto* end = std::get_if<core::Ended>(&data.phase);
    const bool expired = end && end->reason == core::EndReason::expired;
    counted["totalSessions"] += 1;
    counted["activeSessions"] += open;
    counted["inactiveSessions"] += !open;
    counted["purgedSessions"] += std::holds_alternative<core::Purged>(data.phase);
    counted["warnedSessions"] += session.is_warned();
    counted["sessionsWithRecentActivity"] +=
        open && world.clock.now() - data.last_activity < data.policy.timeout;
    counted["restorableSessions"] += expired && end->restorable_until > world.clock.now();
  }
  const auto stats = statistics(world);
  for (const auto& [name, count] : counted) {
    CAPTURE(name);
    CHECK(stats.at(name).to_number<std::uint64_t>() == count);
  }
  CHECK(world.house->handles.size() == counted["activeSessions"]);
}

void check_against_rooms(HouseWorld& world) {
  std::uint64_t connected = 0, reconnecting = 0;
  for (const auto& [id, room] : world.house->rooms) {
    for (const auto& seat : room->seats) {
      connected += seat.presence.here();
      reconnecting += seat.presence.level() == core::PresenceLevel::reconnecting;
    }
  }
  const auto present = statistics(world).at("participants");
  CHECK(present.at("connected").to_number<std::uint64_t>() == connected);
  CHECK(present.at("reconnecting").to_number<std::uint64_t>() == reconnecting);
}

TEST_CASE("XP3 XP4 the statistics equal the rows after any sequence of events") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    Bustle bustle(seed);
    for (int step = 0; step < 60; ++step) bustle.step();
    check_against_rows(bustle.world);
    check_against_rooms(bustle.world);
  }
}

TEST_CASE("XP3 DB9 the statistics tell lateness, the last sweep and the flush lag") {
  HouseWorld world;
  world.create();
  world.pass(121s);
  world.sweep();
  world.pass(2s);
  const auto stats = statistics(world);
  const auto& lateness = stats.at("expiryLatenessSeconds").as_object();
  CHECK(lateness.at("count").to_number<int>() == 1);
  CHECK(lateness.at("max").to_number<double>() < 0.1);
  const auto& buckets = lateness.at("buckets").as_array();
  CHECK(buckets.size() == std::size(app::kLatenessSeconds));
  CHECK(buckets.back().at("count").to_number<int>() == 1);
  CHECK(stats.at("lastSweep").as_object().at("expired").to_number<int>() == 0);
  CHECK(stats.at("expiredLastHour").to_number<int>() == 1);
}

}  // namespace
}  // namespace tarotforge::test
