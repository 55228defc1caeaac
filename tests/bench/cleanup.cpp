// What a cleanup costs the people who are in a room meanwhile: 100,000 expired among 300,000
// sessions of three people each, while others send operations at a steady rate. Compared are the
// cleanup service, no cleanup at all, and one statement for everything, as a cron job would send.
// Each round takes a fresh copy of the same database; an operation's time counts from when it was
// due, so that one which had to wait for another counts in full.
//
// usage: ./dev bench cleanup [ROUNDS [SESSIONS]]
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <thread>

#include "app/cleanup.h"
#include "main/console_log.h"
#include "main/run_task.h"
#include "main/system_clock.h"
#include "main/system_random.h"
#include "store/sqlite/sqlite_store.h"

namespace {

using namespace tarotforge;
namespace asio = boost::asio;
namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kRounds = 5;
constexpr int kSessions = 300'000;                     // every third of them expired
constexpr int kRooms = 4'000;                          // in use meanwhile, in turn
constexpr Duration kEvery{5};                          // an operation: 200 a second
constexpr Duration kQuiet = std::chrono::seconds(20);  // of a round without a cleanup
constexpr Duration kTimeout = std::chrono::hours(6);   // longer than the benchmark takes
constexpr double kAim = 1.5;                           // times the p99 without a cleanup

enum class Cleanup { none, service, one_statement };
constexpr Cleanup kKinds[] = {Cleanup::none, Cleanup::service, Cleanup::one_statement};

const char* title(Cleanup kind) {
  switch (kind) {
    case Cleanup::none:
      return "no cleanup";
    case Cleanup::service:
      return "the cleanup service";
    case Cleanup::one_statement:
      return "one statement";
  }
  return "";
}

struct Figures {
  double p50 = 0, p99 = 0, most = 0;  // milliseconds of an operation
  double seconds = 0;                 // of the cleanup
  std::size_t refused = 0;            // operations
};

[[noreturn]] void give_up(std::string_view why) {
  fmt::print(stderr, "bench_cleanup: {}\n", why);
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error().sentence());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

// Plain SQL, past the store.
class Sql {
 public:
  explicit Sql(const std::string& path) {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    sqlite3_busy_timeout(db_, 60'000);
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql() { sqlite3_close(db_); }

  // Answers the first column of the rows.
  std::vector<std::string> run(const std::string& text) {
    std::vector<std::string> column;
    const auto take = [](void* to, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] ? values[0] : "");
      return 0;
    };
    if (sqlite3_exec(db_, text.c_str(), take, &column, nullptr) != SQLITE_OK)
      give_up(fmt::format("{} in {}", sqlite3_errmsg(db_), text));
    return column;
  }

 private:
  sqlite3* db_ = nullptr;
};

struct World {
  asio::io_context context{1};
  SystemClock clock{context};
  SystemRandom random;
  ConsoleLog log{"error", "text"};

  std::unique_ptr<store::sqlite::SqliteStore> open(const std::string& path) {
    return must(store::sqlite::SqliteStore::open(
        {.path = path, .clock = clock, .log = log, .random = random}));
  }
};

core::SessionData make_session(World& world) {
  core::Participant host;
  host.id = ParticipantId::make(world.clock.wall(), world.random);
  host.identity = core::GuestId{"of-the-benchmark"};
  host.name = "Host";
  host.role = core::Role::host;
  host.joined_at = host.last_seen_at = world.clock.now();
  core::Policy policy;
  policy.timeout = kTimeout;
  auto reading = core::make_reading("classic", core::Layout::celtic_cross,
                                    "What is it that I do not see?", world.random);
  return core::Session::create({.id = SessionId::make(world.clock.wall(), world.random),
                                .policy = policy,
                                .host = host,
                                .reading = must(std::move(reading)),
                                .restore_key_hash = sha256("key")},
                               world.clock.now())
      .data();
}

// The names of a table's columns but for some, with commas before them.
std::string columns(Sql& sql, const char* table, const char* without) {
  std::string names;
  for (const auto& name : sql.run(fmt::format(
           "select name from pragma_table_info('{}') where name not in ({})", table, without)))
    names += ", " + name;
  return names;
}

// One session through the store, then copies of its rows: a third idle for twice its timeout.
void seed(const std::string& path, int sessions) {
  World world;
  {
    const auto store = world.open(path);
    must(run_task(world.context, store->commit({.session = make_session(world)})));
  }
  Sql sql(path);
  const auto now = world.clock.wall().ms, idle = now - 2 * kTimeout.count();
  const auto kept =
      columns(sql, "reading_sessions", "'id', 'created_at', 'updated_at', 'last_activity_at'");
  sql.run(
      "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -500000; begin");
  sql.run("create temp table model as select * from reading_sessions");
  sql.run("delete from reading_sessions");
  sql.run(fmt::format(R"(
    insert into reading_sessions (id, created_at, updated_at, last_activity_at{0})
    with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < {1}),
      stamps (at) as (select case when i % 3 = 0 then {2} + i else {3} - {1} + i end from numbers)
    select randomblob(16), at, at, at{0} from stamps, model)",
                      kept, sessions, idle, now));
  sql.run(R"(
    insert into session_participants (session_id, anonymous_id, name, token_hash, joined_at,
                                      last_seen_at)
    with people (name) as (values ('Ada'), ('Grace'), ('Mary'))
    select id, hex(randomblob(8)), name, randomblob(32), created_at, last_activity_at
    from reading_sessions, people)");
  sql.run("commit; pragma journal_mode = wal");
}

