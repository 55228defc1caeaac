#include "core/deck_shuffle.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tarotforge::core {

Digest commit_order(std::span<const UndrawnCard> order, std::span<const std::uint8_t, 32> nonce) {
  std::string text = "tarotforge-shuffle-1\n" + hex(nonce) + "\n";
  for (const auto& undrawn : order) {
    text += deck_cards()[undrawn.card].id;
    text += undrawn.is_reversed ? " reversed\n" : " upright\n";
  }
  return sha256(text);
}

Digest shuffle_undrawn(Reading& reading, Random& random) {
  auto& cards = reading.undrawn;
  for (auto left = static_cast<std::uint32_t>(cards.size()); left > 1; --left)
    std::swap(cards[left - 1], cards[random.below(left)]);
  for (auto& undrawn : cards) undrawn.is_reversed = random.below(2) & 1;
  Commitment commitment{.digest{}, .nonce{}, .order = cards};
  random.fill(commitment.nonce);
  commitment.digest = commit_order(commitment.order, commitment.nonce);
  reading.commitments.push_back(std::move(commitment));
  return reading.commitments.back().digest;
}

Digest take_new_deck(Reading& reading, Random& random) {
  put_deck_away(reading);
  reading.undrawn.clear();
  for (std::uint8_t card = 0; card < kDeckSize; ++card)
    reading.undrawn.push_back({.card = card, .is_reversed = 0});
  return shuffle_undrawn(reading, random);
}

bool may_shuffle(const Reading& reading) {
  const auto closed = std::ranges::count(reading.commitments, false, &Commitment::opened);
  return static_cast<std::size_t>(closed) < kMaxShuffles;
}

void put_deck_away(Reading& reading) {
  if (std::ranges::all_of(reading.commitments, &Commitment::opened)) return;
  std::erase_if(reading.commitments, [](const Commitment& old) { return old.opened; });
  for (auto& commitment : reading.commitments) commitment.opened = true;
}

}  // namespace tarotforge::core
