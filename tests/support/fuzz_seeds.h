// Seeds of the tests that draw commands by chance: some that stay, a fresh one of each run, and for
// a long run as many fresh ones as its time allows. TAROTFORGE_FUZZ_SEED runs one seed alone,
// TAROTFORGE_FUZZ_SECONDS sets the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace tarotforge::test {

template <class Run>
void for_each_seed(const char* what, int fixed, Run run) {
  if (const char* seed = std::getenv("TAROTFORGE_FUZZ_SEED"))
    return run(std::strtoull(seed, nullptr, 10));
  const char* seconds = std::getenv("TAROTFORGE_FUZZ_SECONDS");
  const auto end =
      std::chrono::steady_clock::now() + std::chrono::seconds(seconds ? std::atoi(seconds) : 0);
  for (int seed = 1; seed <= fixed; ++seed) run(static_cast<std::uint64_t>(seed));
  do {
    const std::uint64_t seed = std::random_device()();
    std::printf("%s: TAROTFORGE_FUZZ_SEED=%llu\n", what, static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    run(seed);
  } while (std::chrono::steady_clock::now() < end);
}

}  // namespace tarotforge::test
