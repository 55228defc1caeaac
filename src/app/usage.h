// Usage and analytics of a period as the text of a file, JSON or CSV. Reads only.
#pragma once

#include <string>
#include <vector>

#include "core/usage.h"
#include "ports/store.h"

namespace tarotforge::app {

enum class Format : std::uint8_t { json, csv };

ports::Task<std::string> usage_of(ports::Store& store, core::Period period, Format format);

// Days and hours are those of the zone.
ports::Task<std::string> analytics_of(ports::Store& store, core::Period period, TimeZone zone,
                                      Format format);

// The days whose sums are not those of their rows, of all that have been summed.
ports::Task<std::vector<std::string>> wrong_days(ports::Store& store);

}  // namespace tarotforge::app
