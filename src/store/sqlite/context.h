// What the jobs of one store need beside the rows. Used on the writer's thread only, but for the
// clock and the log, which may be used from any.
#pragma once

#include <optional>

#include "base/ids.h"
#include "base/log.h"
#include "base/random.h"
#include "ports/clock.h"

namespace tarotforge::store::sqlite {

struct Context {
  ports::Clock& clock;
  Log& log;
  Prng ids;                          // identifiers are no secrets
  std::optional<ServerId> server{};  // this incarnation, once registered

  Instant now() const { return clock.now(); }
  EventId new_event() { return EventId::make(clock.wall(), ids); }
};

}  // namespace tarotforge::store::sqlite
