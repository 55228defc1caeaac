// What clients ask, from JSON that has passed the guard (json_guard.h) into typed requests. Says
// nothing about who may; what the session's own state decides is the core's to refuse.
//
// Refusals: malformed for a wrong type, a missing field or an unknown word, invalid_value for a
// text or number out of its range; in an operation invalid_operation for all but wrong types. An
// absent field and null are the same, except where null is a value (focus). Unknown fields are
// ignored. Fields are limited in docs/protocol.md.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/instant.h"
#include "base/log.h"
#include "base/result.h"
#include "core/operation.h"
#include "core/participant.h"
#include "core/policy.h"

namespace tarotforge::protocol {

struct CreateRequest {
  std::string deck_id;
  core::Layout layout = core::Layout::three_card;
  std::string question;
  std::string name = "Host";
  core::PolicyRequest policy;  // out of range here becomes policy_out_of_bounds in settle_policy()
};
struct JoinRequest {
  std::string name = "Guest";
};
struct InviteRequest {
  std::optional<WallTime> expires_at;
  std::optional<std::uint32_t> max_uses;
  core::Role role = core::Role::participant;  // or reader
};
struct LeaveRequest {
  std::string token;
  std::optional<ConnectionId> connection;
  core::LeaveReason reason = core::LeaveReason::left;  // or closed_tab
};
struct HostRequest {
  enum class Kind : std::uint8_t { hand_over, take_over, reclaim };
  Kind kind;
  std::optional<ParticipantId> to;  // of hand_over, always
};
struct ActivityReport {
  bool visible = true;
  bool active = true;
};
struct OperationRequest {
  core::Operation operation;
  std::optional<IdempotencyKey> key;
  std::optional<std::uint32_t> generation;
};
struct ChannelJoin {
  std::string token;
  std::optional<std::uint64_t> since_version;
};

Result<CreateRequest> parse_create(const boost::json::object& body);
Result<JoinRequest> parse_join(const boost::json::object& body);
Result<InviteRequest> parse_invite(const boost::json::object& body);
Result<LeaveRequest> parse_leave(const boost::json::object& body);  // also unauthorized
Result<HostRequest> parse_host(const boost::json::object& body);    // also participant_not_found
Result<std::string> parse_rename(const boost::json::object& body);  // the name
// The token to watch the dashboard with; nullopt for who has logged in.
Result<std::optional<std::string>> parse_watch(const boost::json::object& payload);
// By how much an operator moves a deadline: `seconds`, 1 second to 30 days.
Result<Duration> parse_extension(const boost::json::object& body);
Result<std::string> parse_login(const boost::json::object& body);  // the operator's token
Result<std::optional<std::string>> parse_restore(const boost::json::object& body);  // restoreKey

Result<LogLevel> parse_level(const boost::json::object& body);  // of the log

Result<ActivityReport> parse_activity(const boost::json::object& payload);
Result<ChannelJoin> parse_channel_join(const boost::json::object& payload);     // also unauthorized
Result<std::uint32_t> parse_warning_shown(const boost::json::object& payload);  // the generation

// Also participant_not_found, and idempotency_key_missing where `key` is no UUID.
Result<OperationRequest> parse_operation(const boost::json::object& payload);

// The generation that any command may carry; nullopt means the current one (SE5).
Result<std::optional<std::uint32_t>> parse_generation(const boost::json::object& body);

// The header Idempotency-Key; idempotency_key_missing where it is no UUID.
Result<IdempotencyKey> parse_idempotency_key(std::string_view text);

}  // namespace tarotforge::protocol
