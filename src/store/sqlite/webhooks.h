// The outbox of webhooks: who claims what, and how it ends. A trigger of the audit log fills it.
#pragma once

#include "ports/store.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

std::vector<ports::Webhook> claim_webhooks(Connection& db, Instant now, const std::string& target,
                                           std::size_t limit, Duration lease);
void forget_webhook(Connection& db, WebhookId id);
void give_back_webhook(Connection& db, const ports::Webhook& claimed, std::optional<Instant> due_at,
                       const std::string& error);
Result<ports::Webhook> replay_webhook(Connection& db, Instant now, WebhookId id);
std::vector<ports::Webhook> list_webhooks(Connection& db, const ports::WebhookFilter& filter);
std::vector<ports::WebhookCounts> webhook_counts(Connection& db);

// The sweep's: gives up what waits for a target that is none any more, and deletes what has been
// dead since before `before`. At most `limit` of each; answers whether there may be more.
bool tidy_webhooks(Connection& db, Instant now, Instant before, std::size_t limit);

}  // namespace tarotforge::store::sqlite
