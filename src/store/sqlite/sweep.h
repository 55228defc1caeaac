// The safety net's batches, and the purge that they and a delete share. A dry run does everything
// and undoes it.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

std::size_t purge(Connection& db, Context& context, const std::vector<SessionId>& ids,
                  core::EndReason if_open);

ports::SweptBatch expire_batch(Connection& db, Context& context, ports::SweepRequest request,
                               ports::SweepCursor after);
ports::SweptBatch purge_batch(Connection& db, Context& context, ports::SweepRequest request);

// Where the search for rows without a session goes on: it walks a part of the tables at a time.
struct OrphanCursor {
  std::size_t table = 0;
  std::int64_t row = 0;
};
ports::SweptBatch tidy_batch(Connection& db, Context& context, ports::SweepRequest request,
                             Duration audit_retention, OrphanCursor& cursor);

}  // namespace tarotforge::store::sqlite
