// What operators count of the past: usage for billing, and analytics. Plain values; what each
// figure counts stands with its SQL in docs/reports.md.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/instant.h"
#include "base/time_zone.h"

namespace tarotforge::core {

// Half-open, by the calendar: what was created at `from` belongs to it, at `until` no more.
struct Period {
  WallTime from, until;

  friend bool operator==(const Period&, const Period&) = default;
};

// What one host has used in one month of UTC. Minutes are counted in thousandths, as
// get_session_billing_data rounds them for each session.
struct Usage {
  std::chrono::year_month month{};  // of UTC
  std::optional<UserId> host{};     // nobody: of all guests together
  std::uint64_t sessions = 0;
  std::int64_t minutes = 0;              // thousandths
  std::int64_t participant_minutes = 0;  // thousandths
  std::uint64_t operations = 0;

  friend bool operator==(const Usage&, const Usage&) = default;
};

// A count as a store has it. The key says what of it: a quarter of an hour since the epoch, a bound
// in seconds, a number of people, a deck, … or nothing.
struct Figure {
  std::string name;
  std::string key{};
  std::uint64_t count = 0;

  friend auto operator<=>(const Figure&, const Figure&) = default;
};

// Upper bounds of a session's duration, in seconds: a minute to a day.
inline constexpr std::array<std::uint64_t, 9> kDurationBounds{60,   300,   900,   1800, 3600,
                                                              7200, 14400, 28800, 86400};

struct Analytics {
  struct Day {
    std::chrono::sys_days day;  // in the zone
    std::uint64_t created = 0, expired = 0, completed = 0;
  };
  struct Cohort {  // hosts whose first session of the period was in this month of UTC
    std::chrono::year_month month{};
    std::uint64_t hosts = 0;
    std::vector<std::uint64_t> returned{};  // with a session 1, 2, … months later
  };
  std::vector<Day> days;                                              // without a gap
  std::array<std::uint64_t, kDurationBounds.size() + 1> durations{};  // the last: longer
  std::map<std::uint64_t, std::uint64_t> participants;  // sessions by number of people
  std::uint64_t created = 0, invited = 0, joined = 0, first_card = 0, completed = 0, expired = 0;
  std::uint64_t warned = 0, answered = 0, restored = 0;
  std::array<std::array<std::uint64_t, 24>, 7> hours{};  // of the week in the zone, Monday first
  std::vector<Cohort> cohorts;
  std::vector<Figure> decks, layouts;  // by the key, the most frequent first
};

// Puts the figures of a store together, as people in that zone see them. What it does not know is
// passed over.
Analytics analytics_of(const std::vector<Figure>& figures, const TimeZone& zone);

}  // namespace tarotforge::core
