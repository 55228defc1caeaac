// Listeners that act while they hear, rooms that go while something of theirs is due, and a scope
// that closes in the middle of a commit. Meant for the sanitizers.

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "app/change.h"
#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

struct Crowd {
  explicit Crowd(HouseWorld& server, int size) : world(server), host(server.create()) {
    for (int i = 0; i < size; ++i) {
      people.push_back(world.join(host));
      here.push_back(world.enter(people.back()));
    }
  }
  // They leave at the first event of this name, while they hear it.
  void flee(std::string_view event, LeaveReason reason = LeaveReason::slow_consumer) {
    for (auto& each : here) {
      auto* raw = &each;
      each.visitor->on_hear = [this, raw, event, reason](const app::Announcement& heard) {
        if (heard.event == event) app::leave(*world.house, *raw->room, raw->connection, reason);
      };
    }
  }
  // As flee, but one takes all others along.
  void flee_together(std::string_view event) {
    for (auto& each : here)
      each.visitor->on_hear = [this, event](const app::Announcement& heard) {
        if (heard.event != event) return;
        for (auto& other : here)
          app::leave(*world.house, *other.room, other.connection, LeaveReason::left);
      };
  }
  std::size_t connections() const { return here.front().room->connections.size(); }

  HouseWorld& world;
  Person host;
  std::vector<Person> people;
  std::vector<HouseWorld::Here> here;
};

TEST_CASE("PR6 RT1 everyone may leave while they hear, each at once or one with all others") {
  for (const auto* event : {"operation", "session_expiring", "presence_diff", "host_changed"}) {
    for (const bool together : {false, true}) {
      CAPTURE(event);
      CAPTURE(together);
      HouseWorld world;
      Crowd crowd(world, 8);
      if (together)
        crowd.flee_together(event);
      else
        crowd.flee(event);
      world.operate(crowd.host, core::Shuffle{}).value();
      world.get(app::rename_participant(*world.house, world.member(crowd.people[0]), "X"));
      world.answer(app::change_host(*world.house, world.member(crowd.host),
                                    {protocol::HostRequest::Kind::hand_over, crowd.people[1].id}));
      world.pass(95s);
      CHECK(crowd.connections() == 0);
      CHECK(core::Session(world.row(crowd.host.session)).is_open());
      world.pass(60s);
      CHECK(!core::Session(world.row(crowd.host.session)).is_open());
    }
  }
}

TEST_CASE("PR3 people who leave when they hear that another's time is up") {
  HouseWorld world;
  Crowd crowd(world, 6);
  for (int i = 0; i < 3; ++i) world.leave(crowd.here[i], LeaveReason::lost);
  crowd.flee_together("presence_diff");
  world.pass(16s);
  CHECK(crowd.connections() == 0);
  CHECK(crowd.here[0].room->seats.empty());
  for (int i = 1; i <= 6; ++i) CHECK(!world.row(crowd.host.session).participants[i].is_active);
}

TEST_CASE("EX7 listeners may leave, or come back, while the session ends") {
  HouseWorld world;
  Crowd crowd(world, 5);
  crowd.flee("session_completed");
  for (auto& each : crowd.here)
    each.visitor->on_dismiss = [&] {
      app::leave(*world.house, *each.room, each.connection, LeaveReason::left);
    };
  world.get(app::complete_session(*world.house, world.member(crowd.host)));
  CHECK(crowd.connections() == 0);
  world.pass(6s);
}

TEST_CASE("RS5 those who wait may stop waiting while they hear") {
  HouseWorld world;
  const auto host = world.create();
  world.pass(130s);
  std::vector<std::unique_ptr<Visitor>> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.push_back(std::make_unique<Visitor>(world.clock));
    auto* raw = waiting.back().get();
    raw->on_hear = [&, raw](const app::Announcement&) {
      app::stop_waiting(*world.house, host.session, *raw);
    };
    world.get(app::wait_for_restore(*world.house, host.session, *raw));
  }
  world.get(app::restore_session(*world.house, host.session, host.token, {}));
  for (const auto& each : waiting) CHECK(each->events() == "session_restored");
  CHECK(world.house->waiting.empty());
  // On an open session it is said at once, and to this one alone.
  Visitor first(world.clock), second(world.clock);
  world.get(app::wait_for_restore(*world.house, host.session, first));
  world.get(app::wait_for_restore(*world.house, host.session, second));
  CHECK(first.heard.size() == 1);
  CHECK(second.heard.size() == 1);
  app::stop_waiting(*world.house, host.session, first);
  app::stop_waiting(*world.house, host.session, second);
}

