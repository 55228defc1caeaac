// What all work on the schema begins with: the lock under which it is done, what the database has
// recorded of it, and what kind of database this is.
#pragma once

#include <string>
#include <vector>

#include "store/migrate/plan.h"
#include "store/postgres/own_connection.h"

namespace tarotforge::store::postgres {

template <class... Values>
boost::asio::awaitable<Rows> ask(Connection& db, std::string_view sql, const Values&... values) {
  db.push(sql, Parameters().put(values...));
  return db.round();
}

boost::asio::awaitable<void> pause_for(Duration span);

// Internal where the PostgreSQL is older than what is tested; `place` as describe() names it.
ports::Task<> require_version(Connection& db, std::string place);

// Held until the connection ends.
boost::asio::awaitable<void> lock_schema(Connection& db);

// In order; none where nothing was ever recorded.
boost::asio::awaitable<std::vector<AppliedMigration>> applied(Connection& db);
boost::asio::awaitable<void> make_record(Connection& db);
boost::asio::awaitable<void> record(Connection& db, const EmbeddedMigration& migration);

// Applies what is missing, each in a transaction of its own; the titles. Refused between the two
// steps of adopting.
ports::Task<std::vector<std::string>> apply_missing(Connection& db,
                                                    std::span<const EmbeddedMigration> embedded);

// True where a table of readings is there, whoever made it. Without a record it was the first
// implementation, which has none.
boost::asio::awaitable<bool> holds_readings(Connection& db);
Error first_implementation(const std::string& place);

// True between the two steps of adopting (adopt.h), in which servers only read. One row says so.
boost::asio::awaitable<bool> is_half_adopted(Connection& db);
inline constexpr std::string_view kAdoptionSetting = "ADOPTION";

}  // namespace tarotforge::store::postgres
