// What becomes durable and when, a store that is away, and other processes on the same file.

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

// A connection of somebody else to the same file.
class Foreign {
 public:
  explicit Foreign(const std::string& path) { REQUIRE(sqlite3_open(path.c_str(), &db_) == 0); }
  Foreign(const Foreign&) = delete;
  Foreign& operator=(const Foreign&) = delete;
  ~Foreign() { sqlite3_close(db_); }

  void run(const char* sql) {
    REQUIRE_MESSAGE(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == 0, sqlite3_errmsg(db_));
  }
  int number(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) == 0);
    REQUIRE(sqlite3_step(statement) == SQLITE_ROW);
    const int value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
  }
  int holds() { return number("select count(*) from session_holds"); }

 private:
  sqlite3* db_ = nullptr;
};

app::Settings hour_settings() {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 1h;
  settings.policy.defaults.warning = 5min;
  return settings;
}

TEST_CASE("AC5 far from the deadline activity is written coarsely, near it each time") {
  HouseWorld world(hour_settings());
  const auto host = world.create();
  const auto here = world.enter(host);
  const Instant start = world.clock.now();
  const auto durable = [&] {
    return (world.row(host.session).last_activity - start).count() / 1000;
  };
  world.pass_until(start + 30s);
  world.get(world.reporting(here));
  world.pass_until(start + 58s);
  CHECK(durable() == 0);
  world.get(world.reporting(here));
  world.pass_until(start + 64s);
  CHECK(durable() == 0);
  world.get(world.reporting(here));
  world.pass_until(start + 70s);
  CHECK(durable() == 64);

  // Older than timeout − lead − 70 s = 3230 s: each report goes out with the next flush.
  world.pass_until(start + 64s + 3236s);
  world.get(world.reporting(here));
  world.pass(5s);
  CHECK(durable() == 64 + 3236);
  world.get(world.reporting(here));
  world.pass(5s);
  CHECK(durable() == 64 + 3236);
}

TEST_CASE("AC6 a participant's last seen is written at joins, leaves and every ten minutes") {
  HouseWorld world(hour_settings());
  const auto host = world.create();
  const auto here = world.enter(host);
  const Instant start = world.clock.now();
  const auto seen = [&] {
    return (world.row(host.session).participants[0].last_seen_at - start).count() / 1000;
  };
  for (int minute = 1; minute <= 11; ++minute) {
    world.pass_until(start + minute * 60s);
    world.get(world.reporting(here));
    world.pass(6s);
    CHECK(seen() == (minute < 10 ? 0 : 600));
  }
  world.leave(here, LeaveReason::left);
  CHECK(seen() == 660);
}

TEST_CASE("AC5 AC6 a last seen that is written spares the session's own stamp") {
  HouseWorld world(hour_settings());
  Foreign look(world.path());
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  const Instant start = world.clock.now();
  const auto own = [&] {
    const auto at = look.number("select last_activity_at / 1000 % 100000 from reading_sessions");
    return at - start.ms / 1000 % 100000;
  };
  const auto last = [&] { return (world.row(host.session).last_activity - start).count() / 1000; };
  const auto report = [&](const HouseWorld::Here& who, Duration at) {
    world.pass_until(start + at);
    world.get(world.reporting(who));
    world.pass(6s);
  };
  report(ann, 590s);
  CHECK((own() == 590 && last() == 590));
  report(ann, 652s);
  CHECK((own() == 590 && last() == 652));  // hers
  report(ben, 714s);
  CHECK((own() == 590 && last() == 714));  // his
  report(ann, 776s);
  CHECK((own() == 776 && last() == 776));
}

TEST_CASE("EP1 EP2 the hold comes with the first socket and goes after the last") {
  HouseWorld world(hour_settings());
  Foreign look(world.path());
  const auto host = world.create();
  const auto guest = world.join(host);
  CHECK(look.holds() == 0);
  const auto ann = world.enter(host);
  CHECK(look.holds() == 1);
  const auto ben = world.enter(guest);
  CHECK(look.holds() == 1);
  world.leave(ann, LeaveReason::left);
  world.pass(6s);
  CHECK(look.holds() == 1);
  world.pass(7s);
  world.get(world.reporting(ben));
  const Instant heard = world.clock.now();
  world.leave(ben, LeaveReason::lost);
  world.pass(6s);
  CHECK(look.holds() == 0);
  CHECK(world.row(host.session).last_activity == heard);
  const auto again = world.enter(guest);
  CHECK(look.holds() == 1);
  world.leave(again, LeaveReason::left);
}

TEST_CASE("EP1 a session that ended is held no longer, and held anew after its restore") {
  HouseWorld world;
  Foreign look(world.path());
  const auto host = world.create();
  for (int life = 1; life <= 3; ++life) {
    const auto here = world.enter(host);
    CHECK(look.holds() == 1);
    if (life == 1) world.pass(160s);
    if (life == 2) world.get(app::expire_for_operator(*world.house, host.session));
    if (life == 3) world.get(app::complete_session(*world.house, world.member(host)));
    CHECK(here.visitor->dismissed);
    if (life == 3) break;
    if (life == 1) world.pass(6s);
    if (life == 1) CHECK(look.holds() == 0);
    world.get(app::restore_session(*world.house, host.session, host.token, {}));
  }
  world.pass(6s);
  CHECK(look.holds() == 0);
  world.pass(2min);
  CHECK(world.house->rooms.empty());
}

