// The JSON columns of a session's row.
#include <doctest/doctest.h>

#include "protocol/row_json.h"
#include "tests/support/random_session.h"

namespace tarotforge::protocol {

TEST_CASE("ST14 a reading and a policy are read from their columns as they were written") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    const auto session = test::RandomSession(seed, {1'769'817'600'000}).draw();
    const auto& written = session.reading;
    core::Reading read = written;
    read.cards.clear();
    read.undrawn.clear();
    read.commitments.clear();
    read.layout = core::Layout::single_card;
    REQUIRE(read_columns(reading_columns(written), read));
    CHECK(read == written);
    const auto policy = read_policy(policy_column(session.policy));
    REQUIRE(policy);
    CHECK(*policy == session.policy);
  }
}

TEST_CASE("ST14 the columns have the shapes that SQL relies on") {
  Prng random(1);
  core::Reading reading;
  reading.cards.push_back({.index = 4,
                           .position = "past \"here\"",
                           .card = 0,
                           .is_reversed = true,
                           .face_up = true,
                           .x = 0.5,
                           .y = 0.25,
                           .z = -3,
                           .rotation = 90});
  core::UndrawnCard undrawn{};
  undrawn.card = 1;
  undrawn.is_reversed = true;
  reading.undrawn = {undrawn};
  const auto columns = reading_columns(reading);
  CHECK(*columns.layout == R"("three-card")");
  const std::string fool(core::deck_cards()[0].id);
  CHECK(*columns.cards == R"([{"index":4,"id":")" + fool + R"(","name":")" +
                              std::string(core::deck_cards()[0].name) +
                              R"(","position":"past \"here\"","isReversed":true,"faceUp":true,)"
                              R"("x":0.5,"y":0.25,"z":-3,"rotation":90,"customPosition":false}])");
  CHECK(*columns.deck == R"("81")");  // the magician, reversed
  CHECK(policy_column({}) ==
        R"({"timeoutSeconds":3600,"warningSeconds":300,"keepAlive":"active","recoveryHours":24,)"
        R"("maxParticipants":16})");
}

TEST_CASE("ST11 absent columns give a whole deck and the default policy") {
  core::Reading reading;
  REQUIRE(read_columns({}, reading));
  CHECK(reading.undrawn.size() == core::kDeckSize);
  CHECK(*read_policy("{}") == core::Policy{});
}

TEST_CASE("ER8 columns that were not written by us are refused, not trusted") {
  for (const char* cards : {"", "{", "{}", "[1]", "[{}]", R"([{"index":-1}])", "null"}) {
    CAPTURE(cards);
    core::Reading reading;
    CHECK_FALSE(read_columns({.cards = cards}, reading));
  }
  for (const char* deck : {"{}", R"("4e")", R"("0")", R"("0g")", "0"}) {
    CAPTURE(deck);
    core::Reading reading;
    CHECK_FALSE(read_columns({.deck = deck}, reading));
  }
  for (const char* commitments : {R"([{"digest":"00"}])", "[7]", R"([{"digest":"zz"}])"}) {
    CAPTURE(commitments);
    core::Reading reading;
    CHECK_FALSE(read_columns({.commitments = commitments}, reading));
  }
  core::Reading reading;
  CHECK_FALSE(read_columns({.layout = R"("circle")"}, reading));
  for (const char* policy : {"[]", R"({"timeoutSeconds":"x"})", R"({"timeoutSeconds":1e300})",
                             R"({"timeoutSeconds":-5})", R"({"recoveryHours":300000})",
                             R"({"keepAlive":"never"})", R"({"maxParticipants":-1})"}) {
    CAPTURE(policy);
    CHECK_FALSE(read_policy(policy));
  }
}

}  // namespace tarotforge::protocol
