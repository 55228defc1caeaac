// The reading on the table of one session: deck, layout, question, cards. Pure: permissions and
// rules of every operation live here, randomness is handed in. The undrawn deck's order and the
// identity of a face-down card never leave this class but through the store.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/operation.h"
#include "core/participant.h"

namespace tarotforge::core {

inline constexpr std::size_t kDeckSize = 78;

struct DeckCard {  // a card's name in the classic order
  std::string_view id;
  std::string_view name;
};
struct Deck {
  std::string_view id;
  std::string_view name;
  std::string_view description;
};
struct LayoutPosition {
  std::string_view id;
  double x, y;
  double rotation;  // degrees; the crossing card lies at 90
};

std::span<const DeckCard, kDeckSize> deck_cards();
std::span<const Deck> decks();
const Deck* find_deck(std::string_view id);
std::span<const LayoutPosition> positions(Layout layout);  // empty for freestyle

struct UndrawnCard {
  std::uint8_t card : 7;
  std::uint8_t is_reversed : 1;

  friend bool operator==(const UndrawnCard&, const UndrawnCard&) = default;
};

// What was promised about one shuffle. It is opened (order and nonce become public) when the deck
// is put away: at reset, when another deck is chosen, and at completion.
struct Commitment {
  Digest digest;  // SHA-256, see commit_order()
  std::array<std::uint8_t, 32> nonce;
  std::vector<UndrawnCard> order;  // the undrawn cards, top first, as they lay after the shuffle
  bool opened = false;

  friend bool operator==(const Commitment&, const Commitment&) = default;
};

// SHA-256 over the ASCII text "tarotforge-shuffle-1\n" + hex(nonce) + "\n" + one line per card,
// top first: its id, a space, "upright" or "reversed", "\n".
Digest commit_order(std::span<const UndrawnCard> order, std::span<const std::uint8_t, 32> nonce);

// How often one deck may be shuffled before it is put away: more than once for each of its cards.
// Every shuffle since then must be kept to be opened, about 150 bytes each.
inline constexpr std::size_t kMaxShuffles = 100;

// Invariants: the 78 cards are each once among cards and undrawn; positions and indices of cards
// are unique; active_card names a card on the table; the last commitment is closed until the deck
// is put away. Besides the deck's own commitments it keeps the opened ones of the deck before.
struct Reading {
  std::string deck_id = "classic";
  Layout layout = Layout::three_card;
  std::string question;
  std::string interpretation;
  Step step = Step::setup;
  std::vector<Card> cards;           // on the table, in the order they were drawn
  std::vector<UndrawnCard> undrawn;  // top first
  std::vector<Commitment> commitments;
  std::optional<CardIndex> active_card;
  bool table_locked = false;
  CardIndex next_index = 0;

  friend bool operator==(const Reading&, const Reading&) = default;
};

// Limits of what people may write, in code points.
inline constexpr std::size_t kMaxNameLength = 64;
inline constexpr std::size_t kMaxQuestionLength = 500;
inline constexpr std::size_t kMaxInterpretationLength = 10'000;
inline constexpr std::size_t kMaxFreestylePositionLength = 40;

struct TextRule {
  std::string_view field;
  std::size_t least, most;  // code points
};
inline constexpr TextRule kNameRule{"name", 1, kMaxNameLength};
inline constexpr TextRule kQuestionRule{"question", 0, kMaxQuestionLength};
inline constexpr TextRule kInterpretationRule{"text", 0, kMaxInterpretationLength};
inline constexpr TextRule kFreestylePositionRule{"position", 1, kMaxFreestylePositionLength};

// What people write is UTF-8 of so many code points, without control characters (Unicode's Cc)
// other than newline and tab. The refusal is of the given code and names the field.
Result<> check_text(const TextRule& rule, std::string_view text, ErrorCode refusal);

// A new reading with a freshly shuffled deck and its commitment. deck_not_found, invalid_value.
Result<Reading> make_reading(std::string_view deck_id, Layout layout, std::string_view question,
                             Random& random);

// What an operation changed, for those who hear of it; only the fields of its kind are set. A
// reset sets none: it is told by the whole session.
struct Outcome {
  std::optional<Card> card{};                   // draw, flip, move, rotate
  std::optional<CardIndex> returned{};          // return_card
  std::optional<std::size_t> deck_remaining{};  // draw, return_card
  std::optional<Digest> shuffle_commitment{};   // choose_deck, shuffle, return_card
};

// Applies one operation to the reading or refuses it, changing nothing. RemoveParticipant is the
// session's own and a bug here (check). Refusals, of which the first that holds is answered:
// not_allowed, table_locked (binds everyone but the host), then of the kind: card_not_drawn,
// deck_exhausted (nothing left to draw, or shuffled kMaxShuffles times), position_taken,
// unknown_position, cards_drawn, wrong_step, deck_not_found, invalid_operation (numbers out of
// range, texts too long, text not UTF-8).
Result<Outcome> operate(Reading& reading, const Operation& operation, Role actor, Random& random);

// Opens every commitment of the deck, and forgets the opened ones of the deck before. Reset and
// choose_deck do it by themselves; at completion it is called. Once more changes nothing.
void put_deck_away(Reading& reading);

}  // namespace tarotforge::core
