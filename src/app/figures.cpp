#include "app/figures.h"

#include <algorithm>

namespace tarotforge::app {

using protocol::Object;
using protocol::StatsReport;

namespace {

constexpr int kRestPerCount = 20;  // times as long as counting took
// Whoever asks is kept waiting so long for numbers that are new, and else told the last ones.
constexpr Duration kWorthWaiting{250};
constexpr Duration kPace = std::chrono::seconds(10);  // of what happens per second
constexpr Duration kMinute = std::chrono::minutes(1);

std::optional<StatsReport::Lateness> lateness_of(const Counters& counters) {
  if (counters.lateness.empty()) return std::nullopt;
  const auto at = [&](double share) { return seconds(*percentile(counters.lateness, share)); };
  StatsReport::Lateness lateness{at(0.5), at(0.99), at(1.0), counters.expiries};
  const auto& histogram = counters.expiry_lateness;
  for (std::size_t i = 0; i < histogram.bounds().size(); ++i)
    lateness.buckets.push_back({histogram.bounds()[i], histogram.at_most(i)});
  return lateness;
}

// Sessions that are due and that the store has refused to end so far.
std::uint64_t count_overdue(const House& house) {
  std::uint64_t count = 0;
  for (const auto& watched : house.watched) count += watched.refusals > 0;
  for (const auto& [id, room] : house.rooms) count += room->retries > 0;
  return count;
}

// When sessions end if nobody does anything. The wheel holds that of those nobody has loaded; of
// the others it may hold when they are warned.
void count_deadlines(const House& house, StatsReport::Own& own) {
  using std::chrono::minutes;
  const Instant now = house.now();
  const std::array limits{now + minutes(5), now + minutes(15), now + minutes(60)};
  auto counts = house.deadlines.count_after(now, limits);
  for (const auto& [id, room] : house.rooms) {
    const auto found = house.handles.find(id);
    if (found == house.handles.end()) continue;
    const Instant armed = house.deadlines.due(found->second);
    const auto end = room->session.may_expire_at(now, house.surroundings(*room));
    for (std::size_t i = 0; i < limits.size(); ++i) {
      counts[i] -= armed > now && armed <= limits[i];
      counts[i] += end && *end > now && *end <= limits[i];
    }
  }
  own.within_5 = counts[0];
  own.within_15 = counts[1];
  own.within_60 = counts[2];
}

}  // namespace

Present count_present(const House& house) {
  using core::PresenceLevel;
  Present present;
  auto& people = present.people;
  for (const auto& [id, room] : house.rooms) {
    present.connections += room->connections.size();
    for (const auto& seat : room->seats) {
      const auto level = seat.presence.level();
      people.active += level >= PresenceLevel::active;
      people.visible += level >= PresenceLevel::visible;
      people.connected += level >= PresenceLevel::connected;
      people.reconnecting += level == PresenceLevel::reconnecting;
    }
  }
  return present;
}

std::optional<Duration> percentile(std::vector<Duration> values, double share) {
  if (values.empty()) return std::nullopt;
  const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, values.begin() + rank);
  return values[static_cast<std::size_t>(rank)];
}

StatsReport report_of(const House& house, const ports::Statistics& rows) {
  StatsReport report{.server_time = house.now(),
                     .total_sessions = rows.total_sessions,
                     .active_sessions = rows.active_sessions,
                     .inactive_sessions = rows.inactive_sessions,
                     .sessions_with_recent_activity = rows.sessions_with_recent_activity,
                     .warned = rows.warned,
                     .expired_last_hour = rows.expired_last_hour,
                     .restorable = rows.restorable,
                     .purged = rows.purged,
                     .completed = rows.completed,
                     .participants_total = rows.participants_total};
  report.outages = rows.outages;
  report.outage_credit = rows.outage_credit;
  report.sweep_backlog = rows.unpurged;
  for (const auto& [from, to, credit] : rows.recent_outages)
    report.recent_outages.push_back({from, to, credit});
  for (const auto& each : rows.servers)
    report.servers.push_back({each.id, each.version, each.started_at, each.alive_at, each.stopped});
  for (const auto& each : rows.webhooks)
    report.webhooks.push_back(
        {each.target, each.configured, each.waiting, each.dead, each.oldest_waiting_at});
  return report;
}

