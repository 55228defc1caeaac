// What is wrong with a database: its schema, its references, its settings, and what a purge could
// not erase. The files are PostgreSQL's own to check.
#pragma once

#include <string>
#include <vector>

#include "store/migrate/embedded.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

boost::asio::awaitable<std::vector<std::string>> diagnose(
    Transaction& db, std::span<const EmbeddedMigration> embedded);

}  // namespace tarotforge::store::postgres
