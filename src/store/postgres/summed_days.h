// The figures of whole days, summed once all of a day's sessions are purged.
#pragma once

#include <optional>
#include <vector>

#include "core/summed_days.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// From the first to the last that is kept; there is no gap.
boost::asio::awaitable<std::optional<core::Period>> summed_days(Transaction& db);

boost::asio::awaitable<std::vector<core::Usage>> summed_usage(Transaction& db, core::Period days);
boost::asio::awaitable<std::vector<core::Figure>> summed_figures(Transaction& db,
                                                                 core::Period days);

// The day after the last one, or the first with a session, if all of its sessions are purged.
boost::asio::awaitable<std::optional<core::DayOfFigures>> next_day(Transaction& db, Instant now);
boost::asio::awaitable<void> keep_day(Transaction& db, const core::DayOfFigures& day);
void forget_days(Transaction& db, std::optional<WallTime> through);  // without a day, all

// The first kept day from `day` on, and whether its sums are those of the rows.
boost::asio::awaitable<std::optional<core::CheckedDay>> check_day(Transaction& db, WallTime day,
                                                                  Instant now);

}  // namespace tarotforge::store::postgres
