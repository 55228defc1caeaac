// How long one session may idle, when it warns, what keeps it alive, how long it can be restored
// and how many people it seats. Defaults come from settings; a creator may override them within
// the operator's bounds. A stored policy is complete: later changes of the defaults do not touch
// it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "base/result.h"

namespace tarotforge::core {

// The presence level that counts as activity all by itself.
enum class KeepAlive : std::uint8_t { active, visible, connected };

struct Policy {
  Duration timeout{std::chrono::hours(1)};
  Duration warning{std::chrono::minutes(5)};
  Duration recovery{std::chrono::hours(24)};
  std::uint16_t max_participants = 16;
  KeepAlive keep_alive = KeepAlive::active;

  friend bool operator==(const Policy&, const Policy&) = default;
};

// What a creator asks to differ from the defaults.
struct PolicyRequest {
  std::optional<Duration> timeout{};
  std::optional<Duration> warning{};
  std::optional<Duration> recovery{};
  std::optional<std::uint16_t> max_participants{};
  std::optional<KeepAlive> keep_alive{};
};

struct PolicyBounds {
  Policy defaults{};
  Duration timeout_min{std::chrono::minutes(5)};
  Duration timeout_max{std::chrono::hours(24)};
  Duration recovery_min{0};
  Duration recovery_max{std::chrono::hours(24 * 30)};
  std::uint16_t participants_max = 64;
};

// The lead of the warning: as asked, but at least 20 s (WCAG 2.2.1 asks for 20 s to react), and
// never more than half of the timeout, which wins.
Duration warning_lead(Duration asked, Duration timeout);

// policy_out_of_bounds where a request leaves the operator's bounds; its detail names the bound.
Result<Policy> settle_policy(const PolicyRequest& request, const PolicyBounds& bounds);

}  // namespace tarotforge::core
