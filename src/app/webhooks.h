// Tells targets outside what happens to sessions, by the conventions of Standard Webhooks
// (standardwebhooks.com): at least once, in the order of a session's changes, again and again for
// three days where a target does not take it. What is to be told the store has written already;
// several servers share the work by claims in the rows.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/house.h"
#include "protocol/json.h"

namespace tarotforge::app {

struct WebhookMessage {
  std::string target;
  std::string id, timestamp, signature;  // the headers webhook-…
  std::string body;
};

// Why the receiver did not take it, as a sentence; empty where it did.
using SendWebhook = std::function<boost::asio::awaitable<std::string>(WebhookMessage message)>;

struct WebhookOptions {
  std::vector<std::string> targets{};
  std::vector<std::string> keys{};  // that sign; two while the secret is being changed
  SendWebhook send{};
};

// The keys in "whsec_…" or "whsec_…,whsec_…". invalid_value.
Result<std::vector<std::string>> webhook_keys(std::string_view secrets);

// How long to wait after so many attempts: doubling from 5 s to 6 h, half of it by chance.
Duration webhook_pause(std::uint32_t attempts, Random& random);

WebhookMessage webhook_message(const ports::Webhook& webhook, const WebhookOptions& options,
                               const Calendar& calendar, WallTime now);

// Until the house's scope closes.
boost::asio::awaitable<void> keep_delivering(House& house, WebhookOptions options);

// What waits and what is dead, for operators.
Task<protocol::Object> list_webhooks(House& house, ports::WebhookFilter filter);
Task<protocol::Object> replay_webhook(House& house, WebhookId id);  // not_found

}  // namespace tarotforge::app
