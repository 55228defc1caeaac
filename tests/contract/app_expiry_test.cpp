// Warning, postponement and expiry by the server's own timers, on the real store.

#include <doctest/doctest.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

protocol::CreateRequest request_for(core::KeepAlive keep_alive) {
  protocol::CreateRequest request{.deck_id = "classic"};
  request.policy.keep_alive = keep_alive;
  return request;
}

bool is_open(HouseWorld& world, SessionId id) { return core::Session(world.row(id)).is_open(); }

TEST_CASE("EX1 EX3 a session expires at its deadline, not before, loaded or not") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto visited = world.create();
  const auto forgotten = world.create();
  const auto here = world.enter(visited);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  world.pass_until(start + 91s);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  world.pass_until(start + 120s - 1ms);
  CHECK(is_open(world, visited.session));
  CHECK(is_open(world, forgotten.session));
  world.pass_until(start + 120s + 20ms);
  CHECK(!is_open(world, visited.session));
  CHECK(!is_open(world, forgotten.session));
  for (const auto* person : {&visited, &forgotten}) {
    const auto ended = std::get<core::Ended>(world.row(person->session).phase);
    CHECK(ended.at - (start + 120s) <= 20ms);
    CHECK(ended.restorable_until == ended.at + 24h);
  }
}

TEST_CASE("EX11 the audit entry of an expiry says how it came about") {
  HouseWorld world;
  const auto host = world.create();
  world.join(host);
  world.pass(130s);
  for (const auto& stored : world.get(world.store->audit(host.session, 0, 100))) {
    if (stored.entry.type != "expired") continue;
    const auto data = boost::json::parse(stored.entry.data).as_object();
    CHECK(text_at(data, "reason") == "inactivity_timeout");
    CHECK(data.at("participant_count").to_number<int>() == 2);
    CHECK(data.at("duration_minutes").to_number<double>() == doctest::Approx(2).epsilon(0.01));
    CHECK(data.at("lateness_ms").to_number<int>() < 1000);
    CHECK(data.contains("expired_at"));
    CHECK(data.contains("deadline"));
  }
  CHECK(world.audited(host.session, "expired") == 1);
}

TEST_CASE("EX5 however many race for it, a session expires once") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto here = world.enter(guest);
  world.pass_until(start + 100s);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  world.pass_until(start + 120s - 1ms);
  world.sleep_through(1ms);
  const auto who = world.member(guest);
  const auto one = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  const auto two = world.begin<object>(world.joining(HouseWorld::code_of(host)));
  const auto three = world.begin<object>(app::keep_session_alive(*world.house, who));
  const auto four = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  world.pass(1s);
  CHECK(**one);
  CHECK(HouseWorld::word(**two) == "session_expired");
  CHECK(HouseWorld::word(**three) == "session_expired");
  CHECK(**four);
  CHECK(world.audited(host.session, "expired") == 1);
  CHECK(here.visitor->count("session_expired") == 1);
  CHECK(here.visitor->dismissed == LeaveReason::expired);
  CHECK(world.house->counters.expiries == 1);
}

TEST_CASE("EX6 a join in the last millisecond keeps the session, one at the deadline does not") {
  for (const auto early : {1ms, 0ms}) {
    HouseWorld world;
    const Instant start = world.clock.now();
    const auto host = world.create();
    world.pass_until(start + 119s);
    world.sleep_through(1s - early);
    const auto joined = world.begin<object>(world.joining(HouseWorld::code_of(host)));
    world.pass(1s);
    if (early == 1ms) {
      CHECK(HouseWorld::word(**joined) == "ok");
      CHECK(is_open(world, host.session));
      CHECK(world.audited(host.session, "expired") == 0);
    } else {
      CHECK(HouseWorld::word(**joined) == "session_expired");
      CHECK(!is_open(world, host.session));
      CHECK(world.row(host.session).participants.size() == 1);
    }
  }
}

