// How the numbers of one server went: a point each 10 s of the last 24 h, in order of time. After
// a start it is filled from the minutes that were kept, six points alike for each.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/instant.h"
#include "ports/store.h"
#include "protocol/dashboard_json.h"
#include "protocol/json.h"

namespace tarotforge::app {

inline constexpr std::int64_t kSeriesKept = 24 * 3600;  // seconds
inline constexpr std::int64_t kMinute = 60;

class Series {
 public:
  void add(const protocol::SeriesPoint& point);  // newer than all before

  // The minute that ends at `at`; none where it has not a single point.
  std::optional<ports::MeasuredMinute> minute(std::int64_t at, Calendar calendar) const;
  // Takes the points of minutes before those that are here already.
  void fill(const std::vector<ports::MeasuredMinute>& minutes, Calendar calendar);

  protocol::Object json(std::int64_t from, std::int64_t to) const;

 private:
  std::deque<protocol::SeriesPoint> points_;
};

}  // namespace tarotforge::app
