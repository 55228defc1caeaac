#include "store/sqlite/sweep.h"

#include <iterator>

#include "store/sqlite/expiry.h"
#include "store/sqlite/summed_days.h"
#include "store/sqlite/webhooks.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::SweepCursor;
using ports::SweepRequest;
using ports::SweptBatch;

struct Candidate {
  SessionId id;
  std::uint32_t generation;
  Instant updated_at;
  bool may_be_due;
};

// A quick look at the rows alone: without outages a deadline is earlier than with them, so that
// whatever is due passes.
std::vector<Candidate> expiry_candidates(Connection& db, Instant now, const SweepCursor& after,
                                         std::size_t limit) {
  constexpr std::string_view kSelect = R"(
    select id, generation, updated_at,
           case when ?1 - max(created_at, updated_at, last_activity_at) < span
                  or coalesce(extended_until, 0) > ?1 then 0
                else coalesce((select ?1 - max(last_seen_at) from session_participants
                               where session_id = session.id), span) >= span end
    from (select *, cast(1000 * case
                      when policy is null then 3600
                      when json_valid(policy)
                        then coalesce(json_extract(policy, '$.timeoutSeconds'), 3600)
                      else 0 end as integer) as span
          from reading_sessions) as session
    where is_active = 1 and updated_at <= ?1 and (updated_at, id) > (?2, ?3)
    order by updated_at, id limit ?4)";
  auto select = db.prepare(kSelect);
  if (after.updated_at)
    select.bind(now, *after.updated_at, after.id, limit);
  else
    select.bind(now, WallTime{INT64_MIN}, after.id, limit);
  std::vector<Candidate> candidates;
  while (select.step()) {
    auto& candidate = candidates.emplace_back();
    select.row(candidate.id, candidate.generation, candidate.updated_at, candidate.may_be_due);
  }
  return candidates;
}

std::size_t close_stale_invites(Connection& db, Instant now, std::size_t limit) {
  db.run(R"(
    update session_invites set is_active = 0, updated_at = ?1
    where rowid in (select rowid from session_invites
                    where is_active = 1 and expires_at is not null and expires_at <= ?1
                    limit ?2))",
         now, limit);
  return static_cast<std::size_t>(db.changes());
}

std::size_t delete_old_answers(Connection& db, Instant now, std::size_t limit) {
  db.run(R"(
    delete from idempotency_keys
    where rowid in (select rowid from idempotency_keys where at <= ?1 limit ?2))",
         now - ports::kIdempotencyKept, limit);
  return static_cast<std::size_t>(db.changes());
}

std::size_t delete_old_skeletons(Connection& db, Instant before, std::size_t limit) {
  std::vector<SessionId> old;
  WallTime newest;
  {
    auto select = db.prepare(R"(
      select id, purged_at from reading_sessions where purged_at is not null and purged_at <= ?1
      order by purged_at limit ?2)");
    select.bind(before, limit);
    while (select.step()) select.row(old.emplace_back(), newest);
  }
  // Nothing of them happened later than that.
  if (!old.empty()) forget_days(db, newest);
  for (const auto& id : old) {
    db.run("delete from session_audit_log where session_id = ?1", id);
    db.run("delete from reading_sessions where id = ?1", id);
  }
  return old.size();
}

struct OrphanSearch {
  std::string_view part;    // the last row, and how many there are, from the cursor on
  std::string_view remove;  // those of the part that belong to no session
};

#define TF_ORPHANS(table, condition)                                                    \
  OrphanSearch{"select max(r), count(*) from (select rowid as r from " #table           \
               " where rowid > ?1 order by rowid limit ?2)",                            \
               "delete from " #table " where rowid > ?1 and rowid <= ?2 and " condition \
               " and not exists (select 1 from reading_sessions where id = " #table     \
               ".session_id)"}

