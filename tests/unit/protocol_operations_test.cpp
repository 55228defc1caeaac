// Room operations as clients write them.
#include <doctest/doctest.h>

#include <limits>

#include "core/reading.h"
#include "protocol/requests.h"
#include "tests/unit/protocol_shapes.h"

namespace tarotforge::protocol {
namespace {

using test::kId;
using test::read;
using test::refused;
using test::value;

template <class Kind>
Kind operation(std::string_view text) {
  INFO(text);
  const auto request = parse_operation(read(text));
  REQUIRE(request);
  REQUIRE(std::holds_alternative<Kind>(request->operation));
  return std::get<Kind>(request->operation);
}

TEST_CASE("OP13 every kind of operation is read with its fields") {
  CHECK(operation<core::ChooseDeck>(R"({"kind":"choose_deck","deckId":"nocturne"})").deck_id ==
        "nocturne");
  CHECK(operation<core::ChooseLayout>(R"({"kind":"choose_layout","layout":"freestyle"})").layout ==
        core::Layout::freestyle);
  CHECK(operation<core::SetQuestion>(R"({"kind":"set_question","question":""})").question.empty());
  CHECK(operation<core::SetStep>(R"({"kind":"set_step","step":"ask-question"})").step ==
        core::Step::ask_question);
  operation<core::Shuffle>(R"({"kind":"shuffle"})");
  const auto draw = operation<core::Draw>(R"({"kind":"draw","position":"past","x":0,"y":1e-3})");
  CHECK(draw.position == "past");
  CHECK(draw.x == 0.0);
  CHECK(draw.y == 0.001);
  CHECK_FALSE(operation<core::Draw>(R"({"kind":"draw","position":"past","x":null})").x);
  const auto flip = operation<core::Flip>(R"({"kind":"flip","card":4294967295})");
  CHECK(flip.card == 4294967295u);
  CHECK(flip.face_up);
  CHECK_FALSE(operation<core::Flip>(R"({"kind":"flip","card":0,"faceUp":false})").face_up);
  const auto move = operation<core::Move>(R"({"kind":"move","card":1.0,"x":0.25,"y":1,"z":-3})");
  CHECK(move.card == 1);
  CHECK(move.x == 0.25);
  CHECK(move.y == 1.0);
  CHECK(move.z == -3);
  CHECK_FALSE(operation<core::Move>(R"({"kind":"move","card":1,"x":0,"y":0})").z);
  CHECK(operation<core::Rotate>(R"({"kind":"rotate","card":2,"rotation":-90.5})").rotation ==
        -90.5);
  CHECK(operation<core::ReturnCard>(R"({"kind":"return_card","card":2})").card == 2);
  CHECK(operation<core::Focus>(R"({"kind":"focus","card":2})").card == 2u);
  CHECK_FALSE(operation<core::Focus>(R"({"kind":"focus","card":null})").card);
  CHECK(operation<core::Interpret>(R"({"kind":"interpret","text":"Well."})").text == "Well.");
  CHECK(operation<core::LockTable>(R"({"kind":"lock_table","locked":true})").locked);
  CHECK(operation<core::RemoveParticipant>(R"({"kind":"remove_participant","participantId":")" +
                                           std::string(kId) + "\"}")
            .participant == ParticipantId::parse(kId));
  operation<core::Reset>(R"({"kind":"reset"})");
}

TEST_CASE("OP13 an unknown kind, a missing field and a wrong value are invalid operations") {
  for (const auto* text : {
           "{}",
           R"({"kind":null})",
           R"({"kind":"juggle"})",
           R"({"kind":"SHUFFLE"})",
           R"({"kind":"choose_deck"})",
           R"({"kind":"choose_layout","layout":"circle"})",
           R"({"kind":"set_question"})",
           R"({"kind":"set_step","step":"done"})",
           R"({"kind":"draw"})",
           R"({"kind":"flip"})",
           R"({"kind":"flip","card":-1})",
           R"({"kind":"flip","card":4294967296})",
           R"({"kind":"flip","card":0.5})",
           R"({"kind":"flip","card":null})",
           R"({"kind":"move","card":0,"x":0.5})",
           R"({"kind":"move","card":0,"x":0.5,"y":null})",
           R"({"kind":"move","card":0,"x":0.5,"y":0.5,"z":1.5})",
           R"({"kind":"move","card":0,"x":0.5,"y":0.5,"z":1e300})",
           R"({"kind":"rotate","card":0})",
           R"({"kind":"return_card"})",
           R"({"kind":"focus"})",
           R"({"kind":"focus","card":-1})",
           R"({"kind":"interpret"})",
           R"({"kind":"lock_table"})",
           R"({"kind":"remove_participant"})",
           R"({"kind":"shuffle","generation":-1})",
       })
    refused(parse_operation, text, ErrorCode::invalid_operation);
}

TEST_CASE("ER3 a wrong type in an operation is malformed") {
  for (const auto* text : {
           R"({"kind":1})",
           R"({"kind":"choose_deck","deckId":1})",
           R"({"kind":"set_question","question":true})",
           R"({"kind":"draw","position":0})",
           R"({"kind":"draw","position":"past","x":"0"})",
           R"({"kind":"flip","card":"0"})",
           R"({"kind":"flip","card":true})",
           R"({"kind":"flip","card":0,"faceUp":1})",
           R"({"kind":"move","card":0,"x":[],"y":0})",
           R"({"kind":"lock_table","locked":"true"})",
           R"({"kind":"focus","card":{}})",
           R"({"kind":"shuffle","key":7})",
           R"({"kind":"shuffle","generation":"1"})",
       })
    refused(parse_operation, text, ErrorCode::malformed);
}

TEST_CASE("ER4 numbers that no JSON text can hold are refused by the table or before it") {
  Prng random(1);
  auto reading = core::make_reading("classic", core::Layout::freestyle, "", random);
  REQUIRE(reading);
  reading->step = core::Step::drawing;
  for (const double x : {std::numeric_limits<double>::quiet_NaN(), -1e308, 1e308, -0.001}) {
    const auto request = parse_operation({{"kind", "draw"}, {"position", "a"}, {"x", x}});
    const bool accepted =
        request && core::operate(*reading, request->operation, core::Role::host, random);
    CHECK_FALSE(accepted);
  }
  CHECK(reading->cards.empty());
}

TEST_CASE("ID3 a key is a UUID, or counts as none") {
  CHECK(parse_operation(read(R"({"kind":"shuffle","key":")" + std::string(kId) + "\"}"))->key ==
        IdempotencyKey::parse(kId));
  CHECK_FALSE(parse_operation(read(R"({"kind":"shuffle"})"))->key);
  refused(parse_operation, R"({"kind":"shuffle","key":"1"})", ErrorCode::idempotency_key_missing,
          "UUID");
  CHECK(value(parse_idempotency_key(kId)) == *IdempotencyKey::parse(kId));
  CHECK_FALSE(parse_idempotency_key(""));
  CHECK_FALSE(parse_idempotency_key(std::string(kId) + "0"));
}

}  // namespace
}  // namespace tarotforge::protocol
