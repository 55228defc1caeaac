// Joining by invitation, and catching up.

#include <doctest/doctest.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

protocol::CreateRequest request_for(std::uint16_t seats) {
  protocol::CreateRequest request{.deck_id = "classic"};
  request.policy.max_participants = seats;
  return request;
}

struct Invited {
  HouseWorld& world;
  Person host;

  std::string make(protocol::InviteRequest request = {}) {
    const auto made =
        world.get(app::create_invite(*world.house, world.member(host), std::move(request)));
    return text_at(made, "code");
  }
  std::string revoke(const std::string& code) {
    return world.answer(app::revoke_invite(*world.house, code, host.token));
  }
  // Preview and join must agree.
  std::string ask(const std::string& code) {
    const auto preview = world.answer(app::preview_invite(*world.house, code));
    const auto joined = world.answer(world.joining(code));
    CHECK(preview == joined);
    return joined;
  }
  std::string sentence(const std::string& code) {
    const auto refused = world.run(world.joining(code));
    REQUIRE(!refused);
    return std::string(refused.error().sentence());
  }
};

TEST_CASE("JN1 to JN8 JN11 a link answers the first refusal of the table, by preview and join") {
  HouseWorld world;
  Invited invited{world, world.create(request_for(3))};
  CHECK(invited.ask("nothing") == "invite_not_found");
  CHECK(invited.sentence("nothing") == "This invitation link is not valid.");

  const auto once = invited.make({.max_uses = 1});
  const auto brief =
      invited.make({.expires_at = world.house->wall(world.clock.now() + 50s), .max_uses = 1});
  const auto open = invited.make();
  CHECK(invited.ask(once) == "ok");
  CHECK(world.answer(world.joining(once)) == "invite_exhausted");
  CHECK(invited.sentence(once) == "This invitation link has been used up.");
  CHECK(world.answer(world.joining(brief)) == "ok");
  CHECK(invited.ask(open) == "session_full");
  CHECK(invited.sentence(open) == "This reading room is full.");
  CHECK(invited.ask(brief) == "invite_exhausted");

  world.pass(50s);
  CHECK(invited.ask(brief) == "invite_expired");
  CHECK(invited.sentence(brief) == "This invitation link has expired.");
  CHECK(invited.revoke(brief) == "ok");
  CHECK(invited.revoke(brief) == "ok");
  CHECK(invited.ask(brief) == "invite_revoked");
  CHECK(invited.sentence(brief) == "The host has withdrawn this invitation.");

  world.pass(80s);
  CHECK(invited.ask(open) == "session_expired");
  CHECK(invited.sentence(open) ==
        "This invitation link has expired. Sessions become inactive "
        "after 2 minutes of no activity.");
  CHECK(invited.ask(once) == "invite_exhausted");
  CHECK(invited.ask(brief) == "invite_revoked");

  world.get(app::restore_session(*world.house, invited.host.session, invited.host.token, {}));
  CHECK(invited.ask(open) == "ok");
  world.get(app::complete_session(*world.house, world.member(invited.host)));
  CHECK(invited.ask(open) == "session_completed");
  CHECK(invited.sentence(open) == "This reading has ended.");
}

TEST_CASE("JN11 a preview counts no use and names nobody") {
  HouseWorld world;
  Invited invited{world, world.create({.deck_id = "classic", .name = "Ann"})};
  const auto once = invited.make({.max_uses = 1});
  for (int i = 0; i < 5; ++i) {
    const auto preview = world.get(app::preview_invite(*world.house, once));
    CHECK(text_at(preview, "status") == "valid");
    CHECK(protocol::to_text(preview).find("Ann") == std::string::npos);
  }
  CHECK(world.answer(world.joining(once)) == "ok");
}

TEST_CASE("JN9 the fill counts who is here, who may return, and fresh joins") {
  HouseWorld world;
  const auto host = world.create(request_for(2));
  const auto code = HouseWorld::code_of(host);
  const auto ben = world.join(host, "Ben");
  CHECK(world.answer(world.joining(code)) == "session_full");
  world.pass(61s);  // neither has come
  const auto here = world.enter(host);
  const auto cara = world.join(host, "Cara");
  CHECK(world.answer(world.joining(code)) == "session_full");
  const auto back = world.enter(ben);  // a valid token is never refused for it
  const auto third = world.enter(cara);
  CHECK(world.house->loaded(host.session)->fill(world.clock.now()) == 3);
  world.leave(back, core::LeaveReason::lost);
  world.leave(third, core::LeaveReason::left);
  CHECK(world.answer(world.joining(code)) == "session_full");
  world.pass(15s);
  CHECK(world.answer(world.joining(code)) == "ok");
}

