// What people do while the store is away.
#include "tests/support/house_world.h"
#include "tests/support/sqlite_file.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::LeaveReason;

TEST_CASE("OU10 what people do while the store is away keeps the session alive once it is back") {
  enum class Act { operate, click, touch, report };
  for (const auto act : {Act::operate, Act::click, Act::touch, Act::report}) {
    CAPTURE(static_cast<int>(act));
    HouseWorld world;
    SqliteFile lock(world.path());
    const auto host = world.create();
    const auto here = world.enter(host);
    const auto silent = world.create();
    const auto unheard = world.enter(silent);
    const Instant start = world.clock.now();
    const auto answer = [&](const Person& who, const HouseWorld::Here& where) {
      if (act == Act::operate) return HouseWorld::word(world.operate(who, core::Shuffle{}));
      if (act == Act::click)
        return world.answer(app::keep_session_alive(*world.house, world.member(who)));
      if (act == Act::touch)
        return world.answer(app::touch_session(*world.house, world.member(who), {.active = true}));
      return world.answer(world.reporting(where, {.active = true}));
    };
    world.pass_until(start + 91s);
    CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
    CHECK(app::acknowledge_warning(*unheard.room, unheard.connection, 1));
    world.pass_until(start + 114s);
    lock.run("begin exclusive");
    world.pass_until(start + 116s);
    CHECK(answer(host, here) == "saving_paused");
    CHECK(here.room->seat(host.id)->presence.level() == core::PresenceLevel::active);
    world.pass_until(start + 121s);
    CHECK(answer(silent, unheard) == "saving_paused");  // too late
    world.pass_until(start + 124s);
    lock.run("rollback");
    world.pass_until(start + 140s);
    CHECK(lock.value("select count(*) from service_outages where kind = 'outage'") == "0");
    CHECK(unheard.visitor->dismissed == LeaveReason::expired);
    CHECK(!here.visitor->dismissed);
    CHECK(here.visitor->count("session_extended") == 1);
    CHECK(world.row(host.session).last_activity == start + 116s);
    world.pass_until(start + 210s);
    CHECK(app::acknowledge_warning(*here.room, here.connection, 1));
    world.pass_until(start + 235s);
    CHECK(!here.visitor->dismissed);
    world.pass_until(start + 237s);
    CHECK(here.visitor->dismissed == LeaveReason::expired);
  }
}

}  // namespace
}  // namespace tarotforge::test
