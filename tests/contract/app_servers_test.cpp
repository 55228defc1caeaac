// Two servers on one PostgreSQL, each with people of the same session: what the one does, the
// other's people hear, and neither refuses what the other has let happen.
#include <deque>

#include "tests/support/postgres_house.h"

namespace tarotforge::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class TwoHouses {
  TestDatabase database_;  // goes last
  std::deque<HouseWorld::Here> entered_;

 public:
  HouseWorld one{short_settings(), on_postgresql(database_, 1)};
  HouseWorld other{short_settings(), on_postgresql(database_, 2)};

  // Whoever enters stays until the houses are gone.
  HouseWorld::Here& enter(HouseWorld& house, const Person& who,
                          std::optional<std::uint64_t> since = {}) {
    return entered_.emplace_back(house.enter(who, since));
  }

  // In steps that no rule can tell from both at once.
  void pass(Duration span) {
    constexpr Duration kStep = milliseconds(100);
    for (Duration passed{0}; passed < span; passed += kStep) {
      one.pass(kStep);
      other.pass(kStep);
    }
  }
};

void acknowledge(const HouseWorld::Here& here) {
  const auto generation = here.room->session.data().generation;
  REQUIRE(app::acknowledge_warning(*here.room, here.connection, generation));
}

}  // namespace

TEST_CASE("MS1 a server looks at the rows before it refuses what it does not know") {
  TwoHouses houses;
  const auto host = houses.one.create();
  const auto& first = houses.enter(houses.other, host);
  const auto guest = houses.one.join(host);
  const auto& second = houses.enter(houses.other, guest);
  CHECK(second.visitor->welcomed.contains("session"));

  REQUIRE(houses.one.operate(host, core::SetQuestion{"What now?"}));
  const auto& back = houses.enter(houses.other, host, 1);
  CHECK(back.visitor->welcomed.at("session").at("version").to_number<int>() == 1);

  houses.one.get(app::expire_for_operator(*houses.one.house, host.session));
  houses.pass(seconds(2));
  REQUIRE(first.visitor->dismissed == core::LeaveReason::expired);
  houses.one.get(app::restore_session(*houses.one.house, host.session, host.token, {}));
  const auto& again = houses.enter(houses.other, host);
  CHECK(again.visitor->welcomed.contains("session"));
}

TEST_CASE(
    "ID1 MS1 a request that comes to two servers at once is done once, and answered the same") {
  TwoHouses houses;
  auto &one = houses.one, &other = houses.other;
  const auto host = one.create({.deck_id = "classic", .layout = core::Layout::freestyle});
  REQUIRE(one.operate(host, core::SetStep{core::Step::drawing}));
  const auto drawing = [&](HouseWorld& house, const std::string& place, IdempotencyKey key) {
    return house.begin(app::operate_session(*house.house, house.member(host),
                                            {core::Draw{place}, key, {}}, sha256(place)));
  };
  const auto step = [](HouseWorld& house) {
    house.loop.context.restart();
    house.loop.context.run_one_for(milliseconds(1));
  };
  for (int ahead = 0; ahead < 40; ++ahead) {  // whenever in the first one's course it comes again
    CAPTURE(ahead);
    const auto place = fmt::format("place {}", ahead);
    const auto key = one.make_key();
    const auto first = drawing(one, place, key);
    for (int i = 0; i < ahead && !first->has_value(); ++i) step(one);
    const auto second = drawing(other, place, key);
    while (!first->has_value() || !second->has_value()) {
      step(one);
      step(other);
    }
    REQUIRE_MESSAGE(**first, (*first)->error().sentence());
    REQUIRE_MESSAGE(**second, (*second)->error().sentence());
    CHECK((***first).at("version") == (***second).at("version"));
  }
}

