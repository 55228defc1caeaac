// How the numbers of a server are kept over time.
#include "app/series.h"

#include <doctest/doctest.h>

namespace tarotforge::app {
namespace {

constexpr std::int64_t kNow = 1'769'817'600;  // a full minute
constexpr Calendar kCalendar{Duration(250)};

protocol::SeriesPoint point(std::int64_t at, double joins = 0) {
  return {.at = at, .active_sessions = 3, .joins = joins, .memory_bytes = 1000, .flush_lag = 0.5};
}

std::size_t known(const protocol::Object& json, std::string_view column) {
  std::size_t count = 0;
  for (const auto& value : json.at(column).as_array()) count += !value.is_null();
  return count;
}

TEST_CASE("DB11 the series has a place for each ten seconds, null where nothing was measured") {
  Series series;
  series.add(point(kNow, 0.5));
  series.add(point(kNow + 30));
  const auto json = series.json(kNow - 5, kNow + 39);
  CHECK(json.at("intervalSeconds") == 10);
  CHECK(json.at("at").as_array() == protocol::Array{kNow, kNow + 10, kNow + 20, kNow + 30});
  CHECK(json.at("joins").as_array() == protocol::Array{0.5, nullptr, nullptr, 0.0});
  CHECK(json.at("latenessP99").as_array() == protocol::Array{nullptr, nullptr, nullptr, nullptr});
  for (const auto& [name, column] : json)
    if (column.is_array()) CHECK(column.as_array().size() == 4);
}

TEST_CASE("DB11 it holds a day and no more") {
  Series series;
  for (std::int64_t at = kNow; at <= kNow + kSeriesKept + 100; at += 10) series.add(point(at));
  const auto json = series.json(kNow, kNow + kSeriesKept + 100);
  CHECK(known(json, "joins") == 8640);
}

TEST_CASE("DB12 a minute is the mean of its points, the sum of what is counted, and its worst") {
  Series series;
  CHECK(!series.minute(kNow, kCalendar));
  series.add(point(kNow - 60, 100));  // of the minute before
  for (int i = 5; i >= 0; --i) series.add(point(kNow - 10 * i, i == 0 ? 3 : 0.1));
  auto late = point(kNow + 10);
  late.lateness_p99 = 0.25;
  series.add(late);
  const auto minute = series.minute(kNow, kCalendar).value();
  CHECK(kCalendar.wall(minute.at).ms == kNow * 1000);
  CHECK(minute.joins == 35);
  CHECK(minute.active_sessions == 3);
  CHECK(minute.memory_bytes == 1000);
  CHECK(minute.flush_lag == Duration(500));
  CHECK(!minute.lateness_p99);
  CHECK(series.minute(kNow + 60, kCalendar)->lateness_p99 == Duration(250));
}

TEST_CASE("DB12 kept minutes fill the places before what is measured here") {
  Series series;
  series.add(point(kNow + 40, 7));
  ports::MeasuredMinute kept{
      .at = kCalendar.instant(WallTime{kNow * 1000}), .active_sessions = 9, .joins = 60};
  auto overlapping = kept;
  overlapping.at += std::chrono::minutes(1);
  kept.at += Duration(3);  // the calendar has moved a little since
  series.fill({kept, overlapping}, kCalendar);
  const auto json = series.json(kNow - 60, kNow + 40);
  CHECK(json.at("joins").as_array() ==
        protocol::Array{nullptr, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 7.0});
  CHECK(json.at("activeSessions").as_array()[6] == 9.0);
}

}  // namespace
}  // namespace tarotforge::app
