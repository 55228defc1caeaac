// Writes one change of one session whole: the row, its participants, and all that goes with it.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// See ports::SessionStore::commit.
Result<ports::Committed> commit(Connection& db, Context& context, const ports::Change& change);

}  // namespace tarotforge::store::sqlite
