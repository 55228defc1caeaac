// Usage and analytics, counted from the rows of a period.
#pragma once

#include <vector>

#include "core/usage.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// An open session lasts until now.
boost::asio::awaitable<std::vector<core::Usage>> usage(Transaction& db, core::Period period,
                                                       Instant now);
boost::asio::awaitable<std::vector<core::Figure>> figures(Transaction& db, core::Period period);

}  // namespace tarotforge::store::postgres
