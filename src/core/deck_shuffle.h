// Shuffling the undrawn cards of a reading, each time with a new commitment. Internal to the
// reading: permissions and the limit of shuffles are judged before.
#pragma once

#include "core/reading.h"

namespace tarotforge::core {

// Puts the undrawn cards into a uniformly random order (Fisher and Yates), each upright or
// reversed by one random bit, and appends the commitment to it, whose digest is returned.
Digest shuffle_undrawn(Reading& reading, Random& random);

// All 78 cards undrawn and shuffled, after the deck before has been put away.
Digest take_new_deck(Reading& reading, Random& random);

// Whether the deck may be shuffled once more before it is put away (kMaxShuffles).
bool may_shuffle(const Reading& reading);

}  // namespace tarotforge::core
