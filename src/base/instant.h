// Points and lengths of time, in milliseconds.
//
// An Instant lies on the server's monotonic axis: its origin is the Unix epoch as the wall clock
// showed it when the process started, and from there it advances with the steady clock only. It
// never jumps. WallTime is what calendars and the database show; a Calendar converts between the
// two and changes when the wall clock has jumped. Intervals are half-open: reached(deadline, now)
// is the one place where a deadline is compared.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace tarotforge {

using Duration = std::chrono::milliseconds;

template <class Axis>
struct TimePoint {
  std::int64_t ms = 0;

  friend constexpr auto operator<=>(TimePoint, TimePoint) = default;
  friend constexpr TimePoint operator+(TimePoint t, Duration d) { return {t.ms + d.count()}; }
  friend constexpr TimePoint operator-(TimePoint t, Duration d) { return {t.ms - d.count()}; }
  friend constexpr Duration operator-(TimePoint a, TimePoint b) { return Duration(a.ms - b.ms); }
  constexpr TimePoint& operator+=(Duration d) {
    ms += d.count();
    return *this;
  }
};

using Instant = TimePoint<struct MonotonicAxis>;
using WallTime = TimePoint<struct WallAxis>;

constexpr bool reached(Instant deadline, Instant now) { return now >= deadline; }

struct Calendar {
  Duration shift{0};  // wall minus monotonic

  constexpr WallTime wall(Instant t) const { return {t.ms + shift.count()}; }
  constexpr Instant instant(WallTime t) const { return {t.ms - shift.count()}; }
};

}  // namespace tarotforge
