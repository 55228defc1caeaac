// A whole life of a session, as two people in the room live it.

#include <doctest/doctest.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

TEST_CASE("SE1 JN14 create answers session, host, token, restore key and an invite") {
  HouseWorld world;
  const auto host = world.create({.deck_id = "classic", .question = "What now?", .name = "Ann"});
  const auto& session = host.answer.at("session").as_object();
  CHECK(text_at(session, "status") == "active");
  CHECK(session.at("generation").to_number<int>() == 1);
  CHECK(session.at("version").to_number<int>() == 0);
  CHECK(text_at(session, "hostParticipantId") == host.id.to_string());
  CHECK(text_at(host.answer.at("participant").as_object(), "name") == "Ann");
  CHECK(text_at(host.answer.at("participant").as_object(), "role") == "host");
  CHECK(host.token.size() == 43);
  CHECK(text_at(host.answer, "restoreKey").size() == 43);
  const auto& invite = host.answer.at("invite").as_object();
  CHECK(text_at(invite, "url") == "https://tarot.example/invite/" + HouseWorld::code_of(host));
  CHECK(invite.at("maxUses").is_null());
  CHECK(invite.at("expiresAt").is_null());
  CHECK(world.audited(host.session, "created") == 1);
}

// Ann and Ben in one room, where three operations were done.
struct Two {
  HouseWorld world;
  Person host = world.create();
  Person guest = world.join(host, "Ben");
  HouseWorld::Here ann = world.enter(host);
  HouseWorld::Here ben = world.enter(guest);

  Two() {
    world.operate(host, core::SetStep{core::Step::drawing}).value();
    world.operate(guest, core::Draw{"past", {}, {}}).value();
    world.operate(host, core::Flip{0, true}).value();
  }
};

TEST_CASE("EX3 EX7 WN1 both people in a room are warned and told of its end in the instant") {
  Two two;
  auto& world = two.world;
  for (const auto* each : {&two.ann, &two.ben}) CHECK(each->visitor->count("operation") == 3);
  const Instant last = world.clock.now();
  world.pass_until(last + 90s - 1ms);
  CHECK(two.ann.visitor->count("session_expiring") == 0);
  world.pass(20ms);
  for (const auto* each : {&two.ann, &two.ben}) {
    REQUIRE(each->visitor->count("session_expiring") == 1);
    const auto& warning = each->visitor->last("session_expiring")->payload;
    CHECK(warning.at("generation").to_number<int>() == 1);
    CHECK(text_at(warning, "expiresAt") == protocol::time_text(last + 120s, world.house->calendar));
    CHECK(app::acknowledge_warning(*each->room, each->connection, 1));
  }
  world.pass_until(last + 120s - 1ms);
  CHECK(!two.ann.visitor->dismissed);
  world.pass(20ms);
  for (const auto* each : {&two.ann, &two.ben}) {
    CHECK(each->visitor->dismissed == LeaveReason::expired);
    REQUIRE(each->visitor->count("session_expired") == 1);
    const auto& ended = *each->visitor->last("session_expired");
    CHECK(ended.payload.at("generation").to_number<int>() == 1);
    CHECK(text_at(ended.payload, "reason") == "inactivity_timeout");
    CHECK(ended.at - (last + 120s) < 100ms);
  }
  CHECK(world.audited(two.host.session, "expired") == 1);
  CHECK(world.answer(world.joining(HouseWorld::code_of(two.host))) == "session_expired");
  CHECK(HouseWorld::word(world.operate(two.host, core::SetQuestion{"?"})) == "session_expired");
}

TEST_CASE("RS1 RS3 RS4 RS5 who waits is let in when the host restores, to the same cards") {
  Two two;
  auto& world = two.world;
  const auto before = world.row(two.host.session);
  world.pass(160s);
  REQUIRE(two.ben.visitor->dismissed);
  Visitor waiting(world.clock);
  world.get(app::wait_for_restore(*world.house, two.host.session, waiting));
  world.pass(10min);
  CHECK(waiting.heard.empty());
  const auto restore = [&](const Person& who) {
    return world.answer(app::restore_session(*world.house, who.session, who.token, {}));
  };
  CHECK(restore(two.guest) == "not_allowed");
  CHECK(restore(two.host) == "ok");
  REQUIRE(waiting.events() == "session_restored");
  CHECK(waiting.heard[0].payload.at("generation").to_number<int>() == 2);
  app::stop_waiting(*world.house, two.host.session, waiting);

  const auto after = world.row(two.host.session);
  CHECK(after.generation == 2);
  CHECK(after.reading == before.reading);
  CHECK(after.version == before.version);
  CHECK(after.last_activity == world.clock.now());
  const auto again = world.enter(two.guest, 3);
  CHECK(again.visitor->welcomed.at("operations").as_array().empty());
  CHECK(world.join(two.host, "Cara").session == two.host.session);
  const auto drawn = world.operate(two.guest, core::Draw{"future", {}, {}}).value();
  CHECK(drawn.at("version").to_number<int>() == 4);
}

