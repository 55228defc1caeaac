// The clock of one simulated server. Its wall clock may be wrong, drift and jump; its process may
// be frozen, so that nobody in it wakes; and when the process has ended nobody in it sleeps any
// more. The steady axis is everybody's.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <memory>

#include "ports/clock.h"
#include "tests/sim/schedule.h"

namespace tarotforge::sim {

class ServerClock final : public ports::Clock {
 public:
  // Sleepers wake at multiples of `grain`: as on a machine that is busy with other things.
  ServerClock(Schedule& schedule, Duration grain) : schedule_(schedule), grain_(grain) {}

  Instant now() const override { return schedule_.now(); }
  WallTime wall() const override {
    const auto drifted = (now().ms - Schedule::kStart) * drift_per_million_ / 1'000'000;
    return {now().ms + shift_.count() + drifted};
  }
  boost::asio::awaitable<void> sleep_until(Instant due) override {
    const auto grains = (due.ms + grain_.count() - 1) / grain_.count();
    return wait_until({grains * grain_.count()});
  }
  // To the millisecond: for what happens outside the process.
  boost::asio::awaitable<void> wait_until(Instant due) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != boost::asio::cancellation_type::none) co_return;
    if (stopped_ || reached(due, now())) co_return;
    Alarm alarm(co_await boost::asio::this_coro::executor, 1);
    const auto sleepers = sleepers_;
    const auto number = ++slept_;
    sleepers->emplace(number, &alarm);
    wake_at(due, number);
    co_await alarm.async_receive(boost::asio::as_tuple(boost::asio::use_awaitable));
    sleepers->erase(number);
  }

  void jump_wall(Duration by) { shift_ += by; }
  void drift(std::int64_t per_million) { drift_per_million_ = per_million; }

  bool frozen() const { return schedule_.now() < frozen_until_; }
  Instant frozen_until() const { return frozen_until_; }
  void freeze(Duration span) { frozen_until_ = now() + span; }

  void stop() {
    stopped_ = true;
    for (const auto& [number, alarm] : *sleepers_) alarm->try_send(boost::system::error_code());
  }

 private:
  // No timer of the library: each has the kernel asked at every turn, a fifth of a run's time.
  using Alarm = boost::asio::experimental::channel<void(boost::system::error_code)>;
  using Sleepers = std::map<std::uint64_t, Alarm*>;

  // The clock goes with its server, and the schedule stays.
  void wake_at(Instant due, std::uint64_t number) {
    schedule_.at(due, [this, number, alive = std::weak_ptr(sleepers_)] {
      const auto sleepers = alive.lock();
      const auto sleeper = sleepers ? sleepers->find(number) : Sleepers::iterator();
      if (!sleepers || sleeper == sleepers->end()) return;
      if (frozen()) return wake_at(frozen_until_, number);
      sleeper->second->try_send(boost::system::error_code());
    });
  }

  Schedule& schedule_;
  const Duration grain_;
  Duration shift_{0};
  std::int64_t drift_per_million_ = 0;
  Instant frozen_until_{0};
  bool stopped_ = false;
  std::uint64_t slept_ = 0;
  std::shared_ptr<Sleepers> sleepers_ = std::make_shared<Sleepers>();
};

}  // namespace tarotforge::sim