TEST_CASE("EP9 a clean stop flushes what was heard and removes the holds") {
  HouseWorld world(hour_settings());
  const auto host = world.create();
  Instant heard;
  {
    const auto here = world.enter(host);
    world.pass(20s);
    world.get(world.reporting(here));
    heard = world.clock.now();
    world.pass(1s);
    world.stop();
  }
  Foreign look(world.path());
  CHECK(look.holds() == 0);
  CHECK(look.number("select count(*) from servers where stopped_at is not null") == 1);
  world.start();
  CHECK(world.row(host.session).last_activity == heard);
}

TEST_CASE("EP10 a server that was given up for lost begins anew, and its clients rejoin") {
  HouseWorld world(hour_settings());
  Foreign other(world.path());
  const auto host = world.create();
  const auto here = world.enter(host);
  other.run("pragma foreign_keys = on; delete from servers");
  world.pass(6s);
  CHECK(here.visitor->dismissed == LeaveReason::lost);
  CHECK(world.log.count(LogLevel::warning, "taken for lost") == 1);
  CHECK(other.number("select count(*) from servers") == 1);
  const auto back = world.enter(host);
  CHECK(other.holds() == 1);
  world.pass(10s);
  CHECK(!back.visitor->dismissed);
}

TEST_CASE("OU4 OU5 OU6 while the store is away rooms live on, and nothing expires") {
  HouseWorld world;
  Foreign lock(world.path());
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto ann = world.enter(host);
  const auto ben = world.enter(guest);
  const Instant start = world.clock.now();
  world.pass_until(start + 60s);
  lock.run("begin exclusive");

  const auto key = world.make_key();
  CHECK(HouseWorld::word(world.operate(host, core::Shuffle{}, key)) == "saving_paused");
  CHECK(ann.visitor->count("operation") == 0);
  world.leave(ben, LeaveReason::lost);
  CHECK(text_at(ann.visitor->last("presence_diff")
                    ->payload.at("joins")
                    .as_object()
                    .at(guest.id.to_string())
                    .at("metas")
                    .at(0)
                    .as_object(),
                "presence") == "reconnecting");
  world.pass_until(start + 66s);
  CHECK(world.house->health.degraded);
  CHECK(world.log.count(LogLevel::error, "Saving is paused") == 1);
  world.pass_until(start + 300s);
  CHECK(!ann.visitor->dismissed);
  CHECK(ann.visitor->count("session_expired") == 0);
  CHECK(!world.get(world.store->load(host.session)).participants.empty());
  CHECK(HouseWorld::word(world.run(world.cleanup->run(false))) == "saving_paused");

  lock.run("rollback");
  world.pass(6s);
  CHECK(!world.house->health.degraded);
  CHECK(world.log.count(LogLevel::info, "Saving goes on.") == 1);
  CHECK(core::Session(world.row(host.session)).is_open());
  CHECK(lock.number("select count(*) from service_outages where kind = 'outage'") == 1);
  CHECK(world.operate(host, core::Shuffle{}, key).value().at("version").to_number<int>() == 1);
  CHECK(world.operate(host, core::Shuffle{}, key).value().at("version").to_number<int>() == 1);
  CHECK(!world.row(host.session).participants[1].is_active);
  world.pass(119s);
  CHECK(core::Session(world.row(host.session)).is_open());
}

TEST_CASE("OU1 EX9 after an outage a warned room is told its new deadline") {
  HouseWorld world;
  Foreign lock(world.path());
  const auto host = world.create();
  const auto ann = world.enter(host);
  const Instant start = world.clock.now();
  world.pass_until(start + 96s);
  CHECK(app::acknowledge_warning(*ann.room, ann.connection, 1));
  lock.run("begin exclusive");
  world.pass_until(start + 200s);
  lock.run("rollback");
  world.pass_until(start + 206s);
  CHECK(ann.visitor->count("session_expiring") == 2);
  const auto row =
      ann.room->session.expires_at(world.clock.now(), world.house->surroundings(*ann.room));
  CHECK(text_at(ann.visitor->last("session_expiring")->payload, "expiresAt") ==
        protocol::time_text(*row, world.house->calendar));
  CHECK(*row - start > 215s);
  world.pass_until(*row - 1s);
  CHECK(!ann.visitor->dismissed);
  world.pass_until(start + 245s);
  CHECK(ann.visitor->dismissed == LeaveReason::expired);
}

