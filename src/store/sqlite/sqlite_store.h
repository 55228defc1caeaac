// The store of one server, in one SQLite file. One thread writes and one reads: writes that wait
// at the same time ride one commit, reads see the last one. Nothing is answered before it is on
// the disk.
// Thread safety: every method from any thread; answers come on the caller's executor. The store
// must go before its callers' executors do; going, it finishes what was asked.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "base/log.h"
#include "base/random.h"
#include "ports/clock.h"
#include "ports/store.h"
#include "store/context.h"
#include "store/migrate/embedded.h"
#include "store/sqlite/database_file.h"
#include "store/sqlite/sweep.h"
#include "store/sqlite/worker.h"

namespace tarotforge::store::sqlite {

// How the file is opened. `serve`: alone (a second one is refused), made and migrated where
// needed. `migrate`: the same, without serving. `command_line`: beside a server, if there is one.
enum class Access { serve, migrate, command_line };

class SqliteStore final : public ports::Store {
 public:
  struct Options {
    std::string path;
    ports::Clock& clock;  // now() and wall() are called from the store's threads
    Log& log;             // and so is the log
    Random& random;       // used while opening only
    Access access = Access::serve;
    Duration busy_timeout{std::chrono::seconds(5)};  // how long another process may keep us waiting
    std::size_t queue_bound = 4096;                  // jobs that wait: some 0.1 s of full groups
    // Works on it instead of on threads of its own: the simulator has one.
    std::optional<boost::asio::any_io_executor> executor{};
    std::span<const EmbeddedMigration> migrations = sqlite_migrations();
  };

  // The refusals are whole sentences for whoever starts the program, with the next step.
  static Result<std::unique_ptr<SqliteStore>> open(Options options);

  // What opening has applied: "0001_create_sessions", …
  const std::vector<std::string>& migrated() const { return migrated_; }

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
  ports::Task<> backup(std::string path) override;
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
  explicit SqliteStore(const Options& options);
  Result<> start(const Options& options);
  Result<> prepare_schema(Connection& db, const Options& options);
  void report_damage(const Failure& failure);
  void require_files();  // in a transaction of the writer
  std::vector<SessionId> look_elsewhere(Connection& db, const std::vector<Known>& known);

  const std::string path_;
  const std::span<const EmbeddedMigration> migrations_;
  std::optional<FileLock> lock_;
  std::vector<std::string> migrated_;
  std::atomic_flag damage_reported_;

  // Used on the writer's thread only.
  Context context_;
  std::optional<OpenFiles> files_;
  bool are_files_missed_ = false;
  OrphanCursor orphans_;
  std::int64_t version_at_beat_ = 0;    // data_version() when a beat last looked
  std::int64_t version_looked_at_ = 0;  // … when changed_elsewhere() did
  int looks_left_ = 0;

  std::unique_ptr<Worker> writer_;
  std::unique_ptr<Worker> reader_;
};

}  // namespace tarotforge::store::sqlite
