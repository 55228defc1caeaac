#include "core/observed_time.h"

#include <algorithm>

#include "base/marks.h"

namespace tarotforge::core {

Instant after_observed(Instant from, Duration duration, Outages outages) {
  Instant until = from + duration;
  if (TF_PLANTED(credits_no_outage)) return until;
  for (const auto& outage : outages) {
    if (outage.end <= from) continue;
    if (outage.start >= until) break;
    until += outage.end - std::max(outage.start, from);
  }
  return until;
}

Duration observed_between(Instant from, Instant to, Outages outages) {
  if (to <= from) return Duration(0);
  Duration observed = to - from;
  for (const auto& outage : outages) {
    const Instant start = std::max(outage.start, from);
    const Instant end = std::min(outage.end, to);
    if (end > start) observed -= end - start;
  }
  return observed;
}

}  // namespace tarotforge::core
