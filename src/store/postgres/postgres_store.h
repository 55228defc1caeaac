// The store of one server, in a PostgreSQL database that it may share with others. Nothing is
// answered before it is committed.
// Thread safety: every method from any thread; the work runs on the executor of the options, which
// is a strand or a loop of one thread, and answers come on the caller's. Opening blocks.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "base/log.h"
#include "base/random.h"
#include "ports/clock.h"
#include "ports/store.h"
#include "store/migrate/embedded.h"
#include "store/postgres/database.h"
#include "store/postgres/schema.h"
#include "store/postgres/wall_clock.h"

namespace tarotforge::store::postgres {

// How the database is opened. `serve`: as one of its servers, which lays out an empty one.
// `migrate`: brought up to date. `command_line`: beside the servers, if there are any.
enum class Access { serve, migrate, command_line };

class PostgresStore final : public ports::Store {
 public:
  struct Options {
    std::string url;
    boost::asio::any_io_executor executor;
    ports::Clock& clock;
    Log& log;
    Random& random;  // used while opening only
    Access access = Access::serve;
    WallSource wall = WallSource::database;
    std::size_t connections = 4;  // more than two cores of a small database server keep busy
    std::span<const EmbeddedMigration> migrations = postgresql_migrations();
  };

  // The refusals are whole sentences for whoever starts the program, with the next step;
  // saving_paused where the database cannot be reached now.
  static Result<std::unique_ptr<PostgresStore>> open(Options options);

  // What opening has applied: "0001_create_sessions", …
  const std::vector<std::string>& migrated() const { return migrated_; }
  // The first implementation still writes here (adopt.h): what this store may be asked is answered
  // by a ReadOnlyStore over it.
  bool is_half_adopted() const { return is_half_adopted_; }

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
  ports::Task<> backup(std::string path) override;  // not_allowed: it says how it is done
  ports::Task<std::vector<std::string>> diagnose() override;
  ports::Task<std::vector<ports::StoredAuditEntry>> events(ports::EventFilter filter) override;

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
  // Outlives the store while work is under way; used on the executor only.
  struct Shared;

  PostgresStore(const Options& options, Prepared prepared);

  // Brings the calendar into step with the wall clock.
  static ports::Task<> follow(std::shared_ptr<Shared> shared);
  template <class T, class F>
  static ports::Task<T> write(std::shared_ptr<Shared> shared, WallClock::Draws draws, F work);
  template <class T, class F>
  static ports::Task<T> read(std::shared_ptr<Shared> shared, F work);

  std::vector<std::string> migrated_;
  bool is_half_adopted_;
  std::shared_ptr<Shared> shared_;
};

}  // namespace tarotforge::store::postgres