TEST_CASE("CP2 a room that is deleted while people wait for their turn in it") {
  HouseWorld world;
  Crowd crowd(world, 3);
  const auto who = world.member(crowd.people[0]);
  const auto host = world.member(crowd.host);
  world.leave(crowd.here[2], LeaveReason::lost);  // the grace is running
  const auto gone = world.begin<void>(app::delete_session(*world.house, host));
  Visitor late(world.clock);
  const auto entering = world.begin<app::Entered>(
      app::enter(*world.house, crowd.host.session, {crowd.people[1].token, {}}, late));
  const auto operating = world.begin<object>(app::operate_session(
      *world.house, who, {core::Shuffle{}, world.make_key(), {}}, sha256("s")));
  const auto leaving = world.begin<void>(
      app::leave_session(*world.house, crowd.host.session, {.token = crowd.people[1].token}));
  const auto again = world.begin<void>(app::delete_session(*world.house, host));
  world.settle();
  CHECK(HouseWorld::word(**gone) == "ok");
  CHECK(HouseWorld::word(**entering) == "session_purged");
  CHECK(HouseWorld::word(**operating) == "session_purged");
  CHECK(leaving->has_value());
  CHECK(again->has_value());
  world.pass(3min);
  CHECK(world.house->rooms.empty());
  CHECK(world.house->deadlines.size() == 0);
  CHECK(world.house->presence_deadlines.size() == 0);
}

TEST_CASE("EX5 a sweep's answer that arrives while a newcomer is on their way in") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  for (int i = 0; i < 3; ++i) world.operate(host, core::Shuffle{}).value();
  world.pass(119s);
  world.house->disarm(host.session);
  world.sleep_through(999ms);
  Visitor late(world.clock);
  const auto entering =
      world.begin<app::Entered>(app::enter(*world.house, host.session, {guest.token, 0}, late));
  world.loop.context.restart();
  world.loop.context.poll();  // on its way: the store is asked
  world.sleep_through(1ms);
  const auto sweeping = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  world.pass(1s);
  REQUIRE(entering->has_value());
  REQUIRE(sweeping->has_value());
  const bool ended = !core::Session(world.row(host.session)).is_open();
  if (**entering) {
    CHECK(late.dismissed.has_value() == ended);
    world.pass(5s);
  } else {
    CHECK(late.welcomed.empty());
  }
}

TEST_CASE("RT7 a scope that closes in the middle of commits ends with all of them") {
  HouseWorld world;
  Crowd crowd(world, 4);
  world.pass(1s);
  for (auto& each : crowd.here)
    app::leave(*world.house, *each.room, each.connection, LeaveReason::left);
  std::vector<std::shared_ptr<std::optional<Result<object>>>> answers;
  const auto who = world.member(crowd.host);
  for (int i = 0; i < 5; ++i)
    world.house->scope.spawn([&, who]() -> boost::asio::awaitable<void> {
      auto done = co_await app::operate_session(
          *world.house, who, {core::Shuffle{}, world.make_key(), {}}, sha256("s"));
      (void)done.has_value();
    });
  bool ended = false;
  world.loop.context.restart();
  world.loop.context.poll_one();
  CHECK(world.store->under_way() > 0);
  world.house->scope.close();
  world.house->scope.when_empty([&] { ended = true; });
  world.settle();
  CHECK(ended);
  CHECK(world.house->scope.size() == 0);
  world.get(app::retire_house(*world.house));
}

TEST_CASE("RT7 nothing is started in a closing scope, and closing twice is once") {
  HouseWorld world;
  world.house->scope.close();
  world.house->scope.close();
  bool ran = false;
  world.house->scope.spawn([&]() -> boost::asio::awaitable<void> {
    ran = true;
    co_return;
  });
  world.settle();
  CHECK(!ran);
  int times = 0;
  world.house->scope.when_empty([&] { ++times; });
  CHECK(times == 1);
}

TEST_CASE("OU4 RT7 a leave that the store keeps refusing does not outlive the scope") {
  HouseWorld world;
  Crowd crowd(world, 2);
  sqlite3* lock = nullptr;
  REQUIRE(sqlite3_open(world.path().c_str(), &lock) == 0);
  REQUIRE(sqlite3_exec(lock, "begin exclusive", nullptr, nullptr, nullptr) == 0);
  world.leave(crowd.here[0], LeaveReason::left);
  world.pass(12s);
  CHECK(world.house->scope.size() >= 3);
  world.house->scope.close();
  world.settle();
  CHECK(world.house->scope.size() == 0);
  sqlite3_close(lock);
}

