#include "store/postgres/purge.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/postgres/expiry.h"
#include "store/postgres/records.h"
#include "store/postgres/sweep.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::SweepRequest;
using ports::SweptBatch;

constexpr Duration kQuarantine = std::chrono::hours(24);  // then purging is tried again

struct Skeleton {
  bool is_active = false;
  bool purged = false;
  std::uint32_t generation = 1;
  Instant last_activity;
};

awaitable<std::optional<Skeleton>> lock_skeleton(Transaction& db, SessionId id) {
  const auto rows = co_await db.query(R"(
    select is_active, purged_at is not null, generation,
           greatest(created_at, updated_at, last_activity_at)
    from reading_sessions where id = $1 for no key update)",
                                      id);
  if (rows.empty()) co_return std::nullopt;
  Skeleton skeleton;
  rows.row(0, skeleton.is_active, skeleton.purged, skeleton.generation, skeleton.last_activity);
  co_return skeleton;
}

awaitable<void> end_open(Transaction& db, Context& context, SessionId id, const Skeleton& session,
                         core::EndReason reason) {
  const Instant now = context.now();
  const auto count = co_await db.query(
      "select count(*) from session_participants where session_id = $1 and is_active", id);
  end_sessions(db, context,
               {{.session = id,
                 .reason = reason,
                 .generation = session.generation,
                 .at = now,
                 .restorable_until = now,
                 .last_activity = session.last_activity,
                 .audit_data = fmt::format(R"({{"participant_count":{},"because":"purge"}})",
                                           count.value<std::int64_t>().value_or(0))}});
}

void erase_content(Transaction& db, SessionId id, Instant now) {
  db.send(R"(
    update reading_sessions set
      question = null, interpretation = null, selected_cards = null, shuffled_deck = null,
      shuffle_nonce = null, shuffle_commitments = null, active_card_index = null,
      pan_offset = null, zoom_focus = null, shared_modal_state = null, video_call_state = null,
      restore_key_hash = null, restorable_until = null, purge_failed_at = null, purged_at = $2,
      revision = revision + 1
    where id = $1)",
          id, now);
  db.send("update session_participants set name = '', token_hash = null where session_id = $1", id);
  db.send("delete from session_operations where session_id = $1", id);
  db.send("delete from idempotency_keys where session_id = $1", id);
  db.send("delete from session_holds where session_id = $1", id);
}

// False where there is nothing to purge.
awaitable<bool> purge_one(Transaction& db, Context& context, SessionId id,
                          core::EndReason if_open) {
  const auto session = co_await lock_skeleton(db, id);
  if (!session || session->purged) co_return false;
  if (session->is_active) co_await end_open(db, context, id, *session, if_open);
  const Instant now = context.now();
  erase_content(db, id, now);
  insert_audit(db, id,
               {.id = context.new_event(),
                .type = "purged",
                .generation = session->generation,
                .participant = std::nullopt,
                .data = "{}",
                .at = now});
  co_return true;
}

// Purges, or sets the session aside for a day: one that cannot be purged must not keep the others.
awaitable<bool> purge_or_quarantine(Transaction& db, Context& context, SessionId id) {
  std::string why;
  try {
    db.send("savepoint one");
    const bool purged = co_await purge_one(db, context, id, core::EndReason::expired);
    co_await db.query("release savepoint one");
    co_return purged;
  } catch (const Failure& failure) {
    if (!is_constraint(failure) && failure.sqlstate != kWrongColumn) throw;
    why = failure.message;
  }
  context.log.error("Session {} could not be purged ({}); it is tried again in 24 hours.", id, why);
  db.send("rollback to savepoint one");
  db.send("update reading_sessions set purge_failed_at = $2 where id = $1", id, context.now());
  co_return false;
}

// Their rows stay locked; those that somebody has locked are in use.
awaitable<std::vector<ports::SweptSession>> lock_candidates(Transaction& db, Instant now,
                                                            std::size_t limit) {
  const auto rows = co_await db.query(R"(
    select id, greatest(created_at, updated_at, last_activity_at) from reading_sessions
    where not is_active and purged_at is null and restorable_until <= $1
      and (purge_failed_at is null or purge_failed_at <= $2)
    order by restorable_until limit $3 for no key update skip locked)",
                                      now, now - kQuarantine, limit);
  std::vector<ports::SweptSession> candidates;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& candidate = candidates.emplace_back();
    candidate.reason = "recovery_over";
    rows.row(i, candidate.id, candidate.last_activity);
  }
  co_return candidates;
}

}  // namespace

awaitable<std::size_t> purge(Transaction& db, Context& context, std::vector<SessionId> ids,
                             core::EndReason if_open) {
  std::ranges::sort(ids);  // so that no two calls wait for each other
  std::size_t purged = 0;
  for (const auto& id : ids) purged += co_await purge_one(db, context, id, if_open) ? 1 : 0;
  co_return purged;
}

awaitable<SweptBatch> purge_batch(Transaction& db, Context& context, SweepRequest request) {
  sweep_alone(db);
  const Instant now = context.now();
  const auto observed = co_await observe(db, context);
  SweptBatch batch;
  // Whoever was shut out by an outage has one presence interval to come back and restore.
  if (!reached(observed.listening_since + observed.presence_interval, now)) co_return batch;
  begin_attempt(db, request);
  const auto candidates = co_await lock_candidates(db, now, request.batch);
  for (const auto& candidate : candidates) {
    if (co_await purge_or_quarantine(db, context, candidate.id)) {
      ++batch.purged;
      batch.sessions.push_back(candidate);
    } else {
      ++batch.quarantined;
    }
  }
  end_attempt(db, request);
  if (!request.dry_run && candidates.size() == request.batch) batch.next.emplace();
  co_return batch;
}

}  // namespace tarotforge::store::postgres
