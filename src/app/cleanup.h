// The background sweep: catches what no timer held, purges what is past its recovery window,
// closes stale invites and removes orphans. It is the safety net, not the clock. It runs at the
// start (where the store still refuses anything destructive until people could return), then each
// interval, and on demand from the command line and the admin API. Cleanup never hurts the living:
// small batches, pauses, a budget, and every expiry judged again by the store.
#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "app/settings.h"
#include "base/log.h"
#include "base/random.h"
#include "ports/clock.h"
#include "ports/store.h"
#include "protocol/lifecycle_json.h"

namespace tarotforge::app {

inline constexpr std::size_t kSweepsKept = 20;  // of five hours, as often as they usually run

class SessionCleanupService {
 public:
  struct Options {
    Duration interval{std::chrono::minutes(15)};
    Duration audit_retention{std::chrono::hours(24 * 400)};
    Duration longest_batch{2};  // a batch takes half of it to all of it
  };
  using OnExpired = std::function<void(const ports::ExpiredSession&)>;
  using OnPurged = std::function<void(SessionId)>;

  SessionCleanupService(ports::Clock& clock, ports::Store& store, Random& random, Log& log,
                        Options options, OnExpired on_expired = {}, OnPurged on_purged = {});

  // Runs now and then at each interval until `stop` says so. A run that fails is repeated with
  // backoff; one that leaves work is followed by the next soon.
  boost::asio::awaitable<void> keep_sweeping(std::function<bool()> stop);

  // One run. With dry_run, says what it would do and does nothing.
  ports::Task<protocol::SweepReport> run(bool dry_run);

  // Since the start, newest first.
  const std::deque<protocol::LastSweep>& sweeps() const { return sweeps_; }
  std::optional<protocol::LastSweep> last() const {
    return sweeps_.empty() ? std::nullopt : std::optional(sweeps_.front());
  }
  // No run has finished within two intervals.
  bool overdue() const;

 private:
  struct Run;
  enum class Phase : std::uint8_t { expire, purge, tidy, done };
  struct Place {  // where a run that was out of time stopped, and the next goes on
    Phase phase = Phase::expire;
    ports::SweepCursor cursor{};
  };

  ports::Task<protocol::SweepReport> run_from(Place place, bool dry_run);
  ports::Task<> sweep(Run& run);
  ports::Task<> sum_days(const Run& run);
  void alarm_if_overdue();
  boost::asio::awaitable<void> pause_after(Duration batch);
  void finish(Run& run);
  boost::asio::awaitable<void> log_statistics();

  ports::Clock& clock_;
  ports::Store& store_;
  Random& random_;
  Log& log_;
  Options options_;
  OnExpired on_expired_;
  OnPurged on_purged_;
  std::deque<protocol::LastSweep> sweeps_;
  Instant started_at_;
  std::function<bool()> stopping_ = [] { return false; };
  std::optional<Place> left_off_;
  bool alarmed_ = false;
};

}  // namespace tarotforge::app