// The same outcome in one transaction.
void expire_in_one_statement(const std::string& path, std::int64_t now) {
  Sql sql(path);
  sql.run(fmt::format(R"(
    begin immediate;
    update reading_sessions set is_active = 0, end_reason = 'expired', ended_at = {0},
      restorable_until = {0} + 86400000, revision = revision + 1
    where is_active = 1 and updated_at <= {0} - {1} and last_activity_at <= {0} - {1}
      and not exists (select 1 from session_participants
                      where session_id = reading_sessions.id and last_seen_at > {0} - {1});
    update session_participants set is_active = 0, left_at = {0}, leave_reason = 'expired'
    where session_id in (select id from reading_sessions where ended_at = {0});
    insert into session_audit_log (session_id, event_type, sequence)
    select id, 'expired', 1 from reading_sessions where ended_at = {0};
    commit)",
                      now, kTimeout.count()));
}

// One round: a server's store with its beats, people who send operations, and a cleanup.
class Round {
 public:
  Round(const std::string& path, Cleanup kind, std::size_t expected)
      : path_(path), kind_(kind), expected_(expected), store_(world_.open(path)) {}

  Figures run() {
    // Without the grace for those who could not reach the server before: nobody could.
    must(run_task(world_.context, store_->publish_settings({{"PRESENCE_UPDATE_SECONDS", "0"}})));
    const auto id = ServerId::make(world_.clock.wall(), world_.random);
    must(run_task(world_.context, store_->register_server(id, "benchmark")));
    take_rooms();
    spawn([this] { return keep_beating(); });
    run_for(std::chrono::seconds(2));

    spawn([this] { return keep_operating(); });
    const auto start = Steady::now();
    clean();
    Figures figures;
    figures.seconds = std::chrono::duration<double>(Steady::now() - start).count();
    stopping_ = true;
    while (running_ > 0) run_for(Duration(10));
    std::ranges::sort(times_);
    figures.p50 = times_[times_.size() / 2];
    figures.p99 = times_[times_.size() * 99 / 100];
    figures.most = times_.back();
    figures.refused = refused_;
    return figures;
  }

 private:
  // Those that have been used last.
  void take_rooms() {
    for (const auto& open : Sql(path_).run(
             fmt::format("select lower(hex(id)) from reading_sessions where is_active = 1 "
                         "order by updated_at desc limit {}",
                         kRooms))) {
      auto text = open;
      for (const std::size_t at : {8u, 13u, 18u, 23u}) text.insert(at, "-");
      rooms_.push_back(must(run_task(world_.context, store_->load(*SessionId::parse(text)))));
    }
  }

  void clean() {
    if (kind_ == Cleanup::none) return run_for(kQuiet);
    if (kind_ == Cleanup::one_statement) {
      std::atomic_bool done = false;
      std::thread cron([&] {
        expire_in_one_statement(path_, world_.clock.wall().ms);
        done = true;
      });
      while (!done) run_for(Duration(5));
      return cron.join();
    }
    std::size_t expired = 0;
    app::SessionCleanupService service(world_.clock, *store_, world_.random, world_.log, {},
                                       [&](const auto&) { ++expired; });
    spawn([&] { return service.keep_sweeping([&] { return expired >= expected_; }); });
    const auto limit = Steady::now() + std::chrono::minutes(10);
    while (expired < expected_) {
      run_for(Duration(10));
      if (Steady::now() > limit)
        give_up(fmt::format("only {} of {} sessions have expired", expired, expected_));
    }
    stopping_ = true;
    while (running_ > 0) run_for(Duration(10));
  }

  asio::awaitable<void> keep_beating() {
    while (!stopping_) {
      // Refused while another process holds the file for longer than the store waits.
      static_cast<void>(co_await store_->beat({.flushed_through = world_.clock.now()}));
      co_await world_.clock.sleep_until(world_.clock.now() + std::chrono::milliseconds(500));
    }
  }

