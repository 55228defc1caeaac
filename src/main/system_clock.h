// The machine's clocks. now() follows CLOCK_MONOTONIC, which stands still while the machine sleeps,
// so that a suspend is a jump of the wall clock and nobody's inactivity.
#pragma once

#include <boost/asio/io_context.hpp>

#include "ports/clock.h"

namespace tarotforge {

class SystemClock final : public ports::Clock {
 public:
  explicit SystemClock(boost::asio::io_context& context);

  Instant now() const override;    // thread-safe
  WallTime wall() const override;  // thread-safe
  boost::asio::awaitable<void> sleep_until(Instant due) override;

 private:
  boost::asio::io_context& context_;
  std::int64_t origin_ms_;  // the wall clock minus the steady clock at the start
};

}  // namespace tarotforge
