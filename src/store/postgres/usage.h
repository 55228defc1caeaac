// Usage and analytics of a period.
#pragma once

#include <vector>

#include "core/usage.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// An open session lasts until now. Days that were summed are not counted again.
boost::asio::awaitable<std::vector<core::Usage>> usage(Transaction& db, core::Period period,
                                                       Instant now);
boost::asio::awaitable<std::vector<core::Figure>> figures(Transaction& db, core::Period period,
                                                          Instant now);

// The same from the rows alone, without the cohorts, which do not add up.
boost::asio::awaitable<std::vector<core::Usage>> count_usage(Transaction& db, core::Period period,
                                                             Instant now);
boost::asio::awaitable<std::vector<core::Figure>> count_figures(Transaction& db,
                                                                core::Period period);

std::vector<core::Usage> read_usage(const Rows& rows);
std::vector<core::Figure> read_figures(const Rows& rows);

}  // namespace tarotforge::store::postgres
