// A time zone as the system's database describes it (TZif, RFC 8536): how far local time is ahead
// of UTC at any moment. A value without the file; who reads files is net/time_zones.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace tarotforge {

class TimeZone {
 public:
  TimeZone() = default;  // UTC

  // The bytes of a file below /usr/share/zoneinfo; nullopt where they are none.
  static std::optional<TimeZone> parse(std::string_view bytes);

  Duration offset_at(WallTime t) const;

  // When a local day begins. Where midnight is skipped, an instant next to it.
  WallTime begin_of(std::chrono::sys_days local_day) const;

 private:
  // A day of the year on which clocks change: the week-th weekday of a month (5 is the last), or a
  // number of days.
  struct Day {
    enum class Kind : std::uint8_t { weekday, julian, zero_based } kind{};
    unsigned month = 1, week = 1, weekday = 0;
    int number = 0;
    std::int64_t seconds = 7200;  // local time of that day

    std::int64_t in(int year) const;  // seconds of local time since the epoch
  };
  // What holds after the last change of the file, in seconds.
  struct Rule {
    std::int64_t standard = 0, summer = 0;
    bool has_summer = false;
    Day start{}, end{};

    std::int64_t offset_at(std::int64_t t) const;
  };
  struct Change {
    std::int64_t at;
    std::int64_t offset;
  };
  class Reader;
  class RuleReader;

  std::int64_t first_ = 0;  // before the first change
  std::vector<Change> changes_;
  std::optional<Rule> rule_;
};

}  // namespace tarotforge
