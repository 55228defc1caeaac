// Usage and analytics on the wire, as JSON and as CSV (RFC 4180, with a header row), and the period
// that is asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/usage.h"
#include "protocol/json.h"

namespace tarotforge::protocol {

// Each a day, "2026-11-01", which begins in the zone, or an RFC 3339 time; without `until` now, and
// without `from` the 30 days before. invalid_value.
Result<core::Period> parse_period(const std::optional<std::string>& from,
                                  const std::optional<std::string>& until, const TimeZone& zone,
                                  WallTime now);

// As JSON text, row by row: a year of a large community has hundreds of thousands of them.
std::string usage_json(const core::Period& period, const std::vector<core::Usage>& rows);
std::string usage_csv(const std::vector<core::Usage>& rows);

Object analytics_json(const core::Period& period, const core::Analytics& analytics);
std::string analytics_csv(const core::Analytics& analytics);  // figure,key,count

}  // namespace tarotforge::protocol
