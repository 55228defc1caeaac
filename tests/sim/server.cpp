#include "tests/sim/server.h"

#include "app/beat.h"
#include "app/foreign.h"
#include "app/lifecycle.h"
#include "base/check.h"
#include "tests/sim/line.h"

namespace tarotforge::sim {
namespace {

// A server that has not flushed for longer knows that it is cut off.
constexpr Duration kVouched = std::chrono::seconds(10);

std::unique_ptr<store::sqlite::SqliteStore> open_database(Ground& ground, ServerClock& clock) {
  using store::sqlite::Access;
  using store::sqlite::SqliteStore;
  auto opened = SqliteStore::open({.path = ground.database,
                                   .clock = clock,
                                   .log = ground.log,
                                   .random = ground.random,
                                   .access = ground.alone ? Access::serve : Access::command_line,
                                   .executor = ground.schedule.context.get_executor()});
  check(opened.has_value(), "the database of a run opens");
  return *std::move(opened);
}

}  // namespace

Server::Life::Life(Ground& ground, Drift drift, std::function<bool()> reachable)
    : clock(ground.schedule, ground.grain, drift),
      database(open_database(ground, clock)),
      store(*database, {clock, ground.weather, ground.random, ground.truth, std::move(reachable)}),
      house({clock, store, ground.random, ground.log}, ground.settings,
            ground.schedule.context.get_executor()),
      cleanup(clock, store, ground.random, ground.log,
              {ground.settings.cleanup_interval, ground.settings.audit_retention},
              [this](const auto& expired) { app::take_over_expired(house, expired); }),
      hints(clock) {}

bool Server::vouches() const {
  return ready() && life_->clock.now() - life_->store.beaten_at() <= kVouched;
}

void Server::tell_whether_able() {
  ground_.truth.note("server {} running {} frozen {} reachable {}", number_, running(),
                     running() && life_->clock.frozen(), reachable());
  ground_.truth.server_able(number_, running() && !life_->clock.frozen() && reachable());
}

// On the loop, as a server does: elsewhere a child could be asked to end when it is gone.
void Server::close_scope(const std::shared_ptr<Life>& life) {
  boost::asio::post(ground_.schedule.context, [life] { life->house.scope.close(); });
  ground_.schedule.settle();
}

void Server::start() {
  if (life_) return;
  life_ = std::make_shared<Life>(ground_, drift_, [this] { return reachable(); });
  // Its wall clock is right again, whatever the one before it was.
  if (ground_.alone && sign_of_life_)
    ground_.truth.gap_shown(life_->clock.true_now() - sign_of_life_->at,
                            life_->clock.wall() - sign_of_life_->wall);
  tell_whether_able();
  boost::asio::co_spawn(ground_.schedule.context, run(life_), [](std::exception_ptr error) {
    check(!error, "a server runs without an exception");
  });
}

boost::asio::awaitable<void> Server::run(std::shared_ptr<Life> life) {
  auto& house = life->house;
  for (;;) {
    const auto id = ServerId::make(life->clock.wall(), ground_.random);
    const auto started = co_await app::start_house(house, id);
    if (started) break;
    if (life->dead) co_return;
    co_await life->clock.sleep_until(life->clock.now() + std::chrono::seconds(1));
  }
  house.scope.spawn([&house] { return app::keep_beating(house); });
  house.scope.spawn([&house] { return app::keep_deadlines(house); });
  house.scope.spawn([&house, life] { return app::keep_hearing(house, life->hints); });
  house.scope.spawn([&house, life] {
    return life->cleanup.keep_sweeping([&house] { return house.scope.closing(); });
  });
}

void Server::kill() {
  if (!life_) return;
  const auto life = std::exchange(life_, nullptr);
  tell_whether_able();
  if (life->store.sign_of_life()) sign_of_life_ = life->store.sign_of_life();
  life->dead = true;
  life->store.kill();
  life->hints.end();
  for (const auto& line : life->lines) line->server_died();
  close_scope(life);
  life->clock.stop();
  ground_.schedule.settle();
  check(life->store.under_way() == 0, "nothing of a dead server goes on");
  life->lines.clear();
}

void Server::stop() {
  if (!well()) return;
  ground_.truth.note("server {} stops in order", number_);
  life_->stopping = true;
  for (const auto& line : life_->lines) line->drain();
  life_->hints.end();
  close_scope(life_);
  serve<void>(app::retire_house(life_->house), [](const Result<>&) {});
  ground_.schedule.after(std::chrono::seconds(2), [this, stopped = std::weak_ptr(life_)] {
    if (life_ && life_ == stopped.lock()) kill();
    start();
  });
}

void Server::freeze(Duration span) {
  if (!running() || life_->clock.frozen()) return;
  tell_whether_able();  // it may have been frozen up to now
  life_->clock.freeze(span);
  tell_whether_able();
  ground_.schedule.after(span, [this] {
    if (running()) tell_whether_able();
  });
}

void Server::partition(bool cut) {
  partitioned_ = cut;
  tell_whether_able();
}

void Server::database_away(bool away) {
  away_ = away;
  tell_whether_able();
}

void Server::forget_closed_lines() {
  if (life_) std::erase_if(life_->lines, [](const auto& line) { return !line->heard_by_server(); });
}

}  // namespace tarotforge::sim
