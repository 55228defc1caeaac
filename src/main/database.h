// Opens the store that DATABASE_URL names: a SQLite file, or a database of PostgreSQL. The only
// place that knows which kinds there are.
#pragma once

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/random.h"
#include "main/configuration.h"
#include "ports/announcements.h"
#include "ports/clock.h"
#include "ports/store.h"
#include "store/migrate/plan.h"
#include "store/postgres/adopt.h"

namespace tarotforge {

// `migrate` brings the schema up to date, and so does `serve` a file's; of PostgreSQL it lays out
// an empty database alone. `command_line` looks in beside a server.
enum class Access { serve, migrate, command_line };

struct DatabaseSurround {
  boost::asio::io_context& context;  // the loop of one thread on which PostgreSQL is spoken to
  ports::Clock& clock;
  Log& log;
  Random& random;
};

struct OpenedDatabase {
  std::unique_ptr<ports::Store> store;
  std::vector<std::string> migrated;                      // what opening has applied
  std::unique_ptr<ports::Announcements> announcements{};  // none where nobody announces anything
  std::string_view reads_only{};                          // why nothing can be written, if so
  bool may_return = false;  // one that is away is another program's, which comes back by itself
};

// How long a start waits for a database that may return. A PostgreSQL that starts together with
// the server is there within seconds; one that stays away is asked, and complained about, twice a
// minute.
constexpr std::chrono::seconds kFirstPause(1);
constexpr std::chrono::seconds longer(std::chrono::seconds pause) {
  return std::min(pause * 2, std::chrono::seconds(30));
}

// The refusal is a whole sentence; saving_paused where PostgreSQL cannot be reached now.
Result<OpenedDatabase> open_database(const Configuration& configuration, Access access,
                                     DatabaseSurround surround);

// The same for a server, which waits for a PostgreSQL that is away, and says so.
Result<OpenedDatabase> await_database(const Configuration& configuration,
                                      DatabaseSurround surround);

// Every migration, applied or missing.
Result<std::vector<store::MigrationState>> schema_states(const Configuration& configuration);

// How the schema differs from what its migrations make; a sentence each.
Result<std::vector<std::string>> schema_findings(const Configuration& configuration);

Result<> adopt_database(const Configuration& configuration,
                        store::postgres::AdoptionOptions options);

}  // namespace tarotforge
