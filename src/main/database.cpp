#include "main/database.h"

#include <algorithm>
#include <thread>

#include "store/postgres/listener.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/schema.h"
#include "store/sqlite/sqlite_store.h"

namespace tarotforge {
namespace {

namespace postgres = store::postgres;
namespace sqlite = store::sqlite;

// A PostgreSQL that starts together with the server is there within seconds; one that stays away
// is asked, and complained about, twice a minute.
constexpr std::chrono::seconds kFirstPause(1);
constexpr std::chrono::seconds kLongestPause(30);

Result<OpenedDatabase> open_sqlite(const std::string& path, Access access,
                                   DatabaseSurround surround) {
  const auto how = access == Access::serve     ? sqlite::Access::serve
                   : access == Access::migrate ? sqlite::Access::migrate
                                               : sqlite::Access::command_line;
  TRY_ASSIGN(auto store, sqlite::SqliteStore::open({.path = path,
                                                    .clock = surround.clock,
                                                    .log = surround.log,
                                                    .random = surround.random,
                                                    .access = how}));
  auto migrated = store->migrated();
  return OpenedDatabase{std::move(store), std::move(migrated)};
}

Result<OpenedDatabase> open_postgres(const Configuration& configuration, Access access,
                                     DatabaseSurround surround) {
  const auto& url = configuration.text("DATABASE_URL");
  std::vector<std::string> migrated;
  if (access != Access::command_line) {
    TRY_ASSIGN(migrated, postgres::prepare_schema(url, postgres::Schema::migrate,
                                                  store::postgresql_migrations()));
  }
  TRY_ASSIGN(
      auto store,
      postgres::PostgresStore::open(
          {.url = url,
           .executor = surround.context.get_executor(),
           .clock = surround.clock,
           .log = surround.log,
           .random = surround.random,
           .access =
               access == Access::serve ? postgres::Access::serve : postgres::Access::command_line,
           .connections = static_cast<std::size_t>(configuration.number("DATABASE_CONNECTIONS"))}));
  std::unique_ptr<ports::Announcements> announcements;
  if (access == Access::serve)
    announcements =
        std::make_unique<postgres::Listener>(surround.context.get_executor(), url, surround.log);
  return OpenedDatabase{std::move(store), std::move(migrated), std::move(announcements)};
}

}  // namespace

Result<OpenedDatabase> open_database(const Configuration& configuration, Access access,
                                     DatabaseSurround surround) {
  TRY_ASSIGN(const auto place, configuration.database());
  if (place.kind == DatabaseKind::postgresql) return open_postgres(configuration, access, surround);
  return open_sqlite(place.name, access, surround);
}

Result<OpenedDatabase> await_database(const Configuration& configuration,
                                      DatabaseSurround surround) {
  for (auto pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    auto opened = open_database(configuration, Access::serve, surround);
    if (opened || opened.error().code != ErrorCode::saving_paused) return opened;
    surround.log.warning("{} Trying again in {} s.", opened.error().sentence(), pause.count());
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace tarotforge
