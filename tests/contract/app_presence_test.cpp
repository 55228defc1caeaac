// Who is here, as the others in the room are told, and the host's role.

#include <doctest/doctest.h>

#include "tests/support/house_world.h"
#include "tests/support/sqlite_file.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;
using Kind = protocol::HostRequest::Kind;

// What one diff says of one participant: "connected", "-connected" (gone), "connected>active".
std::string change_of(const object& diff, ParticipantId who) {
  const auto level = [&](const char* side) -> std::string {
    const auto* entry = diff.at(side).as_object().if_contains(who.to_string());
    return entry ? text_at(entry->at("metas").at(0).as_object(), "presence") : "";
  };
  const auto joins = level("joins");
  const auto leaves = level("leaves");
  if (leaves.empty()) return joins.empty() ? "" : "+" + joins;
  return joins.empty() ? "-" + leaves : leaves + ">" + joins;
}

std::string changes(const Visitor& visitor, ParticipantId who) {
  std::string all;
  for (const auto& each : visitor.heard) {
    const auto change = each.event == "presence_diff" ? change_of(each.payload, who) : "";
    if (!change.empty()) all += (all.empty() ? "" : " ") + change;
  }
  return all;
}

struct Pair {
  HouseWorld world;
  Person host = world.create({.deck_id = "classic", .name = "Ann"});
  Person guest = world.join(host, "Ben");
  HouseWorld::Here ann = world.enter(host);

  std::string answer(const Person& who, Kind kind, std::optional<ParticipantId> to = {}) {
    return world.answer(app::change_host(*world.house, world.member(who), {kind, to}));
  }
};

TEST_CASE("PR1 PR2 PR8 the others follow each level, and metas name the one they replace") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  world.get(world.reporting(ben));
  world.pass(61s);
  world.get(world.reporting(ben, {.visible = false, .active = false}));
  world.get(world.reporting(ben, {.visible = true, .active = false}));
  CHECK(changes(*pair.ann.visitor, pair.guest.id) ==
        "+visible visible>active active>visible visible>connected connected>visible");
  std::string known;
  for (const auto& each : pair.ann.visitor->heard) {
    if (each.event != "presence_diff") continue;
    const auto ref = [&](const char* side) {
      return text_at(each.payload.at(side)
                         .as_object()
                         .at(pair.guest.id.to_string())
                         .at("metas")
                         .at(0)
                         .as_object(),
                     "phx_ref");
    };
    if (!known.empty()) CHECK(ref("leaves") == known);
    known = ref("joins");
  }
}

TEST_CASE("PR2 PR8 who joins gets the state of everyone, themselves included") {
  Pair pair;
  const auto ben = pair.world.enter(pair.guest);
  const auto& state = ben.visitor->last("presence_state")->payload;
  CHECK(state.size() == 2);
  const auto& meta = state.at(pair.host.id.to_string()).at("metas").at(0).as_object();
  CHECK(text_at(meta, "name") == "Ann");
  CHECK(text_at(meta, "role") == "host");
  CHECK(text_at(meta, "presence") == "visible");
  CHECK(ben.visitor->welcomed.at("participants").as_array().size() == 2);
}

TEST_CASE("PR3 PR6 whoever is lost is reconnecting for 15 s, then offline with the reason") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  world.leave(ben, LeaveReason::lost);
  world.pass(14'900ms);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible visible>reconnecting");
  CHECK(world.row(pair.host.session).participants[1].is_active);
  world.pass(200ms);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible visible>reconnecting -reconnecting");
  const auto row = world.row(pair.host.session).participants[1];
  CHECK(!row.is_active);
  CHECK(row.leave_reason == LeaveReason::lost);
  CHECK(world.audited(pair.host.session, "left") == 1);
  const auto again = world.enter(pair.guest);
  CHECK(world.row(pair.host.session).participants[1].is_active);
  world.leave(again, LeaveReason::left);
}

TEST_CASE("PR4 returning within the grace shows no leave and no join") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  world.leave(ben, LeaveReason::closed_tab);
  world.pass(14s);
  const auto again = world.enter(pair.guest);
  world.pass(20s);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) ==
        "+visible visible>reconnecting reconnecting>visible");
  CHECK(world.audited(pair.host.session, "left") == 0);
  CHECK(world.audited(pair.host.session, "joined") == 1);
}

TEST_CASE("PR4 EX9 after a restart those who were here are expected back") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  world.crash();
  world.sleep_through(5s);
  world.start();
  const auto ann = world.enter(pair.host);
  CHECK(ann.visitor->last("presence_state")->payload.size() == 2);
  world.pass(5s);
  const auto back = world.enter(pair.guest);
  world.pass(20s);
  CHECK(changes(*ann.visitor, pair.guest.id) == "reconnecting>visible");
  CHECK(world.audited(pair.host.session, "left") == 0);
}

