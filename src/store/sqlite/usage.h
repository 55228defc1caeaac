// Usage and analytics of a period.
#pragma once

#include <vector>

#include "core/usage.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// An open session lasts until now. Days that were summed are not counted again.
std::vector<core::Usage> usage(Connection& db, core::Period period, Instant now);
std::vector<core::Figure> figures(Connection& db, core::Period period, Instant now);

// The same from the rows alone, without the cohorts, which do not add up.
std::vector<core::Usage> count_usage(Connection& db, core::Period period, Instant now);
std::vector<core::Figure> count_figures(Connection& db, core::Period period);

std::vector<core::Usage> read_usage(Statement& select);
std::vector<core::Figure> read_figures(Statement& select);

}  // namespace tarotforge::store::sqlite
