#include "protocol/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "core/reading.h"
#include "protocol/json_fields.h"
#include "protocol/views.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

using std::chrono::hours;
using std::chrono::seconds;

constexpr std::int64_t kMaxGeneration = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t kMaxUses = std::numeric_limits<std::int32_t>::max();  // the column is int
constexpr std::int64_t kLeast64 = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost64 = std::numeric_limits<std::int64_t>::max();

Error unknown_word(std::string_view name, std::string_view words) {
  return Error(ErrorCode::malformed, fmt::format("{} must be one of: {}.", name, words));
}

// A text within its rule's limits; `otherwise` where it is absent.
Result<std::string> limited(const JsonFields& fields, const core::TextRule& rule,
                            std::string otherwise) {
  TRY_ASSIGN(auto text, fields.text(rule.field));
  if (!text) return otherwise;
  TRY(core::check_text(rule, *text, ErrorCode::invalid_value));
  return *std::move(text);
}

// In whole milliseconds, rounded. What no policy can hold becomes a length that every operator's
// bounds refuse, so that the answer names those bounds.
Duration saturated(double count, Duration unit) {
  constexpr double kBeyondEveryBound = 1e15;  // some 30,000 years, and exact in a double
  const double ms = count * static_cast<double>(unit.count());
  return Duration(std::llround(std::clamp(ms, -kBeyondEveryBound, kBeyondEveryBound)));
}

std::uint16_t saturated_people(std::int64_t count) {
  constexpr std::int64_t kMost = std::numeric_limits<std::uint16_t>::max();
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(count, 0, kMost));
}

Result<std::optional<Duration>> length(const JsonFields& fields, std::string_view name,
                                       Duration unit) {
  TRY_ASSIGN(const auto count, fields.number(name));
  if (!count) return std::optional<Duration>();
  return std::optional(saturated(*count, unit));
}

Result<core::PolicyRequest> parse_policy(const json::object& object) {
  const JsonFields fields(object);
  core::PolicyRequest policy;
  TRY_ASSIGN(policy.timeout, length(fields, "timeoutSeconds", seconds(1)));
  TRY_ASSIGN(policy.warning, length(fields, "warningSeconds", seconds(1)));
  TRY_ASSIGN(policy.recovery, length(fields, "recoveryHours", hours(1)));
  TRY_ASSIGN(const auto people, fields.whole("maxParticipants", kLeast64, kMost64));
  if (people) policy.max_participants = saturated_people(*people);
  TRY_ASSIGN(const auto word, fields.text("keepAlive"));
  if (word) {
    policy.keep_alive = parse_keep_alive(*word);
    if (!policy.keep_alive) return unknown_word("keepAlive", "active, visible, connected");
  }
  return policy;
}

// The token in a body or payload; without one the answer is that of a request without a header.
Result<std::string> token_of(const JsonFields& fields) {
  TRY_ASSIGN(auto token, fields.text("token"));
  if (!token) return ErrorCode::unauthorized;
  return *std::move(token);
}

Result<std::optional<std::uint32_t>> generation_of(const JsonFields& fields) {
  TRY_ASSIGN(const auto generation, fields.whole("generation", 0, kMaxGeneration));
  if (!generation) return std::optional<std::uint32_t>();
  return std::optional(static_cast<std::uint32_t>(*generation));
}

Result<ParticipantId> participant_of(const JsonFields& fields) {
  TRY_ASSIGN(const auto text, fields.require(fields.text("participantId"), "participantId"));
  const auto id = ParticipantId::parse(text);
  if (!id) return ErrorCode::participant_not_found;
  return *id;
}

}  // namespace

Result<CreateRequest> parse_create(const json::object& body) {
  const JsonFields fields(body);
  CreateRequest request;
  TRY_ASSIGN(request.deck_id, fields.require(fields.text("deckId"), "deckId"));
  TRY_ASSIGN(const auto layout, fields.text("layout"));
  if (layout) {
    const auto known = core::parse_layout(*layout);
    if (!known) return unknown_word("layout", "single-card, three-card, celtic-cross, freestyle");
    request.layout = *known;
  }
  TRY_ASSIGN(request.question, limited(fields, core::kQuestionRule, ""));
  TRY_ASSIGN(request.name, limited(fields, core::kNameRule, request.name));
  TRY_ASSIGN(const auto policy, fields.object("policy"));
  if (policy) {
    TRY_ASSIGN(request.policy, parse_policy(*policy));
  }
  return request;
}

Result<JoinRequest> parse_join(const json::object& body) {
  JoinRequest request;
  TRY_ASSIGN(request.name, limited(JsonFields(body), core::kNameRule, request.name));
  return request;
}

