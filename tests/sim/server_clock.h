// The clock of one life of a simulated server. It is right when that begins; from then on both its
// axes run fast or slow, and the wall clock may jump. The process may be frozen, so that nobody in
// it wakes; and when it has ended nobody in it sleeps any more.
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

// By how many parts in a million a clock runs fast; negative: slow.
struct Drift {
  std::int64_t steady = 0, wall = 0;
};

class ServerClock final : public ports::Clock {
 public:
  // Sleepers wake at multiples of `grain`: as on a machine that is busy with other things.
  ServerClock(Schedule& schedule, Duration grain, Drift drift = {})
      : schedule_(schedule), grain_(grain), drift_(drift), began_(schedule.now()) {}

  Instant now() const override { return shown_at(true_now()); }
  WallTime wall() const override {
    return {(began_ + run_for(true_now() - began_, drift_.wall) + shift_).ms};
  }
  Instant true_now() const { return schedule_.now(); }

  boost::asio::awaitable<void> sleep_until(Instant due) override {
    const auto grains = (true_time_of(due).ms + grain_.count() - 1) / grain_.count();
    return wait_until({grains * grain_.count()});
  }
  // Outside the process, by the true time and to the millisecond.
  boost::asio::awaitable<void> wait_until(Instant due) {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != boost::asio::cancellation_type::none) co_return;
    if (stopped_ || reached(due, true_now())) co_return;
    Alarm alarm(co_await boost::asio::this_coro::executor, 1);
    const auto sleepers = sleepers_;
    const auto number = ++slept_;
    sleepers->emplace(number, &alarm);
    wake_at(due, number);
    co_await alarm.async_receive(boost::asio::as_tuple(boost::asio::use_awaitable));
    sleepers->erase(number);
  }

  void jump_wall(Duration by) { shift_ += by; }

  bool frozen() const { return schedule_.now() < frozen_until_; }
  Instant frozen_until() const { return frozen_until_; }  // by the true time
  void freeze(Duration span) { frozen_until_ = true_now() + span; }

  void stop() {
    stopped_ = true;
    for (const auto& [number, alarm] : *sleepers_) alarm->try_send(boost::system::error_code());
  }

 private:
  // No timer of the library: each has the kernel asked at every turn, a fifth of a run's time.
  using Alarm = boost::asio::experimental::channel<void(boost::system::error_code)>;
  using Sleepers = std::map<std::uint64_t, Alarm*>;

  static Duration run_for(Duration span, std::int64_t drift) {
    return span + span * drift / 1'000'000;
  }
  Instant shown_at(Instant true_time) const {
    return began_ + run_for(true_time - began_, drift_.steady);
  }
  // The first true millisecond in which this clock shows `due`.
  Instant true_time_of(Instant due) const {
    Instant at = began_ + (due - began_) * 1'000'000 / (1'000'000 + drift_.steady);
    while (!reached(due, shown_at(at))) at += Duration(1);
    return at;
  }

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
  const Drift drift_;
  const Instant began_;
  Duration shift_{0};
  Instant frozen_until_{0};
  bool stopped_ = false;
  std::uint64_t slept_ = 0;
  std::shared_ptr<Sleepers> sleepers_ = std::make_shared<Sleepers>();
};

}  // namespace tarotforge::sim
