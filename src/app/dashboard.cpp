#include "app/dashboard.h"

#include <algorithm>
#include <utility>

#include "protocol/json_text.h"

namespace tarotforge::app {

using protocol::kSeriesInterval;
using protocol::Object;
using protocol::to_text;

namespace {

constexpr Duration kBetween = std::chrono::seconds(1);
// More in one second, as when thousands of sessions expire together, would fill the outboxes of
// those who read as fast as anybody can. Their numbers show how many were left out.
constexpr std::size_t kEventsToldPerSecond = 100;

}  // namespace

Dashboard::Dashboard(House& house, Figures& figures, Scope& scope)
    : house_(house), figures_(figures), scope_(scope), measured_(count()) {
  house_.events.on_event = [this](const protocol::LoggedEvent& event) { tell_event(event); };
}

Dashboard::~Dashboard() { house_.events.on_event = {}; }

Task<> Dashboard::join(Listener& listener) {
  // A store that is known to be away is not waited for once more.
  if (!house_.health.degraded || !figures_.known_rows()) {
    const auto rows = co_await figures_.rows();
    if (!rows && !figures_.known_rows()) co_return rows.error();
  }
  protocol::Array events;
  for (const auto& event : house_.events.events())
    events.push_back(protocol::event_json(event, house_.calendar));
  listener.welcome(to_text(Object{{"stats", figures_.statistics_of(*figures_.known_rows())},
                                  {"events", std::move(events)}}));
  listeners_.push_back(&listener);
  co_return Result<>();
}

void Dashboard::leave(Listener& listener) { std::erase(listeners_, &listener); }

void Dashboard::tell(const Announcement& announcement) {
  const auto all = listeners_;  // whoever hears may leave
  for (auto* listener : all)
    if (std::ranges::find(listeners_, listener) != listeners_.end()) listener->hear(announcement);
}

void Dashboard::tell_event(const protocol::LoggedEvent& event) {
  if (listeners_.empty() || events_told_ == kEventsToldPerSecond) return;
  ++events_told_;
  tell({"event", to_text(protocol::event_json(event, house_.calendar))});
}

void Dashboard::tell_statistics() {
  if (const auto& rows = figures_.known_rows())
    tell({"stats", to_text(figures_.statistics_of(*rows))});
}

boost::asio::awaitable<void> Dashboard::count_and_tell() {
  const auto counted = co_await figures_.rows();
  if (!counted) house_.world.log.debug("No statistics: {}", counted.error().sentence());
  is_counting_ = false;
  tell_statistics();
}

boost::asio::awaitable<void> Dashboard::keep_telling() {
  while (!scope_.closing()) {
    const Instant next = house_.now() + kBetween;
    figures_.take_sample();
    events_told_ = 0;
    if (!listeners_.empty()) {
      // While the store does not answer they are told the rows that were counted last.
      if (std::exchange(is_counting_, true))
        tell_statistics();
      else
        scope_.spawn([this] { return count_and_tell(); });
    }
    co_await house_.world.clock.sleep_until(next);
  }
}

Object Dashboard::series(std::int64_t from, std::int64_t to) const {
  const auto now = house_.wall(house_.now()).ms / 1000;
  return series_.json(std::max(from, now - kSeriesKept), std::min(to, now));
}

Dashboard::Counted Dashboard::count() const {
  const auto& counters = house_.counters;
  return {house_.now(), counters.joins, counters.operations, counters.heartbeats,
          counters.expiries};
}

std::optional<Duration> Dashboard::lateness_since(std::uint64_t expiries) const {
  const auto& counters = house_.counters;
  const auto first = std::max(expiries, counters.expiries - counters.lateness.size());
  std::vector<Duration> newest;
  for (auto i = first; i < counters.expiries; ++i)
    newest.push_back(counters.lateness[i % kLatenessKept]);
  return percentile(std::move(newest), 0.99);
}

void Dashboard::measure(std::int64_t at) {
  const auto before = std::exchange(measured_, count());
  const auto span = std::max(seconds(measured_.at - before.at), 0.001);
  const auto present = count_present(house_);
  protocol::SeriesPoint point{.at = at,
                              .active_sessions = number(house_.handles.size()),
                              .connected = number(present.people.connected),
                              .connections = number(present.connections),
                              .joins = number(measured_.joins - before.joins) / span,
                              .operations = number(measured_.operations - before.operations) / span,
                              .heartbeats = number(measured_.heartbeats - before.heartbeats) / span,
                              .memory_bytes = number(figures_.memory_bytes()),
                              .flush_lag = seconds(measured_.at - house_.health.flushed_at)};
  if (const auto p99 = lateness_since(before.expiries)) point.lateness_p99 = seconds(*p99);
  series_.add(point);
}

boost::asio::awaitable<void> Dashboard::load_series() {
  const auto since = house_.now() - std::chrono::seconds(kSeriesKept);
  const auto kept = co_await house_.world.store.minutes_since(since);
  if (!kept) house_.world.log.debug("No series: {}", kept.error().sentence());
  if (kept) series_.fill(*kept, house_.calendar);
  is_loaded_ = kept.has_value();
}

boost::asio::awaitable<void> Dashboard::save_minute(std::int64_t at) {
  const auto minute = series_.minute(at, house_.calendar);
  if (!minute) co_return;
  const auto forget = minute->at - std::chrono::seconds(kSeriesKept);
  const auto saved = co_await house_.world.store.keep_minute(*minute, forget);
  if (!saved) house_.world.log.debug("No minute is kept: {}", saved.error().sentence());
}

boost::asio::awaitable<void> Dashboard::keep_measuring() {
  std::int64_t last = 0;
  while (!scope_.closing()) {
    const auto now = house_.wall(house_.now()).ms / 1000;
    const auto at = (now / kSeriesInterval + 1) * kSeriesInterval;
    co_await house_.world.clock.sleep_until(house_.calendar.instant(WallTime{at * 1000}));
    if (scope_.closing()) co_return;
    // Not before people are served, and none twice where the wall clock was set back.
    if (!house_.health.ready || at <= last) continue;
    if (!is_loaded_) co_await load_series();
    measure(last = at);
    if (at % kMinute == 0) co_await save_minute(at);
  }
}

}  // namespace tarotforge::app
