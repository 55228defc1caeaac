#include "base/random.h"

#include <bit>
#include <cstring>

#include "base/check.h"

namespace tarotforge {

std::uint32_t Random::below(std::uint32_t bound) {
  check(bound > 0, "a random bound is positive");
  const std::uint32_t limit = UINT32_MAX - UINT32_MAX % bound;
  for (;;) {
    std::uint8_t bytes[4];
    fill(bytes);
    std::uint32_t value;
    std::memcpy(&value, bytes, sizeof value);
    if (value < limit) return value % bound;
  }
}

Prng::Prng(std::uint64_t seed) {
  for (auto& word : state_) {
    seed += 0x9E3779B97F4A7C15ull;
    std::uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    word = z ^ (z >> 31);
  }
}

std::uint64_t Prng::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

void Prng::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const std::uint64_t word = next();
    const std::size_t n = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(bytes.data(), &word, n);
    bytes = bytes.subspan(n);
  }
}

}  // namespace tarotforge
