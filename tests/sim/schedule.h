// The simulated time, and what happens when: events in the order of their instants, those of one
// instant in the order in which they were asked for. One thread; everything that a run does is
// decided by its seed.
#pragma once

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "base/instant.h"

namespace tarotforge::sim {

class Schedule {
 public:
  // 2026-01-31T00:00:00Z on both axes: any day will do that is not the Epoch.
  static constexpr std::int64_t kStart = 1'769'817'600'000;

  boost::asio::io_context context{1};  // of all coroutines

  Instant now() const { return now_; }
  void at(Instant due, std::function<void()> event) {
    events_.push_back({std::max(due, now_), ++asked_, std::move(event)});
    std::ranges::push_heap(events_, later);
  }
  void after(Duration wait, std::function<void()> event) { at(now_ + wait, std::move(event)); }

  // Runs every event up to `until`, and after each whatever can run by itself.
  void run_until(Instant until) {
    settle();
    while (!events_.empty() && events_.front().due <= until) {
      std::ranges::pop_heap(events_, later);
      auto event = std::move(events_.back());
      events_.pop_back();
      now_ = event.due;
      event.happen();
      settle();
    }
    now_ = std::max(now_, until);
  }
  void settle() {
    context.restart();
    while (context.poll() > 0) {
    }
  }
  std::uint64_t events() const { return asked_; }

 private:
  struct Event {
    Instant due;
    std::uint64_t number;
    std::function<void()> happen;
  };
  static bool later(const Event& a, const Event& b) {
    return std::pair(a.due, a.number) > std::pair(b.due, b.number);
  }

  Instant now_{kStart};
  std::uint64_t asked_ = 0;
  std::vector<Event> events_;
};

}  // namespace tarotforge::sim
