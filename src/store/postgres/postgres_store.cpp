#include "store/postgres/postgres_store.h"

#include "store/postgres/commit.h"
#include "store/postgres/diagnose.h"
#include "store/postgres/expiry.h"
#include "store/postgres/measurements.h"
#include "store/postgres/purge.h"
#include "store/postgres/records.h"
#include "store/postgres/report.h"
#include "store/postgres/servers.h"
#include "store/postgres/session_rows.h"
#include "store/postgres/store_calls.h"
#include "store/postgres/summed_days.h"
#include "store/postgres/sweep.h"
#include "store/postgres/usage.h"

namespace tarotforge::store::postgres {

using namespace ports;

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(Options options) {
  const auto schema = options.access == Access::serve     ? Schema::lay_out
                      : options.access == Access::migrate ? Schema::up
                                                          : Schema::look;
  TRY_ASSIGN(auto prepared, prepare_schema(options.url, schema, options.migrations));
  return std::unique_ptr<PostgresStore>(new PostgresStore(options, std::move(prepared)));
}

PostgresStore::PostgresStore(const Options& options, Prepared prepared)
    : migrated_(std::move(prepared.applied)),
      is_half_adopted_(prepared.is_half_adopted),
      shared_(std::make_shared<Shared>(options, !is_half_adopted_)) {}

Task<> PostgresStore::follow(std::shared_ptr<Shared> shared) {
  return shared->database.write([shared](Transaction& db) -> Task<> {
    if (shared->wall.is_set()) co_return co_await shared->wall.follow(db, shared->context);
    shared->changes.start(co_await last_change(db));
    co_return co_await shared->wall.start(db, shared->serves);
  });
}

// --- sessions

Task<core::SessionData> PostgresStore::load(SessionId id) {
  return read<core::SessionData>(shared_,
                                 [id](Transaction& db, Shared&) { return load_session(db, id); });
}

Task<Committed> PostgresStore::commit(Change change) {
  return write<Committed>(shared_, Draws::number,
                          [change = std::move(change)](Transaction& db, Shared& shared) {
                            return postgres::commit(db, shared.context, change);
                          });
}

Task<std::vector<ExpiredSession>> PostgresStore::expire(std::vector<ExpiryClaim> claims) {
  using Answer = std::vector<ExpiredSession>;
  return write<Answer>(
      shared_, Draws::number,
      [claims = std::move(claims)](Transaction& db, Shared& shared) -> Task<Answer> {
        co_return co_await postgres::expire(db, shared.context, claims);
      });
}

Task<std::vector<StoredOperation>> PostgresStore::operations_after(SessionId id,
                                                                   std::uint64_t version,
                                                                   std::size_t limit) {
  using Answer = std::vector<StoredOperation>;
  return read<Answer>(shared_, [id, version, limit](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await load_operations(db, id, version, limit);
  });
}

Task<std::optional<StoredAnswer>> PostgresStore::recall(std::string caller, IdempotencyKey key) {
  using Answer = std::optional<StoredAnswer>;
  return read<Answer>(
      shared_, [caller = std::move(caller), key](Transaction& db, Shared& shared) -> Task<Answer> {
        co_return co_await find_answer(db, caller, key, shared.context.now());
      });
}

Task<std::optional<StoredOperation>> PostgresStore::recall_operation(SessionId session,
                                                                     ParticipantId by,
                                                                     IdempotencyKey key) {
  using Answer = std::optional<StoredOperation>;
  return read<Answer>(shared_, [session, by, key](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await find_operation(db, session, by, key);
  });
}

Task<InviteWithSession> PostgresStore::find_invite(std::string code) {
  return read<InviteWithSession>(
      shared_, [code = std::move(code)](Transaction& db, Shared&) -> Task<InviteWithSession> {
        auto invite = co_await postgres::find_invite(db, code);
        if (!invite) co_return ErrorCode::invite_not_found;
        auto session = co_await load_session(db, invite->session_id);
        if (!session) co_return std::move(session).error();
        co_return InviteWithSession{*std::move(invite), *std::move(session)};
      });
}

Task<std::vector<core::Invite>> PostgresStore::invites(SessionId id) {
  using Answer = std::vector<core::Invite>;
  return read<Answer>(shared_, [id](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await load_invites(db, id);
  });
}

Task<std::vector<OpenSession>> PostgresStore::open_sessions(SessionId after, std::size_t limit) {
  using Answer = std::vector<OpenSession>;
  return read<Answer>(shared_, [after, limit](Transaction& db, Shared& shared) -> Task<Answer> {
    co_return co_await postgres::open_sessions(db, shared.context, after, limit);
  });
}

Task<std::size_t> PostgresStore::purge(std::vector<SessionId> ids, core::EndReason if_open) {
  return write<std::size_t>(
      shared_, Draws::number,
      [ids = std::move(ids), if_open](Transaction& db, Shared& shared) -> Task<std::size_t> {
        co_return co_await postgres::purge(db, shared.context, ids, if_open);
      });
}

Task<bool> PostgresStore::token_known(Digest token_hash) {
  return read<bool>(shared_, [token_hash](Transaction& db, Shared&) -> Task<bool> {
    const auto rows = co_await db.query(
        "select 1 from session_participants where token_hash = $1 limit 1", token_hash);
    co_return !rows.empty();
  });
}

Task<std::vector<SessionId>> PostgresStore::changed_elsewhere(std::vector<Known> known) {
  using Answer = std::vector<SessionId>;
  return read<Answer>(shared_,
                      [known = std::move(known)](Transaction& db, Shared& shared) -> Task<Answer> {
                        auto& changes = shared.changes;
                        const auto last = co_await last_change(db);
                        const auto now = shared.context.now();
                        if (!changes.foreign(changes.at_look, last, now)) co_return Answer();
                        co_return co_await changed_among(db, known);
                      });
}

// --- this server

Task<BeatResult> PostgresStore::register_server(ServerId id, std::string version) {
  auto shared = shared_;
  auto result = co_await write<BeatResult>(
      shared, Draws::nothing,
      [id, version = std::move(version)](Transaction& db, Shared& with) -> Task<BeatResult> {
        co_return co_await postgres::register_server(db, with.context, id, version);
      });
  if (result) shared->context.server = id;
  co_return std::move(result);
}

Task<BeatResult> PostgresStore::beat(Beat beat) {
  return write<BeatResult>(
      shared_, Draws::nothing,
      [beat = std::move(beat)](Transaction& db, Shared& shared) -> Task<BeatResult> {
        auto result = co_await postgres::beat(db, shared.context, beat);
        auto& changes = shared.changes;
        const auto last = co_await last_change(db);
        result.changed_elsewhere = changes.foreign(changes.at_beat, last, shared.context.now());
        co_return result;
      });
}

Task<> PostgresStore::retire(Beat last) {
  return write<void>(shared_, Draws::nothing,
                     [last = std::move(last)](Transaction& db, Shared& shared) -> Task<> {
                       co_await postgres::retire(db, shared.context, last);
                       co_return Result<>();
                     });
}

Task<> PostgresStore::publish_settings(std::map<std::string, std::string> settings) {
  return write<void>(shared_, Draws::nothing,
                     [settings = std::move(settings)](Transaction& db, Shared&) -> Task<> {
                       postgres::publish_settings(db, settings);
                       co_return Result<>();
                     });
}

Task<> PostgresStore::probe() {
  return write<void>(shared_, Draws::nothing, [](Transaction& db, Shared&) -> Task<> {
    db.send("update schema_migrations set applied_at = applied_at where number = 1");
    co_return Result<>();
  });
}

// --- the sweep

Task<SweptBatch> PostgresStore::expire_batch(SweepRequest request, SweepCursor after) {
  return write<SweptBatch>(shared_, Draws::number,
                           [request, after](Transaction& db, Shared& shared) -> Task<SweptBatch> {
                             co_return co_await postgres::expire_batch(db, shared.context, request,
                                                                       after);
                           });
}

Task<SweptBatch> PostgresStore::purge_batch(SweepRequest request) {
  return write<SweptBatch>(shared_, Draws::number,
                           [request](Transaction& db, Shared& shared) -> Task<SweptBatch> {
                             co_return co_await postgres::purge_batch(db, shared.context, request);
                           });
}

Task<SweptBatch> PostgresStore::tidy_batch(SweepRequest request, Duration audit_retention) {
  auto shared = shared_;
  auto cursor = std::make_shared<OrphanCursor>();
  auto result = co_await write<SweptBatch>(
      shared, Draws::nothing,
      [request, audit_retention, cursor](Transaction& db, Shared& with) -> Task<SweptBatch> {
        *cursor = with.orphans;
        co_return co_await postgres::tidy_batch(db, with.context, request, audit_retention,
                                                *cursor);
      });
  if (result) shared->orphans = *cursor;
  co_return std::move(result);
}

// --- reports

Task<Statistics> PostgresStore::statistics() {
  return read<Statistics>(shared_, [](Transaction& db, Shared& shared) -> Task<Statistics> {
    co_return co_await postgres::statistics(db, shared.context.now());
  });
}

Task<std::vector<SessionListing>> PostgresStore::sessions(SessionFilter filter) {
  using Answer = std::vector<SessionListing>;
  return read<Answer>(shared_,
                      [filter = std::move(filter)](Transaction& db, Shared&) -> Task<Answer> {
                        co_return co_await list_sessions(db, filter);
                      });
}

Task<std::vector<StoredAuditEntry>> PostgresStore::audit(SessionId id, std::uint64_t after_sequence,
                                                         std::size_t limit) {
  using Answer = std::vector<StoredAuditEntry>;
  return read<Answer>(shared_,
                      [id, after_sequence, limit](Transaction& db, Shared&) -> Task<Answer> {
                        co_return co_await load_audit(db, id, after_sequence, limit);
                      });
}

Task<std::vector<StoredAuditEntry>> PostgresStore::newest_audit(SessionId id, std::size_t limit) {
  using Answer = std::vector<StoredAuditEntry>;
  return read<Answer>(shared_, [id, limit](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await load_newest_audit(db, id, limit);
  });
}

Task<std::map<std::string, std::string>> PostgresStore::settings() {
  using Answer = std::map<std::string, std::string>;
  return read<Answer>(shared_, [](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await load_settings(db);
  });
}

Task<> PostgresStore::backup(std::string) {
  co_return Error(ErrorCode::not_allowed,
                  "PostgreSQL makes its own backups: use pg_dump, or a base backup with its log.");
}

Task<std::vector<std::string>> PostgresStore::diagnose() {
  using Answer = std::vector<std::string>;
  return read<Answer>(shared_, [](Transaction& db, Shared& shared) -> Task<Answer> {
    co_return co_await postgres::diagnose(db, shared.migrations);
  });
}

// --- measurements

Task<> PostgresStore::keep_minute(MeasuredMinute minute, Instant forget) {
  return write<void>(shared_, Draws::nothing,
                     [minute, forget](Transaction& db, Shared& shared) -> Task<> {
                       if (const auto& server = shared.context.server)
                         postgres::keep_minute(db, *server, minute, forget);
                       co_return Result<>();
                     });
}

Task<std::vector<MeasuredMinute>> PostgresStore::minutes_since(Instant since) {
  using Answer = std::vector<MeasuredMinute>;
  return read<Answer>(shared_, [since](Transaction& db, Shared&) -> Task<Answer> {
    co_return co_await postgres::minutes_since(db, since);
  });
}

Task<std::vector<core::Usage>> PostgresStore::usage(core::Period period) {
  using Answer = std::vector<core::Usage>;
  return read<Answer>(shared_, [period](Transaction& db, Shared& shared) -> Task<Answer> {
    co_return co_await postgres::usage(db, period, shared.context.now());
  });
}

Task<std::vector<core::Figure>> PostgresStore::figures(core::Period period) {
  using Answer = std::vector<core::Figure>;
  return read<Answer>(shared_, [period](Transaction& db, Shared& shared) -> Task<Answer> {
    co_return co_await postgres::figures(db, period, shared.context.now());
  });
}

Task<bool> PostgresStore::sum_next_day() {
  return write<bool>(shared_, Draws::nothing, [](Transaction& db, Shared& shared) -> Task<bool> {
    const auto day = co_await next_day(db, shared.context.now());
    if (day) co_await keep_day(db, *day);
    co_return day.has_value();
  });
}

Task<> PostgresStore::forget_summed_days() {
  return write<void>(shared_, Draws::nothing, [](Transaction& db, Shared&) -> Task<> {
    forget_days(db, std::nullopt);
    co_return Result<>();
  });
}

Task<std::optional<core::CheckedDay>> PostgresStore::check_summed_day(WallTime day) {
  using Answer = std::optional<core::CheckedDay>;
  return read<Answer>(shared_, [day](Transaction& db, Shared& shared) -> Task<Answer> {
    co_return co_await check_day(db, day, shared.context.now());
  });
}

Task<std::vector<StoredAuditEntry>> PostgresStore::events(EventFilter filter) {
  using Answer = std::vector<StoredAuditEntry>;
  return read<Answer>(shared_,
                      [filter = std::move(filter)](Transaction& db, Shared&) -> Task<Answer> {
                        co_return co_await load_events(db, filter);
                      });
}

}  // namespace tarotforge::store::postgres
