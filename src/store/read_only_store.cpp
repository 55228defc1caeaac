#include "store/read_only_store.h"

namespace tarotforge::store {

using namespace ports;

namespace {

// How long a move from one program to another takes to notice: there is no hurry.
constexpr Duration kTryAgain = std::chrono::minutes(1);

}  // namespace

ReadOnlyStore::ReadOnlyStore(std::unique_ptr<Store> store, Clock& clock, std::string why)
    : store_(std::move(store)), clock_(clock), why_(std::move(why)) {}

Error ReadOnlyStore::refusal() const {
  Error error(ErrorCode::saving_paused, why_);
  error.retry_after = kTryAgain;
  return error;
}

BeatResult ReadOnlyStore::nothing_new() const {
  const Instant now = clock_.now();
  return {
      .observed_now = now, .calendar_shift = Duration(clock_.wall().ms - now.ms), .outages = {}};
}

// --- sessions

Task<core::SessionData> ReadOnlyStore::load(SessionId id) {
  auto session = co_await store_->load(id);
  // Newer than all before: whoever wrote it left the revision as it was.
  if (session) session->revision += ++loads_;
  co_return session;
}

Task<Committed> ReadOnlyStore::commit(Change) { co_return refusal(); }

Task<std::vector<ExpiredSession>> ReadOnlyStore::expire(std::vector<ExpiryClaim>) {
  co_return std::vector<ExpiredSession>();
}

Task<std::vector<StoredOperation>> ReadOnlyStore::operations_after(SessionId id,
                                                                   std::uint64_t version,
                                                                   std::size_t limit) {
  return store_->operations_after(id, version, limit);
}

Task<std::optional<StoredAnswer>> ReadOnlyStore::recall(std::string caller, IdempotencyKey key) {
  return store_->recall(std::move(caller), key);
}

Task<std::optional<StoredOperation>> ReadOnlyStore::recall_operation(SessionId session,
                                                                     ParticipantId by,
                                                                     IdempotencyKey key) {
  return store_->recall_operation(session, by, key);
}

Task<InviteWithSession> ReadOnlyStore::find_invite(std::string code) {
  return store_->find_invite(std::move(code));
}

Task<std::vector<core::Invite>> ReadOnlyStore::invites(SessionId id) { return store_->invites(id); }

Task<std::vector<OpenSession>> ReadOnlyStore::open_sessions(SessionId, std::size_t) {
  co_return std::vector<OpenSession>();
}

Task<std::size_t> ReadOnlyStore::purge(std::vector<SessionId>, core::EndReason) {
  co_return refusal();
}

Task<bool> ReadOnlyStore::token_known(Digest token_hash) { return store_->token_known(token_hash); }

Task<std::vector<SessionId>> ReadOnlyStore::changed_elsewhere(std::vector<Known> known) {
  std::vector<SessionId> all;
  for (const auto& each : known) all.push_back(each.id);
  co_return all;
}

// --- this server, which the database does not hear of

Task<BeatResult> ReadOnlyStore::register_server(ServerId, std::string) { co_return nothing_new(); }

Task<BeatResult> ReadOnlyStore::beat(Beat) { co_return nothing_new(); }

Task<> ReadOnlyStore::retire(Beat) { co_return Result<>(); }

Task<> ReadOnlyStore::publish_settings(std::map<std::string, std::string>) { co_return Result<>(); }

Task<> ReadOnlyStore::probe() { co_return refusal(); }

// --- the sweep

Task<SweptBatch> ReadOnlyStore::expire_batch(SweepRequest, SweepCursor) { co_return SweptBatch(); }

Task<SweptBatch> ReadOnlyStore::purge_batch(SweepRequest) { co_return SweptBatch(); }

Task<SweptBatch> ReadOnlyStore::tidy_batch(SweepRequest, Duration) { co_return SweptBatch(); }

// --- reports

Task<Statistics> ReadOnlyStore::statistics() { return store_->statistics(); }

Task<std::vector<SessionListing>> ReadOnlyStore::sessions(SessionFilter filter) {
  return store_->sessions(std::move(filter));
}

Task<std::vector<StoredAuditEntry>> ReadOnlyStore::audit(SessionId id, std::uint64_t after_sequence,
                                                         std::size_t limit) {
  return store_->audit(id, after_sequence, limit);
}

Task<std::vector<StoredAuditEntry>> ReadOnlyStore::newest_audit(SessionId id, std::size_t limit) {
  return store_->newest_audit(id, limit);
}

Task<std::map<std::string, std::string>> ReadOnlyStore::settings() { return store_->settings(); }

Task<> ReadOnlyStore::backup(std::string path) { return store_->backup(std::move(path)); }

Task<std::vector<std::string>> ReadOnlyStore::diagnose() { return store_->diagnose(); }

// --- measurements

Task<> ReadOnlyStore::keep_minute(MeasuredMinute, Instant) { co_return Result<>(); }

Task<std::vector<MeasuredMinute>> ReadOnlyStore::minutes_since(Instant since) {
  return store_->minutes_since(since);
}

// --- webhooks, of which there are none

Task<std::vector<Webhook>> ReadOnlyStore::claim_webhooks(std::string, std::size_t, Duration) {
  co_return std::vector<Webhook>();
}

Task<> ReadOnlyStore::forget_webhook(WebhookId) { co_return refusal(); }

Task<> ReadOnlyStore::give_back_webhook(Webhook, std::optional<Instant>, std::string) {
  co_return refusal();
}

Task<Webhook> ReadOnlyStore::replay_webhook(WebhookId) { co_return refusal(); }

Task<std::vector<Webhook>> ReadOnlyStore::webhooks(WebhookFilter filter) {
  return store_->webhooks(filter);
}

Task<std::vector<core::Usage>> ReadOnlyStore::usage(core::Period period) {
  return store_->usage(period);
}

Task<std::vector<core::Figure>> ReadOnlyStore::figures(core::Period period) {
  return store_->figures(period);
}

Task<bool> ReadOnlyStore::sum_next_day() { co_return false; }

Task<> ReadOnlyStore::forget_summed_days() { co_return refusal(); }

Task<std::optional<core::CheckedDay>> ReadOnlyStore::check_summed_day(WallTime day) {
  return store_->check_summed_day(day);
}

Task<std::vector<StoredAuditEntry>> ReadOnlyStore::events(EventFilter filter) {
  return store_->events(std::move(filter));
}

}  // namespace tarotforge::store
