// Incoming bodies and payloads: what becomes a typed request, and with which words the rest is
// refused.
#include "protocol/requests.h"

#include <doctest/doctest.h>

#include <limits>

#include "tests/unit/protocol_shapes.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;
using test::kId;
using test::read;
using test::refused;
using test::value;

// A refusal is the same with a value of every JSON type that is not due.
template <class Parser>
void wrong_types(Parser parse, const json::object& good, std::string_view field, json::kind due) {
  const json::value others[] = {json::value(true),   json::value(7), json::value(-0.5),
                                json::value("word"), json::array{},  json::object{}};
  for (const auto& other : others) {
    const bool both_numbers = due == json::kind::double_ && other.is_number();
    if (other.kind() == due || both_numbers) continue;
    json::object body = good;
    body[field] = other;
    INFO(to_text(body));
    const auto result = parse(body);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::malformed);
    CHECK(result.error().sentence().find(field) != std::string_view::npos);
  }
}

std::string repeated(std::size_t times, std::string_view what = "x") {
  std::string out;
  while (times-- > 0) out += what;
  return out;
}

TEST_CASE("HT1 create needs a deck and takes defaults for the rest") {
  const auto least = parse_create(read(R"({"deckId":"classic"})"));
  REQUIRE(least);
  CHECK(least->deck_id == "classic");
  CHECK(least->layout == core::Layout::three_card);
  CHECK(least->question.empty());
  CHECK(least->name == "Host");
  CHECK_FALSE(least->policy.timeout);

  const auto most = parse_create(read(R"({"deckId":"nocturne","layout":"celtic-cross",
      "question":"Why?","name":"Ann","unknown":[1],"policy":{"timeoutSeconds":1.5,
      "warningSeconds":20,"recoveryHours":0.5,"maxParticipants":4.0,"keepAlive":"visible"}})"));
  REQUIRE(most);
  CHECK(most->layout == core::Layout::celtic_cross);
  CHECK(most->question == "Why?");
  CHECK(most->name == "Ann");
  CHECK(most->policy.timeout == Duration(1500));
  CHECK(most->policy.warning == Duration(20'000));
  CHECK(most->policy.recovery == Duration(1'800'000));
  CHECK(most->policy.max_participants == 4);
  CHECK(most->policy.keep_alive == core::KeepAlive::visible);

  CHECK(parse_create(read(R"({"deckId":"classic","layout":null,"name":null,"policy":null})")));
}

TEST_CASE("ER3 a missing field, an unknown word or a wrong type is malformed") {
  refused(parse_create, "{}", ErrorCode::malformed, "deckId is required");
  refused(parse_create, R"({"deckId":null})", ErrorCode::malformed, "deckId");
  refused(parse_create, R"({"deckId":"classic","layout":"circle"})", ErrorCode::malformed,
          "three-card");
  refused(parse_create, R"({"deckId":"classic","policy":{"keepAlive":"always"}})",
          ErrorCode::malformed, "keepAlive");
  refused(parse_invite, R"({"role":"host"})", ErrorCode::malformed, "participant, reader");
  refused(parse_leave, R"({"token":"t"})", ErrorCode::malformed, "reason");
  refused(parse_leave, R"({"token":"t","reason":"kicked"})", ErrorCode::malformed, "closed_tab");
  refused(parse_host, "{}", ErrorCode::malformed, "action");
  refused(parse_host, R"({"action":"steal"})", ErrorCode::malformed, "hand_over");
  refused(parse_host, R"({"action":"hand_over"})", ErrorCode::malformed, "participantId");
  refused(parse_rename, "{}", ErrorCode::malformed, "name");
  refused(parse_warning_shown, "{}", ErrorCode::malformed, "generation");

  const json::object create = {{"deckId", "classic"}};
  for (const auto* field : {"deckId", "layout", "question", "name"})
    wrong_types(parse_create, create, field, json::kind::string);
  wrong_types(parse_create, create, "policy", json::kind::object);
  const auto policy = [&](const json::object& asked) {
    json::object body = create;
    body["policy"] = asked;
    return parse_create(body);
  };
  for (const auto* field : {"timeoutSeconds", "warningSeconds", "recoveryHours", "maxParticipants"})
    wrong_types(policy, {}, field, json::kind::double_);
  wrong_types(policy, {}, "keepAlive", json::kind::string);
  wrong_types(parse_join, {}, "name", json::kind::string);
  wrong_types(parse_invite, {}, "expiresAt", json::kind::string);
  wrong_types(parse_invite, {}, "maxUses", json::kind::double_);
  wrong_types(parse_activity, {}, "visible", json::kind::bool_);
  wrong_types(parse_activity, {}, "active", json::kind::bool_);
  wrong_types(parse_restore, {}, "restoreKey", json::kind::string);
  wrong_types(parse_channel_join, {{"token", "t"}}, "sinceVersion", json::kind::double_);
  wrong_types(parse_channel_join, {}, "token", json::kind::string);
  wrong_types(parse_generation, {}, "generation", json::kind::double_);
}

TEST_CASE("ER5 a text over its limit names the field and the limit, counting characters") {
  const auto create = [](std::string_view field, std::string_view text) {
    json::object body = {{"deckId", "classic"}};
    body[field] = text;
    return parse_create(body);
  };
  CHECK(create("name", repeated(64, "\u00e9")));
  CHECK(create("question", repeated(500, "\U0001F0CF")));
  for (const auto& [field, text, limit] :
       {std::tuple{"name", repeated(65), "64"}, std::tuple{"question", repeated(501), "500"},
        std::tuple{"name", std::string(), "64"},
        std::tuple{"name", std::string("a\x07"), "control"}}) {
    const auto result = create(field, text);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::invalid_value);
    CHECK(result.error().detail.find(field) != std::string::npos);
    CHECK(result.error().detail.find(limit) != std::string::npos);
  }
  CHECK_FALSE(parse_rename({{"name", ""}}));
  CHECK_FALSE(parse_join({{"name", repeated(65)}}));
  CHECK(value(parse_rename({{"name", "Bea"}})) == "Bea");
  CHECK(parse_join(json::object())->name == "Guest");
}

TEST_CASE("ER4 a number that is negative, huge or fractional where it may not be is refused") {
  for (const auto* number :
       {"0", "-1", "1.5", "1e300", "-9223372036854775808", "18446744073709551615", "2147483648"}) {
    const auto body = R"({"maxUses":)" + std::string(number) + "}";
    refused(parse_invite, body, ErrorCode::invalid_value, "maxUses");
  }
  CHECK(parse_invite(read(R"({"maxUses":2147483647})"))->max_uses == 2147483647u);
  CHECK(parse_invite(read(R"({"maxUses":3.0})"))->max_uses == 3u);
  for (const auto* number : {"-1", "0.5", "1e19", "18446744073709551615"}) {
    const auto body = R"({"token":"t","sinceVersion":)" + std::string(number) + "}";
    refused(parse_channel_join, body, ErrorCode::invalid_value, "sinceVersion");
  }
  refused(parse_generation, R"({"generation":4294967296})", ErrorCode::invalid_value, "generation");
  refused(parse_create, R"({"deckId":"classic","policy":{"maxParticipants":1.5}})",
          ErrorCode::invalid_value, "maxParticipants");
  const double bad[] = {std::numeric_limits<double>::infinity(),
                        std::numeric_limits<double>::quiet_NaN()};
  for (const double number : bad) {
    const json::object policy = {{"timeoutSeconds", number}};
    const auto result = parse_create({{"deckId", "classic"}, {"policy", policy}});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::invalid_value);
    CHECK_FALSE(parse_invite({{"maxUses", number}}));
  }
}

