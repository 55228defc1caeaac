// Makes up sessions as people would have held them, for dashboards, lists and measurements. Each
// lives its life through the core's two doors, at instants of the past, and comes out as the one
// change that stores it: what is stored is what a server would have left. Nobody holds a token to
// any of them.
#pragma once

#include <vector>

#include "app/house.h"

namespace tarotforge::app {

// A clock that is set, on the axis of another.
class SetClock final : public ports::Clock {
 public:
  explicit SetClock(ports::Clock& real) : real_(real), now_(real.now()) {}
  void set(Instant now) { now_ = now; }
  Instant now() const override { return now_; }
  WallTime wall() const override { return real_.wall() + (now_ - real_.now()); }
  boost::asio::awaitable<void> sleep_until(Instant due) override;  // time passes at once

 private:
  ports::Clock& real_;
  Instant now_;
};

class Demo {
 public:
  // The sessions are created within `span` before now; users who host again and again are `hosts`.
  Demo(World world, Settings settings, boost::asio::any_io_executor executor, Duration span,
       std::size_t hosts);

  ports::Change make();

 private:
  Instant until_;
  Duration span_;
  Prng random_;
  SetClock clock_;
  House house_;
  std::vector<UserId> hosts_;
};

}  // namespace tarotforge::app
