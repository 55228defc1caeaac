// The safety net's batches. A dry run does everything and undoes it. One batch at a time runs on
// a database, whoever asks.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// Waits until no other batch runs, and keeps others waiting until the transaction ends.
void sweep_alone(Transaction& db);

// Undoes what was done since, in a dry run.
void begin_attempt(Transaction& db, const ports::SweepRequest& request);
void end_attempt(Transaction& db, const ports::SweepRequest& request);

boost::asio::awaitable<ports::SweptBatch> expire_batch(Transaction& db, Context& context,
                                                       ports::SweepRequest request,
                                                       ports::SweepCursor after);

// Where the search for rows without a session goes on: it walks a part of the tables at a time.
struct OrphanCursor {
  std::size_t table = 0;
  SessionId session{};
};
// The caller takes `cursor` over once this is committed.
boost::asio::awaitable<ports::SweptBatch> tidy_batch(Transaction& db, const Context& context,
                                                     ports::SweepRequest request,
                                                     Duration audit_retention,
                                                     OrphanCursor& cursor);

}  // namespace tarotforge::store::postgres
