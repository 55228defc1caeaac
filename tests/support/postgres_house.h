// A house on PostgreSQL: what HouseWorld opens in place of SQLite's file. Its database's wall clock
// is the test's own.
#pragma once

#include "tests/support/house_world.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {

// Houses on one database need seeds of their own, so that no two draw the same ids.
inline HouseWorld::Opener on_postgresql(const TestDatabase& database, std::uint64_t seed) {
  return [&database, seed](HouseWorld& house) -> std::unique_ptr<ports::Store> {
    house.random = Prng(seed);
    auto opened =
        store::postgres::PostgresStore::open({.url = database.url(),
                                              .executor = house.loop.context.get_executor(),
                                              .clock = house.clock,
                                              .log = house.log,
                                              .random = house.random,
                                              .wall = store::postgres::WallSource::clock});
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    return *std::move(opened);
  };
}

}  // namespace tarotforge::test