TEST_CASE("PR5 two tabs are one participant, and the leave comes with the last") {
  Pair pair;
  auto& world = pair.world;
  const auto one = world.enter(pair.guest);
  const auto two = world.enter(pair.guest);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible");
  world.leave(one, LeaveReason::left);
  world.pass(20s);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible");
  world.leave(two, LeaveReason::left);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible -visible");
  world.leave(two, LeaveReason::left);  // once more is passed over
  world.settle();
  CHECK(world.audited(pair.host.session, "left") == 1);
}

TEST_CASE("PR6 PR7 HT11 leaving by beacon ends all tabs or the one that closed") {
  Pair pair;
  auto& world = pair.world;
  const auto beacon = [&](LeaveReason reason, std::optional<ConnectionId> connection) {
    return world.answer(app::leave_session(*world.house, pair.host.session,
                                           {pair.guest.token, connection, reason}));
  };
  const auto one = world.enter(pair.guest);
  const auto two = world.enter(pair.guest);
  CHECK(beacon(LeaveReason::closed_tab, pair.ann.connection) == "ok");  // not theirs
  CHECK(!pair.ann.visitor->dismissed);
  CHECK(beacon(LeaveReason::closed_tab, one.connection) == "ok");
  CHECK(one.visitor->dismissed == LeaveReason::closed_tab);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible");
  CHECK(beacon(LeaveReason::closed_tab, two.connection) == "ok");
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible visible>reconnecting");
  CHECK(beacon(LeaveReason::left, {}) == "ok");
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible visible>reconnecting -reconnecting");
  const auto& told = pair.ann.visitor->last("presence_diff")->payload.at("leaves").as_object();
  const auto& gone = told.at(pair.guest.id.to_string()).at("metas").at(0).as_object();
  CHECK(text_at(gone, "reason") == "left");
  CHECK(world.row(pair.host.session).participants[1].leave_reason == LeaveReason::left);
  CHECK(beacon(LeaveReason::left, {}) == "ok");
  CHECK(world.audited(pair.host.session, "left") == 1);
}

TEST_CASE("PR5 PR7 who comes back while their leave is being written stays") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  const auto turn =
      world.begin<object>(app::rename_participant(*world.house, world.member(pair.host), "Annie"));
  app::leave(*world.house, *ben.room, ben.connection, LeaveReason::left);
  Visitor visitor(world.clock);
  const auto back = world.begin<app::Entered>(
      app::enter(*world.house, pair.guest.session, {pair.guest.token, {}}, visitor));
  world.settle();
  REQUIRE(**back);
  CHECK(world.row(pair.host.session).participants[1].is_active);
  world.leave({nullptr, (**back)->room, (**back)->connection}, LeaveReason::lost);
}

TEST_CASE("PR8 a new name reaches the others as one diff") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  const auto renamed =
      world.get(app::rename_participant(*world.house, world.member(pair.guest), "Benjamin"));
  CHECK(text_at(renamed.at("participant").as_object(), "name") == "Benjamin");
  const auto& diff = pair.ann.visitor->last("presence_diff")->payload;
  CHECK(change_of(diff, pair.guest.id) == "visible>visible");
  CHECK(
      text_at(
          diff.at("joins").as_object().at(pair.guest.id.to_string()).at("metas").at(0).as_object(),
          "name") == "Benjamin");
  CHECK(world.answer(app::rename_participant(*world.house, world.member(pair.guest), "")) ==
        "invalid_value");
}

TEST_CASE("PH13 cursors reach the others and not their sender") {
  Pair pair;
  const auto ben = pair.world.enter(pair.guest);
  app::relay(*ben.room, ben.connection, "cursor", R"({"x":0.5})");
  CHECK(pair.ann.visitor->count("cursor") == 1);
  CHECK(ben.visitor->count("cursor") == 0);
}

TEST_CASE("HO1 HO4 the host hands the role over, and everyone is told") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  CHECK(pair.answer(pair.guest, Kind::hand_over, pair.guest.id) == "not_allowed");
  CHECK(pair.answer(pair.host, Kind::hand_over, pair.guest.id) == "ok");
  const auto* told = ben.visitor->last("host_changed");
  REQUIRE(told);
  CHECK(text_at(told->payload, "from") == pair.host.id.to_string());
  CHECK(text_at(told->payload, "to") == pair.guest.id.to_string());
  CHECK(world.audited(pair.host.session, "host_changed") == 1);
  CHECK(world.row(pair.host.session).host == pair.guest.id);
  CHECK(HouseWorld::word(world.operate(pair.host, core::Reset{})) == "not_allowed");
  CHECK(HouseWorld::word(world.operate(pair.guest, core::Reset{})) == "ok");
}

