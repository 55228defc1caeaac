#include "core/observed_time.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/random.h"

namespace tarotforge::core {
namespace {

Instant at(std::int64_t seconds) { return {seconds * 1000}; }
Duration length(std::int64_t seconds) { return std::chrono::seconds(seconds); }

struct Row {
  std::int64_t from, duration;
  std::vector<Outage> outages;
  std::int64_t until;
};

TEST_CASE("OU3 the timeout is walked around outages") {
  const Row rows[] = {
      {0, 3600, {}, 3600},
      {0, 3600, {{at(600), at(1200)}}, 4200},
      // An outage that begins at the deadline is too late to matter; one before does.
      {0, 3600, {{at(3600), at(9000)}}, 3600},
      {0, 3600, {{at(3599), at(9000)}}, 9001},
      // One that ended before, or at, the start does not count, one that spans it from there.
      {1000, 3600, {{at(0), at(1000)}}, 4600},
      {1000, 3600, {{at(0), at(1500)}}, 5100},
      // Each credit may bring the next outage into reach.
      {0, 100, {{at(50), at(150)}, {at(190), at(290)}, {at(310), at(400)}}, 300},
      {0, 100, {{at(50), at(150)}, {at(150), at(160)}}, 210},
      {0, 0, {{at(0), at(10)}}, 0},
  };
  for (const auto& row : rows) {
    CAPTURE(row.until);
    CHECK(after_observed(at(row.from), length(row.duration), row.outages) == at(row.until));
  }
}

TEST_CASE("OU1 an outage counts for nobody") {
  const std::vector<Outage> outages = {{at(600), at(1200)}};
  CHECK(observed_between(at(0), at(600), outages) == length(600));
  CHECK(observed_between(at(0), at(900), outages) == length(600));
  CHECK(observed_between(at(0), at(1200), outages) == length(600));
  CHECK(observed_between(at(0), at(1201), outages) == length(601));
  CHECK(observed_between(at(700), at(1100), outages) == length(0));
  CHECK(observed_between(at(1200), at(1300), outages) == length(100));
  CHECK(observed_between(at(500), at(400), outages) == length(0));
  CHECK(observed_between(at(500), at(500), outages) == length(0));
}

TEST_CASE("OU3 walking and measuring agree whatever the outages") {
  Prng random(7);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Outage> outages;
    std::int64_t t = random.below(50);
    for (auto left = random.below(6); left > 0; --left) {
      const auto start = t + random.below(40);
      t = start + 1 + random.below(40);
      outages.push_back({Instant{start}, Instant{t}});
    }
    const Instant from{random.below(200)};
    const Duration duration(random.below(200));
    const Instant until = after_observed(from, duration, outages);
    CHECK(observed_between(from, until, outages) == duration);
    // It is the first such instant: one millisecond before, less has passed.
    if (duration.count() > 0)
      CHECK(observed_between(from, until - Duration(1), outages) < duration);
  }
}

}  // namespace
}  // namespace tarotforge::core
