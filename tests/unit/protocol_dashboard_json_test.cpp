// What the dashboard tells, in its fields.
#include "protocol/dashboard_json.h"

#include <doctest/doctest.h>

#include "protocol/json_text.h"
#include "protocol/lifecycle_json.h"
#include "tests/unit/protocol_shapes.h"

namespace tarotforge::protocol {
namespace {

using test::kCalendar;
using test::kNow;

TEST_CASE("DB5 an event has its fields") {
  LoggedEvent event{.number = 7,
                    .at = kNow,
                    .type = "left",
                    .session = test::id_of<SessionKind>(1),
                    .data = R"({"reason":"lost"})"};
  CHECK(to_text(event_json(event, kCalendar)) ==
        R"({"id":7,"at":"2026-01-31T23:59:59.000Z","type":"left","sessionId":")" +
            event.session.to_string() + R"(","participantId":null,"data":{"reason":"lost"}})");
  event.participant = test::id_of<ParticipantKind>(2);
  CHECK(event_json(event, kCalendar).at("participantId").as_string() ==
        event.participant->to_string());
}

TEST_CASE("DB9 what a server tells of itself has its fields") {
  StatsReport report{.server_time = kNow};
  report.own = StatsReport::Own{.version = "1.2",
                                .id = test::id_of<ServerKind>(3),
                                .started_at = kNow,
                                .memory_bytes = 5,
                                .joins_per_second = 0.5,
                                .within_15 = 2,
                                .within_60 = 3,
                                .returned = 4,
                                .missed = 1,
                                .refusals = {{"not_found", 6, 2}}};
  report.sweep_backlog = 8;
  report.recent_outages = {{kNow, kNow + Duration(2500), Duration(2500)}};
  report.servers = {{test::id_of<ServerKind>(3), "1.2", kNow, kNow, true}};
  report.webhooks = {{"https://one.example/", true, 2, 1, kNow}, {"https://two.example/"}};
  const auto json = stats_json(report, kCalendar);
  const auto text = [&](const char* name) { return to_text(json.at(name)); };
  CHECK(json.at("version") == "1.2");
  CHECK(json.at("memoryBytes") == 5);
  CHECK(json.at("sweepBacklog") == 8);
  CHECK(text("startedAt") == R"("2026-01-31T23:59:59.000Z")");
  CHECK(text("perSecond") == R"({"joins":0.5,"operations":0,"heartbeats":0})");
  CHECK(text("deadlines") == R"({"within5Minutes":0,"within15Minutes":2,"within60Minutes":3})");
  CHECK(text("reconnects") == R"({"returned":4,"missed":1})");
  CHECK(text("refusals") == R"([{"code":"not_found","count":6,"lastMinute":2}])");
  CHECK(text("recentOutages") ==
        R"([{"startedAt":"2026-01-31T23:59:59.000Z","endedAt":"2026-02-01T00:00:01.500Z",)"
        R"("creditSeconds":2.5}])");
  CHECK(test::keys(json.at("servers").at(0).as_object()) ==
        std::set<std::string>{"aliveAt", "id", "startedAt", "stopped", "version"});
  CHECK(text("webhooks") ==
        R"([{"target":"https://one.example/","configured":true,"waiting":2,"dead":1,)"
        R"("oldestWaitingAt":"2026-01-31T23:59:59.000Z"},)"
        R"({"target":"https://two.example/","configured":false,"waiting":0,"dead":0,)"
        R"("oldestWaitingAt":null}])");
}

}  // namespace
}  // namespace tarotforge::protocol
