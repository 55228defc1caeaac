// Inside of PostgresStore: what its calls share, and how each runs as one transaction whose
// calendar is in step with the wall clock. For the files that define its methods alone.
#pragma once

#include "store/postgres/changes.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/sweep.h"

namespace tarotforge::store::postgres {

using Draws = WallClock::Draws;

inline std::uint64_t seed_from(Random& random) {
  std::uint8_t bytes[8];
  random.fill(bytes);
  std::uint64_t seed = 0;
  for (const auto byte : bytes) seed = seed << 8 | byte;
  return seed;
}

inline boost::asio::awaitable<std::int64_t> last_change(Transaction& db) {
  const auto rows = co_await db.query(
      "select case when is_called then last_value else 0 end from session_changes");
  co_return rows.value<std::int64_t>().value_or(0);
}

struct PostgresStore::Shared {
  Shared(const Options& options, bool writes)
      : database(
            options.executor,
            {.pool = {.url = options.url, .log = options.log, .connections = options.connections}}),
        context{.clock = options.clock, .log = options.log, .ids = Prng(seed_from(options.random))},
        wall(options.clock, options.wall),
        serves(writes && options.access == Access::serve),
        migrations(options.migrations) {}

  Database database;
  Context context;
  WallClock wall;
  const bool serves;
  const std::span<const EmbeddedMigration> migrations;
  Changes changes;
  OrphanCursor orphans;
};

template <class T, class F>
ports::Task<T> PostgresStore::write(std::shared_ptr<Shared> shared, Draws draws, F work) {
  for (;;) {
    auto behind = std::make_shared<bool>(false);
    auto result = co_await shared->database.write(
        [shared, draws, behind, work](Transaction& db) mutable -> ports::Task<T> {
          *behind = !shared->wall.is_set();
          if (*behind) co_return ErrorCode::internal;
          WallClock::Entered entered;
          try {
            if (draws == Draws::number) shared->changes.draws();
            entered = co_await shared->wall.enter(db, draws);
          } catch (const Failure&) {
            if (draws == Draws::number) shared->changes.failed();
            throw;
          }
          if (entered.drawn) shared->changes.drew(*entered.drawn);
          *behind = shared->serves && entered.jumped;
          if (*behind) co_return ErrorCode::internal;
          co_return co_await work(db, *shared);
        });
    if (!*behind) co_return std::move(result);
    CO_TRY(co_await follow(shared));
  }
}

template <class T, class F>
ports::Task<T> PostgresStore::read(std::shared_ptr<Shared> shared, F work) {
  for (;;) {
    auto behind = std::make_shared<bool>(false);
    auto result = co_await shared->database.read(
        [shared, behind, work](Transaction& db) mutable -> ports::Task<T> {
          *behind = !shared->wall.is_set();
          if (*behind) co_return ErrorCode::internal;
          co_await shared->wall.enter(db);
          co_return co_await work(db, *shared);
        });
    if (!*behind) co_return std::move(result);
    CO_TRY(co_await follow(shared));
  }
}

}  // namespace tarotforge::store::postgres