  asio::awaitable<void> keep_operating() {
    const auto start = Steady::now();
    for (std::size_t i = 0; !stopping_; ++i) {
      const auto due = start + kEvery * static_cast<std::int64_t>(i);
      while (Steady::now() < due)
        co_await world_.clock.sleep_until(world_.clock.now() + Duration(1));
      spawn([this, i, due] { return operate(rooms_[i % rooms_.size()], due); });
    }
  }

  asio::awaitable<void> operate(core::SessionData& room, Steady::time_point due) {
    ++room.version;
    room.updated_at = room.last_activity = world_.clock.now();
    ports::Change change{.session = room, .read_revision = room.revision};
    change.operations.push_back(
        {.version = room.version,
         .generation = room.generation,
         .by = room.host,
         .key = IdempotencyKey::make(world_.clock.wall(), world_.random),
         .kind = "MoveCard",
         .told = R"({"kind":"MoveCard","card":"major-00","x":0.25,"y":0.75,"rotation":0})",
         .at = room.updated_at});
    const auto committed = co_await store_->commit(std::move(change));
    times_.push_back(Milliseconds(Steady::now() - due).count());
    if (committed)
      room.revision = committed->revision;
    else
      ++refused_;
  }

  template <class Work>
  void spawn(Work work) {
    ++running_;
    asio::co_spawn(world_.context, std::move(work), [this](std::exception_ptr failed) {
      --running_;
      if (failed) give_up("a task has failed");
    });
  }
  void run_for(Duration time) {
    world_.context.restart();
    world_.context.run_for(time);
  }

  const std::string path_;
  const Cleanup kind_;
  const std::size_t expected_;
  World world_;
  std::unique_ptr<store::sqlite::SqliteStore> store_;
  std::vector<core::SessionData> rooms_;
  std::vector<double> times_;
  std::size_t refused_ = 0;
  std::size_t running_ = 0;
  bool stopping_ = false;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

double median_of(const std::vector<Figures>& rounds, double Figures::* figure) {
  std::vector<double> values;
  for (const auto& round : rounds) values.push_back(round.*figure);
  return median(std::move(values));
}

void print(std::map<Cleanup, std::vector<Figures>>& rounds, int sessions) {
  fmt::print(
      "\n{} sessions of three people, {} of them expired; an operation each {} ms; medians "
      "of {} interleaved rounds; SQLite.\n\n",
      sessions, sessions / 3, kEvery.count(), rounds[Cleanup::none].size());
  fmt::print("{:22}{:>10}{:>10}{:>10}{:>12}{:>10}\n", "", "p50, ms", "p99, ms", "most, ms",
             "cleanup, s", "refused");
  for (const auto kind : kKinds) {
    const auto& all = rounds[kind];
    std::size_t refused = 0;
    for (const auto& round : all) refused += round.refused;
    fmt::print(
        "{:22}{:>10.1f}{:>10.1f}{:>10.1f}{:>12}{:>10}\n", title(kind),
        median_of(all, &Figures::p50), median_of(all, &Figures::p99),
        median_of(all, &Figures::most),
        kind == Cleanup::none ? "" : fmt::format("{:.1f}", median_of(all, &Figures::seconds)),
        refused);
  }
  std::vector<double> ratios;
  for (std::size_t i = 0; i < rounds[Cleanup::none].size(); ++i)
    ratios.push_back(rounds[Cleanup::service][i].p99 / rounds[Cleanup::none][i].p99);
  const double ratio = median(ratios);
  fmt::print("\n{}  p99 beside the cleanup service at most {} times that without: {:.2f} times\n",
             ratio <= kAim ? "met    " : "not met", kAim, ratio);
}

}  // namespace

int main(int count, char** words) {
  const int wanted = count > 1 ? std::atoi(words[1]) : kRounds;
  const int sessions = count > 2 ? std::atoi(words[2]) : kSessions;
  if (wanted < 1 || sessions < 3) give_up("usage: bench_cleanup [ROUNDS [SESSIONS]]");
  auto folder = (fs::temp_directory_path() / "tarotforge-bench-XXXXXX").string();
  if (!mkdtemp(folder.data())) give_up("no temporary folder can be made");
  const std::string model = folder + "/model.db", copy = folder + "/copy.db";
  fmt::print(stderr, "making {} sessions\n", sessions);
  seed(model, sessions);
  std::map<Cleanup, std::vector<Figures>> rounds;
  for (int round = 1; round <= wanted; ++round) {
    for (const auto kind : kKinds) {
      fmt::print(stderr, "round {} of {}: {}\n", round, wanted, title(kind));
      for (const auto* tail : {"", "-wal", "-shm", ".lock"}) fs::remove(copy + tail);
      fs::copy_file(model, copy);
      rounds[kind].push_back(Round(copy, kind, static_cast<std::size_t>(sessions / 3)).run());
    }
  }
  print(rounds, sessions);
  fs::remove_all(folder);
}
