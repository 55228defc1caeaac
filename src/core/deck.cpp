// The names of the 78 cards and of the decks that show them.
#include <algorithm>
#include <array>

#include "core/reading.h"

namespace tarotforge::core {
namespace {

#define TF_SUIT(id, name)                                                                     \
  DeckCard{"ace-of-" id, "Ace of " name}, DeckCard{"two-of-" id, "Two of " name},             \
      DeckCard{"three-of-" id, "Three of " name}, DeckCard{"four-of-" id, "Four of " name},   \
      DeckCard{"five-of-" id, "Five of " name}, DeckCard{"six-of-" id, "Six of " name},       \
      DeckCard{"seven-of-" id, "Seven of " name}, DeckCard{"eight-of-" id, "Eight of " name}, \
      DeckCard{"nine-of-" id, "Nine of " name}, DeckCard{"ten-of-" id, "Ten of " name},       \
      DeckCard{"page-of-" id, "Page of " name}, DeckCard{"knight-of-" id, "Knight of " name}, \
      DeckCard{"queen-of-" id, "Queen of " name}, DeckCard {                                  \
    "king-of-" id, "King of " name                                                            \
  }

// The order of Waite and Smith (1909): Strength is the eighth major, Justice the eleventh. A
// card's place here is its number in stored readings and never changes.
constexpr std::array<DeckCard, kDeckSize> kCards = {
    DeckCard{"the-fool", "The Fool"},
    DeckCard{"the-magician", "The Magician"},
    DeckCard{"the-high-priestess", "The High Priestess"},
    DeckCard{"the-empress", "The Empress"},
    DeckCard{"the-emperor", "The Emperor"},
    DeckCard{"the-hierophant", "The Hierophant"},
    DeckCard{"the-lovers", "The Lovers"},
    DeckCard{"the-chariot", "The Chariot"},
    DeckCard{"strength", "Strength"},
    DeckCard{"the-hermit", "The Hermit"},
    DeckCard{"wheel-of-fortune", "Wheel of Fortune"},
    DeckCard{"justice", "Justice"},
    DeckCard{"the-hanged-man", "The Hanged Man"},
    DeckCard{"death", "Death"},
    DeckCard{"temperance", "Temperance"},
    DeckCard{"the-devil", "The Devil"},
    DeckCard{"the-tower", "The Tower"},
    DeckCard{"the-star", "The Star"},
    DeckCard{"the-moon", "The Moon"},
    DeckCard{"the-sun", "The Sun"},
    DeckCard{"judgement", "Judgement"},
    DeckCard{"the-world", "The World"},
    TF_SUIT("wands", "Wands"),
    TF_SUIT("cups", "Cups"),
    TF_SUIT("swords", "Swords"),
    TF_SUIT("pentacles", "Pentacles"),
};

#undef TF_SUIT

constexpr std::array<Deck, 2> kDecks = {
    Deck{"classic", "Classic",
         "The 78 cards of the traditional tarot, drawn in clear lines and warm colours."},
    Deck{"nocturne", "Nocturne", "The same 78 cards in a dark, starlit style for late readings."},
};

}  // namespace

std::span<const DeckCard, kDeckSize> deck_cards() { return kCards; }

std::span<const Deck> decks() { return kDecks; }

const Deck* find_deck(std::string_view id) {
  const auto* deck = std::ranges::find(kDecks, id, &Deck::id);
  return deck == kDecks.end() ? nullptr : deck;
}

}  // namespace tarotforge::core