TEST_CASE("JN12 only the host makes, lists and revokes invites") {
  HouseWorld world;
  Invited invited{world, world.create()};
  const auto guest = world.join(invited.host);
  const auto code = invited.make({.role = core::Role::reader});
  const auto who = world.member(guest);
  CHECK(world.answer(app::create_invite(*world.house, who, {})) == "not_allowed");
  CHECK(world.answer(app::list_invites(*world.house, who)) == "not_allowed");
  CHECK(world.answer(app::revoke_invite(*world.house, code, guest.token)) == "not_allowed");
  CHECK(world.answer(app::revoke_invite(*world.house, code, "")) == "unauthorized");
  CHECK(world.answer(app::revoke_invite(*world.house, "none", guest.token)) == "invite_not_found");
  const auto list =
      world.get(app::list_invites(*world.house, world.member(invited.host))).at("invites");
  REQUIRE(list.as_array().size() == 2);
  CHECK(text_at(list.as_array()[1].as_object(), "role") == "reader");
  CHECK(
      text_at(world.person_of(world.get(world.joining(code))).answer.at("participant").as_object(),
              "role") == "reader");
}

TEST_CASE("JN16 the host's list of invites names who came by each, also the removed") {
  HouseWorld world;
  Invited invited{world, world.create()};
  const auto guest = world.join(invited.host);
  invited.make();
  REQUIRE(world.operate(invited.host, core::RemoveParticipant{guest.id}));
  const auto list =
      world.get(app::list_invites(*world.house, world.member(invited.host))).at("invites");
  const auto came_by = [&](std::size_t place) {
    return protocol::to_text(list.as_array().at(place).as_object().at("participantIds"));
  };
  CHECK(came_by(0) == fmt::format(R"(["{}"])", guest.id.to_string()));
  CHECK(came_by(1) == "[]");
}

TEST_CASE("SE7 an ended session makes and revokes no invites") {
  HouseWorld world;
  Invited invited{world, world.create()};
  world.pass(130s);
  const auto who = world.member(invited.host);
  CHECK(world.answer(app::create_invite(*world.house, who, {})) == "session_expired");
  CHECK(invited.revoke(HouseWorld::code_of(invited.host)) == "session_expired");
}

TEST_CASE("JN13 joins at once by a link with one use left admit exactly one") {
  HouseWorld world;
  Invited invited{world, world.create()};
  const auto once = invited.make({.max_uses = 1});
  std::vector<std::shared_ptr<std::optional<Result<object>>>> answers;
  for (int i = 0; i < 5; ++i) answers.push_back(world.begin<object>(world.joining(once)));
  world.settle();
  int admitted = 0;
  for (const auto& each : answers) {
    REQUIRE(each->has_value());
    const auto word = HouseWorld::word(**each);
    admitted += word == "ok";
    if (word != "ok") CHECK(word == "invite_exhausted");
  }
  CHECK(admitted == 1);
  CHECK(world.row(invited.host.session).participants.size() == 2);
}

TEST_CASE("JN2 a join that meets a revocation on its way is refused or was first") {
  HouseWorld world;
  Invited invited{world, world.create()};
  const auto code = invited.make();
  const auto revoked =
      world.begin<void>(app::revoke_invite(*world.house, code, invited.host.token));
  const auto joined = world.begin<object>(world.joining(code));
  world.settle();
  CHECK(HouseWorld::word(**revoked) == "ok");
  if (!**joined) CHECK(HouseWorld::word(**joined) == "invite_revoked");
  CHECK(world.answer(world.joining(code)) == "invite_revoked");
}

TEST_CASE("JN15 a refused join leaves nothing behind") {
  HouseWorld world;
  Invited invited{world, world.create(request_for(1))};
  const auto before = world.row(invited.host.session);
  CHECK(world.answer(world.joining(HouseWorld::code_of(invited.host))) == "session_full");
  CHECK(world.answer(world.joining(HouseWorld::code_of(invited.host), "")) == "invalid_value");
  CHECK(world.row(invited.host.session) == before);
}