TEST_CASE("EX8 a timer of before an activity or of an earlier life expires nothing") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto host = world.create();
  world.pass_until(start + 60s);
  world.operate(host, core::Shuffle{}).value();
  world.pass_until(start + 179s);
  CHECK(is_open(world, host.session));
  world.pass_until(start + 181s);
  CHECK(!is_open(world, host.session));
  world.get(app::restore_session(*world.house, host.session, host.token, {}));
  world.pass_until(start + 300s);
  CHECK(is_open(world, host.session));
  world.pass_until(start + 302s);
  CHECK(!is_open(world, host.session));
  CHECK(world.audited(host.session, "expired") == 2);
}

TEST_CASE("EX9 EX12 OU1 after a restart the time of nobody's hearing is left out") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto host = world.create();
  world.pass_until(start + 60s);
  world.stop();
  world.sleep_through(10min);
  world.start();
  const Instant back = world.clock.now();
  const auto fresh = world.create();
  CHECK(is_open(world, host.session));
  world.pass_until(back + 50s);
  CHECK(is_open(world, host.session));
  world.pass_until(back + 66s);
  CHECK(!is_open(world, host.session));
  CHECK(is_open(world, fresh.session));
  world.pass_until(back + 121s);
  CHECK(!is_open(world, fresh.session));
}

TEST_CASE("EX9 a session whose deadline passed in a short stop waits one presence interval") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto host = world.create();
  const auto second = world.create();
  world.pass_until(start + 115s);
  world.crash();
  world.sleep_through(10s);
  world.start();
  const Instant back = world.clock.now();
  CHECK(world.answer(world.joining(HouseWorld::code_of(host))) == "session_expired");
  world.get(world.cleanup->run(false));
  CHECK(is_open(world, host.session));
  world.operate(second, core::Shuffle{}).value();  // whoever is back in time keeps it
  world.pass_until(back + 29s);
  CHECK(is_open(world, host.session));
  world.pass_until(back + 31s);
  CHECK(!is_open(world, host.session));
  CHECK(is_open(world, second.session));
}

TEST_CASE("EX4 what was heard on a socket survives a crash") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto host = world.create();
  const auto here = world.enter(host);
  world.pass_until(start + 55s);
  world.get(world.reporting(here));
  world.crash();
  world.sleep_through(5s);
  world.start();
  world.pass_until(start + 174s);
  CHECK(is_open(world, host.session));
  world.pass_until(start + 240s);
  CHECK(!is_open(world, host.session));
}

TEST_CASE("EX10 a room that everyone left expires by its last activity") {
  HouseWorld world;
  const Instant start = world.clock.now();
  const auto host = world.create();
  const auto here = world.enter(host);
  world.pass_until(start + 30s);
  world.leave(here, LeaveReason::left);
  world.pass_until(start + 119s);
  CHECK(is_open(world, host.session));
  CHECK(world.answer(app::preview_invite(*world.house, HouseWorld::code_of(host))) == "ok");
  world.pass_until(start + 121s);
  CHECK(!is_open(world, host.session));
}

TEST_CASE("WN3 a warning that a live client has not shown is repeated once, with more time") {
  HouseWorld world;
  const auto host = world.create();
  const auto here = world.enter(host);
  const Instant start = world.clock.now();
  world.pass_until(start + 121s);
  CHECK(is_open(world, host.session));
  REQUIRE(here.visitor->count("session_expiring") == 2);
  const auto& again = *here.visitor->last("session_expiring");
  CHECK(again.at - (start + 120s) <= 20ms);
  CHECK(text_at(again.payload, "expiresAt") ==
        protocol::time_text(start + 150s, world.house->calendar));
  CHECK(world.house->counters.warnings_unseen == 1);
  CHECK(world.row(host.session).phase == core::SessionData(here.room->session.data()).phase);
  world.pass_until(start + 149s);
  CHECK(is_open(world, host.session));
  CHECK(world.answer(app::preview_invite(*world.house, HouseWorld::code_of(host))) == "ok");
  world.pass_until(start + 151s);
  CHECK(!is_open(world, host.session));
  CHECK(here.visitor->count("session_expiring") == 2);
  CHECK(here.visitor->dismissed == LeaveReason::expired);
}

