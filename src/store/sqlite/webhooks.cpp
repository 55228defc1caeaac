#include "store/sqlite/webhooks.h"

namespace tarotforge::store::sqlite {

using ports::Webhook;

namespace {

#define TF_WEBHOOK                                                                        \
  "id, ordinal, target, event_type, session_id, generation, participant_id, event_data, " \
  "created_at, attempts, due_at, give_up_at, is_dead, coalesce(last_error, '')"

Webhook read_webhook(const Statement& statement) {
  Webhook webhook;
  statement.row(webhook.id, webhook.ordinal, webhook.target, webhook.type, webhook.session,
                webhook.generation, webhook.participant, webhook.data, webhook.at, webhook.attempts,
                webhook.due_at, webhook.give_up_at, webhook.is_dead, webhook.last_error);
  return webhook;
}

std::vector<Webhook> read_all(Statement& statement) {
  std::vector<Webhook> webhooks;
  while (statement.step()) webhooks.push_back(read_webhook(statement));
  return webhooks;
}

}  // namespace

std::vector<Webhook> claim_webhooks(Connection& db, Instant now, const std::string& target,
                                    std::size_t limit, Duration lease) {
  auto claim = db.prepare(R"(
    update webhook_deliveries set attempts = attempts + 1, claimed_until = ?3
    where ordinal in (
      select ordinal from webhook_deliveries as candidate
      where target = ?1 and is_dead = 0 and due_at <= ?2 and coalesce(claimed_until, 0) <= ?2
        and not exists (select 1 from webhook_deliveries as earlier
                        where earlier.target = candidate.target
                          and earlier.session_id = candidate.session_id
                          and earlier.ordinal < candidate.ordinal and earlier.is_dead = 0)
      order by due_at, ordinal limit ?4)
    returning )" TF_WEBHOOK);
  claim.bind(target, now, now + lease, limit);
  return read_all(claim);
}

void forget_webhook(Connection& db, WebhookId id) {
  db.run("delete from webhook_deliveries where id = ?1", id);
}

void give_back_webhook(Connection& db, const Webhook& claimed, std::optional<Instant> due_at,
                       const std::string& error) {
  db.run(R"(update webhook_deliveries set
              claimed_until = null, due_at = coalesce(?3, due_at), is_dead = ?3 is null,
              last_error = ?4
            where id = ?1 and attempts = ?2 and is_dead = 0)",
         claimed.id, claimed.attempts, due_at, error);
  if (db.changes() == 0 || !due_at) return;
  db.run(R"(update webhook_deliveries set due_at = max(due_at, ?4)
            where target = ?1 and session_id = ?2 and ordinal > ?3 and is_dead = 0)",
         claimed.target, claimed.session, claimed.ordinal, *due_at);
}

Result<Webhook> replay_webhook(Connection& db, Instant now, WebhookId id) {
  std::vector<Webhook> found;
  {
    auto update = db.prepare(R"(
      update webhook_deliveries set
        attempts = iif(is_dead, 0, attempts), is_dead = 0, due_at = ?2, give_up_at = ?3
      where id = ?1 returning )" TF_WEBHOOK);
    update.bind(id, now, now + ports::kWebhookPatience);
    found = read_all(update);
  }
  if (found.empty()) return ErrorCode::not_found;
  // Those behind it wait for it alone.
  db.run(R"(update webhook_deliveries set due_at = min(due_at, ?3)
            where target = ?1 and session_id = ?2 and is_dead = 0)",
         found.front().target, found.front().session, now);
  return std::move(found.front());
}

std::vector<Webhook> list_webhooks(Connection& db, const ports::WebhookFilter& filter) {
  auto select = db.prepare("select " TF_WEBHOOK R"( from webhook_deliveries
    where ordinal > ?1 and (?2 is null or is_dead = ?2) order by ordinal limit ?3)");
  select.bind(filter.after_ordinal, filter.is_dead, filter.limit);
  return read_all(select);
}

std::vector<ports::WebhookCounts> webhook_counts(Connection& db) {
  auto select = db.prepare(R"(
    select target, max(is_configured), count(*) filter (where is_dead = 0),
           count(*) filter (where is_dead = 1), min(created_at) filter (where is_dead = 0)
    from (
      select target, 0 as is_configured, is_dead, created_at from webhook_deliveries
      union all
      select target.value, 1, null, null
      from settings, json_each('["' || replace(settings.value, ',', '","') || '"]') as target
      where settings.name = 'WEBHOOK_URLS')
    group by target order by target)");
  std::vector<ports::WebhookCounts> targets;
  while (select.step()) {
    auto& counts = targets.emplace_back();
    select.row(counts.target, counts.configured, counts.waiting, counts.dead,
               counts.oldest_waiting_at);
  }
  return targets;
}

bool tidy_webhooks(Connection& db, Instant now, Instant before, std::size_t limit) {
  db.run(R"(
    update webhook_deliveries set is_dead = 1, last_error = 'Its target is not in WEBHOOK_URLS.'
    where ordinal in (
      select ordinal from webhook_deliveries
      where is_dead = 0 and give_up_at <= ?1 and target not in (
        select target.value
        from settings, json_each('["' || replace(settings.value, ',', '","') || '"]') as target
        where settings.name = 'WEBHOOK_URLS')
      limit ?2))",
         now, limit);
  const auto given_up = static_cast<std::size_t>(db.changes());
  db.run(R"(
    delete from webhook_deliveries
    where ordinal in (select ordinal from webhook_deliveries
                      where is_dead = 1 and created_at <= ?1 limit ?2))",
         before, limit);
  return given_up == limit || static_cast<std::size_t>(db.changes()) == limit;
}

#undef TF_WEBHOOK

}  // namespace tarotforge::store::sqlite
