#include "tests/sim/simulation.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/report.h"
#include "base/check.h"

namespace tarotforge::sim {

using store::sqlite::Access;
using store::sqlite::SqliteStore;

namespace {

// After the last fault: a lost server's holds are settled after 30 s, refused expiries come again
// within 30 s, clients that slept are let go after 35 s, and the grace is 15 s.
constexpr Duration kConvergence = std::chrono::seconds(125);
// As fast or slow as kernels can still set right (ntpd and chronyd assume no more), in millionths.
constexpr std::int64_t kMostDrift = 500;
// How far a clock may leave its database's before PostgreSQL's adapter brings it back (OU8), which
// the file that several simulated servers share does not.
constexpr Duration kMostApart = std::chrono::milliseconds(1500);
// Of a run, beside the time in which things go wrong.
constexpr Duration kEnd = std::chrono::minutes(10);

// A database that was migrated once, to copy.
const std::string& migrated_database() {
  static const test::TemporaryFolder folder;
  static const std::string path = [] {
    Schedule schedule;
    ServerClock clock(schedule, Duration(1));
    Prng random(1);
    class Silence final : public Log {
      void write(LogLevel, std::string_view, const LogFields&) override {}
    } log;
    auto file = folder.file("model.db");
    check(
        SqliteStore::open(
            {.path = file, .clock = clock, .log = log, .random = random, .access = Access::migrate})
            .has_value(),
        "an empty database can be made");
    return file;
  }();
  return path;
}

}  // namespace

app::Settings Simulation::settings(Prng& random) {
  app::Settings made;
  made.policy.timeout_min = std::chrono::seconds(1);
  made.policy.defaults.timeout = std::chrono::seconds(20 + random.below(60));
  made.policy.defaults.warning = std::chrono::seconds(5 + random.below(20));
  made.presence_interval = std::chrono::seconds(1 + random.below(30));
  made.cleanup_interval = std::chrono::seconds(15 + random.below(60));
  made.cleanup_batch = std::chrono::seconds(10);
  return made;
}

// What several servers share is stamped by the calendar of their database, whose clock is right. A
// lone server's wall clock goes as its steady one does, or somebody keeps it right.
Drift Simulation::draw_drift() {
  if (!clocks_drift_) return {};
  const bool alone = server_count_ == 1;
  const auto most =
      alone ? kMostDrift : std::min(kMostDrift, kMostApart * 1'000'000 / (chaos_ + kEnd));
  const auto drift = std::int64_t{random_.below(static_cast<std::uint32_t>(2 * most + 1))} - most;
  return {.steady = drift, .wall = alone && one_in(random_, 2) ? drift : 0};
}

Simulation::Simulation(std::uint64_t seed, double hours)
    : random_(seed),
      server_count_(one_in(random_, 2) ? 1 : 2 + static_cast<int>(random_.below(3))),
      weather_(Weather::draw(random_, server_count_)),
      chaos_(hours > 0 ? Duration(static_cast<std::int64_t>(hours * 3'600'000))
                       : Duration(std::chrono::seconds(120 + random_.below(240)))),
      ground_{schedule_,
              truth_,
              weather_,
              random_,
              log_,
              folder_.file("readings.db"),
              server_count_ == 1,
              settings(random_),
              Duration(20 + random_.below(160))},
      clocks_drift_(one_in(random_, 2)) {
  std::filesystem::copy_file(migrated_database(), ground_.database);
  for (int i = 0; i < server_count_; ++i) {
    const Drift drift = draw_drift();
    truth_.clock_drifts(drift.steady);
    servers_.push_back(std::make_unique<Server>(ground_, i, drift));
    servers_.back()->start();
  }
  const auto presence = fmt::format("{}", ground_.settings.presence_interval.count() / 1000);
  const auto store = open_as_operator(operators_clock());
  servers_.front()->serve<void>(store->publish_settings({{"PRESENCE_UPDATE_SECONDS", presence}}),
                                [](const Result<>&) {});
  schedule_.settle();
  to_count_ = open_as_operator(database_clock_);
}

Simulation::~Simulation() {
  for (auto& server : servers_) server->kill();
  schedule_.settle();
}

Outcome Simulation::run() {
  pass(std::chrono::seconds(3));
  people_come();
  make_trouble();
  pass(chaos_);
  heal();
  pass(kConvergence);
  check_views();
  for (auto& person : people_) person->fall_silent();
  pass(std::chrono::seconds(30));
  for (auto& person : people_) person->go_away();
  // The longest timeout, one extension, what a hold may add, and a sweep.
  pass(std::chrono::seconds(80 + 2 * 40 + 65 + 30 + 90));
  check_ended();
  return {truth_.violations(), truth_.work,
          Duration(schedule_.now().ms - Schedule::kStart) * server_count_};
}

void Simulation::pass(Duration span) {
  const Instant until = schedule_.now() + span;
  constexpr Duration kLook = std::chrono::seconds(1);
  constexpr int kLooksForPresence = 5, kLooksForCounts = 60;
  while (healthy() && schedule_.now() < until) {
    schedule_.run_until(std::min(until, schedule_.now() + kLook));
    for (auto& server : servers_) server->forget_closed_lines();
    truth_.look_at_rooms();
    if (++looks_ % kLooksForPresence == 0) look_at_presence();
    if (looks_ % kLooksForCounts == 0) truth_.recount(*to_count_, schedule_.now());
  }
}

// --- people

protocol::CreateRequest Simulation::draw_request() {
  protocol::CreateRequest request{.deck_id = one_in(random_, 2) ? "classic" : "nocturne"};
  request.question = fmt::format("What of {}?", random_.below(1000));
  request.policy.timeout = std::chrono::seconds(10 + random_.below(70));
  request.policy.recovery = std::chrono::seconds(30 + random_.below(200));
  request.policy.keep_alive =
      one_in(random_, 2) ? core::KeepAlive::active : static_cast<core::KeepAlive>(random_.below(3));
  if (one_in(random_, 4)) request.policy.max_participants = 2 + random_.below(3);
  return request;
}

void Simulation::people_come() {
  const auto come = [this] {
    people_.push_back(
        std::make_unique<Person>(Person::Place{ground_, servers_, links_}, random_.next()));
    return people_.back().get();
  };
  const auto readings = 1 + random_.below(4);
  for (std::uint32_t i = 0; i < readings; ++i) {
    schedule_.after(between(random_, Duration(0), chaos_ / 2), [this, come] {
      if (!healed_) come()->create(draw_request());
    });
  }
  const auto guests = 1 + random_.below(8);
  for (std::uint32_t i = 0; i < guests; ++i) {
    schedule_.after(between(random_, Duration(500), chaos_), [this, come] {
      if (healed_ || links_.empty()) return;
      const auto link = links_[random_.below(static_cast<std::uint32_t>(links_.size()))];
      come()->join(link);
    });
  }
}

// --- trouble

void Simulation::keep_making(Duration Weather::* every, std::function<void()> trouble) {
  const Duration mean = weather_.*every;
  if (mean.count() == 0) return;
  schedule_.after(between(random_, mean / 4, mean * 2), [this, every, trouble] {
    if (healed_) return;
    trouble();
    keep_making(every, trouble);
  });
}

void Simulation::make_trouble() {
  using std::chrono::seconds;
  const auto somebody = [this](auto what) {
    return [this, what] {
      if (people_.empty()) return;
      what(*people_[random_.below(static_cast<std::uint32_t>(people_.size()))]);
    };
  };
  keep_making(&Weather::cut, somebody([](Person& person) { person.lose_network(); }));
  keep_making(&Weather::sleep, somebody([this](Person& person) {
    person.sleep_for(between(random_, seconds(2), seconds(90)));
  }));
  keep_making(&Weather::crash, [this] {
    truth_.disturbed();
    ++truth_.work.crashes;
    auto& server = any_server();
    server.kill();
    const Duration down = one_in(random_, 2) ? between(random_, Duration(100), seconds(12))
                                             : between(random_, seconds(12), seconds(80));
    schedule_.after(down, [this, &server] {
      truth_.disturbed();
      server.start();
    });
  });
  keep_making(&Weather::freeze, [this] {
    truth_.disturbed();
    const Duration span = between(random_, seconds(1), seconds(60));
    any_server().freeze(span);
    schedule_.after(span, [this] { truth_.disturbed(); });
  });
  const auto cut_for_a_while = [this](std::vector<Server*> whom, bool outage) {
    truth_.disturbed();
    for (auto* server : whom) outage ? server->database_away(true) : server->partition(true);
    schedule_.after(between(random_, seconds(1), seconds(70)), [this, whom, outage] {
      truth_.disturbed();
      for (auto* server : whom) outage ? server->database_away(false) : server->partition(false);
    });
  };
  keep_making(&Weather::partition,
              [this, cut_for_a_while] { cut_for_a_while({&any_server()}, false); });
  keep_making(&Weather::outage, [this, cut_for_a_while] {
    std::vector<Server*> all;
    for (auto& server : servers_) all.push_back(server.get());
    cut_for_a_while(std::move(all), true);
  });
  keep_making(&Weather::wall_jump, [this] {
    if (!servers_.front()->running()) return;
    truth_.disturbed();
    const auto size = between(random_, seconds(1), seconds(7200));
    const auto by = one_in(random_, 2) ? size : -size;
    truth_.note("the wall clock jumps by {} s", by.count() / 1000.0);
    servers_.front()->clock().jump_wall(by);
  });
  keep_making(&Weather::clean_stop, [this] {
    truth_.disturbed();
    any_server().stop();
  });
  keep_making(&Weather::foreign_run, [this] { sweep_as_somebody_else(); });
}

// A lone server's, on the same machine, or the database's.
ports::Clock& Simulation::operators_clock() {
  if (server_count_ == 1 && servers_.front()->running()) return servers_.front()->clock();
  return database_clock_;
}

std::unique_ptr<SqliteStore> Simulation::open_as_operator(ports::Clock& clock) {
  auto opened = SqliteStore::open({.path = ground_.database,
                                   .clock = clock,
                                   .log = log_,
                                   .random = random_,
                                   .access = Access::command_line,
                                   .executor = schedule_.context.get_executor()});
  check(opened.has_value(), "the database of a run opens beside its servers");
  return *std::move(opened);
}

// A cleanup from the command line or by SQL, which is announced.
void Simulation::sweep_as_somebody_else() {
  if (server_count_ == 1 && !servers_.front()->running()) return;
  const auto store = open_as_operator(operators_clock());
  std::optional<Result<ports::SweptBatch>> swept;
  boost::asio::co_spawn(schedule_.context, store->expire_batch({.batch = 100}, {}),
                        [&](std::exception_ptr error, Result<ports::SweptBatch> batch) {
                          check(!error, "a sweep ends without an exception");
                          swept.emplace(std::move(batch));
                        });
  schedule_.settle();
  if (!swept || !*swept) return;
  for (const auto& expired : (*swept)->expired) {
    truth_.saw_expiry(expired);
    for (auto& server : servers_) {
      if (one_in(random_, weather_.lose_hint)) continue;
      server->announce(expired.session);
      if (one_in(random_, weather_.lose_hint)) server->announce(expired.session);
    }
  }
}

void Simulation::heal() {
  healed_ = true;
  weather_ = Weather::calm();
  truth_.disturbed();
  for (auto& server : servers_) {
    server->partition(false);
    server->database_away(false);
    server->start();
  }
  for (auto& person : people_) person->end_chaos();
}

}  // namespace tarotforge::sim