TEST_CASE("MS2 people on one server hear what happens on another") {
  TwoHouses houses;
  const auto host = houses.one.create();
  const auto guest = houses.one.join(host, "Grace");
  houses.enter(houses.one, host);
  const auto &here = houses.enter(houses.other, host), &there = houses.enter(houses.other, guest);
  REQUIRE(houses.one.operate(host, core::SetQuestion{"What now?"}));
  houses.one.get(app::rename_participant(*houses.one.house, houses.one.member(guest), "Ada"));
  houses.pass(milliseconds(1500));
  CHECK(here.visitor->count("operation") == 1);
  CHECK(here.visitor->last("presence_diff")
            ->payload.at("joins")
            .as_object()
            .contains(guest.id.to_string()));

  houses.one.get(app::change_host(*houses.one.house, houses.one.member(host),
                                  {protocol::HostRequest::Kind::hand_over, guest.id}));
  houses.pass(milliseconds(1500));
  CHECK(here.visitor->count("host_changed") == 1);
  houses.one.get(app::change_host(*houses.one.house, houses.one.member(host),
                                  {protocol::HostRequest::Kind::reclaim, {}}));

  houses.pass(seconds(95));
  CHECK(here.visitor->count("session_expiring") == 1);
  houses.one.get(app::keep_session_alive(*houses.one.house, houses.one.member(host)));
  houses.pass(milliseconds(1500));
  CHECK(here.visitor->count("session_extended") == 1);

  REQUIRE(houses.one.operate(host, core::RemoveParticipant{guest.id}));
  houses.pass(milliseconds(1500));
  CHECK(there.visitor->dismissed == core::LeaveReason::kicked);
}

TEST_CASE("MS3 a session that two servers hear expires within a second, once people were warned") {
  TwoHouses houses;
  const auto host = houses.one.create();
  const auto guest = houses.one.join(host);
  const auto &here = houses.enter(houses.one, host), &there = houses.enter(houses.other, guest);
  houses.pass(seconds(100));
  REQUIRE(there.visitor->count("session_expiring") == 1);
  acknowledge(here);
  bool seen = true;
  SUBCASE("on both") { acknowledge(there); }
  SUBCASE("on one") { seen = false; }
  houses.pass(seconds(19));
  CHECK(here.visitor->count("session_expired") == 0);
  houses.pass(seconds(2));
  CHECK(there.visitor->count("session_expired") == seen);
  if (seen) return;
  CHECK(there.visitor->count("session_expiring") == 2);
  houses.pass(seconds(30));
  CHECK(here.visitor->count("session_expired") == 1);
  CHECK(there.visitor->count("session_expired") == 1);
}

TEST_CASE("MS4 what is asked of a session that another server hears is not refused as expired") {
  TwoHouses houses;
  const auto host = houses.one.create();
  const auto guest = houses.one.join(host);
  houses.enter(houses.one, host);
  const auto& there = houses.enter(houses.other, guest);
  houses.pass(seconds(60));
  REQUIRE(houses.other.run(houses.other.reporting(there)));
  houses.pass(seconds(61));
  const auto answer = houses.one.operate(host, core::SetQuestion{"Still here?"});
  CHECK(HouseWorld::word(answer) == "ok");
  CHECK(there.visitor->count("session_expired") == 0);
}

TEST_CASE(
    "OU5 SE7 a room that has ended stays readable while the store is away, until its window is "
    "over") {
  TestDatabase database;
  HouseWorld world{short_settings(), on_postgresql(database, 1)};
  const auto host = world.create();
  world.get(app::expire_for_operator(*world.house, host.session));
  world.member(host);
  TestDatabase::server().stop();
  const auto during = world.run(app::authenticate(*world.house, host.session, host.token));
  world.sleep_through(std::chrono::hours(24));
  const auto after = world.run(app::authenticate(*world.house, host.session, host.token));
  TestDatabase::server().start();
  CHECK(HouseWorld::word(during) == "ok");
  CHECK(HouseWorld::word(after) == "saving_paused");
}

}  // namespace tarotforge::test
