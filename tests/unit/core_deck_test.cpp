// The names of cards and decks, and where the layouts put the cards.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/reading.h"

namespace tarotforge::core {
namespace {

TEST_CASE("RD1 the deck has 78 different cards in the order of Waite and Smith") {
  const auto cards = deck_cards();
  std::set<std::string_view> ids, names;
  for (const auto& card : cards) {
    ids.insert(card.id);
    names.insert(card.name);
    std::string from_name(card.name);
    for (char& c : from_name) c = c == ' ' ? '-' : static_cast<char>(c | 0x20);
    CHECK(card.id == from_name);
  }
  CHECK(ids.size() == 78);
  CHECK(names.size() == 78);

  struct Row {
    std::size_t place;
    std::string_view id, name;
  };
  constexpr Row kRows[] = {
      {0, "the-fool", "The Fool"},
      {8, "strength", "Strength"},
      {10, "wheel-of-fortune", "Wheel of Fortune"},
      {11, "justice", "Justice"},
      {13, "death", "Death"},
      {20, "judgement", "Judgement"},
      {21, "the-world", "The World"},
      {22, "ace-of-wands", "Ace of Wands"},
      {35, "king-of-wands", "King of Wands"},
      {36, "ace-of-cups", "Ace of Cups"},
      {45, "ten-of-cups", "Ten of Cups"},
      {60, "page-of-swords", "Page of Swords"},
      {64, "ace-of-pentacles", "Ace of Pentacles"},
      {75, "knight-of-pentacles", "Knight of Pentacles"},
      {76, "queen-of-pentacles", "Queen of Pentacles"},
      {77, "king-of-pentacles", "King of Pentacles"},
  };
  for (const auto& row : kRows) {
    CHECK(cards[row.place].id == row.id);
    CHECK(cards[row.place].name == row.name);
  }
  for (const auto suit : {"-of-wands", "-of-cups", "-of-swords", "-of-pentacles"})
    CHECK(std::ranges::count_if(
              cards, [&](const DeckCard& card) { return card.id.ends_with(suit); }) == 14);
}

TEST_CASE("RD1 the decks are classic and nocturne") {
  REQUIRE(decks().size() == 2);
  CHECK(decks()[0].id == "classic");
  CHECK(decks()[0].name == "Classic");
  CHECK(decks()[1].id == "nocturne");
  CHECK(decks()[1].name == "Nocturne");
  for (const auto& deck : decks()) {
    CHECK(find_deck(deck.id) == &deck);
    CHECK(deck.description.ends_with('.'));
    CHECK(std::ranges::count(deck.description, '.') == 1);
  }
  CHECK(find_deck("") == nullptr);
  CHECK(find_deck("Classic") == nullptr);
}

TEST_CASE("RD2 each layout has its positions, all on the table") {
  const auto ids = [](Layout layout) {
    std::string text;
    for (const auto& position : positions(layout)) text += std::string(position.id) + " ";
    return text;
  };
  CHECK(ids(Layout::single_card) == "card ");
  CHECK(ids(Layout::three_card) == "past present future ");
  CHECK(ids(Layout::celtic_cross) ==
        "present challenge foundation past crown future self environment hopes-fears outcome ");
  CHECK(ids(Layout::freestyle).empty());
  for (const auto layout : {Layout::single_card, Layout::three_card, Layout::celtic_cross})
    for (const auto& position : positions(layout)) {
      CHECK(position.x > 0);
      CHECK(position.x < 1);
      CHECK(position.y > 0);
      CHECK(position.y < 1);
      CHECK(position.rotation == (position.id == "challenge" ? 90 : 0));
    }
}

TEST_CASE("RD2 the Celtic cross has the crossed pair, four around it and the staff on the right") {
  const auto at = [](std::string_view id) {
    const auto all = positions(Layout::celtic_cross);
    return *std::ranges::find(all, id, &LayoutPosition::id);
  };
  const auto present = at("present");
  CHECK(at("challenge").x == present.x);
  CHECK(at("challenge").y == present.y);
  CHECK(at("foundation").y > present.y);
  CHECK(at("crown").y < present.y);
  CHECK(at("past").x < present.x);
  CHECK(at("future").x > present.x);
  CHECK(at("self").x > at("future").x);
  double below = 1;
  for (const auto id : {"self", "environment", "hopes-fears", "outcome"}) {
    CHECK(at(id).x == at("self").x);
    CHECK(at(id).y < below);
    below = at(id).y;
  }
}

TEST_CASE("RD2 no two positions but the crossed pair lie on each other") {
  for (const auto layout : {Layout::three_card, Layout::celtic_cross}) {
    const auto all = positions(layout);
    for (std::size_t a = 0; a < all.size(); ++a)
      for (std::size_t b = a + 1; b < all.size(); ++b) {
        if (all[b].id == "challenge") continue;
        if (all[a].id == "challenge") continue;
        const double apart = std::max(std::abs(all[a].x - all[b].x), std::abs(all[a].y - all[b].y));
        CHECK(apart >= 0.2);
      }
  }
}

}  // namespace
}  // namespace tarotforge::core
