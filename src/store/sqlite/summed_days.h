// The figures of whole days, summed once all of a day's sessions are purged.
#pragma once

#include <optional>
#include <vector>

#include "core/summed_days.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// From the first to the last that is kept; there is no gap.
std::optional<core::Period> summed_days(Connection& db);

std::vector<core::Usage> summed_usage(Connection& db, core::Period days);
std::vector<core::Figure> summed_figures(Connection& db, core::Period days);

// The day after the last one, or the first with a session, if all of its sessions are purged.
std::optional<core::DayOfFigures> next_day(Connection& db, Instant now);
void keep_day(Connection& db, const core::DayOfFigures& day);
void forget_days(Connection& db, std::optional<WallTime> through);  // without a day, all

// The first kept day from `day` on, and whether its sums are those of the rows.
std::optional<core::CheckedDay> check_day(Connection& db, WallTime day, Instant now);

}  // namespace tarotforge::store::sqlite
