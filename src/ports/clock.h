// Time, as the server asks for it. The simulator and the tests bring their own.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/instant.h"

namespace tarotforge::ports {

class Clock {
 public:
  virtual ~Clock() = default;

  // The monotonic axis: never jumps, stands still while the machine sleeps.
  virtual Instant now() const = 0;

  // What the wall clock shows, jumps included.
  virtual WallTime wall() const = 0;

  // Resumes the caller at `due` or, where its scope is being closed, at once. Never early
  // otherwise; the caller re-checks what it waited for.
  virtual boost::asio::awaitable<void> sleep_until(Instant due) = 0;
};

}  // namespace tarotforge::ports
