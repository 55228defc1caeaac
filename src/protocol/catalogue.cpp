#include "protocol/catalogue.h"

#include <boost/json/array.hpp>

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

json::object summary(const core::Deck& deck) {
  return {{"id", json::string_view(deck.id)},
          {"name", json::string_view(deck.name)},
          {"description", json::string_view(deck.description)},
          {"cardCount", core::kDeckSize}};
}

}  // namespace

json::object decks_json() {
  json::array decks;
  for (const auto& deck : core::decks()) decks.push_back(summary(deck));
  return {{"decks", std::move(decks)}};
}

json::object deck_json(const core::Deck& deck) {
  json::array cards;
  cards.reserve(core::kDeckSize);
  for (const auto& card : core::deck_cards())
    cards.push_back(
        json::object{{"id", json::string_view(card.id)}, {"name", json::string_view(card.name)}});
  json::object out = summary(deck);
  out["cards"] = std::move(cards);
  return out;
}

json::object layouts_json() {
  using enum core::Layout;
  json::array layouts;
  for (const auto layout : {single_card, three_card, celtic_cross, freestyle}) {
    json::array positions;
    for (const auto& position : core::positions(layout))
      positions.push_back(json::object{{"id", json::string_view(position.id)},
                                       {"x", position.x},
                                       {"y", position.y},
                                       {"rotation", position.rotation}});
    layouts.push_back(json::object{{"id", json::string_view(core::to_string(layout))},
                                   {"positions", std::move(positions)}});
  }
  return {{"layouts", std::move(layouts)}};
}

}  // namespace tarotforge::protocol
