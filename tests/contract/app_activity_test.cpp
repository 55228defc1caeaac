// What counts as activity over HTTP, who may do it, and clocks that jump meanwhile.

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("AC1 EX4 ST2 activity over HTTP is durable when it is answered") {
  HouseWorld world;
  const auto host = world.create();
  world.pass(10s);
  const auto touch = [&](bool active) {
    return world.answer(
        app::touch_session(*world.house, world.member(host), {.visible = true, .active = active}));
  };
  CHECK(touch(false) == "ok");
  CHECK(world.row(host.session).last_activity == world.clock.now() - 10s);
  CHECK(touch(true) == "ok");
  CHECK(world.row(host.session).last_activity == world.clock.now());
  const Instant heard = world.clock.now();
  world.crash();
  world.start();
  world.pass_until(heard + 119s);
  CHECK(touch(false) == "ok");
  world.pass_until(heard + 121s);
  CHECK(touch(false) == "session_expired");
  CHECK(touch(true) == "session_expired");
}

TEST_CASE("WN5 a keep-alive answers the session with its new expiry") {
  HouseWorld world;
  const auto host = world.create();
  world.pass(40s);
  const auto kept = world.get(app::keep_session_alive(*world.house, world.member(host)));
  const auto& session = kept.at("session").as_object();
  const auto expected = [&](Duration from_now) {
    return protocol::time_text(world.clock.now() + from_now, world.house->calendar);
  };
  CHECK(text_at(session, "lastActivityAt") == expected(0s));
  CHECK(text_at(session, "warnsAt") == expected(90s));
  CHECK(text_at(session, "expiresAt") == expected(120s));
  CHECK(world.row(host.session).last_activity == world.clock.now());
}

TEST_CASE("EX4 WN5 the deadline that is answered is the stored one, however long storing took") {
  HouseWorld world;
  const auto host = world.create();
  world.pass(10s);
  const auto who = world.member(host);
  const Instant asked = world.clock.now();
  const auto stored = world.store->commits();
  const auto kept = world.begin<object>(app::keep_session_alive(*world.house, who));
  while (world.store->commits() == stored) world.loop.context.poll_one();
  world.sleep_through(3s);  // its commit is under way
  world.settle();
  CHECK(world.row(host.session).last_activity == asked);
  const auto& session = (*kept)->value().at("session").as_object();
  CHECK(text_at(session, "lastActivityAt") == protocol::time_text(asked, world.house->calendar));
  CHECK(text_at(session, "expiresAt") == protocol::time_text(asked + 120s, world.house->calendar));
}

TEST_CASE("TK3 a role counts as it is now, whatever it was when the token was given") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto host_then = world.member(host);
  const auto guest_then = world.member(guest);
  world.get(app::change_host(*world.house, host_then,
                             {protocol::HostRequest::Kind::hand_over, guest.id}));
  CHECK(world.answer(app::complete_session(*world.house, host_then)) == "not_allowed");
  CHECK(world.answer(app::create_invite(*world.house, host_then, {})) == "not_allowed");
  CHECK(world.answer(app::delete_session(*world.house, host_then)) == "not_allowed");
  CHECK(world.answer(app::create_invite(*world.house, guest_then, {})) == "ok");
  // Asked as the host, but behind a handover that was asked first.
  const auto handed = world.begin<object>(app::change_host(
      *world.house, guest_then, {protocol::HostRequest::Kind::hand_over, host.id}));
  const auto invited = world.begin<object>(app::create_invite(*world.house, guest_then, {}));
  const auto deleted = world.begin<void>(app::delete_session(*world.house, guest_then));
  world.settle();
  CHECK(HouseWorld::word(**handed) == "ok");
  CHECK(HouseWorld::word(**invited) == "not_allowed");
  CHECK(HouseWorld::word(**deleted) == "not_allowed");
  CHECK(world.answer(app::complete_session(*world.house, host_then)) == "ok");
}

