// What operators ask: counts recounted from the rows, and listings.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

boost::asio::awaitable<ports::Statistics> statistics(Transaction& db, Instant now);
boost::asio::awaitable<std::vector<ports::SessionListing>> list_sessions(
    Transaction& db, const ports::SessionFilter& filter);
boost::asio::awaitable<std::vector<ports::OpenSession>> open_sessions(Transaction& db,
                                                                      const Context& context,
                                                                      SessionId after,
                                                                      std::size_t limit);
boost::asio::awaitable<std::vector<SessionId>> changed_among(
    Transaction& db, const std::vector<ports::SessionStore::Known>& known);

}  // namespace tarotforge::store::postgres
