// PostgreSQL: the way to it. Pipelines, deadlines, losses, values and the bounded pool.
#include <doctest/doctest.h>

#include "store/postgres/database.h"
#include "tests/support/loop.h"
#include "tests/support/postgres_relay.h"
#include "tests/support/postgres_server.h"
#include "tests/support/test_log.h"

namespace tarotforge::test {
namespace {

using namespace store::postgres;

struct World {
  TestDatabase where{"template1"};
  TestLog log;
  Loop loop;

  Database open(PoolOptions options) {
    return Database(loop.context.get_executor(), {.pool = std::move(options)});
  }
  Database open() { return open({.url = where.url(), .log = log}); }

  // Runs one statement; answers the first column of its first row.
  template <class T, class... Values>
  static ports::Task<T> value(Database& db, std::string sql, Values... values) {
    return db.write([=](Transaction& transaction) -> ports::Task<T> {
      const auto rows = co_await transaction.query(sql, values...);
      co_return rows.template value<T>().value();
    });
  }
  template <class T, class... Values>
  T get(Database& db, std::string sql, Values... values) {
    auto result = loop.run<T>(value<T>(db, std::move(sql), std::move(values)...));
    REQUIRE_MESSAGE(result, result.error().sentence());
    return *std::move(result);
  }
  ErrorCode refusal(Database& db, std::string sql) {
    const auto result = loop.run<std::string>(value<std::string>(db, std::move(sql)));
    REQUIRE_FALSE(result);
    return result.error().code;
  }
};

TEST_CASE("ST17 statements that do not wait for each other take one round trip") {
  World world;
  world.where.run("create table numbers (n bigint)");
  Relay relay(world.loop.context, TestDatabase::server().socket());
  auto db = world.open({.url = world.where.url() + "&host=" + relay.folder(), .log = world.log});
  CHECK(world.get<std::int64_t>(db, "select 1::bigint") == 1);  // connects
  const auto before = relay.round_trips();
  const auto sum = world.loop.run<std::int64_t>(
      db.write([](Transaction& transaction) -> ports::Task<std::int64_t> {
        for (std::int64_t n = 1; n <= 100; ++n)
          transaction.send("insert into numbers values ($1)", n);
        const auto rows = co_await transaction.query("select sum(n)::bigint from numbers");
        transaction.send("delete from numbers where n > $1", std::int64_t{50});
        transaction.send("update numbers set n = n + 1");
        co_return rows.value<std::int64_t>().value();
      }));
  CHECK(sum.value_or(0) == 5050);
  CHECK(relay.round_trips() - before == 2);  // to the sum, and to the end
  CHECK(world.where.run("select sum(n) from numbers") == std::vector<std::string>{"1325"});
}

TEST_CASE("ST4 a statement sent ahead that fails undoes the whole transaction") {
  World world;
  world.where.run("create table numbers (n bigint primary key)");
  auto db = world.open();
  const auto insert = [](bool then_ask) {
    return [then_ask](Transaction& transaction) -> ports::Task<> {
      transaction.send("insert into numbers values ($1)", 1);
      transaction.send("insert into numbers values ($1)", 1);
      transaction.send("insert into numbers values ($1)", 2);
      if (then_ask) co_await transaction.query("select 1");
      co_return Result<>();
    };
  };
  for (const bool then_ask : {false, true}) {
    const auto result = world.loop.run<>(db.write(insert(then_ask)));
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::conflict);
  }
  const auto refused = world.loop.run<>(db.write([](Transaction& transaction) -> ports::Task<> {
    transaction.send("insert into numbers values ($1)", 3);
    co_return ErrorCode::not_allowed;
  }));
  CHECK(refused.error().code == ErrorCode::not_allowed);
  CHECK(world.get<std::int64_t>(db, "select count(*) from numbers") == 0);
  CHECK(db.pool().open() == 1);  // none of this costs a connection
}

TEST_CASE("ST4 a failure inside a savepoint leaves the rest, and is not committed by mistake") {
  World world;
  world.where.run("create table numbers (n bigint primary key)");
  auto db = world.open();
  const auto attempt = [](bool go_back) {
    return [go_back](Transaction& transaction) -> ports::Task<> {
      transaction.send("insert into numbers values ($1)", 1);
      transaction.send("savepoint attempt");
      try {
        co_await transaction.query("insert into numbers values ($1)", 1);
      } catch (const Failure& failure) {
        CHECK(is_constraint(failure));
      }
      if (go_back) transaction.send("rollback to attempt");
      co_return Result<>();
    };
  };
  CHECK_FALSE(world.loop.run<>(db.write(attempt(false))));
  CHECK(world.get<std::int64_t>(db, "select count(*) from numbers") == 0);
  CHECK(world.loop.run<>(db.write(attempt(true))));
  CHECK(world.get<std::int64_t>(db, "select count(*) from numbers") == 1);
}

TEST_CASE("ST4 transactions that block each other are done again") {
  World world;
  world.where.run("create table numbers (n bigint primary key, v bigint)");
  world.where.run("insert into numbers values (1, 0), (2, 0)");
  auto db = world.open();
  int runs = 0;
  const auto cross = [&](std::int64_t first, std::int64_t second) {
    return db.write([&runs, first, second](Transaction& transaction) -> ports::Task<> {
      ++runs;
      co_await transaction.query("update numbers set v = v + 1 where n = $1", first);
      co_await transaction.query("select pg_sleep(0.2)");
      co_await transaction.query("update numbers set v = v + 1 where n = $1", second);
      co_return Result<>();
    });
  };
  std::vector<ports::Task<>> both;
  both.push_back(cross(1, 2));
  both.push_back(cross(2, 1));
  for (const auto& result : world.loop.run_all<void>(std::move(both))) CHECK(result);
  CHECK(runs > 2);
  CHECK(world.get<std::int64_t>(db, "select sum(v)::bigint from numbers") == 4);
}

TEST_CASE("ST18 a call that is not answered in time is refused, and its connection thrown away") {
  World world;
  auto db = world.open({.url = world.where.url(),
                        .log = world.log,
                        .connections = 1,
                        .limit = std::chrono::milliseconds(300)});
  const auto pid = world.get<std::int64_t>(db, "select pg_backend_pid()::bigint");
  // The server's own limit is lifted, so that ours is seen.
  const auto late = world.loop.run<>(db.write([](Transaction& transaction) -> ports::Task<> {
    transaction.send("set local statement_timeout = 0");
    co_await transaction.query("select pg_sleep(20)");
    co_return Result<>();
  }));
  REQUIRE_FALSE(late);
  CHECK(late.error().code == ErrorCode::saving_paused);
  CHECK(late.error().retry_after.has_value());
  CHECK(db.pool().open() == 0);
  CHECK(world.get<std::int64_t>(db, "select pg_backend_pid()::bigint") != pid);
  CHECK(world.refusal(db, "select pg_sleep(20)") == ErrorCode::saving_paused);
}

TEST_CASE("ST19 a lost connection pauses saving, and the next calls go on") {
  World world;
  auto db = world.open();
  const auto lost = world.loop.run<>(db.write([&](Transaction& transaction) -> ports::Task<> {
    co_await transaction.query("select 1");
    world.where.end_connections();
    co_await transaction.query("select 2");
    co_return Result<>();
  }));
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == ErrorCode::saving_paused);
  CHECK(world.get<std::int64_t>(db, "select 3::bigint") == 3);
  world.where.end_connections();  // while nobody uses it: not even noticed
  CHECK(world.get<std::int64_t>(db, "select 4::bigint") == 4);
  CHECK(world.log.count(LogLevel::error, "") == 0);
}

