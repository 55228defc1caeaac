// A server's way to its database, on which things go wrong: a call takes its time, is refused,
// takes effect and loses its answer, or finds nobody there. The store behind it is the real one,
// and what that answers is told to Truth before anything can be lost. When the server is killed
// every call ends at once, and what had not reached the database never will.
#pragma once

#include <functional>
#include <utility>

#include "base/random.h"
#include "tests/sim/server_clock.h"
#include "tests/sim/truth.h"
#include "tests/sim/weather.h"

namespace tarotforge::sim {

class FaultyStore final : public ports::Store {
  template <class T = void>
  using Task = ports::Task<T>;

 public:
  struct Place {
    ServerClock& clock;
    const Weather& weather;
    Prng& random;
    Truth& truth;
    std::function<bool()> reachable;
  };

  FaultyStore(ports::Store& store, Place place) : store_(store), at_(std::move(place)) {}

  int under_way() const { return under_way_; }
  void kill() { killed_ = true; }  // the clock has to be stopped with it

  Task<core::SessionData> load(SessionId id) override {
    return read<core::SessionData>([this, id] { return store_.load(id); });
  }
  Task<ports::Committed> commit(ports::Change change) override {
    return write<ports::Committed>(
        [this, change = std::move(change)] { return committing(change); });
  }
  Task<std::vector<ports::ExpiredSession>> expire(std::vector<ports::ExpiryClaim> claims) override {
    return write<std::vector<ports::ExpiredSession>>(
        [this, claims = std::move(claims)] { return expiring(claims); });
  }
  Task<std::vector<ports::StoredOperation>> operations_after(SessionId id, std::uint64_t version,
                                                             std::size_t limit) override {
    return read<std::vector<ports::StoredOperation>>(
        [this, id, version, limit] { return store_.operations_after(id, version, limit); });
  }
  Task<std::optional<ports::StoredAnswer>> recall(std::string who, IdempotencyKey key) override {
    return read<std::optional<ports::StoredAnswer>>(
        [this, who = std::move(who), key] { return store_.recall(who, key); });
  }
  Task<std::optional<ports::StoredOperation>> recall_operation(SessionId session, ParticipantId by,
                                                               IdempotencyKey key) override {
    return read<std::optional<ports::StoredOperation>>(
        [this, session, by, key] { return store_.recall_operation(session, by, key); });
  }
  Task<ports::InviteWithSession> find_invite(std::string code) override {
    return read<ports::InviteWithSession>(
        [this, code = std::move(code)] { return store_.find_invite(code); });
  }
  Task<std::vector<core::Invite>> invites(SessionId id) override {
    return read<std::vector<core::Invite>>([this, id] { return store_.invites(id); });
  }
  Task<std::vector<ports::OpenSession>> open_sessions(SessionId after, std::size_t n) override {
    return read<std::vector<ports::OpenSession>>(
        [this, after, n] { return store_.open_sessions(after, n); });
  }
  Task<std::size_t> purge(std::vector<SessionId> ids, core::EndReason if_open) override {
    return write<std::size_t>(
        [this, ids = std::move(ids), if_open] { return purging(ids, if_open); });
  }
  Task<bool> token_known(Digest hash) override {
    return read<bool>([this, hash] { return store_.token_known(hash); });
  }
  Task<std::vector<SessionId>> changed_elsewhere(std::vector<Known> known) override {
    return read<std::vector<SessionId>>(
        [this, known = std::move(known)] { return store_.changed_elsewhere(known); });
  }

  Task<ports::BeatResult> register_server(ServerId id, std::string version) override {
    return write<ports::BeatResult>(
        [this, id, version = std::move(version)] { return registering(id, version); });
  }
  Task<ports::BeatResult> beat(ports::Beat beat) override {
    return write<ports::BeatResult>([this, beat = std::move(beat)] { return beating(beat); });
  }
  Task<> retire(ports::Beat last) override {
    return write<void>([this, last = std::move(last)] { return retiring(last); });
  }
  Task<> publish_settings(std::map<std::string, std::string> settings) override {
    return write<void>(
        [this, settings = std::move(settings)] { return store_.publish_settings(settings); });
  }
  Task<> probe() override {
    return write<void>([this] { return store_.probe(); });
  }

