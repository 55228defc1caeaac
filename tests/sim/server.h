// One server of a run, through all its incarnations: the real use cases over the real store, with
// a clock and a way to the database that fail as they are told to.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/cleanup.h"
#include "app/house.h"
#include "ports/announcements.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/sim/faulty_store.h"

namespace tarotforge::sim {

class Line;

// What the servers of a run share.
struct Ground {
  Schedule& schedule;
  Truth& truth;
  const Weather& weather;
  Prng& random;
  Log& log;
  std::string database;  // the file
  bool alone;            // one server: it has the file's lock and follows the wall clock
  app::Settings settings;
  Duration grain;
};

// What other programs announce, to one server.
class Hints final : public ports::Announcements {
 public:
  explicit Hints(ServerClock& clock) : clock_(clock) {}

  void announce(SessionId id) { waiting_.push_back(id); }
  void end() { ended_ = true; }
  boost::asio::awaitable<std::vector<SessionId>> next() override {
    while (waiting_.empty() && !ended_)
      co_await clock_.sleep_until(clock_.now() + std::chrono::milliseconds(250));
    co_return std::exchange(waiting_, {});
  }

 private:
  ServerClock& clock_;
  std::vector<SessionId> waiting_;
  bool ended_ = false;
};

class Server {
 public:
  Server(Ground& ground, int number, Drift drift)
      : ground_(ground), number_(number), drift_(drift) {}
  ~Server() { kill(); }

  int number() const { return number_; }
  bool running() const { return life_ != nullptr; }
  bool ready() const { return life_ && life_->house.health.ready && !life_->stopping; }
  bool well() const { return ready() && !life_->clock.frozen() && reachable(); }
  app::House& house() { return life_->house; }
  const app::SessionCleanupService& cleanup() const { return life_->cleanup; }
  ServerClock& clock() { return life_->clock; }
  // Everything heard up to now is in the rows, or will be settled by whoever finds it lost.
  bool vouches() const;

  void start();
  void kill();
  void stop();  // in an orderly way, then start again
  void freeze(Duration span);
  void partition(bool cut);
  void database_away(bool away);
  void announce(SessionId id) {
    if (life_) life_->hints.announce(id);
  }

  void add(std::shared_ptr<Line> line) { life_->lines.push_back(std::move(line)); }
  const std::vector<std::shared_ptr<Line>>& lines() const { return life_->lines; }
  void forget_closed_lines();

  // Runs a use case as a request would, and hands its answer over unless the server dies first.
  template <class T>
  void serve(ports::Task<T> task, std::function<void(Result<T>)> done) {
    auto life = life_;
    boost::asio::co_spawn(ground_.schedule.context, std::move(task),
                          [life, done = std::move(done)](std::exception_ptr error, Result<T> got) {
                            check(!error, "a use case answers without an exception");
                            if (!life->dead) done(std::move(got));
                          });
  }

 private:
  struct Life {
    Life(Ground& ground, Drift drift, std::function<bool()> reachable);

    ServerClock clock;
    std::unique_ptr<store::sqlite::SqliteStore> database;
    FaultyStore store;
    app::House house;
    app::SessionCleanupService cleanup;
    Hints hints;
    std::vector<std::shared_ptr<Line>> lines;
    bool stopping = false, dead = false;
  };

  bool reachable() const { return !partitioned_ && !away_; }
  void tell_whether_able();
  void close_scope(const std::shared_ptr<Life>& life);
  boost::asio::awaitable<void> run(std::shared_ptr<Life> life);

  Ground& ground_;
  const int number_;
  const Drift drift_;
  bool partitioned_ = false, away_ = false;
  std::shared_ptr<Life> life_;
  std::optional<FaultyStore::SignOfLife> sign_of_life_;  // of the lives before
};

}  // namespace tarotforge::sim
