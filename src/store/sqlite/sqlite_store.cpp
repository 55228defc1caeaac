#include "store/sqlite/sqlite_store.h"

#include "store/sqlite/commit.h"
#include "store/sqlite/diagnose.h"
#include "store/sqlite/expiry.h"
#include "store/sqlite/measurements.h"
#include "store/sqlite/records.h"
#include "store/sqlite/report.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/servers.h"
#include "store/sqlite/session_rows.h"
#include "store/sqlite/summed_days.h"
#include "store/sqlite/usage.h"
#include "store/sqlite/webhooks.h"

namespace tarotforge::store::sqlite {

using namespace ports;

// --- sessions

Task<core::SessionData> SqliteStore::load(SessionId id) {
  return reader_->run<core::SessionData>([id](Connection& db) { return load_session(db, id); });
}

Task<Committed> SqliteStore::commit(Change change) {
  return writer_->run<Committed>([this, change = std::move(change)](Connection& db) {
    return store::sqlite::commit(db, context_, change);
  });
}

Task<std::vector<ExpiredSession>> SqliteStore::expire(std::vector<ExpiryClaim> claims) {
  return writer_->run<std::vector<ExpiredSession>>(
      [this, claims = std::move(claims)](Connection& db) {
        return store::sqlite::expire(db, context_, claims);
      });
}

Task<std::vector<StoredOperation>> SqliteStore::operations_after(SessionId id,
                                                                 std::uint64_t version,
                                                                 std::size_t limit) {
  return reader_->run<std::vector<StoredOperation>>(
      [id, version, limit](Connection& db) { return load_operations(db, id, version, limit); });
}

Task<std::optional<StoredAnswer>> SqliteStore::recall(std::string caller, IdempotencyKey key) {
  return reader_->run<std::optional<StoredAnswer>>(
      [this, caller = std::move(caller), key](Connection& db) {
        return find_answer(db, caller, key, context_.now());
      });
}

Task<std::optional<StoredOperation>> SqliteStore::recall_operation(SessionId session,
                                                                   ParticipantId by,
                                                                   IdempotencyKey key) {
  return reader_->run<std::optional<StoredOperation>>(
      [session, by, key](Connection& db) { return find_operation(db, session, by, key); });
}

Task<InviteWithSession> SqliteStore::find_invite(std::string code) {
  return reader_->run<InviteWithSession>(
      [code = std::move(code)](Connection& db) -> Result<InviteWithSession> {
        auto invite = store::sqlite::find_invite(db, code);
        if (!invite) return ErrorCode::invite_not_found;
        TRY_ASSIGN(auto session, load_session(db, invite->session_id));
        return InviteWithSession{*std::move(invite), std::move(session)};
      });
}

Task<std::vector<core::Invite>> SqliteStore::invites(SessionId id) {
  return reader_->run<std::vector<core::Invite>>(
      [id](Connection& db) { return load_invites(db, id); });
}

Task<std::vector<OpenSession>> SqliteStore::open_sessions(SessionId after, std::size_t limit) {
  return reader_->run<std::vector<OpenSession>>(
      [after, limit](Connection& db) { return store::sqlite::open_sessions(db, after, limit); });
}

Task<std::size_t> SqliteStore::purge(std::vector<SessionId> ids, core::EndReason if_open) {
  return writer_->run<std::size_t>([this, ids = std::move(ids), if_open](Connection& db) {
    return store::sqlite::purge(db, context_, ids, if_open);
  });
}

Task<bool> SqliteStore::token_known(Digest token_hash) {
  return reader_->run<bool>([token_hash](Connection& db) {
    return db
        .value<std::int64_t>("select 1 from session_participants where token_hash = ?1 limit 1",
                             token_hash)
        .has_value();
  });
}

Task<std::vector<SessionId>> SqliteStore::changed_elsewhere(std::vector<Known> known) {
  return writer_->run<std::vector<SessionId>>(
      [this, known = std::move(known)](Connection& db) { return look_elsewhere(db, known); });
}

std::vector<SessionId> SqliteStore::look_elsewhere(Connection& db,
                                                   const std::vector<Known>& known) {
  // A session may be read before the foreign commit and become known after the look that found
  // it: the next look goes through all of them too.
  constexpr int kLooks = 2;
  const auto version = data_version(db);
  if (std::exchange(version_looked_at_, version) != version) looks_left_ = kLooks;
  if (looks_left_ == 0) return {};
  --looks_left_;
  return changed_among(db, known);
}

// --- this server

Task<BeatResult> SqliteStore::register_server(ServerId id, std::string version) {
  return writer_->run<BeatResult>([this, id, version = std::move(version)](Connection& db) {
    const auto others = lock_ ? Others::dead : Others::may_live;
    return store::sqlite::register_server(db, context_, id, version, others);
  });
}

Task<BeatResult> SqliteStore::beat(Beat beat) {
  return writer_->run<BeatResult>([this, beat = std::move(beat)](Connection& db) {
    auto result = store::sqlite::beat(db, context_, beat);
    const auto version = data_version(db);
    if (result) result->changed_elsewhere = std::exchange(version_at_beat_, version) != version;
    return result;
  });
}

Task<> SqliteStore::retire(Beat last) {
  return writer_->run<void>([this, last = std::move(last)](Connection& db) {
    return store::sqlite::retire(db, context_, last);
  });
}

Task<> SqliteStore::publish_settings(std::map<std::string, std::string> settings) {
  return writer_->run<void>([settings = std::move(settings)](Connection& db) -> Result<> {
    store::sqlite::publish_settings(db, settings);
    return {};
  });
}

Task<> SqliteStore::probe() {
  return writer_->run<void>([](Connection& db) -> Result<> {
    touch(db);
    return {};
  });
}

// --- the sweep

Task<SweptBatch> SqliteStore::expire_batch(SweepRequest request, SweepCursor after) {
  return writer_->run<SweptBatch>([this, request, after](Connection& db) {
    return store::sqlite::expire_batch(db, context_, request, after);
  });
}

Task<SweptBatch> SqliteStore::purge_batch(SweepRequest request) {
  return writer_->run<SweptBatch>([this, request](Connection& db) {
    return store::sqlite::purge_batch(db, context_, request);
  });
}

Task<SweptBatch> SqliteStore::tidy_batch(SweepRequest request, Duration audit_retention) {
  return writer_->run<SweptBatch>([this, request, audit_retention](Connection& db) {
    return store::sqlite::tidy_batch(db, context_, request, audit_retention, orphans_);
  });
}

// --- reports

Task<Statistics> SqliteStore::statistics() {
  return reader_->run<Statistics>(
      [this](Connection& db) { return store::sqlite::statistics(db, context_.now()); });
}

Task<std::vector<SessionListing>> SqliteStore::sessions(SessionFilter filter) {
  return reader_->run<std::vector<SessionListing>>(
      [filter = std::move(filter)](Connection& db) { return list_sessions(db, filter); });
}

Task<std::vector<StoredAuditEntry>> SqliteStore::audit(SessionId id, std::uint64_t after_sequence,
                                                       std::size_t limit) {
  return reader_->run<std::vector<StoredAuditEntry>>([id, after_sequence, limit](Connection& db) {
    return load_audit(db, id, after_sequence, limit);
  });
}

Task<std::vector<StoredAuditEntry>> SqliteStore::newest_audit(SessionId id, std::size_t limit) {
  return reader_->run<std::vector<StoredAuditEntry>>(
      [id, limit](Connection& db) { return load_newest_audit(db, id, limit); });
}

Task<std::map<std::string, std::string>> SqliteStore::settings() {
  return reader_->run<std::map<std::string, std::string>>(
      [](Connection& db) { return load_settings(db); });
}

Task<> SqliteStore::backup(std::string path) {
  return reader_->run<void>([path = std::move(path)](Connection& db) { return back_up(db, path); });
}

Task<std::vector<std::string>> SqliteStore::diagnose() {
  return reader_->run<std::vector<std::string>>(
      [this](Connection& db) { return store::sqlite::diagnose(db, migrations_); });
}

// --- measurements

Task<> SqliteStore::keep_minute(MeasuredMinute minute, Instant forget) {
  return writer_->run<void>([this, minute, forget](Connection& db) -> Result<> {
    if (context_.server) store::sqlite::keep_minute(db, *context_.server, minute, forget);
    return {};
  });
}

Task<std::vector<MeasuredMinute>> SqliteStore::minutes_since(Instant since) {
  return reader_->run<std::vector<MeasuredMinute>>(
      [since](Connection& db) { return store::sqlite::minutes_since(db, since); });
}

// --- webhooks

Task<std::vector<Webhook>> SqliteStore::claim_webhooks(std::string target, std::size_t limit,
                                                       Duration lease) {
  return writer_->run<std::vector<Webhook>>(
      [this, target = std::move(target), limit, lease](Connection& db) {
        return store::sqlite::claim_webhooks(db, context_.now(), target, limit, lease);
      });
}

Task<> SqliteStore::forget_webhook(WebhookId id) {
  return writer_->run<void>([id](Connection& db) -> Result<> {
    store::sqlite::forget_webhook(db, id);
    return {};
  });
}

Task<> SqliteStore::give_back_webhook(Webhook claimed, std::optional<Instant> due_at,
                                      std::string error) {
  return writer_->run<void>(
      [claimed = std::move(claimed), due_at, error = std::move(error)](Connection& db) -> Result<> {
        store::sqlite::give_back_webhook(db, claimed, due_at, error);
        return {};
      });
}

Task<Webhook> SqliteStore::replay_webhook(WebhookId id) {
  return writer_->run<Webhook>(
      [this, id](Connection& db) { return store::sqlite::replay_webhook(db, context_.now(), id); });
}

Task<std::vector<Webhook>> SqliteStore::webhooks(WebhookFilter filter) {
  return reader_->run<std::vector<Webhook>>(
      [filter](Connection& db) { return list_webhooks(db, filter); });
}

Task<std::vector<core::Usage>> SqliteStore::usage(core::Period period) {
  return reader_->run<std::vector<core::Usage>>(
      [this, period](Connection& db) { return store::sqlite::usage(db, period, context_.now()); });
}

Task<std::vector<core::Figure>> SqliteStore::figures(core::Period period) {
  return reader_->run<std::vector<core::Figure>>([this, period](Connection& db) {
    return store::sqlite::figures(db, period, context_.now());
  });
}

// Counting is the reader's, so that writes wait for some hundred rows alone.
Task<bool> SqliteStore::sum_next_day() {
  const auto day = co_await reader_->run<std::optional<core::DayOfFigures>>(
      [this](Connection& db) { return next_day(db, context_.now()); });
  if (!day) co_return day.error();
  if (!*day) co_return false;
  CO_TRY(co_await writer_->run<void>([&day](Connection& db) -> Result<> {
    keep_day(db, **day);
    return {};
  }));
  co_return true;
}

Task<> SqliteStore::forget_summed_days() {
  return writer_->run<void>([](Connection& db) -> Result<> {
    forget_days(db, std::nullopt);
    return {};
  });
}

Task<std::optional<core::CheckedDay>> SqliteStore::check_summed_day(WallTime day) {
  return reader_->run<std::optional<core::CheckedDay>>(
      [this, day](Connection& db) { return check_day(db, day, context_.now()); });
}

Task<std::vector<StoredAuditEntry>> SqliteStore::events(EventFilter filter) {
  return reader_->run<std::vector<StoredAuditEntry>>(
      [filter = std::move(filter)](Connection& db) { return load_events(db, filter); });
}

}  // namespace tarotforge::store::sqlite
