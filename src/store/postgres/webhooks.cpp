#include "store/postgres/webhooks.h"

namespace tarotforge::store::postgres {

using boost::asio::awaitable;
using ports::Webhook;

namespace {

#define TF_WEBHOOK                                                                        \
  "id, ordinal, target, event_type, session_id, generation, participant_id, event_data, " \
  "created_at, attempts, due_at, give_up_at, is_dead, coalesce(last_error, '')"

std::vector<Webhook> read_all(const Rows& rows) {
  std::vector<Webhook> webhooks(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& webhook = webhooks[i];
    rows.row(i, webhook.id, webhook.ordinal, webhook.target, webhook.type, webhook.session,
             webhook.generation, webhook.participant, webhook.data, webhook.at, webhook.attempts,
             webhook.due_at, webhook.give_up_at, webhook.is_dead, webhook.last_error);
  }
  return webhooks;
}

}  // namespace

awaitable<std::vector<Webhook>> claim_webhooks(Transaction& db, Instant now,
                                               const std::string& target, std::size_t limit,
                                               Duration lease) {
  co_return read_all(co_await db.query(R"(
    update webhook_deliveries set attempts = attempts + 1, claimed_until = $3
    where ordinal in (
      select ordinal from webhook_deliveries as candidate
      where target = $1 and not is_dead and due_at <= $2
        and coalesce(claimed_until, '-infinity') <= $2
        and not exists (select 1 from webhook_deliveries as earlier
                        where earlier.target = candidate.target
                          and earlier.session_id = candidate.session_id
                          and earlier.ordinal < candidate.ordinal and not earlier.is_dead)
      order by due_at, ordinal limit $4 for update skip locked)
    returning )" TF_WEBHOOK,
                                       target, now, now + lease, limit));
}

void forget_webhook(Transaction& db, WebhookId id) {
  db.send("delete from webhook_deliveries where id = $1", id);
}

awaitable<void> give_back_webhook(Transaction& db, const Webhook& claimed,
                                  std::optional<Instant> due_at, const std::string& error) {
  const auto given = co_await db.query(R"(
    update webhook_deliveries set
      claimed_until = null, due_at = coalesce($3::timestamptz, due_at),
      is_dead = $3::timestamptz is null, last_error = $4
    where id = $1 and attempts = $2 and not is_dead)",
                                       claimed.id, claimed.attempts, due_at, error);
  if (given.affected() == 0 || !due_at) co_return;
  db.send(R"(update webhook_deliveries set due_at = greatest(due_at, $4)
             where target = $1 and session_id = $2 and ordinal > $3 and not is_dead)",
          claimed.target, claimed.session, claimed.ordinal, *due_at);
}

ports::Task<Webhook> replay_webhook(Transaction& db, Instant now, WebhookId id) {
  auto found = read_all(co_await db.query(R"(
    update webhook_deliveries set
      attempts = case when is_dead then 0 else attempts end, is_dead = false, due_at = $2,
      give_up_at = $3
    where id = $1 returning )" TF_WEBHOOK,
                                          id, now, now + ports::kWebhookPatience));
  if (found.empty()) co_return ErrorCode::not_found;
  // Those behind it wait for it alone.
  db.send(R"(update webhook_deliveries set due_at = least(due_at, $3)
             where target = $1 and session_id = $2 and not is_dead)",
          found.front().target, found.front().session, now);
  co_return std::move(found.front());
}

awaitable<std::vector<Webhook>> list_webhooks(Transaction& db, const ports::WebhookFilter& filter) {
  co_return read_all(co_await db.query("select " TF_WEBHOOK R"( from webhook_deliveries
    where ordinal > $1 and ($2::boolean is null or is_dead = $2) order by ordinal limit $3)",
                                       filter.after_ordinal, filter.is_dead, filter.limit));
}

awaitable<std::vector<ports::WebhookCounts>> webhook_counts(Transaction& db) {
  const auto rows = co_await db.query(R"(
    select target, bool_or(is_configured), count(*) filter (where not is_dead),
           count(*) filter (where is_dead), min(created_at) filter (where not is_dead)
    from (
      select target, false as is_configured, is_dead, created_at from webhook_deliveries
      union all
      select string_to_table(value, ','), true, null, null from settings
      where name = 'WEBHOOK_URLS') as known
    group by target order by target collate "C")");
  std::vector<ports::WebhookCounts> targets(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.row(i, targets[i].target, targets[i].configured, targets[i].waiting, targets[i].dead,
             targets[i].oldest_waiting_at);
  co_return targets;
}

awaitable<bool> tidy_webhooks(Transaction& db, Instant now, Instant before, std::size_t limit) {
  const auto given_up = co_await db.query(R"(
    update webhook_deliveries set is_dead = true, last_error = 'Its target is not in WEBHOOK_URLS.'
    where ordinal in (
      select ordinal from webhook_deliveries
      where not is_dead and give_up_at <= $1 and target not in (
        select string_to_table(value, ',') from settings where name = 'WEBHOOK_URLS')
      limit $2 for update skip locked))",
                                          now, limit);
  const auto deleted = co_await db.query(R"(
    delete from webhook_deliveries
    where ordinal in (select ordinal from webhook_deliveries
                      where is_dead and created_at <= $1 limit $2 for update skip locked))",
                                         before, limit);
  co_return given_up.affected() == limit || deleted.affected() == limit;
}

#undef TF_WEBHOOK

}  // namespace tarotforge::store::postgres
