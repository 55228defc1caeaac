// The operations of people at the table: who may, when, and what changes. Each apply() refuses
// before it changes anything.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/deck_shuffle.h"

namespace tarotforge::core {
namespace {

constexpr std::int32_t kHighestZ = 1'000'000;  // far beyond what hands reach, far below overflow
constexpr double kMostRotation = 3600;         // ten turns, for clients that add up turns
constexpr double kFullTurn = 360;

enum class Who : std::uint8_t { host, host_and_reader, anyone, anyone_unless_locked };

// In the order of the variant's alternatives.
constexpr std::array<Who, std::variant_size_v<Operation>> kWho = {
    Who::host,                  // choose_deck
    Who::host,                  // choose_layout
    Who::host_and_reader,       // set_question
    Who::host,                  // set_step
    Who::anyone_unless_locked,  // shuffle
    Who::anyone_unless_locked,  // draw
    Who::anyone_unless_locked,  // flip
    Who::anyone_unless_locked,  // move
    Who::anyone_unless_locked,  // rotate
    Who::host,                  // return_card
    Who::anyone,                // focus
    Who::host_and_reader,       // interpret
    Who::host,                  // lock_table
    Who::host,                  // remove_participant
    Who::host,                  // reset
};

Result<> check_permission(const Reading& reading, const Operation& operation, Role actor) {
  if (actor == Role::host) return {};
  switch (kWho[operation.index()]) {
    case Who::host:
      return ErrorCode::not_allowed;
    case Who::host_and_reader:
      if (actor != Role::reader) return ErrorCode::not_allowed;
      return {};
    case Who::anyone:
      return {};
    case Who::anyone_unless_locked:
      if (reading.table_locked) return ErrorCode::table_locked;
      return {};
  }
  fail_check("every kind says who may", std::source_location::current());
}

Error refuse(std::string_view detail) {
  return Error(ErrorCode::invalid_operation, std::string(detail));
}

Result<Card*> find_card(Reading& reading, CardIndex index) {
  const auto card = std::ranges::find(reading.cards, index, &Card::index);
  if (card == reading.cards.end()) return ErrorCode::card_not_drawn;
  return &*card;
}

// NaN is in no range.
Result<> check_point(double x, double y) {
  if (x >= 0 && x <= 1 && y >= 0 && y <= 1) return {};
  return refuse("x and y must be between 0 and 1.");
}

Result<> check_shuffles(const Reading& reading) {
  if (may_shuffle(reading)) return {};
  return Error(
      ErrorCode::deck_exhausted,
      fmt::format("This deck has been shuffled {} times. Reset the table to go on.", kMaxShuffles));
}

Result<LayoutPosition> find_position(Layout layout, std::string_view id) {
  if (layout == Layout::freestyle) {
    TRY(check_text(kFreestylePositionRule, id, ErrorCode::invalid_operation));
    return LayoutPosition{id, 0.5, 0.5, 0};
  }
  const auto all = positions(layout);
  const auto position = std::ranges::find(all, id, &LayoutPosition::id);
  if (position == all.end()) return ErrorCode::unknown_position;
  return *position;
}

// One above the highest of the other cards; at the ceiling cards lie in the order of drawing.
std::int32_t z_above_others(const Reading& reading, CardIndex index) {
  std::int32_t highest = 0;
  for (const auto& card : reading.cards)
    if (card.index != index) highest = std::max(highest, card.z);
  return std::min(highest + 1, kHighestZ);
}

Result<Outcome> apply(Reading& reading, const ChooseDeck& asked, Random& random) {
  if (!reading.cards.empty()) return ErrorCode::cards_drawn;
  const Deck* deck = find_deck(asked.deck_id);
  if (!deck) return ErrorCode::deck_not_found;
  reading.deck_id = deck->id;
  return Outcome{.shuffle_commitment = take_new_deck(reading, random)};
}

Result<Outcome> apply(Reading& reading, const ChooseLayout& asked, Random&) {
  if (!reading.cards.empty()) return ErrorCode::cards_drawn;
  reading.layout = asked.layout;
  return Outcome{};
}

Result<Outcome> apply(Reading& reading, const SetQuestion& asked, Random&) {
  TRY(check_text(kQuestionRule, asked.question, ErrorCode::invalid_operation));
  reading.question = asked.question;
  return Outcome{};
}

Result<Outcome> apply(Reading& reading, const SetStep& asked, Random&) {
  reading.step = asked.step;
  return Outcome{};
}

Result<Outcome> apply(Reading& reading, const Shuffle&, Random& random) {
  TRY(check_shuffles(reading));
  return Outcome{.shuffle_commitment = shuffle_undrawn(reading, random)};
}

Result<Outcome> apply(Reading& reading, const Draw& asked, Random&) {
  if (reading.step < Step::drawing) return ErrorCode::wrong_step;
  TRY_ASSIGN(const LayoutPosition position, find_position(reading.layout, asked.position));
  const double x = asked.x.value_or(position.x);
  const double y = asked.y.value_or(position.y);
  TRY(check_point(x, y));
  if (reading.undrawn.empty()) return ErrorCode::deck_exhausted;
  if (std::ranges::find(reading.cards, asked.position, &Card::position) != reading.cards.end())
    return ErrorCode::position_taken;

  const UndrawnCard top = reading.undrawn.front();
  reading.undrawn.erase(reading.undrawn.begin());
  const CardIndex index = reading.next_index++;
  reading.cards.push_back({.index = index,
                           .position = asked.position,
                           .card = top.card,
                           .is_reversed = top.is_reversed == 1,
                           .face_up = false,
                           .x = x,
                           .y = y,
                           .z = z_above_others(reading, index),
                           .rotation = position.rotation});
  return Outcome{.card = reading.cards.back(), .deck_remaining = reading.undrawn.size()};
}

Result<Outcome> apply(Reading& reading, const Flip& asked, Random&) {
  TRY_ASSIGN(Card* const card, find_card(reading, asked.card));
  card->face_up = asked.face_up;
  return Outcome{.card = *card};
}

Result<Outcome> apply(Reading& reading, const Move& asked, Random&) {
  TRY_ASSIGN(Card* const card, find_card(reading, asked.card));
  TRY(check_point(asked.x, asked.y));
  if (asked.z && (*asked.z < -kHighestZ || *asked.z > kHighestZ))
    return refuse(fmt::format("z must be between -{0} and {0}.", kHighestZ));
  card->x = asked.x;
  card->y = asked.y;
  card->z = asked.z ? *asked.z : z_above_others(reading, card->index);
  return Outcome{.card = *card};
}

Result<Outcome> apply(Reading& reading, const Rotate& asked, Random&) {
  TRY_ASSIGN(Card* const card, find_card(reading, asked.card));
  if (!(std::abs(asked.rotation) <= kMostRotation))  // NaN too
    return refuse(fmt::format("rotation must be between -{0} and {0} degrees.", kMostRotation));
  double rotation = std::fmod(asked.rotation, kFullTurn);
  if (rotation < 0) rotation += kFullTurn;
  if (rotation >= kFullTurn) rotation = 0;  // a tiny negative angle rounds up to a full turn
  card->rotation = rotation + 0.0;          // +0 for -0
  return Outcome{.card = *card};
}

Result<Outcome> apply(Reading& reading, const ReturnCard& asked, Random& random) {
  TRY_ASSIGN(Card* const card, find_card(reading, asked.card));
  TRY(check_shuffles(reading));
  reading.undrawn.push_back({.card = card->card, .is_reversed = 0});
  reading.cards.erase(reading.cards.begin() + (card - reading.cards.data()));
  if (reading.active_card == asked.card) reading.active_card.reset();
  const Digest commitment = shuffle_undrawn(reading, random);
  return Outcome{.returned = asked.card,
                 .deck_remaining = reading.undrawn.size(),
                 .shuffle_commitment = commitment};
}

Result<Outcome> apply(Reading& reading, const Focus& asked, Random&) {
  if (asked.card) TRY(find_card(reading, *asked.card));
  reading.active_card = asked.card;
  return Outcome{};
}

Result<Outcome> apply(Reading& reading, const Interpret& asked, Random&) {
  TRY(check_text(kInterpretationRule, asked.text, ErrorCode::invalid_operation));
  reading.interpretation = asked.text;
  return Outcome{};
}

Result<Outcome> apply(Reading& reading, const LockTable& asked, Random&) {
  reading.table_locked = asked.locked;
  return Outcome{};
}

Result<Outcome> apply(Reading&, const RemoveParticipant&, Random&) {
  fail_check("removing a participant is the session's own", std::source_location::current());
}

Result<Outcome> apply(Reading& reading, const Reset&, Random& random) {
  reading.cards.clear();
  reading.active_card.reset();
  reading.interpretation.clear();
  reading.step = Step::setup;
  reading.table_locked = false;
  take_new_deck(reading, random);
  return Outcome{};
}

}  // namespace

Result<Outcome> operate(Reading& reading, const Operation& operation, Role actor, Random& random) {
  TRY(check_permission(reading, operation, actor));
  return std::visit([&](const auto& asked) { return apply(reading, asked, random); }, operation);
}

}  // namespace tarotforge::core
