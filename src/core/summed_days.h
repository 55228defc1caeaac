// Whole days of UTC whose figures were summed once and for all, beside the rows that are counted
// each time: which part of a period is answered from which, and how the parts are put together.
#pragma once

#include <optional>
#include <vector>

#include "core/usage.h"

namespace tarotforge::core {

inline constexpr Duration kDay = std::chrono::days(1);

constexpr WallTime begin_of_day(WallTime t) {
  return {std::chrono::floor<std::chrono::days>(Duration(t.ms)) / Duration(1)};
}

constexpr std::chrono::year_month month_of(WallTime t) {
  const std::chrono::sys_time<Duration> at{Duration(t.ms)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
  return date.year() / date.month();
}

struct Parts {
  std::optional<Period> summed{};  // whole days
  std::vector<Period> counted{};   // what is left, before and after
};
// `days`: those that have been summed, without a gap.
Parts parts_of(Period period, std::optional<Period> days);

// Rows of the same month and host, and counts of the same name and key, made one; in order.
std::vector<Usage> added_up(std::vector<Usage> rows);
std::vector<Figure> added_up(std::vector<Figure> figures);

// What is kept of one day.
struct DayOfFigures {
  WallTime begin;
  std::vector<Usage> usage;
  std::vector<Figure> figures;
};
struct CheckedDay {
  WallTime begin;
  bool is_sound;  // equal to what its rows say
};

// Hosts by the month of their first session and of a later one: figures named "cohort". Several
// rows of the same month and host count once.
std::vector<Figure> cohorts_of(const std::vector<Usage>& rows);

}  // namespace tarotforge::core
