// Observed time: time in which a server was able to hear people. Spans in which none was (outages)
// count for nobody, so deadlines walk around them.
#pragma once

#include <span>

#include "base/instant.h"

namespace tarotforge::core {

// A span [start, end) in which nobody could be heard.
struct Outage {
  Instant start;
  Instant end;

  friend bool operator==(const Outage&, const Outage&) = default;
};

// Outages are given sorted by start and without overlap.
using Outages = std::span<const Outage>;

// The first instant at which `duration` of observed time has passed since `from`.
Instant after_observed(Instant from, Duration duration, Outages outages);

// How much observed time lies in [from, to); zero where to <= from.
Duration observed_between(Instant from, Instant to, Outages outages);

}  // namespace tarotforge::core