  Task<ports::SweptBatch> expire_batch(ports::SweepRequest r, ports::SweepCursor after) override {
    return write<ports::SweptBatch>([this, r, after] { return sweeping(r, after); });
  }
  Task<ports::SweptBatch> purge_batch(ports::SweepRequest request) override {
    return write<ports::SweptBatch>([this, request] { return store_.purge_batch(request); });
  }
  Task<ports::SweptBatch> tidy_batch(ports::SweepRequest r, Duration retention) override {
    return write<ports::SweptBatch>(
        [this, r, retention] { return store_.tidy_batch(r, retention); });
  }

  Task<ports::Statistics> statistics() override {
    return read<ports::Statistics>([this] { return store_.statistics(); });
  }
  Task<std::vector<ports::SessionListing>> sessions(ports::SessionFilter filter) override {
    return read<std::vector<ports::SessionListing>>(
        [this, filter = std::move(filter)] { return store_.sessions(filter); });
  }
  Task<std::vector<ports::StoredAuditEntry>> audit(SessionId id, std::uint64_t after,
                                                   std::size_t limit) override {
    return read<std::vector<ports::StoredAuditEntry>>(
        [this, id, after, limit] { return store_.audit(id, after, limit); });
  }
  Task<std::vector<ports::StoredAuditEntry>> newest_audit(SessionId id,
                                                          std::size_t limit) override {
    return read<std::vector<ports::StoredAuditEntry>>(
        [this, id, limit] { return store_.newest_audit(id, limit); });
  }
  Task<std::map<std::string, std::string>> settings() override {
    return read<std::map<std::string, std::string>>([this] { return store_.settings(); });
  }
  Task<> backup(std::string path) override { return store_.backup(std::move(path)); }
  Task<std::vector<std::string>> diagnose() override { return store_.diagnose(); }
  Task<> keep_minute(ports::MeasuredMinute minute, Instant forget) override {
    return store_.keep_minute(minute, forget);
  }
  Task<std::vector<ports::MeasuredMinute>> minutes_since(Instant since) override {
    return store_.minutes_since(since);
  }

  Task<std::vector<ports::Webhook>> claim_webhooks(std::string target, std::size_t limit,
                                                   Duration lease) override {
    return store_.claim_webhooks(std::move(target), limit, lease);
  }
  Task<> forget_webhook(WebhookId id) override { return store_.forget_webhook(id); }
  Task<> give_back_webhook(ports::Webhook claimed, std::optional<Instant> due_at,
                           std::string error) override {
    return store_.give_back_webhook(std::move(claimed), due_at, std::move(error));
  }
  Task<ports::Webhook> replay_webhook(WebhookId id) override { return store_.replay_webhook(id); }
  Task<std::vector<ports::Webhook>> webhooks(ports::WebhookFilter filter) override {
    return store_.webhooks(filter);
  }

  Task<std::vector<core::Usage>> usage(core::Period p) override {
    return read<std::vector<core::Usage>>([this, p] { return store_.usage(p); });
  }
  Task<std::vector<core::Figure>> figures(core::Period p) override {
    return read<std::vector<core::Figure>>([this, p] { return store_.figures(p); });
  }
  Task<bool> sum_next_day() override {
    return write<bool>([this] { return store_.sum_next_day(); });
  }
  Task<> forget_summed_days() override {
    return write<void>([this] { return store_.forget_summed_days(); });
  }
  Task<std::optional<core::CheckedDay>> check_summed_day(WallTime day) override {
    return read<std::optional<core::CheckedDay>>(
        [this, day] { return store_.check_summed_day(day); });
  }
  Task<std::vector<ports::StoredAuditEntry>> events(ports::EventFilter filter) override {
    return store_.events(std::move(filter));
  }

