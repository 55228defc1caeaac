// Purging: what is erased of a session, and what stays.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

boost::asio::awaitable<std::size_t> purge(Transaction& db, Context& context,
                                          std::vector<SessionId> ids, core::EndReason if_open);

boost::asio::awaitable<ports::SweptBatch> purge_batch(Transaction& db, Context& context,
                                                      ports::SweepRequest request);

}  // namespace tarotforge::store::postgres
