// What people do at the table, as they ask for it (Operation), and what everybody is told about it
// (Operated). Kinds and fields are those of the wire.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/hash.h"
#include "base/ids.h"
#include "base/instant.h"

namespace tarotforge::core {

enum class Layout : std::uint8_t { single_card, three_card, celtic_cross, freestyle };
enum class Step : std::uint8_t { setup, ask_question, drawing, interpretation };

std::string_view to_string(Layout layout);
std::string_view to_string(Step step);
std::optional<Layout> parse_layout(std::string_view word);
std::optional<Step> parse_step(std::string_view word);

using CardIndex = std::uint32_t;  // names a drawn card while it lies on the table; never reused

struct ChooseDeck {
  std::string deck_id;
};
struct ChooseLayout {
  Layout layout;
};
struct SetQuestion {
  std::string question;
};
struct SetStep {
  Step step;
};
struct Shuffle {};
struct Draw {
  std::string position;
  std::optional<double> x{}, y{};  // absent: where the layout puts it, in freestyle the middle
};
struct Flip {
  CardIndex card;
  bool face_up = true;
};
struct Move {
  CardIndex card;
  double x, y;
  std::optional<std::int32_t> z{};  // absent: above every other card
};
struct Rotate {
  CardIndex card;
  double rotation;  // degrees
};
struct ReturnCard {
  CardIndex card;
};
struct Focus {
  std::optional<CardIndex> card;
};
struct Interpret {
  std::string text;
};
struct LockTable {
  bool locked;
};
struct RemoveParticipant {
  ParticipantId participant;
};
struct Reset {};

using Operation =
    std::variant<ChooseDeck, ChooseLayout, SetQuestion, SetStep, Shuffle, Draw, Flip, Move, Rotate,
                 ReturnCard, Focus, Interpret, LockTable, RemoveParticipant, Reset>;

std::string_view kind_of(const Operation& operation);  // "choose_deck" … "reset"

// A card that lies on the table, as the server knows it. Only while face_up may card and
// is_reversed leave the server.
struct Card {
  CardIndex index;
  std::string position;
  std::uint8_t card;  // 0..77 in the deck's order
  bool is_reversed = false;
  bool face_up = false;
  double x = 0.5, y = 0.5;  // 0..1 of the table
  std::int32_t z = 0;
  double rotation = 0;  // degrees

  friend bool operator==(const Card&, const Card&) = default;
};

}  // namespace tarotforge::core
