// The JSON columns of the first implementation, as they are read.
#include <doctest/doctest.h>

#include <set>

#include "protocol/row_json.h"

namespace tarotforge::protocol {
namespace {

core::Reading read(ReadingColumns columns) {
  core::Reading reading;
  reading.active_card = 1;
  const auto done = read_columns(columns, reading);
  REQUIRE_MESSAGE(done, done.error().sentence());
  return reading;
}

core::Card only_card(const char* card, const char* layout = R"("freestyle")") {
  const auto reading = read({.layout = layout, .cards = std::string("[") + card + "]"});
  REQUIRE(reading.cards.size() == 1);
  return reading.cards.front();
}

std::string_view id_of(std::uint8_t card) { return core::deck_cards()[card].id; }

// Each of the 78 cards lies somewhere, and once.
void check_whole(const core::Reading& reading) {
  std::multiset<int> all;
  for (const auto& card : reading.cards) all.insert(card.card);
  for (const auto& card : reading.undrawn) all.insert(card.card);
  CHECK(all.size() == core::kDeckSize);
  CHECK(std::set(all.begin(), all.end()).size() == core::kDeckSize);
}

}  // namespace

TEST_CASE("MG17 a card is known by its id or its English name, and lies face up") {
  for (const char* card : {R"({"id":"the-fool"})", R"({"id":"major-0","name":"The Fool"})",
                           R"({"id":7,"name":"the fool"})", R"({"id":"THE_FOOL","faceUp":true})"}) {
    CAPTURE(card);
    const auto read = only_card(card);
    CHECK(id_of(read.card) == "the-fool");
    CHECK(read.face_up);
    CHECK_FALSE(read.is_reversed);
  }
  CHECK_FALSE(only_card(R"({"id":"the-sun","faceUp":false})").face_up);
  CHECK(only_card(R"({"id":"the-sun","isReversed":true})").is_reversed);
}

TEST_CASE("MG17 a card that is none of the 78 is refused, by its name") {
  core::Reading reading;
  const auto refused = read_columns({.cards = R"([{"id":"rune-1","name":"Fehu"}])"}, reading);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().sentence().find("none of the 78 (Fehu)") != std::string_view::npos);
}

TEST_CASE("MG17 places are hundredths or fractions, and what is missing is the layout's") {
  const char* three = R"({"id":"three-card","name":"Three cards","positions":[{"x":1}]})";
  const auto laid = only_card(R"({"id":"the-sun","position":"Future"})", three);
  CHECK(laid.position == "future");
  CHECK(laid.x == 0.75);
  CHECK(laid.y == 0.5);
  const auto put = only_card(R"({"id":"the-sun","position":"Mine","x":25,"y":0.4,"z":3,
                                 "rotation":-90,"customPosition":{"x":1}})");
  CHECK(put.position == "Mine");
  CHECK(put.x == 0.25);
  CHECK(put.y == 0.4);
  CHECK(put.z == 3);
  CHECK(put.rotation == 270);
  const auto odd = only_card(R"({"id":"the-sun","position":"","x":-5,"y":700,"z":1e9})");
  CHECK(odd.position == "card 1");
  CHECK(odd.x == 0);
  CHECK(odd.y == 1);
  CHECK(odd.z == 0);
}

TEST_CASE("MG17 a whole layout is known by its id or name, another one is free style") {
  CHECK(read({.layout = R"({"id":"celtic-cross"})"}).layout == core::Layout::celtic_cross);
  CHECK(read({.layout = R"({"id":7,"name":"Celtic Cross"})"}).layout == core::Layout::celtic_cross);
  CHECK(read({.layout = R"({"id":"horseshoe"})"}).layout == core::Layout::freestyle);
}

TEST_CASE("MG17 cards keep their order, and each card and position is there once") {
  const auto reading =
      read({.layout = R"("freestyle")", .cards = R"([{"id":"the-sun","position":"a"},
                                          {"id":"the-moon","position":"a"},
                                          {"name":"The Sun","position":"b"},
                                          {"id":"the-star","position":"c"}])"});
  REQUIRE(reading.cards.size() == 3);
  CHECK(reading.cards[1].position == "card 2");
  CHECK(reading.cards[2].index == 2);
  CHECK(reading.cards[2].z == 2);
  CHECK(reading.next_index == 3);
  CHECK(reading.active_card == 1U);
  check_whole(reading);
  CHECK_FALSE(read({.cards = "[]"}).active_card);
}

TEST_CASE("MG17 a deck of ids or of cards keeps its order, what is unknown left out") {
  const auto reading = read({.layout = R"("freestyle")",
                             .cards = R"([{"id":"the-sun"}])",
                             .deck = R"([{"id":"the-moon","isReversed":true},{"name":"The Sun"},
                                         "the-star",{"id":"rune-1"},"the-moon",7])"});
  REQUIRE(reading.undrawn.size() == core::kDeckSize - 1);
  CHECK(id_of(reading.undrawn[0].card) == "the-moon");
  CHECK(reading.undrawn[0].is_reversed);
  CHECK(id_of(reading.undrawn[1].card) == "the-star");
  CHECK_FALSE(reading.undrawn[1].is_reversed);
  check_whole(reading);
}

TEST_CASE("MG17 ST14 what was read so is written as ours, and read again the same") {
  const auto reading = read({.layout = R"({"id":"three-card"})",
                             .cards = R"([{"id":"the-sun","position":"Past","x":33}])",
                             .deck = R"(["the-moon"])"});
  core::Reading again = reading;
  REQUIRE(read_columns(reading_columns(reading), again));
  CHECK(again == reading);
}

}  // namespace tarotforge::protocol
