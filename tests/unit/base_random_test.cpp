#include "base/random.h"

#include <doctest/doctest.h>

#include <deque>
#include <vector>

namespace tarotforge {
namespace {

// Hands out the 32-bit words that a test chose.
class Scripted final : public Random {
 public:
  explicit Scripted(std::deque<std::uint32_t> words) : words_(std::move(words)) {}
  void fill(std::span<std::uint8_t> bytes) override {
    REQUIRE(bytes.size() == 4);
    REQUIRE(!words_.empty());
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(words_[0] >> (8 * i));
    words_.pop_front();
  }
  std::size_t left() const { return words_.size(); }

 private:
  std::deque<std::uint32_t> words_;
};

TEST_CASE("HS14 the generator is xoshiro256** seeded by splitmix64") {
  // From the authors' C code: splitmix64 fills the state, then three outputs.
  Prng zero(0);
  CHECK(zero.next() == 0x99ec5f36cb75f2b4);
  CHECK(zero.next() == 0xbf6e1f784956452a);
  CHECK(zero.next() == 0x1a5f849d4933e6e0);
  Prng other(42);
  CHECK(other.next() == 0x15780b2e0c2ec716);
  CHECK(other.next() == 0x6104d9866d113a7e);
}

TEST_CASE("HS14 the same seed replays, another does not") {
  const auto bytes = [](std::uint64_t seed, std::size_t size) {
    Prng random(seed);
    std::vector<std::uint8_t> filled(size);
    random.fill(filled);
    return filled;
  };
  CHECK(bytes(7, 1000) == bytes(7, 1000));
  CHECK_FALSE(bytes(7, 1000) == bytes(8, 1000));
  auto longer = bytes(7, 16);
  longer.resize(13);
  CHECK(bytes(7, 13) == longer);
  CHECK(bytes(7, 0).empty());
}

TEST_CASE("RD3 a bounded number is drawn again where it would be biased") {
  // 2^32 mod 78 is 22, so the highest 22 words would favour the numbers below 22.
  Scripted random({0xffffffff, 0xffffffea, 0xffffffe9, 78, 155});
  CHECK(random.below(78) == 77);
  CHECK(random.left() == 2);
  CHECK(random.below(78) == 0);
  CHECK(random.below(78) == 77);
  Scripted one({0x12345678});
  CHECK(one.below(1) == 0);
}

TEST_CASE("RD3 bounded numbers are spread evenly") {
  Prng random(11);
  constexpr int kDraws = 78'000;
  std::vector<int> counts(78);
  for (int i = 0; i < kDraws; ++i) ++counts.at(random.below(78));
  double chi_square = 0;
  for (const int count : counts) chi_square += (count - 1000.0) * (count - 1000.0) / 1000;
  // 77 degrees of freedom: mean 77, standard deviation 12.4; six of them to either side.
  CHECK(chi_square > 3);
  CHECK(chi_square < 152);
}

}  // namespace
}  // namespace tarotforge