TEST_CASE("HO2 the role of a host who is away is taken over after two minutes offline") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 1h;
  HouseWorld world(settings);
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  const auto take = [&] {
    return world.answer(app::change_host(*world.house, world.member(guest), {Kind::take_over, {}}));
  };
  world.pass(10min);
  CHECK(take() == "host_present");
  world.leave(ann, LeaveReason::lost);
  CHECK(take() == "host_present");
  world.pass(15s + 119s);
  CHECK(take() == "host_present");
  world.pass(2s);
  CHECK(take() == "ok");
  CHECK(take() == "ok");  // is the host already

  const auto back = world.enter(host);
  const auto reclaim = [&](const Person& who) {
    return world.answer(app::change_host(*world.house, world.member(who), {Kind::reclaim, {}}));
  };
  CHECK(reclaim(guest) == "not_allowed");
  CHECK(reclaim(host) == "ok");
  CHECK(world.row(host.session).host == host.id);
  CHECK(back.visitor->count("host_changed") == 1);
}

TEST_CASE("HO6 a session without a host gives the role to whoever takes it over") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  world.stop();
  SqliteFile(world.path()).run("update reading_sessions set host_participant_id = null");
  world.start();
  const auto ben = world.enter(guest);
  CHECK(world.answer(app::change_host(*world.house, world.member(guest), {Kind::take_over, {}})) ==
        "ok");
  CHECK(world.row(host.session).host == guest.id);
}

TEST_CASE("HO2 EX9 a restart is no absence of the host") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 1h;
  HouseWorld world(settings);
  const auto host = world.create();
  const auto guest = world.join(host);
  {
    const auto ann = world.enter(host);
    world.pass(5min);
    world.crash();
  }
  world.sleep_through(10min);
  world.start();
  const auto ben = world.enter(guest);
  const auto take = [&] {
    return world.answer(app::change_host(*world.house, world.member(guest), {Kind::take_over, {}}));
  };
  CHECK(take() == "host_present");
  world.pass(100s);
  CHECK(take() == "host_present");
  world.pass(40s);
  CHECK(take() == "ok");
}

TEST_CASE("HO2 while a reader is here a mere participant may not take over") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 1h;
  HouseWorld world(settings);
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto code = text_at(
      world.get(app::create_invite(*world.house, world.member(host), {.role = core::Role::reader})),
      "code");
  const auto reader = world.person_of(world.get(world.joining(code)));
  const auto ben = world.enter(guest);
  const auto rita = world.enter(reader);
  world.pass(3min);
  const auto take = [&](const Person& who) {
    return world.answer(app::change_host(*world.house, world.member(who), {Kind::take_over, {}}));
  };
  CHECK(take(guest) == "not_allowed");
  world.leave(rita, LeaveReason::lost);
  CHECK(take(guest) == "ok");
}

TEST_CASE("HO5 a removed participant is gone at once, with all that is under way") {
  Pair pair;
  auto& world = pair.world;
  const auto ben = world.enter(pair.guest);
  const auto before = world.member(pair.guest);
  const auto removed = world.begin<object>(app::operate_session(
      *world.house, world.member(pair.host),
      {core::RemoveParticipant{pair.guest.id}, world.make_key(), {}}, sha256("r")));
  // Asked with a token that was still good, all behind the removal.
  Visitor visitor(world.clock);
  const auto late_entry = world.begin<app::Entered>(
      app::enter(*world.house, pair.guest.session, {pair.guest.token, {}}, visitor));
  const auto late_draw = world.begin<object>(app::operate_session(
      *world.house, before, {core::Shuffle{}, world.make_key(), {}}, sha256("s")));
  const auto late_alive = world.begin<object>(app::keep_session_alive(*world.house, before));
  world.settle();
  CHECK(HouseWorld::word(**removed) == "ok");
  CHECK(HouseWorld::word(**late_entry) == "unauthorized");
  CHECK(HouseWorld::word(**late_draw) == "unauthorized");
  CHECK(HouseWorld::word(**late_alive) == "unauthorized");
  CHECK(ben.visitor->dismissed == LeaveReason::kicked);
  CHECK(changes(*pair.ann.visitor, pair.guest.id) == "+visible -visible");
  CHECK(world.answer(app::authenticate(*world.house, pair.host.session, pair.guest.token)) ==
        "unauthorized");
  CHECK(pair.ann.visitor->count("operation") == 1);
}

}  // namespace
}  // namespace tarotforge::test
