// The system's database of time zones, by the names that browsers use: "Europe/Berlin".
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time_zone.h"

namespace tarotforge::net {

// "UTC", and no name, need no database. invalid_value where the system does not know it.
Result<TimeZone> find_time_zone(std::string_view name);

}  // namespace tarotforge::net
