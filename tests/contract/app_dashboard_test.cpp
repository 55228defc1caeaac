// The live dashboard without its sockets: who listens hears, and the numbers are kept.
#include "app/dashboard.h"

#include <doctest/doctest.h>

#include <set>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

struct Watched {
  explicit Watched(app::Settings settings = short_settings()) : world(std::move(settings)) {
    begin();
  }
  ~Watched() { end(); }

  void begin() {
    figures = std::make_unique<app::Figures>(*world.house, *world.cleanup, [] { return 4096; });
    dashboard = std::make_unique<app::Dashboard>(*world.house, *figures, world.house->scope);
    world.house->scope.spawn([this] { return dashboard->keep_telling(); });
    world.house->scope.spawn([this] { return dashboard->keep_measuring(); });
    world.settle();
  }
  void end() {
    world.house->scope.close();
    world.settle();
    dashboard.reset();
    figures.reset();
  }
  // Another server on the same database.
  void restart() {
    end();
    world.crash();
    world.start();
    begin();
  }

  Visitor& watch() {
    world.get(dashboard->join(visitor));
    return visitor;
  }
  object series() {
    const auto now = world.clock.wall().ms / 1000;
    return dashboard->series(now - app::kSeriesKept, now);
  }

  HouseWorld world;
  Visitor visitor{world.clock};
  std::unique_ptr<app::Figures> figures;
  std::unique_ptr<app::Dashboard> dashboard;
};

double number_at(const object& from, std::string_view name) {
  return from.at(name).to_number<double>();
}

std::size_t known(const object& series, std::string_view column) {
  std::size_t count = 0;
  for (const auto& value : series.at(column).as_array()) count += !value.is_null();
  return count;
}

// The types of the events that a visitor heard.
std::string types(const Visitor& visitor) {
  std::string all;
  for (const auto& each : visitor.heard)
    if (each.event == "event") all += (all.empty() ? "" : " ") + text_at(each.payload, "type");
  return all;
}

TEST_CASE("DB5 who joins is welcomed with statistics and events, and hears them as they come") {
  Watched watched;
  auto& world = watched.world;
  const auto host = world.create();
  auto& visitor = watched.watch();
  CHECK(visitor.welcomed.at("stats").at("activeSessions") == 1);
  const auto& events = visitor.welcomed.at("events").as_array();
  REQUIRE(events.size() == 1);
  CHECK(events[0].at("type") == "created");
  CHECK(events[0].at("sessionId").as_string() == host.session.to_string());
  const auto first = number_at(events[0].as_object(), "id");

  const auto guest = world.join(host);
  const auto* joined = visitor.last("event");
  REQUIRE(joined);
  CHECK(text_at(joined->payload, "type") == "joined");
  CHECK(text_at(joined->payload, "participantId") == guest.id.to_string());
  CHECK(text_at(joined->payload, "at") ==
        protocol::time_text(world.clock.now(), world.house->calendar));
  CHECK(number_at(joined->payload, "id") == first + 1);
  world.pass(4s);
  CHECK(visitor.count("stats") >= 4);
  CHECK(visitor.count("stats") <= 5);
  CHECK(visitor.last("stats")->payload.at("totalParticipants") == 2);

  watched.dashboard->leave(visitor);
  const auto heard = visitor.heard.size();
  world.join(host);
  world.pass(3s);
  CHECK(visitor.heard.size() == heard);
}

TEST_CASE("DB5 every end is told once, whoever ended it") {
  Watched watched;
  auto& world = watched.world;
  const auto host = world.create(), other = world.create();
  const auto here = world.enter(host);
  auto& visitor = watched.watch();
  world.leave(here, core::LeaveReason::left);
  world.pass(121s);
  world.get(app::restore_for_operator(*world.house, host.session));
  world.get(app::expire_for_operator(*world.house, host.session));
  CHECK(types(visitor) == "left warned expired expired restored expired");
  std::set<std::string> ended;
  for (const auto& each : visitor.heard)
    if (each.event == "event" && each.payload.at("type") == "expired")
      ended.insert(text_at(each.payload, "sessionId"));
  CHECK(ended == std::set{host.session.to_string(), other.session.to_string()});
  watched.dashboard->leave(visitor);
}

TEST_CASE("DB5 ST12 what another process has ended is told when it is noticed") {
  Watched watched;
  auto& world = watched.world;
  const auto host = world.create();
  const auto here = world.enter(host);
  auto& visitor = watched.watch();
  const auto aside = world.open_store(store::sqlite::Access::command_line);
  REQUIRE(world.loop.run(aside->purge({host.session}, core::EndReason::completed)));
  world.pass(2s);
  CHECK(here.visitor->dismissed);
  CHECK(types(visitor) == "purged");
  watched.dashboard->leave(visitor);
}

