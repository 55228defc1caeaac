// What the work of one store needs beside the rows. Used by one job at a time, but for the clock
// and the log, which may be used from any thread.
#pragma once

#include <optional>

#include "base/ids.h"
#include "base/log.h"
#include "base/random.h"
#include "ports/clock.h"

namespace tarotforge::store {

struct Context {
  ports::Clock& clock;
  Log& log;
  Prng ids;                          // identifiers are no secrets
  std::optional<ServerId> server{};  // this incarnation, once registered
  bool was_set_back = false;         // the wall clock, while no server ran

  Instant now() const { return clock.now(); }
  EventId new_event() { return EventId::make(clock.wall(), ids); }
};

}  // namespace tarotforge::store
