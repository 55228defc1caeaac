// A store that is read and never written: every write is refused with one sentence, nothing
// expires, and no server is registered. For a database that another program still writes, whose
// changes come without a revision: all that is loaded is read again when the house asks what has
// changed.
#pragma once

#include <memory>
#include <string>

#include "ports/clock.h"
#include "ports/store.h"

namespace tarotforge::store {

class ReadOnlyStore final : public ports::Store {
 public:
  // `why` is what a refused write answers, with saving_paused.
  ReadOnlyStore(std::unique_ptr<ports::Store> store, ports::Clock& clock, std::string why);

  ports::Task<core::SessionData> load(SessionId id) override;
  ports::Task<ports::Committed> commit(ports::Change change) override;
  ports::Task<std::vector<ports::ExpiredSession>> expire(
      std::vector<ports::ExpiryClaim> claims) override;
  ports::Task<std::vector<ports::StoredOperation>> operations_after(SessionId id,
                                                                    std::uint64_t version,
                                                                    std::size_t limit) override;
  ports::Task<std::optional<ports::StoredAnswer>> recall(std::string caller,
                                                         IdempotencyKey key) override;
  ports::Task<std::optional<ports::StoredOperation>> recall_operation(SessionId session,
                                                                      ParticipantId by,
                                                                      IdempotencyKey key) override;
  ports::Task<ports::InviteWithSession> find_invite(std::string code) override;
  ports::Task<std::vector<core::Invite>> invites(SessionId id) override;
  // None: nothing is watched that cannot be expired.
  ports::Task<std::vector<ports::OpenSession>> open_sessions(SessionId after,
                                                             std::size_t limit) override;
  ports::Task<std::size_t> purge(std::vector<SessionId> ids, core::EndReason if_open) override;
  ports::Task<bool> token_known(Digest token_hash) override;
  ports::Task<std::vector<SessionId>> changed_elsewhere(std::vector<Known> known) override;

  ports::Task<ports::BeatResult> register_server(ServerId id, std::string version) override;
  ports::Task<ports::BeatResult> beat(ports::Beat beat) override;
  ports::Task<> retire(ports::Beat last) override;
  ports::Task<> publish_settings(std::map<std::string, std::string> settings) override;
  ports::Task<> probe() override;

  ports::Task<ports::SweptBatch> expire_batch(ports::SweepRequest request,
                                              ports::SweepCursor after) override;
  ports::Task<ports::SweptBatch> purge_batch(ports::SweepRequest request) override;
  ports::Task<ports::SweptBatch> tidy_batch(ports::SweepRequest request,
                                            Duration audit_retention) override;

  ports::Task<ports::Statistics> statistics() override;
  ports::Task<std::vector<ports::SessionListing>> sessions(ports::SessionFilter filter) override;
  ports::Task<std::vector<ports::StoredAuditEntry>> audit(SessionId id,
                                                          std::uint64_t after_sequence,
                                                          std::size_t limit) override;
  ports::Task<std::vector<ports::StoredAuditEntry>> newest_audit(SessionId id,
                                                                 std::size_t limit) override;
  ports::Task<std::map<std::string, std::string>> settings() override;
  ports::Task<> backup(std::string path) override;
  ports::Task<std::vector<std::string>> diagnose() override;
  ports::Task<std::vector<ports::StoredAuditEntry>> events(ports::EventFilter filter) override;

  // Forgotten: no server is registered whose minutes these were.
  ports::Task<> keep_minute(ports::MeasuredMinute minute, Instant forget) override;
  ports::Task<std::vector<ports::MeasuredMinute>> minutes_since(Instant since) override;
  ports::Task<std::vector<ports::Webhook>> claim_webhooks(std::string target, std::size_t limit,
                                                          Duration lease) override;
  ports::Task<> forget_webhook(WebhookId id) override;
  ports::Task<> give_back_webhook(ports::Webhook claimed, std::optional<Instant> due_at,
                                  std::string error) override;
  ports::Task<ports::Webhook> replay_webhook(WebhookId id) override;
  ports::Task<std::vector<ports::Webhook>> webhooks(ports::WebhookFilter filter) override;
  ports::Task<std::vector<core::Usage>> usage(core::Period period) override;
  ports::Task<std::vector<core::Figure>> figures(core::Period period) override;
  ports::Task<bool> sum_next_day() override;
  ports::Task<> forget_summed_days() override;
  ports::Task<std::optional<core::CheckedDay>> check_summed_day(WallTime day) override;

 private:
  Error refusal() const;
  ports::BeatResult nothing_new() const;

  std::unique_ptr<ports::Store> store_;
  ports::Clock& clock_;
  std::string why_;
  std::uint64_t loads_ = 0;
};

}  // namespace tarotforge::store
