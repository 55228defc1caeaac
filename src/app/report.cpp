#include "app/report.h"

#include <algorithm>
#include <ranges>

#include "app/change.h"
#include "app/figures.h"
#include "protocol/dashboard_json.h"
#include "protocol/json_guard.h"
#include "protocol/lifecycle_json.h"

namespace tarotforge::app {

using namespace core;
using protocol::Object;

namespace {

constexpr std::size_t kTransitions = 200;  // of one explanation; the audit list has those before

protocol::AuditLine audit_line(const ports::StoredAuditEntry& stored) {
  const auto& entry = stored.entry;
  return {entry.id,         stored.session,    stored.sequence, entry.type,
          entry.generation, entry.participant, entry.data,      entry.at};
}

protocol::PolicyOrigins origins_of(const Policy& policy, const Policy& defaults) {
  using enum protocol::PolicyOrigin;
  const Policy built_in_values;
  const auto origin = [](auto value, auto setting, auto fixed) {
    return value == setting ? (setting == fixed ? built_in : protocol::PolicyOrigin::setting)
                            : session;
  };
  const Policy& b = built_in_values;
  return {origin(policy.timeout, defaults.timeout, b.timeout),
          origin(policy.warning, warning_lead(defaults.warning, defaults.timeout), b.warning),
          origin(policy.keep_alive, defaults.keep_alive, b.keep_alive),
          origin(policy.recovery, defaults.recovery, b.recovery),
          origin(policy.max_participants, defaults.max_participants, b.max_participants)};
}

// By what the last activity came about, as far as memory and the audit log know.
protocol::LastActivity last_activity_of(const House& house, const Room& room,
                                        const std::vector<protocol::AuditLine>& transitions) {
  const auto& data = room.session.data();
  const Instant now = house.now();
  protocol::LastActivity last{room.session.last_activity(now, house.surroundings(room)), "input"};
  if (room.kept_alive()) {
    last.by = "presence";
    return last;
  }
  if (last.at == data.created_at) last.by = "created";
  if (last.at == data.updated_at && data.version > 0) last.by = "operation";
  for (const auto& line : transitions)
    if (line.at == last.at && (line.type == "joined" || line.type == "restored")) {
      last.by = line.type;
      last.participant = line.participant;
    }
  for (const auto& participant : data.participants)
    if (participant.last_seen_at == last.at) last.participant = participant.id;
  for (const auto& seat : room.seats)
    if (seat.presence.last_input() == last.at) last.participant = seat.participant;
  return last;
}

std::string word_in(const protocol::AuditLine& line, std::string_view name) {
  const auto data = protocol::parse_object(line.data);
  const auto* word = data ? data->if_contains(name) : nullptr;
  return word && word->is_string() ? std::string(word->get_string()) : std::string();
}

// What put the deadline off beyond the timeout: of the entries "extended" the last that is not of
// an activity.
protocol::ExpiresBecause why_extended(const std::vector<protocol::AuditLine>& transitions,
                                      std::uint32_t generation) {
  for (const auto& line : transitions | std::views::reverse) {
    if (line.type != "extended" || line.generation != generation) continue;
    if (word_in(line, "by") == "operator") return protocol::ExpiresBecause::extended_by_operator;
    if (word_in(line, "because") == "warning_not_shown") break;
  }
  return protocol::ExpiresBecause::warning_not_shown;
}

std::optional<std::string> why_expired(const std::vector<protocol::AuditLine>& transitions) {
  for (const auto& line : transitions | std::views::reverse) {
    if (line.type != "expired") continue;
    auto reason = word_in(line, "reason");
    return reason.empty() ? std::nullopt : std::optional(std::move(reason));
  }
  return std::nullopt;
}

// While it is open.
void explain_deadline(const House& house, const Room& room, const Open& open,
                      protocol::Explanation& explanation) {
  const Instant now = house.now();
  const auto around = house.surroundings(room);
  const auto& session = room.session;
  const Instant by_activity = after_observed(session.last_activity(now, around),
                                             session.data().policy.timeout, around.outages);
  explanation.warned_at = open.warned_at;
  explanation.extended_until = open.extended_until;
  explanation.expires_at = session.expires_at(now, around);
  explanation.warns_at = session.warns_at(now, around);
  explanation.expires_because = explanation.expires_at > by_activity
                                    ? why_extended(explanation.transitions, explanation.generation)
                                    : protocol::ExpiresBecause::inactivity_timeout;
}

void explain_end(const SessionData& data, protocol::Explanation& explanation) {
  if (const auto* ended = std::get_if<Ended>(&data.phase)) {
    explanation.ended_at = ended->at;
    explanation.end_reason = ended->reason;
    if (ended->reason == EndReason::expired) explanation.restorable_until = ended->restorable_until;
  }
  if (const auto* purged = std::get_if<Purged>(&data.phase)) {
    explanation.ended_at = purged->ended_at;
    explanation.end_reason = purged->reason;
  }
  if (explanation.end_reason == EndReason::expired)
    explanation.expired_because = why_expired(explanation.transitions);
}

}  // namespace

Object expiry_answer(const House& house, const Room& room) {
  const Instant now = house.now();
  const auto around = house.surroundings(room);
  const auto& session = room.session;
  protocol::ExpiryAnswer answer{.server_time = now};
  answer.expired = !session.is_open() || !session.require_open(now, around);
  answer.expires_at = session.expires_at(now, around);
  answer.warns_at = session.warns_at(now, around);
  answer.inactive = observed_between(session.last_activity(now, around), now, around.outages);
  if (const auto* ended = std::get_if<Ended>(&session.data().phase))
    if (ended->reason == EndReason::expired) answer.restorable_until = ended->restorable_until;
  house.world.log.debug("Session expiry check: {}", answer.expired);
  return protocol::expiry_json(answer, house.calendar);
}

Task<Object> explain_session(House& house, std::shared_ptr<Room> room) {
  const auto id = room->session.data().id;
  auto stored = co_await house.world.store.newest_audit(id, kTransitions);
  if (!stored) co_return std::move(stored).error();
  const auto& data = room->session.data();
  protocol::Explanation explanation{.session = id,
                                    .status = std::string(protocol::status_word(data)),
                                    .generation = data.generation,
                                    .server_time = house.now(),
                                    .policy = data.policy,
                                    .origins = {},
                                    .last_activity = {}};
  for (const auto& entry : *stored) explanation.transitions.push_back(audit_line(entry));
  explanation.origins = origins_of(data.policy, house.settings.policy.defaults);
  explanation.last_activity = last_activity_of(house, *room, explanation.transitions);
  const auto least = data.policy.keep_alive == KeepAlive::visible ? PresenceLevel::visible
                                                                  : PresenceLevel::connected;
  if (room->kept_alive())
    for (const auto& seat : room->seats)
      if (const auto level = seat.presence.level(); level >= least)
        explanation.kept_alive_by.push_back({seat.participant, level});
  if (const auto* open = std::get_if<Open>(&data.phase))
    explain_deadline(house, *room, *open, explanation);
  explain_end(data, explanation);
  co_return protocol::explanation_json(explanation, house.calendar);
}

Task<Object> statistics(House& house) {
  auto rows = co_await house.world.store.statistics();
  if (!rows) co_return std::move(rows).error();
  co_return protocol::stats_json(report_of(house, *rows), house.calendar);
}

Object change_log_level(Log& log, LogLevel level) {
  const auto before = log.level();
  log.set_level(std::min(before, level));
  if (before != level)
    log.warning("The log's level is {}, and was {}", to_string(level), to_string(before));
  log.set_level(level);
  return {{"level", to_string(level)}};
}

Task<Object> list_sessions(House& house, ports::SessionFilter filter) {
  const auto limit = filter.limit;
  auto stored = co_await house.world.store.sessions(std::move(filter));
  if (!stored) co_return std::move(stored).error();
  protocol::Array list;
  for (const auto& each : *stored)
    list.push_back(protocol::session_line_json(
        {each.id, each.status, each.generation, each.deck_id, each.participants, each.created_at,
         each.updated_at, each.last_activity, each.ended_at, each.restorable_until},
        house.calendar));
  Object answer{{"sessions", std::move(list)}, {"nextAfter", nullptr}};
  if (stored->size() == limit) answer["nextAfter"] = stored->back().id.to_string();
  co_return answer;
}

Task<Object> audit_of(House& house, SessionId id, std::uint64_t after, std::size_t limit) {
  auto stored = co_await house.world.store.audit(id, after, limit);
  if (!stored) co_return std::move(stored).error();
  protocol::Array list;
  for (const auto& entry : *stored)
    list.push_back(protocol::audit_json(audit_line(entry), house.calendar));
  Object answer{{"entries", std::move(list)}, {"nextAfter", nullptr}};
  if (stored->size() == limit) answer["nextAfter"] = stored->back().sequence;
  co_return answer;
}

Task<Object> participants_of(House& house, SessionId id) {
  auto opened = co_await house.open(id);
  if (!opened) co_return std::move(opened).error();
  const Room& room = **opened;
  protocol::Array list;
  for (const auto& who : room.session.data().participants)
    list.push_back(protocol::participant_line_json(who, room.level(who.id), house.calendar));
  co_return Object{{"participants", std::move(list)}};
}

Task<Object> operations_of(House& house, SessionId id, std::uint64_t after, std::size_t limit) {
  auto opened = co_await house.open(id);
  if (!opened) co_return std::move(opened).error();
  auto stored = co_await house.world.store.operations_after(id, after, limit);
  if (!stored) co_return std::move(stored).error();
  protocol::Array list;
  for (const auto& each : *stored)
    list.push_back(protocol::operation_line_json(
        {each.version, each.generation, each.kind, each.by, each.at}, house.calendar));
  Object answer{{"operations", std::move(list)}, {"nextAfter", nullptr}};
  if (stored->size() == limit) answer["nextAfter"] = stored->back().version;
  co_return answer;
}

}  // namespace tarotforge::app
