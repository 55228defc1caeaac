#include "main/database.h"

#include <thread>

#include "store/postgres/listener.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/schema.h"
#include "store/read_only_store.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sqlite_store.h"

namespace tarotforge {
namespace {

namespace postgres = store::postgres;
namespace sqlite = store::sqlite;

// For visitors as for operators: the former wait, the latter know what to do.
constexpr std::string_view kHalfAdopted =
    "Nothing can be saved here until these readings have moved to this server. Try again later; "
    "its operator ends the move with `tarotforge migrate adopt --finish`.";

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
  const auto how = access == Access::serve     ? postgres::Access::serve
                   : access == Access::migrate ? postgres::Access::migrate
                                               : postgres::Access::command_line;
  const auto connections = static_cast<std::size_t>(configuration.number("DATABASE_CONNECTIONS"));
  TRY_ASSIGN(auto store, postgres::PostgresStore::open({.url = url,
                                                        .executor = surround.context.get_executor(),
                                                        .clock = surround.clock,
                                                        .log = surround.log,
                                                        .random = surround.random,
                                                        .access = how,
                                                        .connections = connections}));
  auto migrated = store->migrated();
  if (store->is_half_adopted())
    return OpenedDatabase{.store = std::make_unique<store::ReadOnlyStore>(
                              std::move(store), surround.clock, std::string(kHalfAdopted)),
                          .migrated = {},
                          .reads_only = kHalfAdopted,
                          .may_return = true};
  std::unique_ptr<ports::Announcements> announcements;
  if (access == Access::serve)
    announcements =
        std::make_unique<postgres::Listener>(surround.context.get_executor(), url, surround.log);
  return OpenedDatabase{.store = std::move(store),
                        .migrated = std::move(migrated),
                        .announcements = std::move(announcements),
                        .may_return = true};
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
  for (auto pause = kFirstPause;; pause = longer(pause)) {
    auto opened = open_database(configuration, Access::serve, surround);
    if (opened || opened.error().code != ErrorCode::saving_paused) return opened;
    surround.log.warning("{} Trying again in {} s.", opened.error().sentence(), pause.count());
    std::this_thread::sleep_for(pause);
  }
}

Result<std::vector<store::MigrationState>> schema_states(const Configuration& configuration) {
  TRY_ASSIGN(const auto place, configuration.database());
  return place.kind == DatabaseKind::postgresql
             ? postgres::schema_states(configuration.text("DATABASE_URL"),
                                       store::postgresql_migrations())
             : sqlite::schema_states(place.name, store::sqlite_migrations());
}

Result<std::vector<std::string>> schema_findings(const Configuration& configuration) {
  TRY_ASSIGN(const auto place, configuration.database());
  return place.kind == DatabaseKind::postgresql
             ? postgres::schema_findings(configuration.text("DATABASE_URL"),
                                         store::postgresql_migrations())
             : sqlite::schema_findings(place.name, store::sqlite_migrations());
}

Result<> adopt_database(const Configuration& configuration, postgres::AdoptionOptions options) {
  TRY_ASSIGN(const auto place, configuration.database());
  if (place.kind == DatabaseKind::postgresql)
    return postgres::adopt(configuration.text("DATABASE_URL"), std::move(options));
  return Error(ErrorCode::internal,
               "Only PostgreSQL holds readings of the first implementation. Name its database in "
               "DATABASE_URL.");
}

}  // namespace tarotforge