Figures::Figures(House& house, const SessionCleanupService& cleanup, Memory memory)
    : house_(house), cleanup_(cleanup), memory_(std::move(memory)), started_at_(house.now()) {}

Task<ports::Statistics> Figures::rows() {
  const Instant asked = house_.now();
  const auto turn = co_await turn_.take();
  if (is_known_ && counted_from_ > asked) co_return *known_;
  if (is_known_ && count_again_ - house_.now() > kWorthWaiting) co_return *known_;
  if (house_.now() < count_again_) co_await house_.world.clock.sleep_until(count_again_);
  const Instant began = house_.now();
  auto counted = co_await house_.world.store.statistics();
  const Instant done = house_.now();
  is_known_ = counted.has_value();
  if (!counted) co_return std::move(counted).error();
  counted_from_ = began;
  count_again_ = done + kRestPerCount * (done - began);
  overdue_ = count_overdue(house_);
  known_ = *counted;
  co_return *std::move(counted);
}

Task<Object> Figures::statistics() {
  auto counted = co_await rows();
  if (!counted) co_return std::move(counted).error();
  co_return statistics_of(*counted);
}

Object Figures::statistics_of(const ports::Statistics& rows) const {
  auto report = report_of(house_, rows);
  const auto& counters = house_.counters;
  const auto present = count_present(house_);
  report.present = present.people;
  report.connections = present.connections;
  report.expiry_lateness = lateness_of(counters);
  report.warnings_missed = counters.warnings_unseen;
  report.sweeps = {cleanup_.sweeps().begin(), cleanup_.sweeps().end()};
  report.sweep_overdue = cleanup_.overdue();
  report.sweep_backlog += overdue_;
  report.flush_lag = house_.now() - house_.health.flushed_at;
  report.degraded = house_.health.degraded;
  report.own = own();
  return protocol::stats_json(report, house_.calendar);
}

Figures::Sample Figures::sample() const {
  const auto& counters = house_.counters;
  return {house_.now(), counters.joins, counters.operations, counters.heartbeats};
}

void Figures::take_sample() {
  samples_.push_back(sample());
  while (samples_.size() > 2 && samples_[1].at + kPace <= samples_.back().at) samples_.pop_front();
  refused_.emplace_back(house_.now(), house_.counters.refusals);
  while (refused_.size() > 2 && refused_[1].first + kMinute <= refused_.back().first)
    refused_.pop_front();
}

StatsReport::Own Figures::own() const {
  StatsReport::Own own{.version = house_.settings.version,
                       .id = house_.server_id,
                       .started_at = started_at_,
                       .memory_bytes = memory_(),
                       .returned = house_.counters.returned,
                       .missed = house_.counters.missed};
  if (!samples_.empty()) {
    const Sample now = sample(), then = samples_.front();
    const double span = std::max(seconds(now.at - then.at), 1.0);
    const auto rate = [&](std::uint64_t later, std::uint64_t earlier) {
      return static_cast<double>(later - earlier) / span;
    };
    own.joins_per_second = rate(now.joins, then.joins);
    own.operations_per_second = rate(now.operations, then.operations);
    own.heartbeats_per_second = rate(now.heartbeats, then.heartbeats);
  }
  count_deadlines(house_, own);
  for (std::size_t i = 0; i < kErrorCodes; ++i)
    if (const auto count = house_.counters.refusals[i]) {
      const auto before = refused_.empty() ? 0 : refused_.front().second[i];
      own.refusals.push_back({info(static_cast<ErrorCode>(i)).name, count, count - before});
    }
  return own;
}

}  // namespace tarotforge::app