TEST_CASE("WN2 WN5 I'm still here keeps the reading for everyone") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  for (int round = 1; round <= 3; ++round) {
    world.pass(100s);
    CHECK(ann.visitor->count("session_expiring") == round);
    const auto kept = world.get(app::keep_session_alive(*world.house, world.member(guest)));
    const auto expires = protocol::time_text(world.clock.now() + 120s, world.house->calendar);
    CHECK(text_at(kept.at("session").as_object(), "expiresAt") == expires);
    for (const auto* each : {&ann, &ben}) {
      CHECK(each->visitor->count("session_extended") == round);
      CHECK(text_at(each->visitor->last("session_extended")->payload, "expiresAt") == expires);
    }
  }
  CHECK(world.row(host.session).generation == 1);
  CHECK(!ann.visitor->dismissed);
}

TEST_CASE("CP1 RD6 completing tells everyone, and shows what the shuffles had promised") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  CHECK(world.answer(app::complete_session(*world.house, world.member(guest))) == "not_allowed");
  const auto done = world.get(app::complete_session(*world.house, world.member(host)));
  CHECK(text_at(done.at("session").as_object(), "status") == "completed");
  const auto shuffles = protocol::shuffles_json(world.row(host.session).reading);
  const auto& promised = shuffles.at("shuffles").as_array();
  REQUIRE(promised.size() == 1);
  CHECK(promised[0].at("opened").as_bool());
  CHECK(promised[0].at("order").as_array().size() == 78);
  CHECK(ann.visitor->dismissed == LeaveReason::completed);
  CHECK(ben.visitor->events() == "presence_state session_completed");
  CHECK(world.answer(world.joining(HouseWorld::code_of(host))) == "session_completed");
  CHECK(world.answer(app::restore_session(*world.house, host.session, host.token, {})) ==
        "session_completed");
}

TEST_CASE("RD6 RD7 commitments stay closed until the deck is put away") {
  HouseWorld world;
  const auto host = world.create();
  const auto opened = [&] {
    std::string all;
    const auto shuffles = protocol::shuffles_json(world.row(host.session).reading);
    for (const auto& each : shuffles.at("shuffles").as_array()) {
      const auto& promise = each.as_object();
      const bool open = promise.at("opened").as_bool();
      CHECK(promise.contains("order") == open);
      CHECK(promise.contains("nonce") == open);
      all += open ? 'o' : 'c';
    }
    return all;
  };
  CHECK(opened() == "c");
  world.operate(host, core::Shuffle{}).value();
  CHECK(opened() == "cc");
  world.operate(host, core::ChooseDeck{"nocturne"}).value();
  CHECK(opened() == "ooc");
  world.operate(host, core::Reset{}).value();
  CHECK(opened() == "oc");
}

TEST_CASE("CP2 CP4 delete by the host purges at once, and the session is gone") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ben = world.enter(guest);
  CHECK(world.answer(app::delete_session(*world.house, world.member(guest))) == "not_allowed");
  CHECK(world.answer(app::delete_session(*world.house, world.member(host))) == "ok");
  CHECK(ben.visitor->dismissed);
  CHECK(world.answer(app::authenticate(*world.house, host.session, host.token)) ==
        "session_not_found");
  CHECK(world.answer(world.joining(HouseWorld::code_of(host))) == "session_completed");
  CHECK(world.answer(app::restore_session(*world.house, host.session, host.token, {})) ==
        "session_purged");
  CHECK(world.answer(app::restore_session(*world.house, host.session, "",
                                          text_at(host.answer, "restoreKey"))) == "session_purged");
  Visitor waiting(world.clock);
  CHECK(world.answer(app::wait_for_restore(*world.house, host.session, waiting)) ==
        "session_not_found");
  world.pass(2min);
  CHECK(world.house->deadlines.size() == 0);
  CHECK(world.house->rooms.empty());
}

TEST_CASE("RS1 RS2 the restore key restores without a token, a wrong one does not") {
  HouseWorld world;
  const auto host = world.create();
  const auto key = text_at(host.answer, "restoreKey");
  const auto restore = [&](std::string token, std::optional<std::string> with) {
    return world.answer(
        app::restore_session(*world.house, host.session, std::move(token), std::move(with)));
  };
  CHECK(restore("", key) == "not_restorable");
  world.pass(130s);
  CHECK(restore("", "wrong") == "unauthorized");
  CHECK(restore("", {}) == "unauthorized");
  CHECK(restore("nobody's", {}) == "unauthorized");
  CHECK(restore("", key) == "ok");
  CHECK(restore(host.token, {}) == "not_restorable");
}

TEST_CASE("TK2 a token opens its own session and no other") {
  HouseWorld world;
  const auto one = world.create();
  const auto other = world.create();
  const auto ask = [&](SessionId session, std::string token) {
    return world.answer(app::authenticate(*world.house, session, std::move(token)));
  };
  CHECK(ask(one.session, one.token) == "ok");
  CHECK(ask(one.session, other.token) == "not_allowed");
  CHECK(ask(one.session, "") == "unauthorized");
  CHECK(ask(one.session, "x") == "unauthorized");
  CHECK(ask(SessionId::make(world.clock.wall(), world.random), one.token) == "session_not_found");
}

TEST_CASE("TK4 tokens live across expiry and restore") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  world.pass(130s);
  CHECK(world.member(guest).participant == guest.id);
  world.get(app::restore_for_operator(*world.house, host.session));
  const auto ben = world.enter(guest);
  CHECK(text_at(ben.visitor->welcomed, "you") == guest.id.to_string());
}

}  // namespace
}  // namespace tarotforge::test
