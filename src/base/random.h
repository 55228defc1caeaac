// A source of random bytes, handed in wherever randomness is needed. The server's source is the
// operating system's cryptographic generator; the tests' and the simulator's replay from a seed.
#pragma once

#include <cstdint>
#include <span>

namespace tarotforge {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  // A uniform number in [0, bound), without modulo bias (rejection). bound > 0.
  std::uint32_t below(std::uint32_t bound);
};

// xoshiro256** (Blackman and Vigna, 2018), seeded by splitmix64: fast and replayable. For jitter,
// tests and simulation; never for secrets or for shuffling a deck that people see.
class Prng final : public Random {
 public:
  explicit Prng(std::uint64_t seed);
  void fill(std::span<std::uint8_t> bytes) override;
  std::uint64_t next();

 private:
  std::uint64_t state_[4];
};

}  // namespace tarotforge
