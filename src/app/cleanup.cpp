#include "app/cleanup.h"

#include <algorithm>

#include "base/marks.h"

namespace tarotforge::app {

using ports::SweptBatch;

namespace {

constexpr Duration kBudget = std::chrono::seconds(20);  // of one run
constexpr Duration kLeastPause = std::chrono::milliseconds(10);
// Times what the batch before it took, so that few of those who are in a room come while one is
// written (`./dev bench cleanup`).
constexpr int kPausePerBatch = 3;
// Whoever is in a room waits behind a batch at worst: it is as large as takes the time that the
// options give it, and never larger than pays (`./dev bench cleanup`).
constexpr std::size_t kFirstBatch = 10;
constexpr std::size_t kLeastBatch = 3;
constexpr std::size_t kLargestBatch = 500;

std::size_t next_batch(std::size_t size, Duration took, Duration longest) {
  if (took > longest) return std::max(size / 2, kLeastBatch);
  if (took * 2 < longest) return std::min(size * 2, kLargestBatch);
  return size;
}

// "15 minutes", "1 minute", "8 seconds": as operators already grep for it.
std::string interval_text(Duration interval) {
  const auto ms = interval.count();
  if (ms % 60'000 == 0) return fmt::format("{} minutes", ms / 60'000);
  return fmt::format("{:g} seconds", static_cast<double>(ms) / 1000.0);
}

}  // namespace

struct SessionCleanupService::Run {
  Place place;
  bool dry_run;
  Instant started;
  std::size_t batch = kFirstBatch;
  protocol::SweepReport report{};
};

SessionCleanupService::SessionCleanupService(ports::Clock& clock, ports::Store& store,
                                             Random& random, Log& log, Options options,
                                             OnExpired on_expired, OnPurged on_purged)
    : clock_(clock),
      store_(store),
      random_(random),
      log_(log),
      options_(options),
      on_expired_(std::move(on_expired)),
      on_purged_(std::move(on_purged)),
      started_at_(clock.now()) {}

boost::asio::awaitable<void> SessionCleanupService::keep_sweeping(std::function<bool()> stop) {
  log_.info("SessionCleanupService started with interval: {}", interval_text(options_.interval));
  stopping_ = std::move(stop);
  std::uint32_t failures = 0;
  while (!stopping_()) {
    const auto done = co_await run_from(left_off_.value_or(Place{}), false);
    if (stopping_()) co_return;
    failures = done ? 0 : std::min(failures + 1, 8u);
    alarm_if_overdue();
    // Up to a tenth of the interval by chance, so that many servers never sweep together.
    const auto tenth = static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(options_.interval.count() / 10, 1, 600'000));
    Duration wait = options_.interval - Duration(random_.below(tenth));
    if (left_off_) wait = Duration(1000 + random_.below(4000));
    if (failures > 0) wait = std::min(wait, Duration((1000 << failures) + random_.below(1000)));
    co_await clock_.sleep_until(clock_.now() + wait);
  }
}

void SessionCleanupService::alarm_if_overdue() {
  if (overdue() && !alarmed_) log_.error("No cleanup has finished within two intervals.");
  alarmed_ = overdue();
}

ports::Task<protocol::SweepReport> SessionCleanupService::run(bool dry_run) {
  return run_from({}, dry_run);
}

ports::Task<protocol::SweepReport> SessionCleanupService::run_from(Place place, bool dry_run) {
  Run run{.place = place, .dry_run = dry_run, .started = clock_.now()};
  run.report.dry_run = dry_run;
  log_.debug("Cleaning up inactive sessions...");
  auto swept = co_await sweep(run);
  if (!swept) {
    log_.error("Cleanup failed: {}", swept.error().sentence());
    co_return std::move(swept).error();
  }
  if (!dry_run) {
    finish(run);
    co_await log_statistics();
  }
  co_return std::move(run.report);
}

ports::Task<> SessionCleanupService::sweep(Run& run) {
  auto& [phase, cursor] = run.place;
  while (phase != Phase::done) {
    const Instant began = clock_.now();
    const ports::SweepRequest request{run.batch, run.dry_run};
    auto batch = phase == Phase::expire ? co_await store_.expire_batch(request, cursor)
                 : phase == Phase::purge
                     ? co_await store_.purge_batch(request)
                     : co_await store_.tidy_batch(request, options_.audit_retention);
    if (!batch) co_return std::move(batch).error();
    if (!batch->expired.empty()) TF_REACHED(swept);
    if (batch->purged > 0) TF_REACHED(purged_by_sweep);
    auto& report = run.report;
    report.expired += run.dry_run ? 0 : batch->expired.size();
    report.purged += batch->purged;
    report.invites_closed += batch->invites_closed;
    report.orphans_removed += batch->orphans_removed;
    report.quarantined += batch->quarantined;
    for (const auto& swept : batch->sessions) {
      report.sessions.push_back({swept.id, swept.reason, swept.last_activity});
      const bool is_expiry = swept.reason == "inactivity_timeout";
      if (run.dry_run && is_expiry) ++report.expired;
      if (!run.dry_run && !is_expiry && on_purged_) on_purged_(swept.id);
    }
    if (on_expired_)
      for (const auto& expired : batch->expired) on_expired_(expired);
    run.batch = next_batch(run.batch, clock_.now() - began, options_.longest_batch);
    const bool more = batch->next.has_value();
    if (more) {
      cursor = *batch->next;
    } else {
      phase = static_cast<Phase>(static_cast<int>(phase) + 1);
      cursor = {};
    }
    if (phase == Phase::done || reached(run.started + kBudget, clock_.now())) break;
    if (more) co_await pause_after(clock_.now() - began);
    if (stopping_()) break;
  }
  if (phase == Phase::done && !run.dry_run) co_return co_await sum_days(run);
  co_return Result<>();
}

ports::Task<> SessionCleanupService::sum_days(const Run& run) {
  while (!stopping_() && !reached(run.started + kBudget, clock_.now())) {
    const Instant began = clock_.now();
    const auto summed = co_await store_.sum_next_day();
    if (!summed) co_return summed.error();
    if (!*summed) break;
    co_await pause_after(clock_.now() - began);
  }
  co_return Result<>();
}

boost::asio::awaitable<void> SessionCleanupService::pause_after(Duration batch) {
  const auto extra = static_cast<std::uint32_t>(std::max<std::int64_t>(batch.count(), 1));
  const Duration pause =
      std::max(kLeastPause, batch * kPausePerBatch + Duration(random_.below(extra)));
  co_await clock_.sleep_until(clock_.now() + pause);
}

void SessionCleanupService::finish(Run& run) {
  left_off_.reset();
  if (run.place.phase != Phase::done) left_off_ = run.place;
  sweeps_.push_front({.at = run.started,
                      .took = clock_.now() - run.started,
                      .expired = run.report.expired,
                      .purged = run.report.purged});
  if (sweeps_.size() > kSweepsKept) sweeps_.pop_back();
  log_.info("Cleanup completed. Removed {} sessions", run.report.expired + run.report.purged);
  if (run.report.quarantined > 0)
    log_.error("Cleanup could not purge {} sessions. Run `tarotforge doctor`.",
               run.report.quarantined);
}

boost::asio::awaitable<void> SessionCleanupService::log_statistics() {
  const auto rows = co_await store_.statistics();
  if (rows)
    log_.info("Cleanup stats: {{totalSessions: {}, activeSessions: {}, inactiveSessions: {}}}",
              rows->total_sessions, rows->active_sessions, rows->inactive_sessions);
}

bool SessionCleanupService::overdue() const {
  const auto newest = last();
  const Instant since = newest ? newest->at + newest->took : started_at_;
  return reached(since + options_.interval * 2, clock_.now());
}

}  // namespace tarotforge::app
