#include "core/policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace tarotforge::core {
namespace {

struct Unit {
  Duration length;
  const char* name;
};
constexpr Unit kSeconds{std::chrono::seconds(1), "seconds"};
constexpr Unit kHours{std::chrono::hours(1), "hours"};

double count(Duration duration, Unit unit) {
  return static_cast<double>(duration.count()) / static_cast<double>(unit.length.count());
}

struct Limit {
  const char* field;  // its unit is the one in its name
  Duration least, most;
  Unit unit;
};

Result<> within(const Limit& limit, Duration value) {
  if (value >= limit.least && value <= limit.most) return {};
  return Error(
      ErrorCode::policy_out_of_bounds,
      fmt::format("{} must be between {} and {} {} on this server.", limit.field,
                  count(limit.least, limit.unit), count(limit.most, limit.unit), limit.unit.name));
}

}  // namespace

Duration warning_lead(Duration asked, Duration timeout) {
  constexpr Duration kLeast = std::chrono::seconds(20);
  return std::min(std::max(asked, kLeast), timeout / 2);
}

Result<Policy> settle_policy(const PolicyRequest& request, const PolicyBounds& bounds) {
  Policy policy = bounds.defaults;
  if (request.timeout) {
    TRY(within({"timeoutSeconds", bounds.timeout_min, bounds.timeout_max, kSeconds},
               *request.timeout));
    policy.timeout = *request.timeout;
  }
  if (request.recovery) {
    TRY(within({"recoveryHours", bounds.recovery_min, bounds.recovery_max, kHours},
               *request.recovery));
    policy.recovery = *request.recovery;
  }
  if (request.warning) {
    TRY(within({"warningSeconds", Duration(0), policy.timeout, kSeconds}, *request.warning));
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
