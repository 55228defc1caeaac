// How long billing and analytics take over a million sessions of a year, all but the last two days'
// purged, with two and a half people each, every second one of a signed-in host; for the last 30
// days and for the whole year.
//
// usage: ./dev bench reports [sqlite|postgresql [SESSIONS]]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include "app/usage.h"
#include "tests/bench/cleanup_databases.h"

namespace {

using namespace tarotforge;
using namespace tarotforge::bench;
using Steady = std::chrono::steady_clock;

constexpr int kSessions = 1'000'000;
constexpr int kHosts = 50'000;
constexpr int kRounds = 5;
constexpr Duration kYear = std::chrono::days(365);
constexpr double kAim = 1.0;  // seconds

// Both dialects by the same arithmetic: {0} sessions, {1} milliseconds between two, {2} the start.
constexpr const char* kSqlite[] = {
    R"(insert into reading_sessions (id, deck_id, is_active, end_reason, version, next_card_index,
         selected_layout, host_user_id, created_at, updated_at, last_activity_at, ended_at,
         purged_at)
       with recursive numbers (i) as (
         select 0 union all select i + 1 from numbers where i + 1 < {0})
       select randomblob(16), case when i % 5 = 0 then 'nocturne' else 'classic' end, 0,
         case when i % 3 = 0 then 'completed' else 'expired' end, i % 60, i % 12, '"three-card"',
         case when i % 2 = 0 then cast(printf('%016d', i * 7919 % {3}) as blob) end,
         {2} + i * {1}, {2} + i * {1}, {2} + i * {1}, {2} + i * {1} + i * 7919 % 9000000,
         case when i < {0} - {0} / 180 then {2} + i * {1} + 172800000 end
       from numbers)",
    R"(insert into session_participants (session_id, anonymous_id, is_active, joined_at)
       with people (n) as (values (1), (2), (3), (4))
       select id, hex(randomblob(8)), 0, created_at from reading_sessions, people
       where n <= 1 + version % 4)",
    R"(insert into session_invites (session_id, is_active) select id, 0 from reading_sessions)",
    R"(insert into session_audit_log (session_id, event_type, event_data, sequence, created_at)
       with events (type, data, number) as (values ('created', '{{}}', 1), ('warned', '{{}}', 2),
         ('extended', '{{"because":"activity"}}', 3))
       select id, type, data, number, created_at from reading_sessions, events
       where number <= 1 + version % 3)",
};
constexpr const char* kPostgres[] = {
    R"(insert into reading_sessions (deck_id, is_active, end_reason, version, next_card_index,
         selected_layout, host_user_id, created_at, updated_at, last_activity_at, ended_at,
         purged_at)
       select case when i % 5 = 0 then 'nocturne' else 'classic' end, false,
         case when i % 3 = 0 then 'completed' else 'expired' end, i % 60, i % 12, '"three-card"',
         case when i % 2 = 0 then lpad((i * 7919 % {3})::text, 32, '0')::uuid end, at, at, at,
         at + i * 7919 % 9000000 * interval '1 ms',
         case when i < {0} - {0} / 180 then at + interval '2 days' end
       from (select i, to_timestamp(({2} + i * {1}) / 1000.0) as at
             from generate_series(0::bigint, {0} - 1) as numbers (i)) as stamps)",
    R"(insert into session_participants (session_id, anonymous_id, is_active, joined_at)
       select id, gen_random_uuid()::text, false, created_at
       from reading_sessions, generate_series(1, 4) as people (n) where n <= 1 + version % 4)",
    R"(insert into session_invites (session_id, is_active) select id, false from reading_sessions)",
    R"(insert into session_audit_log (session_id, event_type, event_data, sequence, created_at)
       select id, type, data::jsonb, number, created_at from reading_sessions,
         (values ('created', '{{}}', 1), ('warned', '{{}}', 2),
                 ('extended', '{{"because":"activity"}}', 3)) as events (type, data, number)
       where number <= 1 + version % 3)",
    "vacuum analyze",
};

template <class Statements, class Run>
void fill(const Statements& statements, int sessions, WallTime now, Run run) {
  const auto start = now.ms - kYear.count();
  for (const auto* text : statements)
    run(fmt::format(fmt::runtime(text), sessions, kYear.count() / sessions, start, kHosts));
}

