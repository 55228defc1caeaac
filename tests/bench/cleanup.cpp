// What a cleanup costs the people who are in a room meanwhile: 100,000 expired among 300,000
// sessions of three people each, while others send operations at a steady rate. Compared are the
// cleanup service, no cleanup at all, and one statement for everything, as a cron job would send.
// Each round takes a fresh copy of the same database; an operation's time counts from when it was
// due, so that one which had to wait for another counts in full.
//
// usage: ./dev bench cleanup [sqlite|postgresql [ROUNDS [SESSIONS]]]
#include <fmt/format.h>

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
#include "tests/bench/cleanup_databases.h"

namespace {

using namespace tarotforge;
using namespace tarotforge::bench;
namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kRounds = 5;
constexpr int kSessions = 300'000;                     // every third of them expired
constexpr int kRooms = 4'000;                          // in use meanwhile, in turn
constexpr Duration kEvery{5};                          // an operation: 200 a second
constexpr Duration kQuiet = std::chrono::seconds(20);  // of a round without a cleanup
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

// One round: a server's store with its beats, people who send operations, and a cleanup.
class Round {
 public:
  Round(Database& database, Cleanup kind, std::size_t expected)
      : database_(database), kind_(kind), expected_(expected), store_(database.open(world_)) {}

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
    for (const auto id : database_.newest_open(kRooms))
      rooms_.push_back(must(run_task(world_.context, store_->load(id))));
  }

  void clean() {
    if (kind_ == Cleanup::none) return run_for(kQuiet);
    if (kind_ == Cleanup::one_statement) {
      std::atomic_bool done = false;
      std::thread cron([&] {
        database_.expire_in_one_statement(world_.clock.wall());
        done = true;
      });
      while (!done) run_for(Duration(5));
      return cron.join();
    }
    std::size_t expired = 0;
    app::SessionCleanupService service(world_.clock, *store_, world_.random, world_.log,
                                       {.longest_batch = database_.cleanup_batch()},
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

  Database& database_;
  const Cleanup kind_;
  const std::size_t expected_;
  World world_;
  std::unique_ptr<ports::Store> store_;
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

void print(std::map<Cleanup, std::vector<Figures>>& rounds, int sessions, const char* name) {
  fmt::print(
      "\n{} sessions of three people, {} of them expired; an operation each {} ms; medians "
      "of {} interleaved rounds; {}.\n\n",
      sessions, sessions / 3, kEvery.count(), rounds[Cleanup::none].size(), name);
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
  const std::string which = count > 1 ? words[1] : "sqlite";
  const int wanted = count > 2 ? std::atoi(words[2]) : kRounds;
  const int sessions = count > 3 ? std::atoi(words[3]) : kSessions;
  if ((which != "sqlite" && which != "postgresql") || wanted < 1 || sessions < 3)
    give_up("usage: bench_cleanup [sqlite|postgresql [ROUNDS [SESSIONS]]]");
  test::TemporaryFolder::use_disk();
  const test::TemporaryFolder folder;
  std::unique_ptr<Database> database;
  if (which == "postgresql")
    database = std::make_unique<Postgres>();
  else
    database = std::make_unique<Sqlite>(folder.path().string());
  fmt::print(stderr, "making {} sessions\n", sessions);
  database->make_model(sessions);
  std::map<Cleanup, std::vector<Figures>> rounds;
  for (int round = 1; round <= wanted; ++round) {
    for (const auto kind : kKinds) {
      fmt::print(stderr, "round {} of {}: {}\n", round, wanted, title(kind));
      database->copy_model();
      auto& all = rounds[kind];
      all.push_back(Round(*database, kind, static_cast<std::size_t>(sessions / 3)).run());
      fmt::print(stderr, "  p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms, {:.1f} s\n",
                 all.back().p50, all.back().p99, all.back().most, all.back().seconds);
    }
  }
  print(rounds, sessions, database->name());
}
