// SessionCleanupService: its runs, its words, its manners.

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

// The server's timers sleep, so that only the sweep is left to expire anything.
void forget_deadlines(HouseWorld& world, const Person& person) {
  world.house->disarm(person.session);
}

void serve_cleanup(HouseWorld& world) {
  world.house->scope.spawn([&world] {
    return world.cleanup->keep_sweeping([&world] { return world.house->scope.closing(); });
  });
}

TEST_CASE("SW1 SW8 the service runs at the start and each interval, in the words it always had") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 1h;
  HouseWorld world(settings);
  world.create();
  serve_cleanup(world);
  world.pass(1s);
  using enum LogLevel;
  CHECK(world.log.count(info, "SessionCleanupService started with interval: 15 minutes") == 1);
  CHECK(world.log.count(info, "Cleanup completed. Removed 0 sessions") == 1);
  CHECK(world.log.count(
            info, "Cleanup stats: {totalSessions: 1, activeSessions: 1, inactiveSessions: 0}") ==
        1);
  world.pass(15min);
  CHECK(world.log.count(info, "Cleanup completed. Removed 0 sessions") == 2);
  CHECK(!world.cleanup->overdue());
  CHECK(world.cleanup->last());
}

TEST_CASE("SW2 SW9 a sweep expires what no timer held, oldest first, and tells the room") {
  HouseWorld world;
  const auto old = world.create();
  world.pass(1s);
  const auto young = world.create();
  const auto here = world.enter(young);
  forget_deadlines(world, old);
  forget_deadlines(world, young);
  world.pass(130s);
  forget_deadlines(world, young);
  const auto report = world.sweep();
  CHECK(report.expired == 2);
  REQUIRE(report.sessions.size() == 2);
  CHECK(report.sessions[0].id == old.session);
  CHECK(report.sessions[1].id == young.session);
  CHECK(report.sessions[0].reason == "inactivity_timeout");
  CHECK(here.visitor->dismissed == LeaveReason::expired);
  CHECK(world.sweep().expired == 0);
  CHECK(world.audited(old.session, "expired") == 1);
}

TEST_CASE("SW5 CL1 a dry run says what it would do, and changes nothing") {
  HouseWorld world;
  const auto host = world.create();
  forget_deadlines(world, host);
  world.pass(130s);
  const auto before = world.row(host.session);
  const auto report = world.sweep(true);
  CHECK(report.dry_run);
  CHECK(report.expired == 1);
  REQUIRE(report.sessions.size() == 1);
  CHECK(world.row(host.session) == before);
  CHECK(!world.cleanup->last());
  CHECK(world.audited(host.session, "expired") == 0);
  CHECK(world.sweep().expired == 1);
}

TEST_CASE("CP3 CP4 SW9 a session is purged when its window has passed, and is gone for everyone") {
  auto settings = short_settings();
  settings.policy.defaults.recovery = 10min;
  HouseWorld world(settings);
  const auto host = world.create({.deck_id = "classic", .question = "secret", .name = "Ann"});
  world.pass(121s);
  world.member(host);
  world.pass(9min);
  CHECK(world.sweep().purged == 0);
  world.member(host);  // keeps the room loaded
  world.pass(1min);
  const auto report = world.sweep();
  CHECK(report.purged == 1);
  REQUIRE(report.sessions.size() == 1);
  CHECK(report.sessions[0].reason == "recovery_over");
  CHECK(world.answer(app::authenticate(*world.house, host.session, host.token)) ==
        "session_not_found");
  CHECK(world.answer(app::restore_session(*world.house, host.session, host.token, {})) ==
        "session_purged");
  CHECK(world.row(host.session).reading.question.empty());
  CHECK(world.row(host.session).participants[0].name.empty());
  CHECK(world.audited(host.session, "purged") == 1);
}

TEST_CASE("SW4 a sweep closes invites past their own expiry") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 1h;
  HouseWorld world(settings);
  const auto host = world.create();
  world.get(app::create_invite(*world.house, world.member(host),
                               {.expires_at = world.house->wall(world.clock.now() + 60s)}));
  world.pass(61s);
  CHECK(world.sweep().invites_closed == 1);
  CHECK(world.sweep().invites_closed == 0);
}

TEST_CASE("SW6 two sweeps at once expire and count each session once") {
  HouseWorld world;
  for (int i = 0; i < 20; ++i) forget_deadlines(world, world.create());
  world.pass(130s);
  const auto one = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  const auto two = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  while (!one->has_value() || !two->has_value()) world.pass(10ms);
  CHECK((**one)->expired + (**two)->expired == 20);
}

TEST_CASE("SW3 a sweep of many goes in batches with pauses between them") {
  HouseWorld world;
  for (int i = 0; i < 100; ++i) forget_deadlines(world, world.create());
  world.pass(130s);
  const Instant began = world.clock.now();
  const auto running = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  world.settle();
  CHECK(!running->has_value());
  CHECK(world.get(world.store->statistics()).active_sessions == 90);
  while (!running->has_value()) world.pass(10ms);
  CHECK((**running)->expired == 100);
  CHECK(world.clock.now() - began >= 30ms);  // batches of 10, 20, 40 and the rest
}

TEST_CASE("SW3 a run that is out of time is soon followed by one that goes on where it stopped") {
  HouseWorld world;
  for (int i = 0; i < 80; ++i) forget_deadlines(world, world.create());
  world.pass(130s);
  serve_cleanup(world);
  world.settle();
  for (int batch = 2; batch <= 3; ++batch) {  // as if each took half of the 20 s
    world.sleep_through(11s);
    world.settle();
  }
  CHECK(world.get(world.store->statistics()).active_sessions == 10);
  CHECK(world.log.count(LogLevel::info, "Cleanup completed. Removed 70 sessions") == 1);
  world.pass(6s);
  CHECK(world.get(world.store->statistics()).active_sessions == 0);
  CHECK(world.log.count(LogLevel::info, "Cleanup completed. Removed 10 sessions") == 1);
}

TEST_CASE("SW7 SW10 a failing sweep is logged, repeated with backoff, and alarms in the end") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 24h;
  settings.cleanup_interval = 1min;
  HouseWorld world(settings);
  sqlite3* lock = nullptr;
  REQUIRE(sqlite3_open(world.path().c_str(), &lock) == 0);
  REQUIRE(sqlite3_exec(lock, "begin exclusive", nullptr, nullptr, nullptr) == 0);
  serve_cleanup(world);
  world.pass(30s);
  const auto failed = [&] { return world.log.count(LogLevel::error, "Cleanup failed: "); };
  CHECK(failed() >= 3);
  CHECK(failed() <= 6);
  CHECK(!world.cleanup->overdue());
  world.pass(5min);
  CHECK(world.cleanup->overdue());
  CHECK(world.log.count(LogLevel::error, "No cleanup has finished within two intervals.") == 1);
  REQUIRE(sqlite3_close(lock) == 0);
  world.pass(2min);
  CHECK(!world.cleanup->overdue());
  CHECK(world.log.count(LogLevel::info, "Cleanup completed.") >= 1);
}

TEST_CASE("SW7 RT7 a sweep in the middle of its work ends with the scope") {
  HouseWorld world;
  for (int i = 0; i < 100; ++i) forget_deadlines(world, world.create());
  world.pass(130s);
  serve_cleanup(world);
  world.settle();
  world.house->scope.close();
  world.settle();
  CHECK(world.house->scope.size() == 0);
  CHECK(world.get(world.store->statistics()).active_sessions == 90);
}

}  // namespace
}  // namespace tarotforge::test