TEST_CASE("PO2 whatever number a policy asks for, its bounds are what it is refused with") {
  for (const auto* policy :
       {R"({"timeoutSeconds":-1})", R"({"timeoutSeconds":1e300})", R"({"timeoutSeconds":0.0001})",
        R"({"timeoutSeconds":18446744073709551615})", R"({"recoveryHours":1e308})",
        R"({"warningSeconds":-1e308})", R"({"maxParticipants":-1})", R"({"maxParticipants":0})",
        R"({"maxParticipants":65537})", R"({"maxParticipants":9223372036854775807})"}) {
    INFO(policy);
    const auto request =
        parse_create(read(R"({"deckId":"classic","policy":)" + std::string(policy) + "}"));
    REQUIRE(request);
    const auto settled = core::settle_policy(request->policy, {});
    REQUIRE_FALSE(settled);
    CHECK(settled.error().code == ErrorCode::policy_out_of_bounds);
  }
}

TEST_CASE("JN12 an invite's expiry, uses and role are all optional") {
  const auto none = parse_invite(read(R"({"expiresAt":null,"maxUses":null})"));
  REQUIRE(none);
  CHECK_FALSE(none->expires_at);
  CHECK_FALSE(none->max_uses);
  CHECK(none->role == core::Role::participant);
  const auto all = parse_invite(
      read(R"({"expiresAt":"2026-02-01T01:00:00+01:00","maxUses":1,"role":"reader"})"));
  REQUIRE(all);
  CHECK(all->expires_at == WallTime{test::kNow.ms});
  CHECK(all->max_uses == 1u);
  CHECK(all->role == core::Role::reader);
  for (const auto* when : {"tomorrow", "2026-13-01T00:00:00Z", ""})
    refused(parse_invite, to_text(json::object{{"expiresAt", when}}), ErrorCode::invalid_value,
            "expiresAt");
}

