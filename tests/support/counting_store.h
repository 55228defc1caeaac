// A store in front of another that counts what is on its way, so that a test in virtual time knows
// when nothing more will happen by itself. It changes nothing else.
#pragma once

#include <utility>

#include "ports/store.h"

namespace tarotforge::test {

class CountingStore final : public ports::Store {
  template <class T = void>
  using Task = ports::Task<T>;

 public:
  explicit CountingStore(ports::Store& store) : store_(store) {}

  int under_way() const { return under_way_; }
  std::size_t commits() const { return commits_; }
  std::size_t counts() const { return counts_; }  // of all rows

  Task<core::SessionData> load(SessionId id) override { return count(store_.load(id)); }
  Task<ports::Committed> commit(ports::Change change) override {
    ++commits_;
    return count(store_.commit(std::move(change)));
  }
  Task<std::vector<ports::ExpiredSession>> expire(std::vector<ports::ExpiryClaim> c) override {
    return count(store_.expire(std::move(c)));
  }
  Task<std::vector<ports::StoredOperation>> operations_after(SessionId id, std::uint64_t version,
                                                             std::size_t limit) override {
    return count(store_.operations_after(id, version, limit));
  }
  Task<std::optional<ports::StoredAnswer>> recall(std::string who, IdempotencyKey key) override {
    return count(store_.recall(std::move(who), key));
  }
  Task<std::optional<ports::StoredOperation>> recall_operation(SessionId session, ParticipantId by,
                                                               IdempotencyKey key) override {
    return count(store_.recall_operation(session, by, key));
  }
  Task<ports::InviteWithSession> find_invite(std::string code) override {
    return count(store_.find_invite(std::move(code)));
  }
  Task<std::vector<core::Invite>> invites(SessionId id) override {
    return count(store_.invites(id));
  }
  Task<std::vector<ports::OpenSession>> open_sessions(SessionId after, std::size_t n) override {
    return count(store_.open_sessions(after, n));
  }
  Task<std::size_t> purge(std::vector<SessionId> ids, core::EndReason if_open) override {
    return count(store_.purge(std::move(ids), if_open));
  }
  Task<bool> token_known(Digest hash) override { return count(store_.token_known(hash)); }
  Task<std::vector<SessionId>> changed_elsewhere(std::vector<Known> known) override {
    return count(store_.changed_elsewhere(std::move(known)));
  }

  Task<ports::BeatResult> register_server(ServerId id, std::string version) override {
    return count(store_.register_server(id, std::move(version)));
  }
  Task<ports::BeatResult> beat(ports::Beat beat) override {
    return count(store_.beat(std::move(beat)));
  }
  Task<> retire(ports::Beat last) override { return count(store_.retire(std::move(last))); }
  Task<> publish_settings(std::map<std::string, std::string> settings) override {
    return count(store_.publish_settings(std::move(settings)));
  }
  Task<> probe() override { return count(store_.probe()); }

  Task<ports::SweptBatch> expire_batch(ports::SweepRequest r, ports::SweepCursor after) override {
    return count(store_.expire_batch(r, after));
  }
  Task<ports::SweptBatch> purge_batch(ports::SweepRequest request) override {
    return count(store_.purge_batch(request));
  }
  Task<ports::SweptBatch> tidy_batch(ports::SweepRequest r, Duration retention) override {
    return count(store_.tidy_batch(r, retention));
  }

  Task<ports::Statistics> statistics() override {
    ++counts_;
    return count(store_.statistics());
  }
  Task<std::vector<ports::SessionListing>> sessions(ports::SessionFilter filter) override {
    return count(store_.sessions(std::move(filter)));
  }
  Task<std::vector<ports::StoredAuditEntry>> audit(SessionId id, std::uint64_t after,
                                                   std::size_t limit) override {
    return count(store_.audit(id, after, limit));
  }
  Task<std::vector<ports::StoredAuditEntry>> newest_audit(SessionId id,
                                                          std::size_t limit) override {
    return count(store_.newest_audit(id, limit));
  }
  Task<std::map<std::string, std::string>> settings() override { return count(store_.settings()); }
  Task<> backup(std::string path) override { return count(store_.backup(std::move(path))); }
  Task<std::vector<std::string>> diagnose() override { return count(store_.diagnose()); }
  Task<> keep_minute(ports::MeasuredMinute minute, Instant forget) override {
    return count(store_.keep_minute(minute, forget));
  }
  Task<std::vector<ports::MeasuredMinute>> minutes_since(Instant since) override {
    return count(store_.minutes_since(since));
  }

  Task<std::vector<ports::Webhook>> claim_webhooks(std::string target, std::size_t limit,
                                                   Duration lease) override {
    return count(store_.claim_webhooks(std::move(target), limit, lease));
  }
  Task<> forget_webhook(WebhookId id) override { return count(store_.forget_webhook(id)); }
  Task<> give_back_webhook(ports::Webhook claimed, std::optional<Instant> due_at,
                           std::string error) override {
    return count(store_.give_back_webhook(std::move(claimed), due_at, std::move(error)));
  }
  Task<ports::Webhook> replay_webhook(WebhookId id) override {
    return count(store_.replay_webhook(id));
  }
  Task<std::vector<ports::Webhook>> webhooks(ports::WebhookFilter filter) override {
    return count(store_.webhooks(filter));
  }

  Task<std::vector<core::Usage>> usage(core::Period p) override { return count(store_.usage(p)); }
  Task<std::vector<core::Figure>> figures(core::Period p) override {
    return count(store_.figures(p));
  }
  Task<bool> sum_next_day() override { return count(store_.sum_next_day()); }
  Task<> forget_summed_days() override { return count(store_.forget_summed_days()); }
  Task<std::optional<core::CheckedDay>> check_summed_day(WallTime day) override {
    return count(store_.check_summed_day(day));
  }
  Task<std::vector<ports::StoredAuditEntry>> events(ports::EventFilter filter) override {
    return count(store_.events(std::move(filter)));
  }

 private:
  struct UnderWay {
    explicit UnderWay(int& number) : count(number) { ++count; }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;
    ~UnderWay() { --count; }
    int& count;
  };

  template <class T>
  Task<T> count(Task<T> task) {
    const UnderWay one(under_way_);
    co_return co_await std::move(task);
  }

  ports::Store& store_;
  int under_way_ = 0;
  std::size_t commits_ = 0;
  std::size_t counts_ = 0;
};

}  // namespace tarotforge::test