Result<InviteRequest> parse_invite(const json::object& body) {
  const JsonFields fields(body);
  InviteRequest request;
  TRY_ASSIGN(const auto expires_at, fields.text("expiresAt"));
  if (expires_at) {
    request.expires_at = parse_rfc3339(*expires_at);
    if (!request.expires_at)
      return fields.bad("expiresAt must be a time such as 2026-01-31T12:00:00Z.");
  }
  TRY_ASSIGN(const auto max_uses, fields.whole("maxUses", 1, kMaxUses));
  if (max_uses) request.max_uses = static_cast<std::uint32_t>(*max_uses);
  TRY_ASSIGN(const auto word, fields.text("role"));
  if (word) {
    const auto role = core::parse_role(*word);
    if (!role || *role == core::Role::host) return unknown_word("role", "participant, reader");
    request.role = *role;
  }
  return request;
}

Result<LeaveRequest> parse_leave(const json::object& body) {
  const JsonFields fields(body);
  LeaveRequest request;
  TRY_ASSIGN(request.token, token_of(fields));
  TRY_ASSIGN(const auto connection, fields.text("connection"));
  if (connection) {
    request.connection = ConnectionId::parse(*connection);
    if (!request.connection) return Error(ErrorCode::not_found, "There is no such connection.");
  }
  TRY_ASSIGN(const auto word, fields.require(fields.text("reason"), "reason"));
  const auto reason = core::parse_leave_reason(word);
  if (reason != core::LeaveReason::left && reason != core::LeaveReason::closed_tab)
    return unknown_word("reason", "left, closed_tab");
  request.reason = *reason;
  return request;
}

Result<HostRequest> parse_host(const json::object& body) {
  using Kind = HostRequest::Kind;
  const JsonFields fields(body);
  TRY_ASSIGN(const auto action, fields.require(fields.text("action"), "action"));
  if (action == "take_over") return HostRequest{Kind::take_over, {}};
  if (action == "reclaim") return HostRequest{Kind::reclaim, {}};
  if (action != "hand_over") return unknown_word("action", "hand_over, take_over, reclaim");
  TRY_ASSIGN(const auto to, participant_of(fields));
  return HostRequest{Kind::hand_over, to};
}

Result<std::string> parse_rename(const json::object& body) {
  const JsonFields fields(body);
  TRY_ASSIGN(auto name, fields.require(fields.text("name"), "name"));
  TRY(core::check_text(core::kNameRule, name, ErrorCode::invalid_value));
  return name;
}

Result<std::optional<std::string>> parse_watch(const json::object& payload) {
  return JsonFields(payload).text("token");
}

Result<Duration> parse_extension(const json::object& body) {
  constexpr std::int64_t kMost = std::chrono::seconds(std::chrono::hours(24 * 30)).count();
  const JsonFields fields(body);
  TRY_ASSIGN(const auto count, fields.require(fields.whole("seconds", 1, kMost), "seconds"));
  return Duration(seconds(count));
}

Result<std::string> parse_login(const json::object& body) {
  const JsonFields fields(body);
  return fields.require(fields.text("token"), "token");
}

Result<std::optional<std::string>> parse_restore(const json::object& body) {
  return JsonFields(body).text("restoreKey");
}

Result<LogLevel> parse_level(const json::object& body) {
  const JsonFields fields(body);
  TRY_ASSIGN(const auto word, fields.require(fields.text("level"), "level"));
  const auto level = parse_log_level(word);
  if (!level) return unknown_word("level", "debug, info, warning, error");
  return *level;
}

Result<ActivityReport> parse_activity(const json::object& payload) {
  const JsonFields fields(payload);
  TRY_ASSIGN(const auto visible, fields.flag("visible"));
  TRY_ASSIGN(const auto active, fields.flag("active"));
  return ActivityReport{visible.value_or(true), active.value_or(true)};
}

Result<ChannelJoin> parse_channel_join(const json::object& payload) {
  const JsonFields fields(payload);
  ChannelJoin join;
  TRY_ASSIGN(join.token, token_of(fields));
  TRY_ASSIGN(const auto since, fields.whole("sinceVersion", 0, kMost64));
  if (since) join.since_version = static_cast<std::uint64_t>(*since);
  return join;
}

Result<std::uint32_t> parse_warning_shown(const json::object& payload) {
  const JsonFields fields(payload);
  return fields.require(generation_of(fields), "generation");
}

Result<std::optional<std::uint32_t>> parse_generation(const json::object& body) {
  return generation_of(JsonFields(body));
}

Result<IdempotencyKey> parse_idempotency_key(std::string_view text) {
  const auto key = IdempotencyKey::parse(text);
  if (!key) return Error(ErrorCode::idempotency_key_missing, "The idempotency key must be a UUID.");
  return *key;
}

}  // namespace tarotforge::protocol