TEST_CASE("VR1 VR2 VR3 VR5 whoever comes back hears what they missed, once and in order") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  for (int i = 0; i < 5; ++i) world.operate(host, core::Shuffle{}).value();
  const auto missed = [&](std::optional<std::uint64_t> since) {
    const auto here = world.enter(guest, since);
    std::string versions;
    for (const auto& each : here.visitor->welcomed.at("operations").as_array())
      versions += std::to_string(each.at("version").to_number<int>());
    const auto version = here.visitor->welcomed.at("session").at("version").to_number<int>();
    CHECK(version == 5);
    world.leave(here, core::LeaveReason::lost);
    return versions;
  };
  CHECK(missed({}) == "");
  CHECK(missed(0) == "12345");
  CHECK(missed(3) == "45");
  CHECK(missed(5) == "");
  CHECK(missed(99) == "");

  // Operations at the same moment as the join come by the reply or by a push, never by both.
  Visitor visitor(world.clock);
  const auto entering =
      world.begin<app::Entered>(app::enter(*world.house, guest.session, {guest.token, 5}, visitor));
  std::vector<std::shared_ptr<std::optional<Result<object>>>> asked;
  const auto who = world.member(host);
  for (int i = 0; i < 4; ++i)
    asked.push_back(world.begin<object>(app::operate_session(
        *world.house, who, {core::Shuffle{}, world.make_key(), {}}, sha256("a"))));
  world.settle();
  REQUIRE(**entering);
  std::vector<int> versions;
  for (const auto& each : visitor.welcomed.at("operations").as_array())
    versions.push_back(each.at("version").to_number<int>());
  for (const auto& each : visitor.heard)
    if (each.event == "operation") versions.push_back(each.payload.at("version").to_number<int>());
  CHECK(versions == std::vector{6, 7, 8, 9});
  world.leave({nullptr, (**entering)->room, (**entering)->connection}, core::LeaveReason::left);
}

TEST_CASE("VR3 a client that missed more than 500 gets the whole session") {
  HouseWorld world;
  const auto host = world.create();
  for (int i = 0; i < 501; ++i) world.operate(host, core::SetQuestion{"?"}).value();
  const auto far = world.enter(host, 0);
  CHECK(far.visitor->welcomed.at("operations").as_array().empty());
  const auto near = world.enter(host, 1);
  CHECK(near.visitor->welcomed.at("operations").as_array().size() == 500);
  world.leave(far, core::LeaveReason::left);
  world.leave(near, core::LeaveReason::left);
}

TEST_CASE("VR3 a client that missed more than 256 KB gets the whole session") {
  HouseWorld world;
  const auto host = world.create();
  for (int i = 0; i < 30; ++i)
    world.operate(host, core::Interpret{std::string(10'000, 'a')}).value();
  const auto missed = [&](std::uint64_t since) {
    const auto here = world.enter(host, since);
    world.leave(here, core::LeaveReason::left);
    CHECK(here.visitor->welcomed.at("session").at("version").to_number<int>() == 30);
    return here.visitor->welcomed.at("operations").as_array().size();
  };
  CHECK(missed(0) == 0);
  CHECK(missed(4) == 0);  // 26 times 10,000 and some, over 262,144
  CHECK(missed(5) == 25);
}

TEST_CASE("VR4 operations are paged, and nextAfter is null at the end") {
  HouseWorld world;
  const auto host = world.create();
  for (int i = 0; i < 5; ++i) world.operate(host, core::Shuffle{}).value();
  const auto page = [&](std::uint64_t after, std::size_t limit) {
    const auto answer =
        world.get(app::list_operations(*world.house, world.member(host), after, limit));
    std::string text;
    for (const auto& each : answer.at("operations").as_array())
      text += std::to_string(each.at("version").to_number<int>());
    const auto& next = answer.at("nextAfter");
    return text + " " + (next.is_null() ? "null" : std::to_string(next.to_number<int>()));
  };
  CHECK(page(0, 2) == "12 2");
  CHECK(page(2, 2) == "34 4");
  CHECK(page(4, 2) == "5 null");
  CHECK(page(3, 2) == "45 null");
  CHECK(page(9, 2) == " null");
}

}  // namespace
}  // namespace tarotforge::test
