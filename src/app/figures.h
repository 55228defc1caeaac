// The house's numbers as they stand now, for everybody who asks: the statistics, the metrics and
// the dashboard. The rows are counted once for all of them, so that they agree, and so that
// counting takes at most 1 part in 20 of the time (MX7): a million rows take a second.
// Thread safety: one strand.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <utility>

#include "app/cleanup.h"
#include "app/house.h"
#include "app/turn.h"
#include "protocol/json.h"
#include "protocol/lifecycle_json.h"

namespace tarotforge::app {

// Participants in rooms, each level containing the ones before it, and their connections.
struct Present {
  protocol::StatsReport::Present people;
  std::uint64_t connections = 0;
};
Present count_present(const House& house);

// The value below which so large a share of these lies; none of nothing.
std::optional<Duration> percentile(std::vector<Duration> values, double share);

// What somebody knows who has the rows alone.
protocol::StatsReport report_of(const House& house, const ports::Statistics& rows);

class Figures {
 public:
  // Bytes that the process has in memory: only the outside knows.
  using Memory = std::function<std::uint64_t()>;

  Figures(House& house, const SessionCleanupService& cleanup, Memory memory);

  // The rows as they were counted since this was asked, where that does not take long; else as
  // new as may be.
  Task<ports::Statistics> rows();
  // As they were counted last; none before the first time.
  const std::optional<ports::Statistics>& known_rows() const { return known_; }

  Task<protocol::Object> statistics();
  protocol::Object statistics_of(const ports::Statistics& rows) const;

  void take_sample();  // each second, for what happens per second
  std::uint64_t memory_bytes() const { return memory_(); }
  const House& house() const { return house_; }
  const SessionCleanupService& cleanup() const { return cleanup_; }

 private:
  struct Sample {
    Instant at;
    std::uint64_t joins, operations, heartbeats;
  };
  Sample sample() const;
  protocol::StatsReport::Own own() const;

  House& house_;
  const SessionCleanupService& cleanup_;
  Memory memory_;
  const Instant started_at_;
  Turn turn_;  // whoever counts has it
  std::optional<ports::Statistics> known_{};
  bool is_known_ = false;      // the last count succeeded
  std::uint64_t overdue_ = 0;  // sessions whose end was refused for now, when rows were counted
  Instant counted_from_{INT64_MIN / 2};
  Instant count_again_{};
  std::deque<Sample> samples_;  // of the last seconds, oldest first
  // Of the last minute, oldest first: all refusals until then.
  std::deque<std::pair<Instant, decltype(Counters::refusals)>> refused_;
};

}  // namespace tarotforge::app
