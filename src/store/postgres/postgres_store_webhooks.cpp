// What PostgresStore answers about webhooks.
#include "store/postgres/store_calls.h"
#include "store/postgres/webhooks.h"

namespace tarotforge::store::postgres {

using namespace ports;

Task<std::vector<Webhook>> PostgresStore::claim_webhooks(std::string target, std::size_t limit,
                                                         Duration lease) {
  using Answer = std::vector<Webhook>;
  return write<Answer>(
      shared_, Draws::nothing,
      [target = std::move(target), limit, lease](Transaction& db, Shared& shared) -> Task<Answer> {
        co_return co_await postgres::claim_webhooks(db, shared.context.now(), target, limit, lease);
      });
}

Task<> PostgresStore::forget_webhook(WebhookId id) {
  return write<void>(shared_, Draws::nothing, [id](Transaction& db, Shared&) -> Task<> {
    postgres::forget_webhook(db, id);
    co_return Result<>();
  });
}

Task<> PostgresStore::give_back_webhook(Webhook claimed, std::optional<Instant> due_at,
                                        std::string error) {
  return write<void>(shared_, Draws::nothing,
                     [claimed = std::move(claimed), due_at, error = std::move(error)](
                         Transaction& db, Shared&) -> Task<> {
                       co_await postgres::give_back_webhook(db, claimed, due_at, error);
                       co_return Result<>();
                     });
}

Task<Webhook> PostgresStore::replay_webhook(WebhookId id) {
  return write<Webhook>(shared_, Draws::nothing, [id](Transaction& db, Shared& shared) {
    return postgres::replay_webhook(db, shared.context.now(), id);
  });
}

Task<std::vector<Webhook>> PostgresStore::webhooks(WebhookFilter filter) {
  using Answer = std::vector<Webhook>;
  return read<Answer>(shared_, [filter](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await list_webhooks(db, filter);
  });
}

}  // namespace tarotforge::store::postgres
