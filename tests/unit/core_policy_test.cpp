#include "core/policy.h"

#include <doctest/doctest.h>

#include <limits>

namespace tarotforge::core {
namespace {

using namespace std::chrono_literals;

TEST_CASE("PO1 without wishes the defaults are in force") {
  const auto policy = settle_policy({}, {});
  REQUIRE(policy);
  CHECK(policy->timeout == 3600s);
  CHECK(policy->warning == 300s);
  CHECK(policy->recovery == 24h);
  CHECK(policy->max_participants == 16);
  CHECK(policy->keep_alive == KeepAlive::active);
}

TEST_CASE("PO1 each value can be overridden, and the others stay") {
  PolicyBounds bounds;
  bounds.defaults.timeout = 2h;
  const auto policy = settle_policy({.timeout{},
                                     .warning = 10min,
                                     .recovery = 1h,
                                     .max_participants = 2,
                                     .keep_alive = KeepAlive::visible},
                                    bounds);
  REQUIRE(policy);
  CHECK(policy->timeout == 2h);
  CHECK(policy->warning == 10min);
  CHECK(policy->recovery == 1h);
  CHECK(policy->max_participants == 2);
  CHECK(policy->keep_alive == KeepAlive::visible);
}

TEST_CASE("PO2 a value outside the operator's bounds is refused, naming value and bounds") {
  const auto answer = [](const PolicyRequest& request) {
    const auto policy = settle_policy(request, {});
    if (policy) return std::string("ok");
    CHECK(policy.error().code == ErrorCode::policy_out_of_bounds);
    return policy.error().detail;
  };
  CHECK(answer({.timeout = 5min}) == "ok");
  CHECK(answer({.timeout = 24h}) == "ok");
  const auto timeout = answer({.timeout = 5min - 1ms});
  CHECK(timeout == "timeoutSeconds must be between 300 and 86400 seconds on this server.");
  CHECK(answer({.timeout = 24h + 1ms}) == timeout);
  CHECK(answer({.timeout = Duration(-1)}) == timeout);
  CHECK(answer({.timeout = Duration::max()}) == timeout);
  CHECK(answer({.recovery = 0s}) == "ok");
  CHECK(answer({.recovery = 24h * 30}) == "ok");
  const auto recovery = answer({.recovery = 24h * 30 + 1ms});
  CHECK(recovery == "recoveryHours must be between 0 and 720 hours on this server.");
  CHECK(answer({.recovery = -1ms}) == recovery);
  CHECK(answer({.warning = 1h}) == "ok");
  CHECK(answer({.warning = 1h + 1ms}).starts_with("warningSeconds must be between 0 and 3600"));
  CHECK(answer({.warning = -1ms}).starts_with("warningSeconds must be between 0 and 3600"));
  CHECK(answer({.max_participants = 1}) == "ok");
  CHECK(answer({.max_participants = 64}) == "ok");
  const auto seats = answer({.max_participants = 0});
  CHECK(seats == "maxParticipants must be between 1 and 64 on this server.");
  CHECK(answer({.max_participants = 65}) == seats);
}

TEST_CASE("PO3 the lead is at least 20 s and at most half the timeout") {
  struct Row {
    Duration asked, timeout, lead;
  };
  constexpr Row kRows[] = {
      {5min, 1h, 5min}, {0s, 1h, 20s},  {19s, 1h, 20s},  {21s, 1h, 21s},   {45min, 1h, 30min},
      {5min, 8s, 4s},   {0s, 30s, 15s}, {20s, 40s, 20s}, {5min, 1ms, 0ms}, {5min, 5min, 150s},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.asked.count());
    CHECK(warning_lead(row.asked, row.timeout) == row.lead);
  }
  const auto policy = settle_policy({.timeout = 6min}, {});
  REQUIRE(policy);
  CHECK(policy->warning == 3min);
}

TEST_CASE("PO4 a timeout may be any part of an hour") {
  PolicyBounds bounds;
  bounds.defaults.timeout =
      std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::ratio<3600>>(0.5));
  CHECK(settle_policy({}, bounds)->timeout == 1800s);
  CHECK(settle_policy({.timeout = 301'500ms}, bounds)->timeout == 301'500ms);
}

}  // namespace
}  // namespace tarotforge::core
