#include "protocol/webhook_json.h"

#include <algorithm>

#include "base/text.h"
#include "protocol/json_guard.h"
#include "protocol/json_text.h"
#include "protocol/views.h"

namespace tarotforge::protocol {

namespace json = boost::json;

namespace {

constexpr std::size_t kLongestWord = 40;  // "inactivity_timeout" has 18

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= kLongestWord &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

const json::string* string_at(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value ? value->if_string() : nullptr;
}

json::object data_of(const WebhookEvent& event) {
  json::object data{{"sessionId", event.session.to_string()}, {"generation", event.generation}};
  if (event.participant) data["participantId"] = event.participant->to_string();
  const auto known = parse_object(event.data);
  if (!known) return data;
  if (const auto* reason = string_at(*known, "reason"); reason && is_word(*reason))
    data["reason"] = *reason;
  if (const auto* until = string_at(*known, "expires_at"); until && parse_rfc3339(*until))
    data["expiresAt"] = *until;
  if (const auto* returned = known->if_contains("returned"); returned && returned->is_bool())
    data["returned"] = returned->get_bool();
  return data;
}

}  // namespace

std::string webhook_text(const WebhookEvent& event, Calendar calendar) {
  return to_text(json::object{{"type", event.type},
                              {"timestamp", time_text(event.at, calendar)},
                              {"data", data_of(event)}});
}

json::object webhook_json(const WebhookLine& line, Calendar calendar) {
  const auto& event = line.event;
  return {{"id", line.id.to_string()},
          {"number", line.ordinal},
          {"state", line.due_at ? "waiting" : "dead"},
          {"target", line.target},
          {"type", event.type},
          {"timestamp", time_text(event.at, calendar)},
          {"data", data_of(event)},
          {"attempts", line.attempts},
          {"nextAttemptAt", time_json(line.due_at, calendar)},
          {"lastError", line.last_error.empty() ? json::value() : json::value(line.last_error)}};
}

}  // namespace tarotforge::protocol