TEST_CASE("ST19 while PostgreSQL is away saving is paused, and goes on when it is back") {
  World world;
  auto db = world.open();
  CHECK(world.get<std::int64_t>(db, "select 1::bigint") == 1);
  TestDatabase::server().stop();
  for (int i = 0; i < 5; ++i) CHECK(world.refusal(db, "select '2'") == ErrorCode::saving_paused);
  CHECK(world.log.count(LogLevel::warning, "cannot be reached") == 1);
  TestDatabase::server().start();
  world.loop.run_until([&] {
    return world.loop.run<std::string>(World::value<std::string>(db, "select '3'")).has_value();
  });
  CHECK(world.log.count(LogLevel::info, "reached again") == 1);
}

TEST_CASE("ST20 values come back as they were, whatever the database prefers") {
  World world;
  world.where.run(
      "do $$ begin execute format('alter database %I set timezone = ''Asia/Kathmandu''', "
      "current_database()); execute format('alter database %I set datestyle = ''German''', "
      "current_database()); execute format('alter database %I set bytea_output = ''escape''', "
      "current_database()); end $$");
  auto db = world.open();
  Prng random(7);
  const auto id = SessionId::make({1'769'817'600'123}, random);
  const auto digest = sha256("digest");
  const std::string text = "a \"b\" \\c\\ {d,e} \n 'f' NULL é 🂡";
  CHECK(world.get<SessionId>(db, "select $1::uuid", id) == id);
  CHECK(world.get<Digest>(db, "select $1::bytea", digest) == digest);
  CHECK(world.get<std::string>(db, "select $1::text", text) == text);
  CHECK(world.get<std::string>(db, "select $1::text", std::string()).empty());
  CHECK(world.get<bool>(db, "select $1::boolean", true));
  CHECK_FALSE(world.get<bool>(db, "select $1::boolean", false));
  CHECK(world.get<std::int64_t>(db, "select $1::bigint", INT64_MIN) == INT64_MIN);
  CHECK(world.get<std::uint32_t>(db, "select $1::bigint", 4'000'000'000u) == 4'000'000'000u);
  CHECK(world.get<Duration>(db, "select $1::bigint", Duration(1500)) == Duration(1500));
  for (const std::int64_t ms : {1'769'817'600'123, 1'769'817'600'000, 0L, -1L, 951'782'399'999})
    CHECK(world.get<WallTime>(db, "select $1::timestamptz", WallTime{ms}).ms == ms);
  for (const auto* early : {"-infinity", "4713-01-01 BC", "0999-12-31 23:59:59.999"})
    CHECK(world.get<WallTime>(db, "select $1::text::timestamptz", early).ms == -30'610'224'000'000);
  for (const auto* late : {"infinity", "294276-12-31", "9000-01-01"})
    CHECK(world.get<WallTime>(db, "select $1::text::timestamptz", late).ms == 221'845'392'000'000);
  CHECK(world.get<std::string>(db, "select extract(epoch from $1::timestamptz)::text",
                               WallTime{1'769'817'600'123}) == "1769817600.123000");
  CHECK(world.get<std::optional<SessionId>>(db, "select $1::uuid", std::optional<SessionId>()) ==
        std::nullopt);
  const auto read_null = world.loop.run<std::string>(
      World::value<std::string>(db, "select $1::text", std::optional<std::string>()));
  CHECK(read_null.error().code == ErrorCode::internal);
  CHECK(world.log.count(LogLevel::error, "does not hold a value") == 1);
}

TEST_CASE("ST20 arrays come back as they were") {
  World world;
  auto db = world.open();
  Prng random(7);
  const std::vector<SessionId> ids = {SessionId::make({1}, random), SessionId::make({2}, random)};
  const std::vector<Instant> times = {{1'769'817'600'123}, {0}};
  const std::vector<std::optional<std::int64_t>> numbers = {-5, std::nullopt};
  const std::vector<std::string> texts = {"a \"b\" \\c\\ {d,e}", "NULL"};
  const auto done = world.loop.run<>(db.write([&](Transaction& transaction) -> ports::Task<> {
    transaction.calendar = Calendar{std::chrono::hours(1)};
    const auto rows = co_await transaction.query(
        "select * from unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::text[])", ids, times,
        numbers, texts);
    REQUIRE(rows.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
      SessionId id;
      Instant time;
      std::optional<std::int64_t> number;
      std::string text;
      rows.row(i, id, time, number, text);
      CHECK(id == ids[i]);
      CHECK(time == times[i]);
      CHECK(number == numbers[i]);
      CHECK(text == texts[i]);
    }
    const auto none = co_await transaction.query("select 1 where $2::uuid = any($1::uuid[])",
                                                 std::vector<SessionId>(), ids[0]);
    CHECK(none.empty());
    co_return Result<>();
  }));
  CHECK(done);
}

TEST_CASE("ST15 calls wait for a connection in a bounded line") {
  World world;
  auto db =
      world.open({.url = world.where.url(), .log = world.log, .connections = 2, .line_bound = 3});
  std::vector<ports::Task<std::string>> tasks;
  for (int i = 0; i < 6; ++i)
    tasks.push_back(World::value<std::string>(db, "select '1' from pg_sleep(0.1)"));
  std::size_t done = 0, overloaded = 0;
  for (const auto& result : world.loop.run_all<std::string>(std::move(tasks))) {
    done += result.has_value();
    overloaded += !result && result.error().code == ErrorCode::overloaded;
  }
  CHECK(done == 5);
  CHECK(overloaded == 1);
  CHECK(db.pool().open() == 2);
  CHECK(db.pool().waiting() == 0);
}

TEST_CASE("ST19 a database that cannot be written pauses saving") {
  World world;
  auto db = world.open();
  const auto result = world.loop.run<>(db.read([](Transaction& transaction) -> ports::Task<> {
    co_await transaction.query("create table numbers (n bigint)");
    co_return Result<>();
  }));
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::saving_paused);
}

TEST_CASE("ST19 a database that may only be read is read, and pauses saving until it is not") {
  World world;
  world.where.run("create table numbers (n bigint)");
  auto db = world.open();
  const auto may_only_be_read = [&](const std::string& setting) {
    world.where.run(
        "begin read write; do $$ begin execute format('alter database %I "
        "set default_transaction_read_only = " +
        setting + "', current_database()); end $$; commit");
    world.where.end_connections();
  };
  may_only_be_read("on");
  CHECK(world.get<std::int64_t>(db, "select count(*) from numbers") == 0);
  CHECK(world.refusal(db, "insert into numbers values (1) returning n") ==
        ErrorCode::saving_paused);
  may_only_be_read("off");
  CHECK(world.get<std::int64_t>(db, "insert into numbers values (1) returning n") == 1);
}

}  // namespace
}  // namespace tarotforge::test
