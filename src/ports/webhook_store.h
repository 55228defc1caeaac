// The outbox of webhooks: what targets outside are still to be told, and who is at it. The store
// fills it in the transaction of each change, whatever path that comes by, once for each target of
// the setting WEBHOOK_URLS; nothing here does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/instant.h"
#include "ports/task.h"

namespace tarotforge::ports {

// What one target is told of one change of a session.
struct Webhook {
  WebhookId id;
  std::uint64_t ordinal = 0;  // of a session's webhooks: the order of its changes
  std::string target;         // a URL
  std::string type;           // "session.created"
  SessionId session;
  std::uint32_t generation = 1;
  std::optional<ParticipantId> participant;
  std::string data;  // JSON: that of the audit entry
  Instant at;
  std::uint32_t attempts = 0;
  Instant due_at, give_up_at;
  bool is_dead = false;  // given up
  std::string last_error;
};
struct WebhookFilter {
  std::optional<bool> is_dead{};
  std::uint64_t after_ordinal = 0;
  std::size_t limit = 100;
};
struct WebhookCounts {  // of one target
  std::string target;
  bool configured = false;  // WEBHOOK_URLS names it
  std::uint64_t waiting = 0;
  std::uint64_t dead = 0;
  std::optional<Instant> oldest_waiting_at{};
};
inline constexpr Duration kWebhookPatience = std::chrono::hours(3 * 24);  // as the migrations say

class WebhookStore {
 public:
  virtual ~WebhookStore() = default;

  // Those of the target that are due, that nobody is at, and that no earlier one of their session
  // waits before. They are the caller's for `lease`, and each counts as an attempt.
  virtual Task<std::vector<Webhook>> claim_webhooks(std::string target, std::size_t limit,
                                                    Duration lease) = 0;
  virtual Task<> forget_webhook(WebhookId id) = 0;  // it was delivered
  // Gives a claimed one back: it is due again at `due_at`, those behind it not before, or it is
  // dead without one. Without effect where somebody has claimed it since.
  virtual Task<> give_back_webhook(Webhook claimed, std::optional<Instant> due_at,
                                   std::string error) = 0;
  // Makes it due now, dead or not, for another three days. not_found.
  virtual Task<Webhook> replay_webhook(WebhookId id) = 0;
  virtual Task<std::vector<Webhook>> webhooks(WebhookFilter filter) = 0;  // by ordinal
};

}  // namespace tarotforge::ports