TEST_CASE("TK8 TK9 the operator decides who may open readings") {
  const auto answer = [](app::CreateSessions who, app::Origin origin) {
    auto settings = short_settings();
    settings.create_sessions = who;
    HouseWorld world(settings);
    origin.caller = "here";
    return world.answer(
        app::create_session(*world.house, {.deck_id = "classic"}, std::move(origin)));
  };
  using enum app::CreateSessions;
  const app::Origin guest, one_of_ours{.is_operator = true}, user{.user = UserId()};
  CHECK(answer(anyone, guest) == "ok");
  CHECK(answer(anyone, user) == "ok");
  CHECK(answer(signed_in, guest) == "not_allowed");
  CHECK(answer(signed_in, user) == "ok");
  CHECK(answer(signed_in, one_of_ours) == "ok");
  CHECK(answer(admin, guest) == "not_allowed");
  CHECK(answer(admin, user) == "not_allowed");
  CHECK(answer(admin, one_of_ours) == "ok");
}

TEST_CASE("CF7 the open sessions are bounded, and an end makes room") {
  auto settings = short_settings();
  settings.max_sessions = 2;
  HouseWorld world(settings);
  const auto ask = [&] {
    return world.answer(
        app::create_session(*world.house, {.deck_id = "classic"}, {.caller = "here"}));
  };
  CHECK(ask() == "ok");
  CHECK(ask() == "ok");
  CHECK(ask() == "overloaded");
  world.pass(121s);
  CHECK(ask() == "ok");
}

TEST_CASE("RD1 PO2 JN10 what a creator asks wrongly is refused, and nothing is made") {
  HouseWorld world;
  const auto ask = [&](protocol::CreateRequest request) {
    return world.answer(app::create_session(*world.house, std::move(request), {.caller = "here"}));
  };
  CHECK(ask({.deck_id = "tarock"}) == "deck_not_found");
  CHECK(ask({.deck_id = "classic", .name = ""}) == "invalid_value");
  CHECK(ask({.deck_id = "classic", .question = std::string(501, '?')}) == "invalid_value");
  protocol::CreateRequest long_one{.deck_id = "classic"};
  long_one.policy.timeout = 25h;
  CHECK(ask(long_one) == "policy_out_of_bounds");
  CHECK(world.get(world.store->statistics()).total_sessions == 0);
  CHECK(world.house->handles.empty());
}

TEST_CASE("OU8 OU9 a wall clock that jumps moves no deadline, only what calendars show") {
  for (const Duration jump : {Duration(1h), Duration(-1h)}) {
    HouseWorld world;
    const auto host = world.create();
    const auto here = world.enter(host);
    const Instant start = world.clock.now();
    world.pass_until(start + 40s);
    world.clock.jump_wall(jump);
    world.pass(6s);
    CHECK(world.house->calendar.shift == jump);
    const auto answer = app::expiry_answer(*world.house, *here.room);
    CHECK(text_at(answer, "expiresAt") == protocol::time_text(start + 120s, Calendar{jump}));
    world.pass_until(start + 95s);
    CHECK(here.visitor->count("session_expiring") == 1);
    CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
    world.get(world.cleanup->run(false));
    world.pass_until(start + 119'900ms);
    CHECK(!here.visitor->dismissed);
    world.pass_until(start + 120'100ms);
    CHECK(here.visitor->dismissed == core::LeaveReason::expired);
    world.get(app::restore_session(*world.house, host.session, host.token, {}));
  }
}

TEST_CASE("EP7 a try to expire that fails is repeated until it succeeds") {
  HouseWorld world;
  const auto loaded = world.create();
  const auto unloaded = world.create();
  const auto here = world.enter(loaded);
  const Instant start = world.clock.now();
  world.pass_until(start + 91s);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  world.pass_until(start + 118s);
  sqlite3* lock = nullptr;
  REQUIRE(sqlite3_open(world.path().c_str(), &lock) == 0);
  REQUIRE(sqlite3_exec(lock, "begin exclusive", nullptr, nullptr, nullptr) == 0);
  world.pass_until(start + 123s);  // too short for an outage
  CHECK(core::Session(world.row(unloaded.session)).is_open());
  CHECK(!here.visitor->dismissed);
  REQUIRE(sqlite3_close(lock) == 0);
  world.pass_until(start + 130s);
  CHECK(!core::Session(world.row(unloaded.session)).is_open());
  CHECK(!core::Session(world.row(loaded.session)).is_open());
  CHECK(here.visitor->dismissed);
}

}  // namespace
}  // namespace tarotforge::test
