// What the lifecycle says of itself, to people and to operators.
#include "protocol/lifecycle_json.h"

#include <doctest/doctest.h>

#include "protocol/catalogue.h"
#include "tests/unit/protocol_shapes.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;
using test::kCalendar;
using test::kNow;

TEST_CASE("XP1 the expiry answer has its fields") {
  ExpiryAnswer answer{.server_time = kNow,
                      .expires_at = kNow + Duration(3'587'700),
                      .warns_at = kNow,
                      .inactive = Duration(12'300)};
  CHECK(to_text(expiry_json(answer, kCalendar)) ==
        R"({"expired":false,"serverTime":"2026-01-31T23:59:59.000Z",)"
        R"("expiresAt":"2026-02-01T00:59:46.700Z","warnsAt":"2026-01-31T23:59:59.000Z",)"
        R"("inactiveSeconds":12.3,"restorableUntil":null})");
  answer = {.expired = true, .server_time = kNow, .restorable_until = kNow};
  const json::object ended = expiry_json(answer, kCalendar);
  CHECK(ended.at("expired") == true);
  CHECK(ended.at("expiresAt").is_null());
  CHECK(ended.at("inactiveSeconds") == 0);
  CHECK(ended.at("restorableUntil") == "2026-01-31T23:59:59.000Z");
}

TEST_CASE("XP2 explain tells the policy with origins, what keeps the session and what happened") {
  const auto ann = test::id_of<ParticipantKind>(1);
  Explanation explanation{
      .session = test::id_of<SessionKind>(9),
      .status = "active",
      .generation = 2,
      .server_time = kNow,
      .policy = {},
      .origins = {.timeout = PolicyOrigin::session, .warning = PolicyOrigin::setting},
      .last_activity = {.at = kNow, .by = "operation", .participant = ann},
      .kept_alive_by = {{ann, core::PresenceLevel::visible}},
      .warns_at = kNow,
      .expires_at = kNow,
      .expires_because = ExpiresBecause::inactivity_timeout};
  explanation.transitions.push_back({.id = test::id_of<EventKind>(3),
                                     .session = explanation.session,
                                     .sequence = 1,
                                     .type = "created",
                                     .data = R"({"lateness_ms":4})",
                                     .at = kNow});
  const json::object out = explanation_json(explanation, kCalendar);
  CHECK(test::keys(out) == std::set<std::string>{"earlierTransitions", "endReason", "endedAt",
                                                 "expiredBecause", "expiresAt", "expiresBecause",
                                                 "extendedUntil", "generation", "keptAliveBy",
                                                 "lastActivity", "policy", "restorableUntil",
                                                 "serverTime", "sessionId", "status", "transitions",
                                                 "warnedAt", "warnsAt"});
  CHECK(to_text(out.at("policy").as_object()) ==
        R"({"timeoutSeconds":{"value":3600,"origin":"session"},)"
        R"("warningSeconds":{"value":300,"origin":"setting"},)"
        R"("keepAlive":{"value":"active","origin":"default"},)"
        R"("recoveryHours":{"value":24,"origin":"default"},)"
        R"("maxParticipants":{"value":16,"origin":"default"}})");
  CHECK(out.at("lastActivity").at("by") == "operation");
  CHECK(test::word(out.at("lastActivity").at("participantId")) == ann.to_string());
  CHECK(out.at("keptAliveBy").at(0).at("presence") == "visible");
  CHECK(out.at("expiresBecause") == "inactivity_timeout");
  CHECK(out.at("transitions").at(0).at("data").at("lateness_ms") == 4);
  CHECK(out.at("transitions").at(0).at("sequence") == 1);
  CHECK(out.at("earlierTransitions") == 0);
  CHECK(out.at("endReason").is_null());
  CHECK(out.at("expiredBecause").is_null());

  explanation.expires_because = ExpiresBecause::warning_not_shown;
  explanation.end_reason = core::EndReason::completed;
  explanation.expired_because = "operator";
  explanation.transitions.front().sequence = 51;
  const json::object later = explanation_json(explanation, kCalendar);
  CHECK(later.at("expiresBecause") == "warning_not_shown");
  CHECK(later.at("endReason") == "completed");
  CHECK(later.at("expiredBecause") == "operator");
  CHECK(later.at("earlierTransitions") == 50);
}

TEST_CASE("XP2 an audit entry whose data cannot be read is shown without it") {
  AuditLine line;
  line.type = "left";
  line.data = "{";
  const json::object out = audit_json(line, kCalendar);
  CHECK(out.at("data").as_object().empty());
  CHECK(out.at("type") == "left");
  CHECK(out.at("participantId").is_null());
}

TEST_CASE("SW9 a sweep's report has its counts and its sessions") {
  const SweepReport report{.dry_run = true,
                           .expired = 3,
                           .invites_closed = 1,
                           .sessions = {{.id = test::id_of<SessionKind>(9),
                                         .reason = "inactivity_timeout",
                                         .last_activity = kNow}}};
  CHECK(to_text(sweep_json(report, kCalendar)) ==
        R"({"dryRun":true,"expired":3,"purged":0,"invitesClosed":1,"orphansRemoved":0,)"
        R"("quarantined":0,"sessions":[{"id":"00000000-0000-0000-0000-000000000009",)"
        R"("reason":"inactivity_timeout","lastActivityAt":"2026-01-31T23:59:59.000Z"}]})");
}

const std::set<std::string> kStatistics{"activeSessions",
                                        "completedSessions",
                                        "connections",
                                        "deadlines",
                                        "degraded",
                                        "expiredLastHour",
                                        "expiryLatenessSeconds",
                                        "flushLagSeconds",
                                        "inactiveSessions",
                                        "lastSweep",
                                        "memoryBytes",
                                        "outages",
                                        "participants",
                                        "perSecond",
                                        "purgedSessions",
                                        "recentOutages",
                                        "reconnects",
                                        "refusals",
                                        "restorableSessions",
                                        "serverId",
                                        "serverTime",
                                        "servers",
                                        "sessionsWithRecentActivity",
                                        "startedAt",
                                        "sweepBacklog",
                                        "sweeps",
                                        "sweepOverdue",
                                        "totalParticipants",
                                        "totalSessions",
                                        "version",
                                        "warnedSessions",
                                        "warningsMissed",
                                        "webhooks"};

TEST_CASE("XP3 the statistics have their fields; what only a server knows is null without one") {
  StatsReport report{.server_time = kNow, .total_sessions = 5, .active_sessions = 2};
  report.outages = 1;
  report.outage_credit = Duration(20'500);
  const json::object bare = stats_json(report, kCalendar);
  CHECK(test::keys(bare) == kStatistics);
  CHECK(bare.at("totalSessions") == 5);
  CHECK(bare.at("participants").is_null());
  CHECK(bare.at("lastSweep").is_null());
  CHECK(to_text(bare.at("outages").as_object()) == R"({"count":1,"seconds":20.5})");

  report.present = StatsReport::Present{1, 1, 3, 0};
  report.connections = 4;
  report.expiry_lateness = StatsReport::Lateness{.p50_seconds = 0.02,
                                                 .p99_seconds = 0.4,
                                                 .max_seconds = 0.6,
                                                 .count = 12,
                                                 .buckets = {{0.5, 11}}};
  report.sweeps = {{.at = kNow, .took = Duration(12)}, {.at = kNow - Duration(900'000)}};
  report.flush_lag = Duration(5000);
  const json::object full = stats_json(report, kCalendar);
  CHECK(to_text(full.at("participants").as_object()) ==
        R"({"active":1,"visible":1,"connected":3,"reconnecting":0})");
  CHECK(to_text(full.at("expiryLatenessSeconds").as_object()) ==
        R"({"p50":0.02,"p99":0.4,"max":0.6,"count":12,"buckets":[{"le":0.5,"count":11}]})");
  CHECK(to_text(full.at("lastSweep").as_object()) ==
        R"({"at":"2026-01-31T23:59:59.000Z","durationMs":12,"expired":0,"purged":0})");
  CHECK(full.at("sweeps").as_array().size() == 2);
  CHECK(full.at("sweeps").at(0) == full.at("lastSweep"));
  CHECK(full.at("connections") == 4);
  CHECK(full.at("flushLagSeconds") == 5);
}

TEST_CASE("CL3 a session in a list has its fields") {
  const SessionLine line{.id = test::id_of<SessionKind>(9),
                         .status = "expired",
                         .deck_id = "classic",
                         .participants = 2,
                         .created_at = kNow,
                         .updated_at = kNow,
                         .last_activity = kNow,
                         .ended_at = kNow};
  const json::object out = session_line_json(line, kCalendar);
  CHECK(test::keys(out) == std::set<std::string>{"createdAt", "deckId", "endedAt", "generation",
                                                 "id", "lastActivityAt", "participantCount",
                                                 "restorableUntil", "status", "updatedAt"});
  CHECK(out.at("restorableUntil").is_null());
}

TEST_CASE("WN1 the warning says by when, and how long that is") {
  CHECK(to_text(expiring_json(1, kNow + Duration(299'500), kNow, kCalendar)) ==
        R"({"generation":1,"expiresAt":"2026-02-01T00:04:58.500Z","secondsLeft":299.5})");
  CHECK(expiring_json(1, kNow, kNow + Duration(9), kCalendar).at("secondsLeft") == 0);
}

TEST_CASE("WN2 EX7 RS5 RT6 the other events of the lifecycle have their fields") {
  CHECK(to_text(extended_json(kNow, kCalendar)) == R"({"expiresAt":"2026-01-31T23:59:59.000Z"})");
  CHECK(to_text(expired_json(2, kNow, kCalendar)) ==
        R"({"generation":2,"reason":"inactivity_timeout",)"
        R"("restorableUntil":"2026-01-31T23:59:59.000Z"})");
  CHECK(to_text(completed_json(2, kNow, kCalendar)) ==
        R"({"generation":2,"endedAt":"2026-01-31T23:59:59.000Z"})");
  CHECK(to_text(restored_json(3)) == R"({"generation":3})");
  CHECK(to_text(draining_json(Duration(1200))) == R"({"reconnectAfterMs":1200})");
}

TEST_CASE("RD1 RD2 decks and layouts are shown as they are") {
  const json::object decks = decks_json();
  REQUIRE(decks.at("decks").as_array().size() == core::decks().size());
  CHECK(decks.at("decks").at(0).at("id") == "classic");
  CHECK(decks.at("decks").at(0).at("cardCount") == 78);
  CHECK_FALSE(decks.at("decks").at(0).as_object().contains("cards"));
  const json::object deck = deck_json(core::decks().front());
  CHECK(deck.at("cards").as_array().size() == 78);
  const json::object layouts = layouts_json();
  const auto& all = layouts.at("layouts").as_array();
  REQUIRE(all.size() == 4);
  CHECK(all[1].at("id") == "three-card");
  CHECK(all[1].at("positions").at(0).at("id") == "past");
  CHECK(all[2].at("positions").as_array().size() == 10);
  CHECK(all[3].at("positions").as_array().empty());
}

}  // namespace
}  // namespace tarotforge::protocol