std::unique_ptr<ports::Store> open_sqlite(World& world, const std::string& path) {
  return must(store::sqlite::SqliteStore::open(
      {.path = path, .clock = world.clock, .log = world.log, .random = world.random}));
}

std::unique_ptr<ports::Store> make_sqlite(World& world, const std::string& path, int sessions) {
  open_sqlite(world, path).reset();
  {
    Sql sql(path);
    sql.run("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -500000");
    sql.run("begin");
    fill(kSqlite, sessions, world.clock.wall(), [&](const std::string& text) { sql.run(text); });
    sql.run("commit; pragma journal_mode = wal");
  }
  return open_sqlite(world, path);
}

std::unique_ptr<ports::Store> make_postgres(World& world, int sessions) {
  auto& server = test::PostgresServer::shared();
  for (const char* setting : {"shared_buffers = '1GB'", "max_wal_size = '4GB'"})  // operations.md
    test::PostgresServer::run(server.url("postgres"), fmt::format("alter system set {}", setting));
  server.stop();
  server.start();
  const auto url = server.url(server.create("migrated"));
  fill(kPostgres, sessions, world.clock.wall(),
       [&](const std::string& text) { test::PostgresServer::run(url, text); });
  return must(store::postgres::PostgresStore::open({.url = url,
                                                    .executor = world.context.get_executor(),
                                                    .clock = world.clock,
                                                    .log = world.log,
                                                    .random = world.random}));
}

// The median of some rounds, in seconds; what this process computed of it, which beside a busy
// neighbour is less; and the size of the answer.
template <class Ask>
double measure(World& world, const char* title, Ask ask) {
  std::vector<double> seconds;
  const auto computed = std::clock();
  std::size_t bytes = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Steady::now();
    const auto text = run_task(world.context, ask());
    seconds.push_back(std::chrono::duration<double>(Steady::now() - start).count());
    if (!text) {
      fmt::print("{:28} refused: {}\n", title, text.error().sentence());
      return 1e9;
    }
    bytes = text->size();
  }
  std::ranges::sort(seconds);
  const auto own = static_cast<double>(std::clock() - computed) / CLOCKS_PER_SEC / kRounds;
  fmt::print("{:28}{:>10.3f}{:>10.3f}{:>14}\n", title, seconds[kRounds / 2], own, bytes);
  return seconds[kRounds / 2];
}

}  // namespace

int main(int count, char** words) {
  const std::string which = count > 1 ? words[1] : "sqlite";
  const int sessions = count > 2 ? std::atoi(words[2]) : kSessions;
  if ((which != "sqlite" && which != "postgresql") || sessions < 1)
    give_up("usage: bench_reports [sqlite|postgresql [SESSIONS]]");
  test::TemporaryFolder::use_disk();
  const test::TemporaryFolder folder;
  World world;
  fmt::print(stderr, "making {} sessions\n", sessions);
  const auto store = which == "sqlite" ? make_sqlite(world, folder.file("year.db"), sessions)
                                       : make_postgres(world, sessions);
  const auto since = Steady::now();
  int days = 0;
  while (must(run_task(world.context, store->sum_next_day()))) ++days;
  fmt::print(stderr, "summed {} days in {:.1f} s\n", days,
             std::chrono::duration<double>(Steady::now() - since).count());
  const WallTime now = world.clock.wall();
  const core::Period month{now - std::chrono::days(30), now}, year{now - kYear, now};
  fmt::print("\n{} sessions in a year, medians of {} rounds; {}.\n\n", sessions, kRounds, which);
  fmt::print("{:28}{:>10}{:>10}{:>14}\n", "", "seconds", "computed", "bytes");
  double worst = 0;
  for (const auto& [name, period] : {std::pair("30 days", month), std::pair("year", year)}) {
    worst = std::max(worst, measure(world, fmt::format("billing, {}", name).c_str(), [&] {
                       return app::usage_of(*store, period, app::Format::json);
                     }));
    worst = std::max(worst, measure(world, fmt::format("analytics, {}", name).c_str(), [&] {
                       return app::analytics_of(*store, period, {}, app::Format::json);
                     }));
  }
  fmt::print("\n{}  each answered within {} s\n", worst <= kAim ? "met    " : "not met", kAim);
}
