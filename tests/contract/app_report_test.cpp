// What the server says of one session: its expiry and why it lives.

#include <doctest/doctest.h>

#include <set>

#include "protocol/problem.h"
#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

std::string time_at(const HouseWorld& world, Instant t) {
  return protocol::time_text(t, world.house->calendar);
}

object expiry(HouseWorld& world, const Person& who) {
  return app::expiry_answer(*world.house, *world.member(who).room);
}

object explain(HouseWorld& world, const Person& who) {
  return world.get(app::explain_session(*world.house, world.member(who).room));
}

TEST_CASE("XP1 the expiry answer tells when it warns and expires, and what became of it") {
  HouseWorld world;
  const auto host = world.create();
  const Instant start = world.clock.now();
  world.pass(12'340ms);
  auto answer = expiry(world, host);
  CHECK(!answer.at("expired").as_bool());
  CHECK(text_at(answer, "serverTime") == time_at(world, world.clock.now()));
  CHECK(text_at(answer, "warnsAt") == time_at(world, start + 90s));
  CHECK(text_at(answer, "expiresAt") == time_at(world, start + 120s));
  CHECK(answer.at("inactiveSeconds").to_number<double>() == doctest::Approx(12.34));
  CHECK(answer.at("restorableUntil").is_null());
  world.pass_until(start + 121s);
  answer = expiry(world, host);
  CHECK(answer.at("expired").as_bool());
  CHECK(answer.at("expiresAt").is_null());
  const auto ended = std::get<core::Ended>(world.row(host.session).phase);
  CHECK(text_at(answer, "restorableUntil") == time_at(world, ended.restorable_until));
}

TEST_CASE("XP5 the expiry answer counts what is in memory only, and agrees with the timers") {
  HouseWorld world;
  const auto host = world.create();
  const auto here = world.enter(host);
  world.pass(8s);
  world.get(world.reporting(here));
  const Instant heard = world.clock.now();
  CHECK(world.row(host.session).last_activity < heard);
  const auto answer = expiry(world, host);
  CHECK(text_at(answer, "expiresAt") == time_at(world, heard + 120s));
  CHECK(answer.at("inactiveSeconds").to_number<double>() == 0);
  world.pass_until(heard + 89'900ms);
  CHECK(here.visitor->count("session_expiring") == 0);
  world.pass_until(heard + 90'020ms);
  CHECK(here.visitor->count("session_expiring") == 1);
  CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
  world.pass_until(heard + 119'900ms);
  CHECK(!expiry(world, host).at("expired").as_bool());
  CHECK(!here.visitor->dismissed);
  world.pass_until(heard + 120'020ms);
  CHECK(expiry(world, host).at("expired").as_bool());
  CHECK(here.visitor->dismissed);
}

TEST_CASE("XP5 EX2 expiry, invite and session agree at the very millisecond") {
  HouseWorld world;
  const auto host = world.create();
  const auto who = world.member(host);
  const Instant start = world.clock.now();
  world.pass_until(start + 119s);
  world.sleep_through(999ms);
  CHECK(!app::expiry_answer(*world.house, *who.room).at("expired").as_bool());
  CHECK(who.room->session.require_open(world.clock.now(), world.house->surroundings(*who.room)));
  world.sleep_through(1ms);
  CHECK(app::expiry_answer(*world.house, *who.room).at("expired").as_bool());
  CHECK(!who.room->session.require_open(world.clock.now(), world.house->surroundings(*who.room)));
  const auto preview =
      world.begin<object>(app::preview_invite(*world.house, HouseWorld::code_of(host)));
  world.settle();
  CHECK(HouseWorld::word(**preview) == "session_expired");
}

TEST_CASE("XP2 explain tells state, policy with origins, and the last activity with its cause") {
  HouseWorld world;
  protocol::CreateRequest request{.deck_id = "classic"};
  request.policy.max_participants = 5;
  const auto host = world.create(request);
  const Instant start = world.clock.now();
  auto told = explain(world, host);
  CHECK(text_at(told, "status") == "active");
  CHECK(told.at("generation").to_number<int>() == 1);
  CHECK(text_at(told.at("lastActivity").as_object(), "by") == "created");
  CHECK(text_at(told, "expiresBecause") == "inactivity_timeout");
  CHECK(told.at("transitions").as_array().size() == 1);

  world.pass(1s);
  const auto guest = world.join(host);
  told = explain(world, host);
  const auto& joined = told.at("lastActivity").as_object();
  CHECK(text_at(joined, "by") == "joined");
  CHECK(text_at(joined, "participantId") == guest.id.to_string());
  CHECK(text_at(joined, "at") == time_at(world, start + 1s));

  world.pass(1s);
  world.operate(host, core::Shuffle{}).value();
  told = explain(world, host);
  CHECK(text_at(told.at("lastActivity").as_object(), "by") == "operation");
  CHECK(text_at(told, "expiresAt") == time_at(world, start + 122s));

  world.pass_until(start + 130s);
  told = explain(world, host);
  CHECK(text_at(told, "status") == "expired");
  CHECK(text_at(told, "endReason") == "expired");
  CHECK(told.at("expiresAt").is_null());
  CHECK(!told.at("restorableUntil").is_null());
  const auto& last = told.at("transitions").as_array().back().as_object();
  CHECK(text_at(last, "type") == "expired");
}

TEST_CASE("XP2 explain says who keeps the reading alive, and that a warning was not shown") {
  HouseWorld world;
  protocol::CreateRequest request{.deck_id = "classic"};
  request.policy.keep_alive = core::KeepAlive::visible;
  const auto host = world.create(request);
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  world.get(world.reporting(ben, {.visible = false, .active = false}));
  auto told = explain(world, host);
  const auto& alive = told.at("keptAliveBy").as_array();
  REQUIRE(alive.size() == 1);
  CHECK(text_at(alive[0].as_object(), "participantId") == host.id.to_string());
  CHECK(text_at(told.at("lastActivity").as_object(), "by") == "presence");
  world.get(world.reporting(ann, {.visible = false, .active = false}));
  world.pass(121s);
  told = explain(world, host);
  CHECK(told.at("keptAliveBy").as_array().empty());
  CHECK(text_at(told, "expiresBecause") == "warning_not_shown");
}

TEST_CASE("XP2 what an operator did to a deadline is its reason, until activity reaches further") {
  HouseWorld world;
  const auto host = world.create();
  world.get(app::extend_for_operator(*world.house, host.session, 600s));
  auto told = explain(world, host);
  CHECK(text_at(told, "expiresBecause") == "extended_by_operator");
  CHECK(told.at("expiredBecause").is_null());
  world.pass(610s);
  world.operate(host, core::Shuffle{}).value();
  CHECK(text_at(explain(world, host), "expiresBecause") == "inactivity_timeout");
  world.get(app::expire_for_operator(*world.house, host.session));
  told = explain(world, host);
  CHECK(told.at("expiresBecause").is_null());
  CHECK(text_at(told, "endReason") == "expired");
  CHECK(text_at(told, "expiredBecause") == "operator");

  world.get(app::restore_for_operator(*world.house, host.session));
  told = explain(world, host);
  CHECK(text_at(told, "expiresBecause") == "inactivity_timeout");
  CHECK(told.at("expiredBecause").is_null());
  world.pass(121s);
  CHECK(text_at(explain(world, host), "expiredBecause") == "inactivity_timeout");
}

TEST_CASE("XP2 explain shows the newest 200 entries of the audit log, and how many came before") {
  HouseWorld world;
  const auto host = world.create();
  for (int i = 0; i < 125; ++i) {
    world.get(app::expire_for_operator(*world.house, host.session));
    world.get(app::restore_for_operator(*world.house, host.session));
  }
  world.get(app::expire_for_operator(*world.house, host.session));
  const auto told = explain(world, host);
  const auto& transitions = told.at("transitions").as_array();
  REQUIRE(transitions.size() == 200);
  CHECK(told.at("earlierTransitions").to_number<int>() == 52);
  CHECK(transitions.front().at("sequence").to_number<int>() == 53);
  CHECK(transitions.back().at("sequence").to_number<int>() == 252);
  CHECK(text_at(transitions.back().as_object(), "type") == "expired");
  CHECK(text_at(told, "expiredBecause") == "operator");
}

TEST_CASE("SE8 the audit log of a session is one gapless sequence, and is paged") {
  HouseWorld world;
  const auto host = world.create();
  for (int i = 0; i < 3; ++i) world.join(host);
  world.pass(130s);
  world.get(app::restore_for_operator(*world.house, host.session));
  std::uint64_t expected = 1, after = 0;
  for (bool more = true; more;) {
    const auto page = world.get(app::audit_of(*world.house, host.session, after, 2));
    for (const auto& entry : page.at("entries").as_array())
      CHECK(entry.at("sequence").to_number<std::uint64_t>() == expected++);
    more = !page.at("nextAfter").is_null();
    if (more) after = page.at("nextAfter").to_number<std::uint64_t>();
  }
  CHECK(expected - 1 >= 6);
}

TEST_CASE("RS6 no view of a completed session says until when it can be restored") {
  HouseWorld world;
  const auto host = world.create();
  const auto here = world.enter(host);
  const auto completed = world.get(app::complete_session(*world.house, world.member(host)));
  CHECK(completed.at("session").at("restorableUntil").is_null());
  CHECK(!here.visitor->last("session_completed")->payload.contains("restorableUntil"));
  CHECK(expiry(world, host).at("restorableUntil").is_null());
  CHECK(explain(world, host).at("restorableUntil").is_null());
  const auto refused = world.operate(host, core::Shuffle{});
  CHECK(!protocol::problem_json(refused.error(), world.house->calendar, {})
             .contains("restorableUntil"));
  const auto listed = world.get(app::list_sessions(*world.house, {.status = "completed"}));
  REQUIRE(listed.at("sessions").as_array().size() == 1);
  const auto& line = listed.at("sessions").at(0).as_object();
  CHECK(!line.at("endedAt").is_null());
  CHECK(line.at("restorableUntil").is_null());
}

TEST_CASE("CL3 sessions are listed page by page, each once") {
  HouseWorld world;
  std::set<std::string> made, listed;
  for (int i = 0; i < 7; ++i) made.insert(world.create().session.to_string());
  ports::SessionFilter filter{.limit = 3};
  for (bool more = true; more;) {
    const auto page = world.get(app::list_sessions(*world.house, filter));
    for (const auto& line : page.at("sessions").as_array())
      CHECK(listed.insert(text_at(line.as_object(), "id")).second);
    more = !page.at("nextAfter").is_null();
    if (more) filter.after = SessionId::parse(page.at("nextAfter").as_string()).value();
  }
  CHECK(listed == made);
}

}  // namespace
}  // namespace tarotforge::test
