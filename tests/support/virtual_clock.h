// Time for tests: it stands still until it is moved. now() and wall() may be read from any thread;
// everything else belongs to the thread that runs the loop.
#pragma once

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>

#include "ports/clock.h"

namespace tarotforge::test {

class VirtualClock final : public ports::Clock {
 public:
  // 2026-01-31T00:00:00Z, on both axes.
  static constexpr std::int64_t kStart = 1'769'817'600'000;

  Instant now() const override { return {now_ms_.load()}; }
  WallTime wall() const override { return {now_ms_.load() + wall_shift_ms_.load()}; }

  void advance(Duration by) {
    now_ms_ += by.count();
    wake();
  }
  void advance_to(Instant instant) {
    if (instant > now()) advance(instant - now());
  }
  void jump_wall(Duration by) { wall_shift_ms_ += by.count(); }

  boost::asio::awaitable<void> sleep_until(Instant due) override {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != boost::asio::cancellation_type::none) co_return;
    if (reached(due, now())) co_return;
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor,
                                    boost::asio::steady_timer::time_point::max());
    const auto self = sleepers_.insert(sleepers_.end(), {due, &timer});
    co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    sleepers_.erase(self);
  }

  // When the next sleeper is due; the far future where nobody sleeps.
  Instant next_due() const {
    Instant next{INT64_MAX};
    for (const auto& sleeper : sleepers_) next = std::min(next, sleeper.due);
    return next;
  }

 private:
  struct Sleeper {
    Instant due;
    boost::asio::steady_timer* timer;
  };

  void wake() {
    for (const auto& sleeper : sleepers_)
      if (reached(sleeper.due, now())) sleeper.timer->cancel();
  }

  std::atomic<std::int64_t> now_ms_{kStart};
  std::atomic<std::int64_t> wall_shift_ms_{0};
  std::list<Sleeper> sleepers_;
};

}  // namespace tarotforge::test
