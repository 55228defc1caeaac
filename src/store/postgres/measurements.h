// What servers measured, minute by minute, for the charts of the dashboard.
#pragma once

#include "ports/store.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

void keep_minute(Transaction& db, ServerId server, const ports::MeasuredMinute& minute,
                 Instant forget);
boost::asio::awaitable<std::vector<ports::MeasuredMinute>> minutes_since(Transaction& db,
                                                                         Instant since);

}  // namespace tarotforge::store::postgres
