// One run: a few servers on one database, some readings with their people, and the weather of its
// seed. First everything goes wrong, then nothing more does, and in the end everybody is silent:
// by then all views have to agree, and all sessions to have ended as the rules say.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/sim/person.h"
#include "tests/support/temporary_folder.h"

namespace tarotforge::sim {

struct Outcome {
  std::vector<std::string> violations;
  Work work;
  Duration lived;  // of all servers together
};

class Simulation {
 public:
  // `hours`: how long things go wrong; 0 is for the seed to say (2 to 6 minutes).
  Simulation(std::uint64_t seed, double hours);
  ~Simulation();

  Outcome run();
  void show() { truth_.show(); }

 private:
  class Silence final : public Log {
   public:
    void write(LogLevel, std::string_view, const LogFields&) override {}
  };
  class DatabaseClock final : public ports::Clock {
   public:
    explicit DatabaseClock(Schedule& schedule) : schedule_(schedule) {}
    Instant now() const override { return schedule_.now(); }
    WallTime wall() const override { return {now().ms}; }
    boost::asio::awaitable<void> sleep_until(Instant) override { co_return; }

   private:
    Schedule& schedule_;
  };

  static app::Settings settings(Prng& random);
  Drift draw_drift();
  bool healthy() const { return truth_.violations().empty(); }
  void pass(Duration span);
  void people_come();
  void keep_making(Duration Weather::* every, std::function<void()> trouble);
  void make_trouble();
  void heal();
  void check_views();
  void check_presence(const Person& person);
  void look_at_presence();
  void check_ended();
  void sweep_as_somebody_else();
  std::unique_ptr<store::sqlite::SqliteStore> open_as_operator(ports::Clock& clock);
  ports::Clock& operators_clock();
  Server& any_server() {
    return *servers_[random_.below(static_cast<std::uint32_t>(servers_.size()))];
  }
  protocol::CreateRequest draw_request();

  Prng random_;
  Schedule schedule_;
  Truth truth_{schedule_};
  Silence log_;
  test::TemporaryFolder folder_;
  DatabaseClock database_clock_{schedule_};
  const int server_count_;
  Weather weather_;
  const Duration chaos_;
  Ground ground_;
  const bool clocks_drift_;
  std::vector<std::unique_ptr<Server>> servers_;
  std::unique_ptr<store::sqlite::SqliteStore> to_count_;  // by its own clock, whatever servers do
  std::vector<Link> links_;
  std::vector<std::unique_ptr<Person>> people_;
  bool healed_ = false;
  int looks_ = 0;
};

}  // namespace tarotforge::sim
