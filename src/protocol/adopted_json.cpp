#include "protocol/adopted_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <cmath>
#include <unordered_map>

#include "base/text.h"

namespace tarotforge::protocol {
namespace json = boost::json;
namespace {

using Number = std::uint8_t;  // of a card in the deck's order

std::string_view text_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

bool flag_in(const json::object& object, const char* name, bool otherwise) {
  const auto* value = object.if_contains(name);
  const auto* flag = value ? value->if_bool() : nullptr;
  return flag ? *flag : otherwise;
}

std::optional<double> number_in(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  if (!value) return std::nullopt;
  if (const auto* number = value->if_double()) return *number;
  if (const auto* number = value->if_int64()) return static_cast<double>(*number);
  return std::nullopt;
}

// "The Fool" and "the-fool" alike: lower case, with one hyphen for anything between letters.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_word = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_word)
      out += static_cast<char>(is_upper ? c - 'A' + 'a' : c);
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

std::optional<Number> card_named(std::string_view id_or_name) {
  static const auto numbers = [] {
    std::unordered_map<std::string, Number> made;
    for (std::size_t i = 0; i < core::kDeckSize; ++i)
      for (const auto word : {core::deck_cards()[i].id, core::deck_cards()[i].name})
        made.emplace(folded(word), static_cast<Number>(i));
    return made;
  }();
  const auto found = numbers.find(folded(id_or_name));
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Number> card_in(const json::value& value) {
  if (const auto* text = value.if_string()) return card_named({text->data(), text->size()});
  const auto* object = value.if_object();
  if (!object) return std::nullopt;
  const auto by_id = card_named(text_in(*object, "id"));
  return by_id ? by_id : card_named(text_in(*object, "name"));
}

// A position of the layout, by whatever name; else the text as it is; else the card's place.
std::string position_in(const json::object& card, core::Layout layout, std::size_t place) {
  const auto text = text_in(card, "position");
  for (const auto& position : core::positions(layout))
    if (position.id == folded(text)) return std::string(position.id);
  if (!text.empty() && code_points(text) <= core::kMaxFreestylePositionLength)
    return std::string(text);
  return fmt::format("card {}", place + 1);
}

double fraction(double value) {
  return std::clamp(value > 1 ? value / 100 : value, 0.0, 1.0) + 0.0;  // which makes -0 a 0
}

void lay(core::Card& card, const json::object& object, core::Layout layout) {
  for (const auto& position : core::positions(layout)) {
    if (position.id != card.position) continue;
    card.x = position.x;
    card.y = position.y;
    card.rotation = position.rotation;
  }
  if (const auto x = number_in(object, "x")) card.x = fraction(*x);
  if (const auto y = number_in(object, "y")) card.y = fraction(*y);
  if (const auto z = number_in(object, "z"); z && std::abs(*z) <= 1e6)
    card.z = static_cast<std::int32_t>(*z);
  if (const auto turn = number_in(object, "rotation"); turn && std::isfinite(*turn))
    card.rotation = std::fmod(std::fmod(*turn, 360) + 360, 360);
}

bool is_taken(std::span<const core::Card> table, std::string_view position) {
  return std::ranges::any_of(table, [&](const auto& card) { return card.position == position; });
}

}  // namespace

core::Layout adopted_layout(const json::object& layout) {
  for (const char* name : {"id", "name"})
    if (const auto known = core::parse_layout(folded(text_in(layout, name)))) return *known;
  return core::Layout::freestyle;
}

bool is_adopted_card(const json::value& card) {
  const auto* object = card.if_object();
  return object && !object->contains("index");
}

Result<std::vector<core::Card>> adopted_cards(const json::array& cards, core::Layout layout) {
  std::vector<core::Card> table;
  std::array<bool, core::kDeckSize> drawn{};
  for (const auto& each : cards) {
    const auto number = card_in(each);
    const auto* object = each.if_object();
    if (!number || !object)
      return Error(ErrorCode::internal,
                   fmt::format("a card is none of the 78 ({})",
                               object ? text_in(*object, "name") : std::string_view()));
    if (std::exchange(drawn[*number], true)) continue;
    const auto place = table.size();
    core::Card card{.index = static_cast<core::CardIndex>(place),
                    .position = position_in(*object, layout, place),
                    .card = *number};
    if (is_taken(table, card.position)) card.position = fmt::format("card {}", place + 1);
    card.is_reversed = flag_in(*object, "isReversed", false);
    card.face_up = flag_in(*object, "faceUp", true);
    card.z = static_cast<std::int32_t>(place);
    lay(card, *object, layout);
    table.push_back(std::move(card));
  }
  return table;
}

std::vector<core::UndrawnCard> adopted_deck(const json::array& deck,
                                            std::span<const core::Card> table) {
  std::array<bool, core::kDeckSize> known{};
  for (const auto& card : table) known[card.card] = true;
  std::vector<core::UndrawnCard> undrawn;
  const auto add = [&](Number number, bool is_reversed) {
    if (std::exchange(known[number], true)) return;
    core::UndrawnCard card{};
    card.card = number & 0x7F;
    card.is_reversed = is_reversed;
    undrawn.push_back(card);
  };
  for (const auto& each : deck) {
    const auto* object = each.if_object();
    if (const auto number = card_in(each))
      add(*number, object && flag_in(*object, "isReversed", false));
  }
  for (std::size_t i = 0; i < core::kDeckSize; ++i) add(static_cast<Number>(i), false);
  return undrawn;
}

}  // namespace tarotforge::protocol
