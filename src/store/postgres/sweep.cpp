#include "store/postgres/sweep.h"

#include <fmt/format.h>

#include <iterator>

#include "store/postgres/expiry.h"
#include "store/postgres/policy_sql.h"
#include "store/postgres/summed_days.h"
#include "store/postgres/webhooks.h"
#include "store/session_columns.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::SweepCursor;
using ports::SweepRequest;
using ports::SweptBatch;

constexpr std::int64_t kSweepLock = 0x54467377656570;  // advisory; "TFsweep" in ASCII

struct Candidate {
  SessionId id;
  std::uint32_t generation;
  Instant updated_at;
  bool may_be_due;
};

// A quick look at the rows alone: without outages a deadline is earlier than with them, so that
// whatever is due passes. The cursor knows milliseconds; rows that others wrote may be finer.
awaitable<std::vector<Candidate>> expiry_candidates(Transaction& db, const Context& context,
                                                    Instant now, const SweepCursor& after,
                                                    std::size_t limit) {
  static const std::string select = fmt::format(R"(
    select id, updated_at, generation,
           case when greatest(created_at, updated_at, last_activity_at) <= $1::timestamptz - span
                  and coalesce(extended_until, '-infinity') <= $1::timestamptz
             then coalesce((select max(last_seen_at) from session_participants
                            where session_id = reading_sessions.id) <= $1::timestamptz - span,
                           true)
             else false end as may_be_due
    from reading_sessions cross join lateral (select {} as span) as timeout
    where is_active and updated_at <= $1::timestamptz
      and updated_at >= coalesce($2::timestamptz, '-infinity')
      and (date_trunc('milliseconds', updated_at), id)
            > (coalesce($2::timestamptz, '-infinity'), $3::uuid)
    order by updated_at, id limit $4)",
                                                kTimeoutSpan);
  const auto rows = co_await db.query(select, now, after.updated_at, after.id, limit);
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& candidate = candidates.emplace_back();
    try {
      rows.row(i, candidate.id, candidate.updated_at, candidate.generation, candidate.may_be_due);
    } catch (const Failure& failure) {
      if (failure.sqlstate != kWrongColumn) throw;
      candidate.may_be_due = false;
      context.log.error("Session {} cannot be judged: {}", candidate.id,
                        damaged_row(failure.message).sentence());
    }
  }
  co_return candidates;
}

awaitable<std::size_t> close_stale_invites(Transaction& db, Instant now, std::size_t limit) {
  const auto rows = co_await db.query(R"(
    update session_invites set is_active = false, updated_at = $1
    where id in (select id from session_invites
                 where is_active and expires_at is not null and expires_at <= $1
                 limit $2 for update skip locked))",
                                      now, limit);
  co_return rows.affected();
}

awaitable<std::size_t> delete_old_answers(Transaction& db, Instant now, std::size_t limit) {
  const auto rows = co_await db.query(R"(
    delete from idempotency_keys
    where (caller, key) in (select caller, key from idempotency_keys where at <= $1
                            limit $2 for update skip locked))",
                                      now - ports::kIdempotencyKept, limit);
  co_return rows.affected();
}

awaitable<std::size_t> delete_old_skeletons(Transaction& db, Instant before, std::size_t limit) {
  const auto rows = co_await db.query(R"(
    select id, purged_at from reading_sessions where purged_at is not null and purged_at <= $1
    order by purged_at limit $2 for update skip locked)",
                                      before, limit);
  std::vector<SessionId> old(rows.size());
  WallTime newest;
  for (std::size_t i = 0; i < rows.size(); ++i) rows.row(i, old[i], newest);
  if (old.empty()) co_return 0;
  forget_days(db, newest);  // nothing of them happened later than that
  db.send("delete from session_audit_log where session_id = any ($1::uuid[])", old);
  db.send("delete from reading_sessions where id = any ($1::uuid[])", old);
  co_return old.size();
}

struct OrphanSearch {
  std::string_view part;    // the last row's session, and how many rows, from the cursor on
  std::string_view remove;  // those of the part that belong to no session
};

#define TF_ORPHANS(table, condition)                                                              \
  OrphanSearch{"with part as (select session_id from " #table                                     \
               " where session_id > $1 order by session_id limit $2)"                             \
               " select (select session_id from part order by session_id desc limit 1),"          \
               " (select count(*) from part)",                                                    \
               "delete from " #table " where session_id > $1 and session_id <= $2 and " condition \
               " and not exists (select 1 from reading_sessions where id = " #table               \
               ".session_id)"}