TEST_CASE("DB5 of many events at once a hundred are told, and their numbers show the rest") {
  Watched watched;
  auto& world = watched.world;
  auto& visitor = watched.watch();
  world.pass(1s);
  for (int i = 0; i < 150; ++i) world.create();
  CHECK(visitor.count("event") == 100);
  world.pass(1s);
  world.create();
  CHECK(visitor.count("event") == 101);
  CHECK(number_at(visitor.last("event")->payload, "id") == 151);
  watched.dashboard->leave(visitor);
}

TEST_CASE("DB6 events and lists of operators name nobody") {
  Watched watched;
  auto& world = watched.world;
  const auto host = world.create({.deck_id = "classic", .question = "Shall I?", .name = "Anna"});
  auto& visitor = watched.watch();
  world.join(host, "Benjamin");
  world.operate(host, core::SetQuestion{"Why me?"}).value();
  const auto people = world.get(app::participants_of(*world.house, host.session));
  const auto operations = world.get(app::operations_of(*world.house, host.session, 0, 10));
  CHECK(people.at("participants").as_array().size() == 2);
  CHECK(operations.at("operations").at(0).at("kind") == "set_question");
  CHECK(operations.at("operations").at(0).at("by").as_string() == host.id.to_string());
  auto all = protocol::to_text(people) + protocol::to_text(operations) +
             protocol::to_text(visitor.welcomed);
  for (const auto& each : visitor.heard) all += protocol::to_text(each.payload);
  for (const auto* secret : {"Anna", "Benjamin", "Shall", "Why me"})
    CHECK(all.find(secret) == all.npos);
  watched.dashboard->leave(visitor);
}

TEST_CASE("DB8 with nobody listening no rows are counted") {
  Watched watched;
  auto& world = watched.world;
  const auto counts = world.store->counts();
  world.pass(10s);
  CHECK(world.store->counts() == counts);
  auto& visitor = watched.watch();
  world.pass(10s);
  CHECK(world.store->counts() > counts + 5);
  watched.dashboard->leave(visitor);
  world.pass(2s);
  const auto last = world.store->counts();
  world.pass(10s);
  CHECK(world.store->counts() == last);
}

TEST_CASE("DB9 statistics tell deadlines, reconnects, refusals and what happens per second") {
  auto settings = short_settings();
  settings.policy.defaults.timeout = 10min;
  Watched watched(std::move(settings));
  auto& world = watched.world;
  const auto statistics = [&] { return world.get(watched.figures->statistics()); };
  const auto host = world.create();
  protocol::CreateRequest lasting{.deck_id = "classic"};
  lasting.policy.timeout = 40min;
  world.create(lasting);
  auto here = world.enter(host);
  world.pass(2s);
  for (int i = 0; i < 5; ++i) world.operate(host, core::Shuffle{}).value();
  auto stats = statistics();
  CHECK(stats.at("memoryBytes") == 4096);
  CHECK(text_at(stats, "serverId") == world.house->server_id.to_string());
  CHECK(number_at(stats.at("perSecond").as_object(), "operations") == doctest::Approx(2.5));
  CHECK(protocol::to_text(stats.at("deadlines").as_object()) ==
        R"({"within5Minutes":0,"within15Minutes":1,"within60Minutes":2})");
  CHECK(stats.at("servers").as_array().size() == 1);
  CHECK(!stats.at("servers").at(0).at("stopped").as_bool());
  world.pass(12s);
  stats = statistics();
  CHECK(number_at(stats.at("perSecond").as_object(), "operations") == 0);

  world.leave(here, core::LeaveReason::lost);
  world.pass(5s);
  here = world.enter(host);
  world.leave(here, core::LeaveReason::lost);
  world.pass(16s);
  stats = statistics();
  CHECK(protocol::to_text(stats.at("reconnects").as_object()) == R"({"returned":1,"missed":1})");
}

