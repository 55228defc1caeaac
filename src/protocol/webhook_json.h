// What a webhook says, as its receiver reads it and as operators see it. Nothing that people wrote
// stands in it: of an audit entry's data only words, times and flags that are known here.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/instant.h"

namespace tarotforge::protocol {

struct WebhookEvent {
  std::string type;  // "participant.left"
  SessionId session;
  std::uint32_t generation = 1;
  std::optional<ParticipantId> participant{};
  std::string data{};  // JSON: that of the audit entry
  Instant at;
};

// {"type","timestamp","data":{"sessionId","generation","participantId",…}}
std::string webhook_text(const WebhookEvent& event, Calendar calendar);

struct WebhookLine {
  WebhookId id;
  std::uint64_t ordinal = 0;
  std::string target{};
  WebhookEvent event;
  std::uint32_t attempts = 0;
  std::optional<Instant> due_at{};  // none of a dead one
  std::string last_error{};
};
boost::json::object webhook_json(const WebhookLine& line, Calendar calendar);

}  // namespace tarotforge::protocol