// References are enforced, so only other programs leave rows without a session behind. Audit
// entries may outlive their session until they are past their retention.
constexpr OrphanSearch kOrphans[] = {
    TF_ORPHANS(session_participants, "?3 is not null"),
    TF_ORPHANS(session_invites, "?3 is not null"),
    TF_ORPHANS(session_operations, "?3 is not null"),
    TF_ORPHANS(session_audit_log, "created_at <= ?3"),
};
#undef TF_ORPHANS

// A walked row costs a look at an index, a small part of what expiring a session costs.
constexpr std::size_t kWalkedPerBatch = 20;

std::size_t remove_orphans(Connection& db, Instant before, std::size_t most, OrphanCursor& at) {
  std::size_t removed = 0;
  while (most > 0 && at.table < std::size(kOrphans)) {
    const auto& search = kOrphans[at.table];
    std::optional<std::int64_t> last;
    std::uint64_t count = 0;
    {
      auto part = db.prepare(search.part);
      part.bind(at.row, most).step();
      part.row(last, count);
    }
    if (last) {
      db.run(search.remove, at.row, *last, before);
      removed += static_cast<std::size_t>(db.changes());
      at.row = *last;
    }
    if (count < most) at = {at.table + 1, 0};
    most -= count;
  }
  return removed;
}

void delete_dead_servers(Connection& db) {
  // The newest row says when somebody last listened; a month of others is enough to explain.
  db.run(R"(
    delete from servers
    where alive_at < (select max(alive_at) from servers) - ?1
      and not exists (select 1 from session_holds where server_id = servers.id))",
         Duration(std::chrono::hours(24 * 30)));
}

}  // namespace

SweptBatch expire_batch(Connection& db, Context& context, SweepRequest request, SweepCursor after) {
  Savepoint savepoint(db);
  const auto observed = observe(db, context);
  settle_lost(db, observed);
  SweptBatch batch;
  const auto candidates = expiry_candidates(db, observed.now, after, request.batch);
  for (const auto& candidate : candidates) {
    if (!candidate.may_be_due) continue;
    // A sweep vouches for nobody: this server's own holds count as far as it has flushed.
    const ports::ExpiryClaim claim{.session = candidate.id,
                                   .generation = candidate.generation,
                                   .heard_through = {INT64_MIN / 2}};
    auto expired = try_expire(db, context, observed, claim);
    if (!expired) continue;
    batch.sessions.push_back({candidate.id, "inactivity_timeout", expired->last_activity});
    if (!request.dry_run) batch.expired.push_back(*std::move(expired));
  }
  if (candidates.size() == request.batch)
    batch.next = SweepCursor{candidates.back().updated_at, candidates.back().id};
  if (!request.dry_run) savepoint.keep();
  return batch;
}

SweptBatch tidy_batch(Connection& db, Context& context, SweepRequest request,
                      Duration audit_retention, OrphanCursor& cursor) {
  Savepoint savepoint(db);
  const Instant now = context.now();
  OrphanCursor at = cursor;
  SweptBatch batch;
  batch.invites_closed = close_stale_invites(db, now, request.batch);
  const auto answers = delete_old_answers(db, now, request.batch);
  const auto skeletons = delete_old_skeletons(db, now - audit_retention, request.batch);
  delete_dead_servers(db);
  const bool more_webhooks = tidy_webhooks(db, now, now - audit_retention, request.batch);
  batch.orphans_removed =
      remove_orphans(db, now - audit_retention, request.batch * kWalkedPerBatch, at);
  if (request.dry_run) return batch;
  savepoint.keep();
  const bool walked_all = at.table == std::size(kOrphans);
  cursor = walked_all ? OrphanCursor{} : at;
  const bool full = batch.invites_closed == request.batch || answers == request.batch ||
                    skeletons == request.batch || more_webhooks;
  if (full || !walked_all) batch.next.emplace();
  return batch;
}

}  // namespace tarotforge::store::sqlite
