#include "protocol/row_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <cmath>
#include <iterator>
#include <unordered_map>

#include "base/text.h"
#include "protocol/adopted_json.h"
#include "protocol/json_guard.h"
#include "protocol/json_string.h"

namespace tarotforge::protocol {
namespace json = boost::json;
namespace {

// Rows are our own words: the size is bounded by the reading's limits, not here.
constexpr JsonLimits kRowLimits{.max_bytes = 64u << 20, .max_depth = 8};
constexpr std::array<std::string_view, 3> kKeepAlives = {"active", "visible", "connected"};

// Thrown and caught in this file alone: what a column holds is not what was written there.
struct Damaged {
  std::string what;
};

json::value parse(std::string_view text, const char* column) {
  auto value = parse_json(text, kRowLimits);
  if (!value) throw Damaged{fmt::format("{} is no JSON", column)};
  return *std::move(value);
}

const json::array& array_of(const json::value& value) {
  if (const auto* array = value.if_array()) return *array;
  throw Damaged{"an array is missing"};
}

const json::object& object_of(const json::value& value) {
  if (const auto* object = value.if_object()) return *object;
  throw Damaged{"an object is missing"};
}

std::string_view text_of(const json::value& value) {
  if (const auto* text = value.if_string()) return {text->data(), text->size()};
  throw Damaged{"a text is missing"};
}

bool truth_of(const json::value& value) {
  if (const auto* truth = value.if_bool()) return *truth;
  throw Damaged{"a truth value is missing"};
}

double number_of(const json::value& value) {
  if (const auto* number = value.if_double()) return *number;
  if (const auto* number = value.if_int64()) return static_cast<double>(*number);
  throw Damaged{"a number is missing"};
}

template <class Integer>
Integer integer_of(const json::value& value) {
  const auto* number = value.if_int64();
  if (!number || !std::in_range<Integer>(*number)) throw Damaged{"a whole number is missing"};
  return static_cast<Integer>(*number);
}

const json::value& member(const json::object& object, const char* name) {
  if (const auto* value = object.if_contains(name)) return *value;
  throw Damaged{fmt::format("{} is missing", name)};
}

std::uint8_t card_number(std::string_view id) {
  static const auto numbers = [] {
    std::unordered_map<std::string_view, std::uint8_t> made;
    for (std::size_t i = 0; i < core::kDeckSize; ++i)
      made[core::deck_cards()[i].id] = static_cast<std::uint8_t>(i);
    return made;
  }();
  const auto found = numbers.find(id);
  if (found == numbers.end()) throw Damaged{fmt::format("there is no card {}", id)};
  return found->second;
}

std::uint8_t nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  throw Damaged{"a hexadecimal text is wrong"};
}

std::uint8_t hex_byte(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(nibble(text[2 * at]) << 4 | nibble(text[2 * at + 1]));
}

template <std::size_t N>
std::array<std::uint8_t, N> hex_bytes(std::string_view text) {
  if (text.size() != 2 * N) throw Damaged{"a digest is of the wrong length"};
  std::array<std::uint8_t, N> bytes;
  for (std::size_t i = 0; i < N; ++i) bytes[i] = hex_byte(text, i);
  return bytes;
}

std::string cards_json(const core::Reading& reading) {
  std::string out = "[";
  for (const auto& card : reading.cards) {
    const auto& face = core::deck_cards()[card.card];
    fmt::format_to(std::back_inserter(out), R"({}{{"index":{},"id":"{}","name":)",
                   out.size() > 1 ? "," : "", card.index, face.id);
    append_json_string(out, face.name);
    out += R"(,"position":)";
    append_json_string(out, card.position);
    fmt::format_to(std::back_inserter(out),
                   R"(,"isReversed":{},"faceUp":{},"x":{},"y":{},"z":{},"rotation":{},)"
                   R"("customPosition":{}}})",
                   card.is_reversed, card.face_up, card.x, card.y, card.z, card.rotation,
                   reading.layout == core::Layout::freestyle);
  }
  return out + "]";
}

core::Layout read_layout(const json::value& value) {
  if (const auto* object = value.if_object()) return adopted_layout(*object);
  if (const auto layout = core::parse_layout(text_of(value))) return *layout;
  throw Damaged{"selected_layout names no layout"};
}

std::vector<core::Card> read_cards(const json::value& value, core::Layout layout) {
  const auto& array = array_of(value);
  if (std::ranges::any_of(array, is_adopted_card)) {
    auto adopted = adopted_cards(array, layout);
    if (!adopted) throw Damaged{std::string(adopted.error().sentence())};
    return *std::move(adopted);
  }
  std::vector<core::Card> cards;
  for (const auto& element : array) {
    const auto& object = object_of(element);
    core::Card card{
        .index = integer_of<core::CardIndex>(member(object, "index")),
        .position = std::string(text_of(member(object, "position"))),
        .card = card_number(text_of(member(object, "id"))),
    };
    card.is_reversed = truth_of(member(object, "isReversed"));
    card.face_up = truth_of(member(object, "faceUp"));
    card.x = number_of(member(object, "x"));
    card.y = number_of(member(object, "y"));
    card.z = integer_of<std::int32_t>(member(object, "z"));
    card.rotation = number_of(member(object, "rotation"));
    cards.push_back(std::move(card));
  }
  return cards;
}

std::vector<core::UndrawnCard> deck_without(std::span<const core::Card> table) {
  std::array<bool, core::kDeckSize> drawn{};
  for (const auto& card : table) drawn[card.card] = true;
  std::vector<core::UndrawnCard> deck;
  for (std::uint8_t i = 0; i < core::kDeckSize; ++i) {
    core::UndrawnCard card{};
    card.card = i & 0x7F;
    if (!drawn[i]) deck.push_back(card);
  }
  return deck;
}

// Two hexadecimal digits a card: every change of a session writes its row, and there may be the
// commitments of a hundred shuffles.
std::string order_hex(std::span<const core::UndrawnCard> order) {
  std::vector<std::uint8_t> bytes;
  for (const auto& card : order)
    bytes.push_back(static_cast<std::uint8_t>(card.card | card.is_reversed << 7));
  return hex(bytes);
}

std::string commitments_json(std::span<const core::Commitment> commitments) {
  std::string out = "[";
  for (const auto& commitment : commitments)
    fmt::format_to(std::back_inserter(out),
                   R"({}{{"digest":"{}","nonce":"{}","order":"{}","opened":{}}})",
                   out.size() > 1 ? "," : "", hex(commitment.digest), hex(commitment.nonce),
                   order_hex(commitment.order), commitment.opened);
  return out + "]";
}

std::vector<core::UndrawnCard> read_order(std::string_view text) {
  if (text.size() % 2) throw Damaged{"an order of cards is of the wrong length"};
  std::vector<core::UndrawnCard> order;
  for (std::size_t i = 0; i < text.size() / 2; ++i) {
    const auto byte = hex_byte(text, i);
    core::UndrawnCard card{};
    card.card = byte & 0x7F;
    card.is_reversed = byte >> 7;
    if (card.card >= core::kDeckSize) throw Damaged{"an order of cards names no card"};
    order.push_back(card);
  }
  return order;
}

// A text is ours; a list is the first implementation's.
std::vector<core::UndrawnCard> read_deck(const json::value& value,
                                         std::span<const core::Card> table) {
  if (value.is_array()) return adopted_deck(value.get_array(), table);
  return read_order(text_of(value));
}

std::vector<core::Commitment> read_commitments(const json::value& value) {
  std::vector<core::Commitment> commitments;
  for (const auto& element : array_of(value)) {
    const auto& object = object_of(element);
    commitments.push_back({
        .digest = hex_bytes<32>(text_of(member(object, "digest"))),
        .nonce = hex_bytes<32>(text_of(member(object, "nonce"))),
        .order = read_order(text_of(member(object, "order"))),
        .opened = truth_of(member(object, "opened")),
    });
  }
  return commitments;
}

Error damaged(const char* what, const Damaged& why) {
  return {ErrorCode::internal, fmt::format("The {} of this row is damaged: {}.", what, why.what)};
}

// Another program may have written cards and nothing beside them.
void agree_on_indexes(core::Reading& reading) {
  bool is_drawn = false;
  for (const auto& card : reading.cards) {
    if (card.index < UINT32_MAX) reading.next_index = std::max(reading.next_index, card.index + 1);
    is_drawn = is_drawn || card.index == reading.active_card;
  }
  if (!is_drawn) reading.active_card.reset();
}

Duration duration_of(const json::object& object, const char* name, Duration unit,
                     Duration otherwise) {
  const auto* value = object.if_contains(name);
  if (!value) return otherwise;
  constexpr double kMost = 1e12;  // thirty years, as in policy_span() of PostgreSQL's migrations
  const double ms = number_of(*value) * static_cast<double>(unit.count());
  if (!(ms >= 0 && ms <= kMost)) throw Damaged{fmt::format("{} is out of range", name)};
  return Duration(std::llround(ms));
}

}  // namespace

