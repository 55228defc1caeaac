#include <doctest/doctest.h>

#include "core/usage.h"
#include "net/time_zones.h"

namespace tarotforge::core {
namespace {

using namespace std::chrono;

std::string quarter_of(sys_time<minutes> t) {
  return std::to_string(t.time_since_epoch() / minutes(15));
}

TEST_CASE("RP4 days and hours are those of the zone, with its summer time") {
  const auto zone = net::find_time_zone("Europe/Berlin").value();
  // Half an hour before and after clocks go forward at 01:00 UTC, and late on the evening before.
  const sys_days day = 2026y / March / 29;
  const std::vector<Figure> figures{
      {"created", quarter_of(day + 30min), 1},   {"created", quarter_of(day + 90min), 2},
      {"created", quarter_of(day - 15min), 4},   {"created", quarter_of(day - 75min), 8},
      {"completed", quarter_of(day - 75min), 3}, {"expired", quarter_of(day + 30min), 1}};
  const auto told = analytics_of(figures, zone);
  CHECK(told.hours[6][1] == 1);
  CHECK(told.hours[6][2] == 0);
  CHECK(told.hours[6][3] == 2);
  CHECK(told.hours[6][0] == 4);
  CHECK(told.hours[5][23] == 8);
  REQUIRE(told.days.size() == 2);
  CHECK(told.days[0].day == day - days(1));
  CHECK(told.days[0].created == 8);
  CHECK(told.days[0].completed == 3);
  CHECK(told.days[1].created == 7);
  CHECK(told.days[1].expired == 1);
  CHECK(told.created == 15);
}

TEST_CASE("RP3 days are told without a gap, and cohorts with every month up to the last") {
  const sys_days day = 2026y / February / 27;
  const std::string january = std::to_string(2026 * 12), march = std::to_string(2026 * 12 + 2);
  const auto told = analytics_of({{"created", quarter_of(day), 1},
                                  {"created", quarter_of(day + days(3)), 1},
                                  {"cohort", january + "+0", 10},
                                  {"cohort", january + "+3", 4},
                                  {"cohort", march + "+0", 5}},
                                 TimeZone());
  REQUIRE(told.days.size() == 4);
  CHECK(told.days[2].day == sys_days(2026y / March / 1));
  CHECK(told.days[2].created == 0);
  REQUIRE(told.cohorts.size() == 2);
  CHECK(told.cohorts[0].month == 2026y / January);
  CHECK(told.cohorts[0].returned == std::vector<std::uint64_t>{0, 0, 4});
  CHECK(told.cohorts[1].hosts == 5);
  CHECK(told.cohorts[1].returned == std::vector<std::uint64_t>{0});
}

TEST_CASE("RP3 figures that are not known are passed over") {
  const auto told = analytics_of(
      {{"news", "7", 1}, {"duration", "61", 2}, {"duration", "60", 3}, {"cohort", "x", 1}}, {});
  CHECK(told.created == 0);
  CHECK(told.durations.front() == 3);
  CHECK(told.durations.back() == 2);
  CHECK(told.cohorts.empty());
}

}  // namespace
}  // namespace tarotforge::core
