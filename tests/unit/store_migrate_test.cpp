// Which migrations are still to apply, and what is refused.
#include <doctest/doctest.h>

#include "store/migrate/plan.h"

namespace tarotforge::store {
namespace {

constexpr EmbeddedMigration kThree[] = {
    {1, "one", "create table one (x)"}, {2, "two", "create table two (x)"}, {3, "three", "-- 3"}};

std::vector<AppliedMigration> applied(std::size_t count) {
  std::vector<AppliedMigration> rows;
  for (const auto& each : std::span(kThree).first(count))
    rows.push_back({each.number, std::string(each.name), checksum(each)});
  return rows;
}

bool refused_naming(const std::vector<AppliedMigration>& rows, std::string_view part,
                    std::span<const EmbeddedMigration> embedded = kThree) {
  const auto pending = pending_migrations(embedded, rows);
  return !pending && pending.error().sentence().find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("ST9 what is pending is what comes after the last applied") {
  for (std::size_t count = 0; count <= 3; ++count) {
    const auto pending = pending_migrations(kThree, applied(count));
    REQUIRE(pending);
    CHECK(pending->size() == 3 - count);
    if (count < 3) CHECK(pending->front().number == static_cast<int>(count) + 1);
  }
}

TEST_CASE("ST10 an edited, renamed, missing or newer migration is refused by its name") {
  auto rows = applied(3);
  rows[1].sha256[0] ^= 1;
  CHECK(refused_naming(rows, "0002_two"));
  rows = applied(3);
  rows[2].name = "tree";
  CHECK(refused_naming(rows, "0003_three"));
  rows = applied(3);
  rows.erase(rows.begin());
  CHECK(refused_naming(rows, "0001_one"));
  CHECK(refused_naming(applied(3), "newer than this program: it has migration 0003_three",
                       std::span(kThree).first(2)));
}

TEST_CASE("MG2 every migration has the time at which it was applied, or is missing") {
  auto rows = applied(2);
  rows[1].applied_at = {1234};
  const auto states = migration_states(kThree, rows);
  REQUIRE(states);
  REQUIRE(states->size() == 3);
  CHECK((*states)[1].title == "0002_two");
  CHECK((*states)[1].applied_at == WallTime{1234});
  CHECK_FALSE((*states)[2].applied_at);
  rows[0].name = "eins";
  CHECK_FALSE(migration_states(kThree, rows));
}

TEST_CASE("HS12 the migrations inside the binary are numbered from 1 without a gap") {
  int number = 0;
  for (const auto& migration : sqlite_migrations()) {
    CHECK(migration.number == ++number);
    CHECK_FALSE(migration.sql.empty());
  }
  CHECK(number >= 2);
}

}  // namespace tarotforge::store
