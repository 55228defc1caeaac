// Shuffles: fair, replayable, and bound by commitments that anyone can verify afterwards.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "tests/unit/table_script.h"

namespace tarotforge::core {
namespace {

using test::Table;

// Six standard deviations around the mean of a chi-square with this many degrees of freedom: a
// fair shuffle leaves them once in hundreds of millions of seeds, and the seed here is fixed.
void check_chi_square(double chi_square, double freedom) {
  const double slack = 6 * std::sqrt(2 * freedom);
  CHECK(chi_square > freedom - slack);
  CHECK(chi_square < freedom + slack);
}

double chi_square_of(std::span<const int> counts, double expected) {
  double sum = 0;
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

// The documented text, written out here a second time.
Digest digest_as_documented(const Commitment& opened) {
  std::string text = "tarotforge-shuffle-1\n";
  for (const auto byte : opened.nonce) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  text += "\n";
  for (const auto& card : opened.order) {
    text += std::string(deck_cards()[card.card].id);
    text += card.is_reversed ? " reversed" : " upright";
    text += "\n";
  }
  return sha256(text);
}

TEST_CASE("RD3 every card is equally likely in every place, upright or reversed") {
  constexpr int kShuffles = 12'000;
  std::vector<int> places(kDeckSize * kDeckSize);
  std::vector<int> top_pairs(kDeckSize * kDeckSize);
  std::vector<int> reversed(kDeckSize);
  Prng random(20'260'101);
  for (int i = 0; i < kShuffles; ++i) {
    const auto order = make_reading("classic", Layout::freestyle, "", random).value().undrawn;
    REQUIRE(order.size() == kDeckSize);
    for (std::size_t place = 0; place < kDeckSize; ++place) {
      ++places[place * kDeckSize + order[place].card];
      reversed[order[place].card] += order[place].is_reversed;
    }
    ++top_pairs[order[0].card * kDeckSize + order[1].card];
  }
  constexpr double kCards = kDeckSize;
  check_chi_square(chi_square_of(places, kShuffles / kCards), (kCards - 1) * (kCards - 1));
  // The 78 pairs of a card with itself cannot be, and add nothing but their zero counts.
  for (std::size_t card = 0; card < kDeckSize; ++card)
    CHECK(top_pairs[card * kDeckSize + card] == 0);
  const double expected = kShuffles / (kCards * (kCards - 1));
  check_chi_square(chi_square_of(top_pairs, expected) - kCards * expected,
                   kCards * (kCards - 1) - 1);
  // Each card's reversals are binomial: variance n/4, so this sum has 78 degrees of freedom.
  check_chi_square(chi_square_of(reversed, kShuffles / 2.0) * 2, kCards);
}

TEST_CASE("RD3 the injected generator alone decides the shuffle") {
  const auto undrawn = [](std::uint64_t seed) { return Table(Layout::freestyle, seed).reading; };
  CHECK(undrawn(1) == undrawn(1));
  CHECK_FALSE(undrawn(1).undrawn == undrawn(2).undrawn);
  CHECK_FALSE(undrawn(1).commitments[0].nonce == undrawn(2).commitments[0].nonce);
}

TEST_CASE("RD3 choosing a deck shuffles it, also when it is the same") {
  Table table;
  const auto before = table.reading;
  table.play("host choose_deck classic");
  CHECK(table.reading.undrawn.size() == kDeckSize);
  CHECK_FALSE(table.reading.undrawn == before.undrawn);
}

TEST_CASE("RD4 a shuffle moves only undrawn cards") {
  Table table;
  table.play("host set_step drawing\nhost draw past\nhost draw future\nhost flip 1\nhost focus 0");
  const auto before = table.reading;
  const auto outcome = table.ask(Role::participant, Shuffle{});
  REQUIRE(outcome);
  CHECK(outcome->shuffle_commitment == table.reading.commitments.back().digest);
  CHECK_FALSE(outcome->deck_remaining);
  CHECK(table.reading.cards == before.cards);
  CHECK(table.reading.active_card == before.active_card);
  CHECK_FALSE(table.reading.undrawn == before.undrawn);
  const auto numbers = [](const Reading& reading) {
    std::set<int> cards;
    for (const auto& undrawn : reading.undrawn) cards.insert(undrawn.card);
    return cards;
  };
  CHECK(numbers(table.reading) == numbers(before));
}

TEST_CASE("RD5 the commitment is the hash of the documented text") {
  std::array<std::uint8_t, 32> nonce;
  for (std::size_t i = 0; i < nonce.size(); ++i) nonce[i] = static_cast<std::uint8_t>(i);
  const std::vector<UndrawnCard> order = {{0, 0}, {22, 1}, {77, 0}};
  // printf 'tarotforge-shuffle-1\n000102…1e1f\nthe-fool upright\nace-of-wands reversed\n…' |
  // sha256sum
  CHECK(hex(commit_order(order, nonce)) ==
        "f18c9e7776183393cea46788b556ec8967778e34c60b6a7eb30f54640ec3f65f");
  CHECK(hex(commit_order({}, nonce)) ==
        "bf47f58dd4c4e58140d83db4ab78158767414dfe3a54c2c42f0a07051923aca9");
}

TEST_CASE("RD5 an opened commitment verifies, and another order or nonce does not") {
  Table table;
  const Digest published = table.reading.commitments[0].digest;
  table.play("host set_step drawing\nhost draw past");
  put_deck_away(table.reading);
  Commitment opened = table.reading.commitments[0];
  CHECK(opened.digest == published);
  CHECK(digest_as_documented(opened) == published);
  opened.order[5].is_reversed ^= 1;
  CHECK_FALSE(digest_as_documented(opened) == published);
  opened.order[5].is_reversed ^= 1;
  std::swap(opened.order[0], opened.order[1]);
  CHECK_FALSE(digest_as_documented(opened) == published);
  std::swap(opened.order[0], opened.order[1]);
  opened.nonce[31] ^= 1;
  CHECK_FALSE(digest_as_documented(opened) == published);
}

TEST_CASE("RD6 commitments stay closed in the middle of a reading and open together at its end") {
  Table table;
  table.play(R"(
        participant shuffle
        host set_step drawing
        host draw past
        participant shuffle
        host draw present
        host return_card 1
    )");
  auto& commitments = table.reading.commitments;
  REQUIRE(commitments.size() == 4);
  CHECK(std::ranges::none_of(commitments, &Commitment::opened));
  const std::size_t sizes[] = {78, 78, 77, 77};
  for (std::size_t i = 0; i < 4; ++i) CHECK(commitments[i].order.size() == sizes[i]);
  const auto digest = commitments[0].digest;
  put_deck_away(table.reading);
  REQUIRE(commitments.size() == 4);
  CHECK(commitments[0].digest == digest);
  CHECK(std::ranges::all_of(commitments, &Commitment::opened));
  const Reading once = table.reading;
  put_deck_away(table.reading);
  CHECK(table.reading == once);
}

TEST_CASE("RD6 reset and another deck open the old deck's commitments and start anew") {
  for (const char* line : {"host reset", "host choose_deck nocturne"}) {
    Table table;
    table.play("host shuffle");
    const auto old = table.reading.commitments;
    table.play(line);
    auto& commitments = table.reading.commitments;
    REQUIRE(commitments.size() == 3);
    CHECK(commitments[0].opened);
    CHECK(commitments[1].opened);
    CHECK(commitments[1].digest == old[1].digest);
    CHECK_FALSE(commitments[2].opened);
    CHECK(commitments[2].order == table.reading.undrawn);
    const auto newest = commitments[2].digest;
    table.play(line);
    REQUIRE(commitments.size() == 2);
    CHECK(commitments[0].digest == newest);
    CHECK(commitments[0].opened);
  }
}

TEST_CASE("RD9 a deck is shuffled at most 100 times before it is put away") {
  Table table;
  table.play("host set_step drawing\nhost draw past");
  for (std::size_t i = 1; i < kMaxShuffles; ++i) table.play("participant shuffle");
  table.play(R"(
        participant shuffle -> deck_exhausted
        host return_card 0 -> deck_exhausted
        host draw present
        host reset
        host shuffle
    )");
  CHECK(table.reading.commitments.size() == kMaxShuffles + 2);
  table.play("host reset");
  CHECK(table.reading.commitments.size() == 3);
}

// Anything anyone may ask, in and out of turn.
Operation random_operation(Prng& random) {
  const CardIndex card = random.below(12);
  const double number = (static_cast<double>(random.below(1200)) - 100) / 1000;
  switch (random.below(12)) {
    case 0:
      return random.below(8) ? Operation(SetStep{Step::drawing}) : SetStep{Step::setup};
    case 1:
      return Shuffle{};
    case 2:
    case 3:
    case 4:
      return Draw{"place " + std::to_string(random.below(30)), {}, {}};
    case 5:
      return Flip{card, random.below(2) == 1};
    case 6:
      return Move{card, number, number, {}};
    case 7:
      return Rotate{card, number * 4000};
    case 8:
      return ReturnCard{card};
    case 9:
      return Focus{card};
    case 10:
      return LockTable{random.below(4) == 0};
    default:
      if (random.below(20)) return Shuffle{};
      return random.below(2) ? Operation(Reset{}) : ChooseDeck{"nocturne"};
  }
}

// Every card that is drawn is the next one of the order that the newest commitment promised.
TEST_CASE("RD5 in any course of a reading the commitments prove every card drawn") {
  int proven = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Table table(Layout::freestyle, seed);
    Prng course(seed + 1000);
    std::size_t drawn = 0;
    Digest promised = table.reading.commitments.back().digest;
    for (int i = 0; i < 400; ++i) {
      const auto operation = random_operation(course);
      const auto actor = course.below(4) ? Role::host : Role::participant;
      const auto outcome = table.ask(actor, operation);
      if (!outcome) continue;
      const auto& newest = table.reading.commitments.back();
      if (newest.digest != promised) drawn = 0;
      promised = newest.digest;
      CHECK(digest_as_documented(newest) == promised);
      CHECK_FALSE(newest.opened);
      if (!std::holds_alternative<Draw>(operation)) continue;
      const UndrawnCard due = newest.order[drawn++];
      CHECK(outcome->card->card == due.card);
      CHECK(outcome->card->is_reversed == (due.is_reversed == 1));
      ++proven;
    }
  }
  CHECK(proven > 500);
}

}  // namespace
}  // namespace tarotforge::core
