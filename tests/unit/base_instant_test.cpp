#include "base/instant.h"

#include <doctest/doctest.h>

namespace tarotforge {
namespace {

TEST_CASE("SE4 a deadline is reached at its instant and not one millisecond before") {
  constexpr Instant kDeadline{1'000};
  CHECK_FALSE(reached(kDeadline, kDeadline - Duration(1)));
  CHECK(reached(kDeadline, kDeadline));
  CHECK(reached(kDeadline, kDeadline + Duration(1)));
}

TEST_CASE("OU9 the calendar turns instants into wall time and back, also after a jump") {
  Calendar calendar;
  constexpr Instant kThen{1'700'000'000'000};
  CHECK(calendar.wall(kThen) == WallTime{kThen.ms});
  calendar.shift += std::chrono::hours(-2);
  CHECK(calendar.wall(kThen) == WallTime{kThen.ms - 7'200'000});
  CHECK(calendar.instant(calendar.wall(kThen)) == kThen);
}

}  // namespace
}  // namespace tarotforge
