// Usage and analytics, counted from the rows of a period.
#pragma once

#include <vector>

#include "core/usage.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// An open session lasts until now.
std::vector<core::Usage> usage(Connection& db, core::Period period, Instant now);
std::vector<core::Figure> figures(Connection& db, core::Period period);

}  // namespace tarotforge::store::sqlite
