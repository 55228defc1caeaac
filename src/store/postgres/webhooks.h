// The outbox of webhooks: who claims what, and how it ends. A trigger of the audit log fills it.
#pragma once

#include "ports/store.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// What somebody else is just claiming is passed over.
boost::asio::awaitable<std::vector<ports::Webhook>> claim_webhooks(Transaction& db, Instant now,
                                                                   const std::string& target,
                                                                   std::size_t limit,
                                                                   Duration lease);
void forget_webhook(Transaction& db, WebhookId id);
boost::asio::awaitable<void> give_back_webhook(Transaction& db, const ports::Webhook& claimed,
                                               std::optional<Instant> due_at,
                                               const std::string& error);
ports::Task<ports::Webhook> replay_webhook(Transaction& db, Instant now, WebhookId id);
boost::asio::awaitable<std::vector<ports::Webhook>> list_webhooks(
    Transaction& db, const ports::WebhookFilter& filter);
boost::asio::awaitable<std::vector<ports::WebhookCounts>> webhook_counts(Transaction& db);

// The sweep's: gives up what waits for a target that is none any more, and deletes what has been
// dead since before `before`. At most `limit` of each; answers whether there may be more.
boost::asio::awaitable<bool> tidy_webhooks(Transaction& db, Instant now, Instant before,
                                           std::size_t limit);

}  // namespace tarotforge::store::postgres
