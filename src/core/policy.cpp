#include "core/policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace tarotforge::core {
namespace {

double seconds(Duration d) { return static_cast<double>(d.count()) / 1000.0; }

Result<> within(const char* name, Duration value, Duration low, Duration high) {
  if (value >= low && value <= high) return {};
  return Error(ErrorCode::policy_out_of_bounds,
               fmt::format("{} must be between {} and {} seconds on this server.", name,
                           seconds(low), seconds(high)));
}

}  // namespace

Duration warning_lead(Duration asked, Duration timeout) {
  constexpr Duration kLeast = std::chrono::seconds(20);
  return std::min(std::max(asked, kLeast), timeout / 2);
}

Result<Policy> settle_policy(const PolicyRequest& request, const PolicyBounds& bounds) {
  Policy policy = bounds.defaults;
  if (request.timeout) {
    TRY(within("timeoutSeconds", *request.timeout, bounds.timeout_min, bounds.timeout_max));
    policy.timeout = *request.timeout;
  }
  if (request.recovery) {
    TRY(within("recoveryHours", *request.recovery, bounds.recovery_min, bounds.recovery_max));
    policy.recovery = *request.recovery;
  }
  if (request.warning) {
    TRY(within("warningSeconds", *request.warning, Duration(0), policy.timeout));
    policy.warning = *request.warning;
  }
  if (request.max_participants) {
    if (*request.max_participants < 1 || *request.max_participants > bounds.participants_max)
      return Error(ErrorCode::policy_out_of_bounds,
                   fmt::format("maxParticipants must be between 1 and {} on this server.",
                               bounds.participants_max));
    policy.max_participants = *request.max_participants;
  }
  if (request.keep_alive) policy.keep_alive = *request.keep_alive;
  policy.warning = warning_lead(policy.warning, policy.timeout);
  return policy;
}

}  // namespace tarotforge::core