TEST_CASE("WN3 WN4 who shows the warning, came after it, or has gone postpones nothing") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto shows = world.enter(host);
  const auto goes = world.enter(guest);
  const Instant start = world.clock.now();
  world.pass_until(start + 95s);
  CHECK(shows.visitor->count("session_expiring") == 1);
  CHECK(world.word(app::acknowledge_warning(*shows.room, shows.connection, 2)) ==
        "stale_generation");
  CHECK(app::acknowledge_warning(*shows.room, shows.connection, 1));
  world.leave(goes, LeaveReason::lost);
  const auto late = world.enter(guest);
  CHECK(late.visitor->events() == "presence_state session_expiring");
  world.pass_until(start + 121s);
  CHECK(!is_open(world, host.session));
  CHECK(world.house->counters.warnings_unseen == 0);
}

TEST_CASE("WN2 EX8 input in a warned session is a keep-alive, told to everyone at once") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  world.pass(95s);
  const auto commits = world.store->commits();
  world.get(world.reporting(ben));
  CHECK(world.store->commits() == commits + 1);
  CHECK(ann.visitor->count("session_extended") == 1);
  CHECK(world.row(host.session).last_activity == world.clock.now());
  world.pass(89s);
  CHECK(ann.visitor->count("session_expiring") == 1);
  world.pass(2s);
  CHECK(ann.visitor->count("session_expiring") == 2);
}

TEST_CASE("AC2 PO5 an open, silent, renamed and fidgeting tab keeps nothing alive") {
  HouseWorld world;
  const auto host = world.create(request_for(core::KeepAlive::active));
  const auto here = world.enter(host);
  const Instant start = world.clock.now();
  for (int i = 0; i < 10; ++i) {
    world.pass(9s);
    world.get(world.reporting(here, {.visible = i % 2 == 0, .active = false}));
    app::relay(*here.room, here.connection, "cursor", "{}");
    world.get(app::rename_participant(*world.house, world.member(host), "A" + std::to_string(i)));
  }
  world.pass(1s);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  CHECK(world.row(host.session).participants[0].last_seen_at == start);
  world.pass_until(start + 121s);
  CHECK(!is_open(world, host.session));
}

TEST_CASE("PO6 under keepAlive visible a page in front keeps the reading, until it goes") {
  HouseWorld world;
  const auto host = world.create(request_for(core::KeepAlive::visible));
  const auto here = world.enter(host);
  world.pass(10min);
  CHECK(here.visitor->count("session_expiring") == 0);
  world.get(world.reporting(here, {.visible = false, .active = false}));
  const Instant hidden = world.clock.now();
  world.pass_until(hidden + 91s);
  CHECK(here.visitor->count("session_expiring") == 1);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  world.get(world.reporting(here, {.visible = true, .active = false}));
  world.pass(20ms);
  CHECK(here.visitor->count("session_extended") == 1);
  world.pass(5min);
  CHECK(here.visitor->count("session_expiring") == 1);
  CHECK(is_open(world, host.session));
}

TEST_CASE("PO6 the moment at which the last one dropped counts, however they went") {
  for (const bool by_beacon : {false, true}) {
    HouseWorld world;
    const auto host = world.create(request_for(core::KeepAlive::connected));
    const auto here = world.enter(host);
    world.pass(5min + 3s);
    const Instant gone = world.clock.now();
    if (by_beacon)
      world.get(app::leave_session(*world.house, host.session, {.token = host.token}));
    else
      world.leave(here, LeaveReason::left);
    world.pass_until(gone + 119'900ms);
    CHECK(is_open(world, host.session));
    world.pass_until(gone + 121s);
    CHECK(!is_open(world, host.session));
    CHECK(world.row(host.session).last_activity == gone);
  }
}

TEST_CASE("EX3 five hundred sessions that are due at once expire at once") {
  HouseWorld world;
  std::vector<Person> hosts;
  for (int i = 0; i < 510; ++i) hosts.push_back(world.create());
  world.pass(119s);
  CHECK(world.get(world.store->statistics()).active_sessions == 510);
  world.pass(1020ms);
  CHECK(world.get(world.store->statistics()).active_sessions == 0);
  CHECK(world.house->deadlines.size() == 0);
  for (const auto& lateness : world.house->counters.lateness) CHECK(lateness < 1s);
}

}  // namespace
}  // namespace tarotforge::test
