// What servers measured, minute by minute, for the charts of the dashboard.
#pragma once

#include "ports/store.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

void keep_minute(Connection& db, ServerId server, const ports::MeasuredMinute& minute,
                 Instant forget);
std::vector<ports::MeasuredMinute> minutes_since(Connection& db, Instant since);

}  // namespace tarotforge::store::sqlite