ReadingColumns reading_columns(const core::Reading& reading) {
  return {
      .layout = fmt::format("\"{}\"", core::to_string(reading.layout)),
      .cards = cards_json(reading),
      .deck = fmt::format("\"{}\"", order_hex(reading.undrawn)),
      .commitments = commitments_json(reading.commitments),
  };
}

Result<> read_columns(const ReadingColumns& columns, core::Reading& reading) {
  try {
    if (columns.layout) reading.layout = read_layout(parse(*columns.layout, "selected_layout"));
    if (columns.cards)
      reading.cards = read_cards(parse(*columns.cards, "selected_cards"), reading.layout);
    reading.undrawn = columns.deck ? read_deck(parse(*columns.deck, "shuffled_deck"), reading.cards)
                                   : deck_without(reading.cards);
    if (columns.commitments)
      reading.commitments = read_commitments(parse(*columns.commitments, "shuffle_commitments"));
  } catch (const Damaged& why) {
    return damaged("reading", why);
  }
  agree_on_indexes(reading);
  return {};
}

std::string policy_column(const core::Policy& policy) {
  const auto in = [](Duration duration, Duration unit) {
    return static_cast<double>(duration.count()) / static_cast<double>(unit.count());
  };
  constexpr Duration kSecond = std::chrono::seconds(1), kHour = std::chrono::hours(1);
  return fmt::format(
      R"({{"timeoutSeconds":{},"warningSeconds":{},"keepAlive":"{}","recoveryHours":{},)"
      R"("maxParticipants":{}}})",
      in(policy.timeout, kSecond), in(policy.warning, kSecond),
      kKeepAlives[static_cast<std::size_t>(policy.keep_alive)], in(policy.recovery, kHour),
      policy.max_participants);
}

Result<core::Policy> read_policy(std::string_view text) {
  core::Policy policy;
  constexpr Duration kSecond = std::chrono::seconds(1), kHour = std::chrono::hours(1);
  try {
    const auto value = parse(text, "policy");
    const auto& object = object_of(value);
    policy.timeout = duration_of(object, "timeoutSeconds", kSecond, policy.timeout);
    policy.warning = duration_of(object, "warningSeconds", kSecond, policy.warning);
    policy.recovery = duration_of(object, "recoveryHours", kHour, policy.recovery);
    if (const auto* most = object.if_contains("maxParticipants"))
      policy.max_participants = integer_of<std::uint16_t>(*most);
    if (const auto* word = object.if_contains("keepAlive")) {
      std::size_t i = 0;
      while (i < kKeepAlives.size() && kKeepAlives[i] != text_of(*word)) ++i;
      if (i == kKeepAlives.size()) throw Damaged{"keepAlive is no known word"};
      policy.keep_alive = static_cast<core::KeepAlive>(i);
    }
  } catch (const Damaged& why) {
    return damaged("policy", why);
  }
  return policy;
}

}  // namespace tarotforge::protocol