TEST_CASE("CH6 WN1 PR4 a process that stood still warns nobody early, and gives the grace back") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto here = world.enter(host);
  const auto away = world.enter(guest);
  world.pass(80s);
  world.leave(away, LeaveReason::lost);
  const auto diffs = here.visitor->count("presence_diff");
  world.sleep_through(60s);
  world.settle();
  CHECK(here.visitor->count("session_expiring") == 0);
  CHECK(world.answer(app::keep_session_alive(*world.house, world.member(guest))) == "ok");
  world.pass(14s);
  CHECK(here.visitor->count("presence_diff") == diffs);
  world.pass(2s);
  CHECK(here.visitor->count("presence_diff") == diffs + 1);
  CHECK(world.audited(host.session, "warned") == 0);
}

TEST_CASE("OU2 OU4 a short absence of the store is ordinary time") {
  HouseWorld world;
  Foreign lock(world.path());
  const auto host = world.create();
  const Instant start = world.clock.now();
  world.pass_until(start + 58s);
  lock.run("begin exclusive");
  world.pass_until(start + 66s);
  lock.run("rollback");
  world.pass_until(start + 72s);
  CHECK(lock.number("select count(*) from service_outages") == 0);
  world.pass_until(start + 119s);
  CHECK(core::Session(world.row(host.session)).is_open());
  world.pass_until(start + 121s);
  CHECK(!core::Session(world.row(host.session)).is_open());
}

// The command line: a second house on the same file that never serves.
struct Aside {
  explicit Aside(HouseWorld& server)
      : world(server),
        sqlite(server.open_store(store::sqlite::Access::command_line)),
        store(*sqlite),
        house({server.clock, store, server.random, server.log}, server.settings,
              server.loop.context.get_executor()) {}
  ~Aside() { house.scope.close(); }

  template <class T>
  Result<T> run(ports::Task<T> task) {
    return world.loop.run<T>(std::move(task));
  }

  HouseWorld& world;
  std::unique_ptr<store::sqlite::SqliteStore> sqlite;
  CountingStore store;
  app::House house;
};

TEST_CASE("ST12 CL11 what the command line ends or restores reaches the clients in a second") {
  HouseWorld world(hour_settings());
  const auto host = world.create();
  const auto here = world.enter(host);
  world.pass(10s);
  Aside aside(world);
  REQUIRE(aside.run(app::expire_for_operator(aside.house, host.session)));
  world.pass(1100ms);
  CHECK(here.visitor->count("session_expired") == 1);
  CHECK(here.visitor->dismissed == LeaveReason::expired);

  Visitor waiting(world.clock);
  world.get(app::wait_for_restore(*world.house, host.session, waiting));
  world.pass(5min);  // long enough for an idle room to be forgotten
  REQUIRE(aside.run(app::restore_for_operator(aside.house, host.session)));
  world.pass(1100ms);
  CHECK(waiting.events() == "session_restored");
  app::stop_waiting(*world.house, host.session, waiting);
  CHECK(HouseWorld::word(world.operate(host, core::Shuffle{})) == "ok");
}

TEST_CASE("ST12 SE5 a room that was ended and restored between two looks is told so") {
  HouseWorld world(hour_settings());
  const auto host = world.create();
  const auto here = world.enter(host);
  world.pass(10s);
  Aside aside(world);
  REQUIRE(aside.run(app::expire_for_operator(aside.house, host.session)));
  REQUIRE(aside.run(app::restore_for_operator(aside.house, host.session)));
  world.pass(1100ms);
  CHECK(here.visitor->dismissed == LeaveReason::expired);
  CHECK(here.visitor->last("session_expired")->payload.at("generation").to_number<int>() == 1);
  const auto back = world.enter(host);
  CHECK(back.visitor->welcomed.at("session").at("generation").to_number<int>() == 2);
}

TEST_CASE("EX3 a session that the command line restored is watched without anyone in it") {
  HouseWorld world;
  const auto host = world.create();
  world.pass(5min);
  CHECK(world.house->rooms.empty());
  Aside aside(world);
  REQUIRE(aside.run(app::restore_for_operator(aside.house, host.session)));
  const Instant restored = world.clock.now();
  world.pass_until(restored + 119s);
  CHECK(core::Session(world.row(host.session)).is_open());
  world.pass_until(restored + 121s);
  CHECK(!core::Session(world.row(host.session)).is_open());
}

TEST_CASE("SE6 a command that meets a foreign change is applied to the new row") {
  HouseWorld world(hour_settings());
  const auto host = world.create();
  world.operate(host, core::SetQuestion{"Here?"}).value();
  Aside aside(world);
  auto who = aside.run(app::authenticate(aside.house, host.session, host.token));
  REQUIRE(who);
  REQUIRE(aside.run(app::operate_session(
      aside.house, *who, {core::SetQuestion{"There?"}, world.make_key(), {}}, sha256("q"))));
  const auto mine = world.operate(host, core::Shuffle{});
  CHECK(mine.value().at("version").to_number<int>() == 3);
  CHECK(world.row(host.session).reading.question == "There?");
}

}  // namespace
}  // namespace tarotforge::test