// References are enforced, so only a restored dump or a superuser leaves rows without a session
// behind. Audit entries may outlive their session until they are past their retention.
constexpr OrphanSearch kOrphans[] = {
    TF_ORPHANS(session_participants, "$3::timestamptz is not null"),
    TF_ORPHANS(session_invites, "$3::timestamptz is not null"),
    TF_ORPHANS(session_operations, "$3::timestamptz is not null"),
    TF_ORPHANS(session_audit_log, "created_at <= $3::timestamptz"),
};
#undef TF_ORPHANS

// A walked row costs a look at an index, a small part of what expiring a session costs.
constexpr std::size_t kWalkedPerBatch = 20;

awaitable<std::size_t> remove_orphans(Transaction& db, Instant before, std::size_t most,
                                      OrphanCursor& at) {
  std::size_t removed = 0;
  while (most > 0 && at.table < std::size(kOrphans)) {
    const auto& search = kOrphans[at.table];
    std::optional<SessionId> last;
    std::uint64_t count = 0;
    const auto part = co_await db.query(search.part, at.session, most);
    part.row(0, last, count);
    if (last) {
      const auto deleted = co_await db.query(search.remove, at.session, *last, before);
      removed += deleted.affected();
      at.session = *last;
    }
    if (count < most) at = {at.table + 1, {}};
    most -= count;
  }
  co_return removed;
}

void delete_dead_servers(Transaction& db) {
  // The newest row says when somebody last listened; a month of others is enough to explain.
  db.send(R"(
    delete from servers
    where alive_at < (select max(alive_at) from servers) - interval '30 days'
      and not exists (select 1 from session_holds where server_id = servers.id))");
}

}  // namespace

void sweep_alone(Transaction& db) { db.send("select pg_advisory_xact_lock($1)", kSweepLock); }

void begin_attempt(Transaction& db, const SweepRequest& request) {
  if (request.dry_run) db.send("savepoint attempt");
}

void end_attempt(Transaction& db, const SweepRequest& request) {
  if (request.dry_run) db.send("rollback to savepoint attempt");
}

awaitable<SweptBatch> expire_batch(Transaction& db, Context& context, SweepRequest request,
                                   SweepCursor after) {
  sweep_alone(db);
  begin_attempt(db, request);
  const auto observed = co_await observe(db, context);
  co_await settle_lost(db, observed);
  SweptBatch batch;
  const auto candidates =
      co_await expiry_candidates(db, context, observed.now, after, request.batch);
  // A sweep vouches for nobody: this server's own holds count as far as it has flushed. A row that
  // somebody has locked is in use.
  std::vector<ports::ExpiryClaim> claims;
  for (const auto& candidate : candidates)
    if (candidate.may_be_due)
      claims.push_back({.session = candidate.id,
                        .generation = candidate.generation,
                        .heard_through = {INT64_MIN / 2}});
  auto expired = co_await expire_where_due(db, context, observed, claims, Busy::skip);
  for (const auto& each : expired)
    batch.sessions.push_back({each.session, "inactivity_timeout", each.last_activity});
  if (!request.dry_run) batch.expired = std::move(expired);
  if (candidates.size() == request.batch)
    batch.next = SweepCursor{candidates.back().updated_at, candidates.back().id};
  end_attempt(db, request);
  co_return batch;
}

awaitable<SweptBatch> tidy_batch(Transaction& db, const Context& context, SweepRequest request,
                                 Duration audit_retention, OrphanCursor& cursor) {
  sweep_alone(db);
  begin_attempt(db, request);
  const Instant now = context.now();
  SweptBatch batch;
  batch.invites_closed = co_await close_stale_invites(db, now, request.batch);
  const auto answers = co_await delete_old_answers(db, now, request.batch);
  const auto skeletons = co_await delete_old_skeletons(db, now - audit_retention, request.batch);
  delete_dead_servers(db);
  const bool more_webhooks = co_await tidy_webhooks(db, now, now - audit_retention, request.batch);
  OrphanCursor at = cursor;
  batch.orphans_removed =
      co_await remove_orphans(db, now - audit_retention, request.batch * kWalkedPerBatch, at);
  end_attempt(db, request);
  if (request.dry_run) co_return batch;
  const bool walked_all = at.table == std::size(kOrphans);
  cursor = walked_all ? OrphanCursor{} : at;
  const bool full = batch.invites_closed == request.batch || answers == request.batch ||
                    skeletons == request.batch || more_webhooks;
  if (full || !walked_all) batch.next.emplace();
  co_return batch;
}

}  // namespace tarotforge::store::postgres