  // When a beat was last written: what was heard up to then cannot be forgotten.
  Instant beaten_at() const { return beaten_at_; }
  // The last that was written of this server at all, truly and by its wall clock.
  struct SignOfLife {
    Instant at;
    WallTime wall;
  };
  const std::optional<SignOfLife>& sign_of_life() const { return sign_of_life_; }

 private:
  struct UnderWay {
    explicit UnderWay(int& number) : count(number) { ++count; }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;
    ~UnderWay() { --count; }
    int& count;
  };

  template <class T, class Call>
  Task<T> read(Call call) {
    return through<T>(std::move(call), 0);
  }
  template <class T, class Call>
  Task<T> write(Call call) {
    return through<T>(std::move(call), at_.weather.lose_answer);
  }

  template <class T, class Call>
  Task<T> through(Call call, std::uint32_t lose_answer) {
    const UnderWay one(under_way_);
    co_await way();
    if (killed_) co_return ErrorCode::saving_paused;
    if (!at_.reachable()) {
      co_await at_.clock.wait_until(at_.clock.true_now() + Duration(at_.random.below(5000)));
      co_return ErrorCode::saving_paused;
    }
    if (one_in(at_.random, at_.weather.refuse)) co_return disturbed();
    auto answer = co_await call();
    if (killed_) co_return ErrorCode::saving_paused;
    if (one_in(at_.random, lose_answer)) co_return disturbed();
    co_await way();
    if (killed_) co_return ErrorCode::saving_paused;
    if (!answer && answer.error().code == ErrorCode::conflict) ++at_.truth.work.conflicts;
    co_return answer;
  }
  boost::asio::awaitable<void> way() {
    if (killed_) co_return;
    Duration takes(at_.random.below(4));
    if (one_in(at_.random, at_.weather.slow_call)) {
      takes = between(at_.random, Duration(100), at_.weather.slowest);
      at_.truth.disturbed();
    }
    if (takes.count() > 0) co_await at_.clock.wait_until(at_.clock.true_now() + takes);
  }
  Error disturbed() {
    at_.truth.disturbed();
    return ErrorCode::saving_paused;
  }

  Task<ports::Committed> committing(ports::Change change) {
    auto committed = co_await store_.commit(change);
    if (committed) at_.truth.saw_commit(change, committed->revision);
    co_return committed;
  }
  Task<std::vector<ports::ExpiredSession>> expiring(std::vector<ports::ExpiryClaim> claims) {
    auto expired = co_await store_.expire(std::move(claims));
    if (expired)
      for (const auto& each : *expired) at_.truth.saw_expiry(each);
    co_return expired;
  }
  Task<std::size_t> purging(std::vector<SessionId> ids, core::EndReason if_open) {
    auto purged = co_await store_.purge(ids, if_open);
    if (purged) at_.truth.saw_purge(ids);
    co_return purged;
  }
  Task<ports::SweptBatch> sweeping(ports::SweepRequest request, ports::SweepCursor after) {
    auto swept = co_await store_.expire_batch(request, after);
    if (swept)
      for (const auto& each : swept->expired) at_.truth.saw_expiry(each);
    co_return swept;
  }
  Task<ports::BeatResult> beating(ports::Beat beat) {
    auto beaten = co_await store_.beat(std::move(beat));
    if (beaten && !beaten->lost) {
      beaten_at_ = at_.clock.now();
      note_sign();
    }
    co_return beaten;
  }
  Task<ports::BeatResult> registering(ServerId id, std::string version) {
    auto registered = co_await store_.register_server(id, std::move(version));
    if (registered) note_sign();
    co_return registered;
  }
  Task<> retiring(ports::Beat last) {
    auto retired = co_await store_.retire(std::move(last));
    if (retired) note_sign();
    co_return retired;
  }
  void note_sign() { sign_of_life_ = {at_.clock.true_now(), at_.clock.wall()}; }

  ports::Store& store_;
  const Place at_;
  bool killed_ = false;
  int under_way_ = 0;
  Instant beaten_at_{0};
  std::optional<SignOfLife> sign_of_life_{};
};

}  // namespace tarotforge::sim
