#include "app/series.h"

#include "app/counters.h"

#include <algorithm>
#include <cmath>

namespace tarotforge::app {

using ports::MeasuredMinute;
using protocol::kSeriesInterval;
using protocol::SeriesPoint;

namespace {

constexpr auto kInterval = static_cast<double>(kSeriesInterval);

std::uint64_t whole(double value) { return static_cast<std::uint64_t>(std::llround(value)); }

double in_seconds(Duration duration) { return number(duration.count()) / 1000; }
Duration in_ms(double seconds) { return Duration(std::llround(seconds * 1000)); }

SeriesPoint point_of(const MeasuredMinute& minute, std::int64_t at) {
  SeriesPoint point{.at = at,
                    .active_sessions = number(minute.active_sessions),
                    .connected = number(minute.connected),
                    .connections = number(minute.connections),
                    .joins = number(minute.joins) / number(kMinute),
                    .operations = number(minute.operations) / number(kMinute),
                    .heartbeats = number(minute.heartbeats) / number(kMinute),
                    .memory_bytes = number(minute.memory_bytes),
                    .flush_lag = in_seconds(minute.flush_lag)};
  if (minute.lateness_p99) point.lateness_p99 = in_seconds(*minute.lateness_p99);
  return point;
}

}  // namespace

void Series::add(const SeriesPoint& point) {
  points_.push_back(point);
  while (points_.front().at <= point.at - kSeriesKept) points_.pop_front();
}

std::optional<MeasuredMinute> Series::minute(std::int64_t at, Calendar calendar) const {
  std::vector<SeriesPoint> of;
  for (const auto& point : points_)
    if (point.at > at - kMinute && point.at <= at) of.push_back(point);
  if (of.empty()) return std::nullopt;
  const auto sum = [&](double SeriesPoint::* value) {
    double total = 0;
    for (const auto& point : of) total += point.*value;
    return total;
  };
  const auto mean = [&](double SeriesPoint::* value) { return sum(value) / number(of.size()); };
  MeasuredMinute minute{
      .at = calendar.instant(WallTime{at * 1000}),
      .active_sessions = whole(mean(&SeriesPoint::active_sessions)),
      .connected = whole(mean(&SeriesPoint::connected)),
      .connections = whole(mean(&SeriesPoint::connections)),
      .joins = whole(sum(&SeriesPoint::joins) * kInterval),
      .operations = whole(sum(&SeriesPoint::operations) * kInterval),
      .heartbeats = whole(sum(&SeriesPoint::heartbeats) * kInterval),
      .memory_bytes = whole(mean(&SeriesPoint::memory_bytes)),
      .flush_lag = in_ms(std::ranges::max(of, {}, &SeriesPoint::flush_lag).flush_lag)};
  const auto latest = std::ranges::max(of, {}, &SeriesPoint::lateness_p99).lateness_p99;
  if (latest) minute.lateness_p99 = in_ms(*latest);
  return minute;
}

void Series::fill(const std::vector<MeasuredMinute>& minutes, Calendar calendar) {
  std::deque<SeriesPoint> filled;
  for (const auto& minute : minutes) {
    // Where the calendar has moved since, to the nearest minute.
    const auto end = std::llround(number(calendar.wall(minute.at).ms) / 1000 / kMinute) * kMinute;
    for (auto at = end - kMinute + kSeriesInterval; at <= end; at += kSeriesInterval) {
      if (!points_.empty() && at >= points_.front().at) break;
      if (filled.empty() || filled.back().at < at) filled.push_back(point_of(minute, at));
    }
  }
  points_.insert(points_.begin(), filled.begin(), filled.end());
}

protocol::Object Series::json(std::int64_t from, std::int64_t to) const {
  const std::vector<SeriesPoint> points(points_.begin(), points_.end());
  return protocol::series_json(points, from, to);
}

}  // namespace tarotforge::app
