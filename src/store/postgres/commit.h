// Writes one change of one session whole: the row, its participants, and all that goes with it.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// See ports::SessionStore::commit.
ports::Task<ports::Committed> commit(Transaction& db, Context& context,
                                     const ports::Change& change);

}  // namespace tarotforge::store::postgres