TEST_CASE("HT11 a leave carries its token in the body") {
  const auto leave = parse_leave(
      read(R"({"token":"secret","reason":"closed_tab","connection":")" + std::string(kId) + "\"}"));
  REQUIRE(leave);
  CHECK(leave->token == "secret");
  CHECK(leave->reason == core::LeaveReason::closed_tab);
  CHECK(leave->connection == ConnectionId::parse(kId));
  CHECK_FALSE(parse_leave(read(R"({"token":"t","reason":"left","connection":null})"))->connection);
  refused(parse_leave, R"({"reason":"left"})", ErrorCode::unauthorized);
  refused(parse_leave, R"({"token":"t","reason":"left","connection":"7"})", ErrorCode::not_found);
}

TEST_CASE("HO1 the host role is handed over, taken over or reclaimed") {
  using Kind = HostRequest::Kind;
  const auto hand =
      parse_host(read(R"({"action":"hand_over","participantId":")" + std::string(kId) + "\"}"));
  REQUIRE(hand);
  CHECK(hand->kind == Kind::hand_over);
  CHECK(hand->to == ParticipantId::parse(kId));
  CHECK(parse_host(read(R"({"action":"take_over"})"))->kind == Kind::take_over);
  CHECK(parse_host(read(R"({"action":"reclaim"})"))->kind == Kind::reclaim);
}

TEST_CASE("ER6 a participant's id that is no UUID names nobody") {
  refused(parse_host, R"({"action":"hand_over","participantId":"ann"})",
          ErrorCode::participant_not_found);
  refused(parse_operation, R"({"kind":"remove_participant","participantId":""})",
          ErrorCode::participant_not_found);
}

TEST_CASE("RS1 a restore may carry a restore key") {
  CHECK(value(parse_restore(read(R"({"restoreKey":"k"})"))) == std::optional<std::string>("k"));
  CHECK(value(parse_restore(read("{}"))) == std::optional<std::string>());
}

TEST_CASE("VR3 a channel join says what it has seen, or nothing") {
  const auto join = parse_channel_join(read(R"({"token":"t","sinceVersion":12})"));
  REQUIRE(join);
  CHECK(join->token == "t");
  CHECK(join->since_version == 12u);
  CHECK_FALSE(parse_channel_join(read(R"({"token":"t"})"))->since_version);
}

TEST_CASE("TK2 a channel join without a token is unauthorized") {
  refused(parse_channel_join, "{}", ErrorCode::unauthorized);
  refused(parse_channel_join, R"({"token":null})", ErrorCode::unauthorized);
}

TEST_CASE("SE5 a generation is optional, and told by who shows the warning") {
  CHECK(value(parse_generation(read("{}"))) == std::optional<std::uint32_t>());
  CHECK(value(parse_generation(read(R"({"generation":4294967295})"))) ==
        std::optional<std::uint32_t>(4294967295u));
  CHECK(value(parse_warning_shown(read(R"({"generation":2})"))) == 2u);
  CHECK(parse_operation(read(R"({"kind":"shuffle","generation":3})"))->generation == 3u);
  CHECK_FALSE(parse_operation(read(R"({"kind":"shuffle"})"))->generation);
}

TEST_CASE("AC3 an activity report says whether the page is visible and somebody active") {
  const auto usual = parse_activity(read("{}"));
  CHECK((usual->visible && usual->active));
  const auto hidden = parse_activity(read(R"({"visible":false,"active":false})"));
  CHECK_FALSE((hidden->visible || hidden->active));
}

TEST_CASE("ER8 any JSON object given to any parser of requests gives a value or a refusal") {
  const json::value values[] = {json::value(nullptr),
                                json::value(false),
                                json::value(-1),
                                json::value(UINT64_MAX),
                                json::value(1e308),
                                json::value(""),
                                json::value(kId),
                                json::value("draw"),
                                json::array{1, json::object()},
                                json::object{{"timeoutSeconds", -1e308}}};
  const char* names[] = {"deckId", "layout",  "question", "name",     "policy",        "token",
                         "reason", "action",  "kind",     "position", "card",          "x",
                         "y",      "z",       "rotation", "text",     "participantId", "generation",
                         "key",    "maxUses", "expiresAt"};
  Prng random(3);
  for (int round = 0; round < 2000; ++round) {
    json::object body;
    for (const auto* name : names)
      if (random.below(2) == 0) body[name] = values[random.below(std::size(values))];
    (void)parse_create(body);
    (void)parse_join(body);
    (void)parse_invite(body);
    (void)parse_leave(body);
    (void)parse_host(body);
    (void)parse_rename(body);
    (void)parse_restore(body);
    (void)parse_activity(body);
    (void)parse_channel_join(body);
    (void)parse_warning_shown(body);
    (void)parse_operation(body);
  }
}

}  // namespace
}  // namespace tarotforge::protocol
