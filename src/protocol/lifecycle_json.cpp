#include "protocol/lifecycle_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "base/check.h"
#include "protocol/json_guard.h"
#include "protocol/json_text.h"
#include "protocol/views.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

std::string_view to_string(PolicyOrigin origin) {
  switch (origin) {
    case PolicyOrigin::built_in:
      return "default";
    case PolicyOrigin::setting:
      return "setting";
    case PolicyOrigin::session:
      return "session";
  }
  fail_check("a policy's value has one origin", std::source_location::current());
}

std::string_view to_string(ExpiresBecause because) {
  switch (because) {
    case ExpiresBecause::inactivity_timeout:
      return "inactivity_timeout";
    case ExpiresBecause::warning_not_shown:
      return "warning_not_shown";
    case ExpiresBecause::extended_by_operator:
      return "extended_by_operator";
  }
  fail_check("a deadline has one reason", std::source_location::current());
}

json::object policy_with_origins(const core::Policy& policy, const PolicyOrigins& origins) {
  json::object out = policy_json(policy);
  const auto add = [&](const char* name, PolicyOrigin origin) {
    out[name] = json::object{{"value", out.at(name)}, {"origin", text_json(to_string(origin))}};
  };
  add("timeoutSeconds", origins.timeout);
  add("warningSeconds", origins.warning);
  add("keepAlive", origins.keep_alive);
  add("recoveryHours", origins.recovery);
  add("maxParticipants", origins.max_participants);
  return out;
}

json::object last_activity_json(const LastActivity& last, Calendar calendar) {
  return {{"at", time_json(last.at, calendar)},
          {"by", text_json(last.by)},
          {"participantId", id_json(last.participant)}};
}

}  // namespace

json::object expiry_json(const ExpiryAnswer& answer, Calendar calendar) {
  return {
      {"expired", answer.expired},
      {"serverTime", time_json(answer.server_time, calendar)},
      {"expiresAt", time_json(answer.expires_at, calendar)},
      {"warnsAt", time_json(answer.warns_at, calendar)},
      {"inactiveSeconds", seconds_json(answer.inactive)},
      {"restorableUntil", time_json(answer.restorable_until, calendar)},
  };
}

json::object audit_json(const AuditLine& line, Calendar calendar) {
  auto data = parse_object(line.data);
  return {
      {"id", text_json(line.id.to_string())},
      {"sessionId", text_json(line.session.to_string())},
      {"sequence", line.sequence},
      {"type", text_json(line.type)},
      {"generation", line.generation},
      {"participantId", id_json(line.participant)},
      {"data", data ? std::move(*data) : json::object()},
      {"at", time_json(line.at, calendar)},
  };
}

json::object explanation_json(const Explanation& explanation, Calendar calendar) {
  const auto time = [&](std::optional<Instant> t) { return time_json(t, calendar); };
  json::array kept_alive_by;
  for (const auto& who : explanation.kept_alive_by)
    kept_alive_by.push_back(json::object{{"participantId", text_json(who.participant.to_string())},
                                         {"presence", text_json(core::to_string(who.presence))}});
  json::array transitions;
  for (const auto& line : explanation.transitions)
    transitions.push_back(audit_json(line, calendar));
  const auto because = explanation.expires_because;
  const auto expired_because = explanation.expired_because;
  const auto reason = explanation.end_reason;
  return {
      {"sessionId", text_json(explanation.session.to_string())},
      {"status", text_json(explanation.status)},
      {"generation", explanation.generation},
      {"serverTime", time(explanation.server_time)},
      {"policy", policy_with_origins(explanation.policy, explanation.origins)},
      {"lastActivity", last_activity_json(explanation.last_activity, calendar)},
      {"keptAliveBy", std::move(kept_alive_by)},
      {"warnedAt", time(explanation.warned_at)},
      {"warnsAt", time(explanation.warns_at)},
      {"expiresAt", time(explanation.expires_at)},
      {"extendedUntil", time(explanation.extended_until)},
      {"expiresBecause", because ? json::value(text_json(to_string(*because))) : json::value()},
      {"endedAt", time(explanation.ended_at)},
      {"endReason", reason ? json::value(text_json(protocol::to_string(*reason))) : json::value()},
      {"expiredBecause",
       expired_because ? json::value(text_json(*expired_because)) : json::value()},
      {"restorableUntil", time(explanation.restorable_until)},
      // Their sequence is gapless.
      {"earlierTransitions",
       explanation.transitions.empty() ? 0 : explanation.transitions.front().sequence - 1},
      {"transitions", std::move(transitions)},
  };
}

json::object sweep_json(const SweepReport& report, Calendar calendar) {
  json::array sessions;
  sessions.reserve(report.sessions.size());
  for (const auto& line : report.sessions)
    sessions.push_back(json::object{{"id", text_json(line.id.to_string())},
                                    {"reason", text_json(line.reason)},
                                    {"lastActivityAt", time_json(line.last_activity, calendar)}});
  return {
      {"dryRun", report.dry_run},
      {"expired", report.expired},
      {"purged", report.purged},
      {"invitesClosed", report.invites_closed},
      {"orphansRemoved", report.orphans_removed},
      {"quarantined", report.quarantined},
      {"sessions", std::move(sessions)},
  };
}

json::object session_line_json(const SessionLine& line, Calendar calendar) {
  return {
      {"id", text_json(line.id.to_string())},
      {"status", text_json(line.status)},
      {"generation", line.generation},
      {"deckId", text_json(line.deck_id)},
      {"participantCount", line.participants},
      {"createdAt", time_json(line.created_at, calendar)},
      {"updatedAt", time_json(line.updated_at, calendar)},
      {"lastActivityAt", time_json(line.last_activity, calendar)},
      {"endedAt", time_json(line.ended_at, calendar)},
      {"restorableUntil", time_json(line.restorable_until, calendar)},
  };
}

std::string expired_entry(std::string_view because, Instant created_at,
                          const core::Expired& expired, Calendar calendar) {
  const double minutes = static_cast<double>((expired.at - created_at).count()) / 60'000.0;
  return fmt::format(R"({{"reason":"{}","duration_minutes":{:.3f},"participant_count":{},)"
                     R"("expired_at":"{}","deadline":"{}","lateness_ms":{}}})",
                     because, minutes, expired.participant_count, time_text(expired.at, calendar),
                     time_text(expired.deadline, calendar),
                     (expired.at - expired.deadline).count());
}

json::object expiring_json(std::uint32_t generation, Instant expires_at, Instant now,
                           Calendar calendar) {
  return {{"generation", generation},
          {"expiresAt", time_json(expires_at, calendar)},
          {"secondsLeft", seconds_json(std::max(expires_at - now, Duration(0)))}};
}

json::object extended_json(Instant expires_at, Calendar calendar) {
  return {{"expiresAt", time_json(expires_at, calendar)}};
}

json::object expired_json(std::uint32_t generation, Instant restorable_until, Calendar calendar) {
  return {{"generation", generation},
          {"reason", "inactivity_timeout"},
          {"restorableUntil", time_json(restorable_until, calendar)}};
}

json::object completed_json(std::uint32_t generation, Instant at, Calendar calendar) {
  return {{"generation", generation}, {"endedAt", time_json(at, calendar)}};
}

json::object restored_json(std::uint32_t generation) { return {{"generation", generation}}; }

json::object draining_json(Duration reconnect_after) {
  return {{"reconnectAfterMs", reconnect_after.count()}};
}

}  // namespace tarotforge::protocol