TEST_CASE("EX3 EX12 hundreds of sessions that are refused at once while others are created") {
  HouseWorld world;
  std::vector<Person> hosts;
  for (int i = 0; i < 40; ++i) hosts.push_back(world.create());
  world.pass(100s);
  world.crash();
  world.sleep_through(19s);
  world.start();
  sqlite3* lock = nullptr;
  REQUIRE(sqlite3_open(world.path().c_str(), &lock) == 0);
  world.pass(29s);
  REQUIRE(sqlite3_exec(lock, "begin exclusive", nullptr, nullptr, nullptr) == 0);
  world.pass(5s);  // all come due, and are put off
  REQUIRE(sqlite3_exec(lock, "rollback", nullptr, nullptr, nullptr) == 0);
  // Creating grows what is watched while the answers about the old ones arrive.
  std::vector<std::shared_ptr<std::optional<Result<object>>>> created;
  for (int i = 0; i < 200; ++i)
    created.push_back(world.begin<object>(
        app::create_session(*world.house, {.deck_id = "classic"}, {.caller = "here"})));
  world.pass(40s);
  CHECK(world.get(world.store->statistics()).active_sessions == 200);
  CHECK(world.house->handles.size() == 200);
  sqlite3_close(lock);
}

// One session in which several things by chance are always under way.
struct Turmoil {
  explicit Turmoil(std::uint64_t seed) : dice(seed) { people.push_back(host); }

  app::Room* room() { return world.house->loaded(host.session); }
  void ask(ports::Task<object> task) { asked.push_back(world.begin<object>(std::move(task))); }

  void join() {
    if (people.size() == 12) return;
    auto joined = world.run(world.joining(HouseWorld::code_of(host)));
    if (joined) people.push_back(world.person_of(*joined));
  }
  void enter(const Person& who) {
    visitors.push_back(std::make_unique<Visitor>(world.clock));
    entered.push_back(world.begin<app::Entered>(
        app::enter(*world.house, host.session, {who.token, dice.below(3)}, *visitors.back())));
  }
  void leave() {
    if (!room() || room()->connections.empty()) return;
    const auto at = dice.below(static_cast<std::uint32_t>(room()->connections.size()));
    app::leave(*world.house, *room(), room()->connections[at].id,
               dice.below(2) ? LeaveReason::lost : LeaveReason::left);
  }
  void act(const Person& who) {
    if (!room()) return;
    const app::Member member{world.house->rooms.at(host.session), who.id};
    if (dice.below(2))
      ask(app::keep_session_alive(*world.house, member));
    else
      ask(app::operate_session(*world.house, member, {core::SetQuestion{"?"}, world.make_key(), {}},
                               sha256("q")));
  }
  void step() {
    const auto& who = people[dice.below(static_cast<std::uint32_t>(people.size()))];
    switch (dice.below(8)) {
      case 0:
        return join();
      case 1:
        return enter(who);
      case 2:
        return leave();
      case 3:
        return ask(app::restore_for_operator(*world.house, host.session));
      case 4:
        if (dice.below(4) == 0) ask(app::expire_for_operator(*world.house, host.session));
        return;
      case 5:
        return world.sleep_through(Duration(dice.below(40'000)));
      default:
        return act(who);
    }
  }
  void check_room() {
    for (const auto& each : asked) CHECK(each->has_value());
    for (const auto& each : entered) CHECK(each->has_value());
    if (!room()) return;
    const auto& session = room()->session;
    CHECK(session.data() == world.row(host.session));
    for (const auto& connection : room()->connections) {
      CHECK(room()->seat(connection.participant));
      CHECK(session.find(connection.participant)->is_active);
    }
    if (!session.is_open()) CHECK(room()->connections.empty());
  }

  HouseWorld world;
  Prng dice;
  Person host = world.create();
  std::vector<Person> people;
  std::vector<std::unique_ptr<Visitor>> visitors;
  std::vector<std::shared_ptr<std::optional<Result<object>>>> asked;
  std::vector<std::shared_ptr<std::optional<Result<app::Entered>>>> entered;
};

TEST_CASE("SE3 EX1 everything by chance at once leaves the room as the store has it") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    Turmoil turmoil(seed);
    auto& world = turmoil.world;
    for (int round = 0; round < 40; ++round) {
      for (int i = 0; i < 6; ++i) turmoil.step();
      world.pass(Duration(turmoil.dice.below(3000)));
      turmoil.check_room();
    }
    world.get(app::delete_session(*world.house, world.member(turmoil.host)));
    for (const auto& visitor : turmoil.visitors)
      if (!visitor->welcomed.empty()) CHECK(visitor->heard.front().event == "presence_state");
    world.pass(3min);
    CHECK(world.house->rooms.empty());
    CHECK(world.house->presence_deadlines.size() == 0);
  }
}

}  // namespace
}  // namespace tarotforge::test