TEST_CASE("DB9 statistics tell what was refused in the last minute, and the newest 20 sweeps") {
  Watched watched;
  auto& world = watched.world;
  const auto statistics = [&] { return world.get(watched.figures->statistics()); };
  const auto refused = [&] {
    const auto stats = statistics();
    const auto& list = stats.at("refusals").as_array();
    REQUIRE(list.size() == 1);
    return protocol::to_text(list.at(0).as_object());
  };
  world.pass(2s);
  auto& refusals = world.house->counters.refusals;
  refusals[static_cast<std::size_t>(ErrorCode::table_locked)] += 3;
  CHECK(refused() == R"({"code":"table_locked","count":3,"lastMinute":3})");
  world.pass(50s);
  refusals[static_cast<std::size_t>(ErrorCode::table_locked)] += 1;
  CHECK(refused() == R"({"code":"table_locked","count":4,"lastMinute":4})");
  world.pass(15s);
  CHECK(refused() == R"({"code":"table_locked","count":4,"lastMinute":1})");

  for (int i = 0; i < 22; ++i) {
    auto swept = world.begin<protocol::SweepReport>(world.cleanup->run(false));
    while (!swept->has_value()) world.pass(10ms);
    world.pass(1s);
  }
  const auto stats = statistics();
  const auto& sweeps = stats.at("sweeps").as_array();
  CHECK(sweeps.size() == 20);
  CHECK(sweeps.front() == stats.at("lastSweep"));
  CHECK(text_at(sweeps.at(0).as_object(), "at") > text_at(sweeps.at(1).as_object(), "at"));
}

TEST_CASE("DB9 the sweep's backlog is what was to be purged and what was to be ended") {
  auto settings = short_settings();
  settings.policy.defaults.recovery = 1min;
  Watched watched(std::move(settings));
  auto& world = watched.world;
  world.create();
  const auto backlog = [&] {
    return number_at(world.get(watched.figures->statistics()), "sweepBacklog");
  };
  CHECK(backlog() == 0);
  world.pass(121s);
  CHECK(backlog() == 0);
  world.pass(60s);
  CHECK(backlog() == 1);
  auto swept = world.begin<protocol::SweepReport>(world.cleanup->run(false));
  while (!swept->has_value()) world.pass(10ms);
  CHECK(backlog() == 0);
}

TEST_CASE("DB11 DB12 the series is measured each ten seconds, and goes on after a restart") {
  Watched watched;
  auto& world = watched.world;
  const auto host = world.create();
  world.join(host);
  world.pass(3min);
  auto series = watched.series();
  CHECK(known(series, "connections") == 18);
  CHECK(series.at("activeSessions").as_array().back() == 0.0);
  double joins = 0;
  for (const auto& value : series.at("joins").as_array())
    if (!value.is_null()) joins += value.to_number<double>();
  CHECK(joins == doctest::Approx(0.1));
  CHECK(known(series, "latenessP99") == 1);
  world.pass(20s);  // of a minute that is not over

  watched.restart();
  world.pass(1min);
  series = watched.series();
  CHECK(known(series, "connections") >= 18 + 5);
  CHECK(known(series, "latenessP99") == 6);  // the minute's worst
  CHECK(number_at(series, "intervalSeconds") == 10);
}

TEST_CASE("DB13 an extended session says so to its room and its audit log") {
  HouseWorld world;
  const auto host = world.create();
  const auto here = world.enter(host);
  const Instant start = world.clock.now();
  const auto answer =
      world.get(app::extend_for_operator(*world.house, host.session, std::chrono::seconds(60)));
  const auto until = protocol::time_text(start + 180s, world.house->calendar);
  CHECK(text_at(answer.at("session").as_object(), "expiresAt") == until);
  REQUIRE(here.visitor->last("session_extended"));
  CHECK(text_at(here.visitor->last("session_extended")->payload, "expiresAt") == until);
  CHECK(world.house->counters.warnings_answered == 0);
  const auto log = world.get(world.store->audit(host.session, 0, 100));
  CHECK(log.back().entry.type == "extended");
  CHECK(log.back().entry.data.find(R"("by":"operator")") != std::string::npos);
  world.leave(here, core::LeaveReason::left);
  world.pass_until(start + 179s);
  CHECK(world.row(host.session).phase.index() == 0);
  world.pass(2s);
  CHECK(world.audited(host.session, "expired") == 1);
}

TEST_CASE("DB14 an operator closes all invites for good") {
  HouseWorld world;
  const auto host = world.create();
  const auto second = world.get(app::create_invite(*world.house, world.member(host), {}));
  world.get(app::close_invites_for_operator(*world.house, host.session));
  CHECK(world.answer(world.joining(HouseWorld::code_of(host))) == "invite_revoked");
  CHECK(world.answer(world.joining(text_at(second, "code"))) == "invite_revoked");
  CHECK(world.audited(host.session, "invite_revoked") == 2);
  world.get(app::close_invites_for_operator(*world.house, host.session));
  CHECK(world.audited(host.session, "invite_revoked") == 2);
  world.get(app::expire_for_operator(*world.house, host.session));
  CHECK(world.answer(app::close_invites_for_operator(*world.house, host.session)) ==
        "session_expired");
  world.get(app::restore_for_operator(*world.house, host.session));
  CHECK(world.answer(world.joining(HouseWorld::code_of(host))) == "invite_revoked");
}

}  // namespace
}  // namespace tarotforge::test
