// Purging: what is erased of a session, and what stays.

#include <fmt/format.h>

#include <algorithm>

#include "store/sqlite/expiry.h"
#include "store/sqlite/records.h"
#include "store/sqlite/session_rows.h"
#include "store/sqlite/sweep.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::SweepRequest;
using ports::SweptBatch;

constexpr Duration kQuarantine = std::chrono::hours(24);  // then purging is tried again

struct Skeleton {
  bool is_active = false;
  bool purged = false;
  std::uint32_t generation = 1;
  Instant last_activity;
};

std::optional<Skeleton> load_skeleton(Connection& db, SessionId id) {
  auto select = db.prepare(R"(
    select is_active, purged_at is not null, generation,
           max(created_at, updated_at, last_activity_at)
    from reading_sessions where id = ?1)");
  if (!select.bind(id).step()) return std::nullopt;
  Skeleton skeleton;
  select.row(skeleton.is_active, skeleton.purged, skeleton.generation, skeleton.last_activity);
  return skeleton;
}

void end_open(Connection& db, Context& context, SessionId id, const Skeleton& session,
              core::EndReason reason) {
  const Instant now = context.now();
  const auto count = db.value<std::int64_t>(
      "select count(*) from session_participants where session_id = ?1 and is_active = 1", id);
  end_session(db, context,
              {.session = id,
               .reason = reason,
               .generation = session.generation,
               .at = now,
               .restorable_until = now,
               .last_activity = session.last_activity,
               .audit_data = fmt::format(R"({{"participant_count":{},"because":"purge"}})",
                                         count.value_or(0))});
}

void erase_content(Connection& db, SessionId id, Instant now) {
  db.run(R"(
    update reading_sessions set
      question = null, interpretation = null, selected_cards = null, shuffled_deck = null,
      shuffle_nonce = null, shuffle_commitments = null, active_card_index = null,
      pan_offset = null, zoom_focus = null, shared_modal_state = null, video_call_state = null,
      restore_key_hash = null, restorable_until = null, purge_failed_at = null, purged_at = ?2,
      revision = revision + 1
    where id = ?1)",
         id, now);
  db.run("update session_participants set name = '', token_hash = null where session_id = ?1", id);
  db.run("delete from session_operations where session_id = ?1", id);
  db.run("delete from idempotency_keys where session_id = ?1", id);
  db.run("delete from session_holds where session_id = ?1", id);
}

// False where there is nothing to purge.
bool purge_one(Connection& db, Context& context, SessionId id, core::EndReason if_open) {
  const auto session = load_skeleton(db, id);
  if (!session || session->purged) return false;
  if (session->is_active) end_open(db, context, id, *session, if_open);
  const Instant now = context.now();
  erase_content(db, id, now);
  insert_audit(db, id,
               {.id = context.new_event(),
                .type = "purged",
                .generation = session->generation,
                .participant = std::nullopt,
                .data = "{}",
                .at = now});
  return true;
}

// Purges, or sets the session aside for a day: one that cannot be purged must not keep the others.
bool purge_or_quarantine(Connection& db, Context& context, SessionId id) {
  try {
    Savepoint savepoint(db);
    const bool purged = purge_one(db, context, id, core::EndReason::expired);
    savepoint.keep();
    return purged;
  } catch (const Failure& failure) {
    if (!is_constraint(failure)) throw;
    context.log.error("Session {} could not be purged ({}); it is tried again in 24 hours.", id,
                      failure.message);
  }
  db.run("update reading_sessions set purge_failed_at = ?2 where id = ?1", id, context.now());
  return false;
}

std::vector<ports::SweptSession> purge_candidates(Connection& db, Instant now, std::size_t limit) {
  auto select = db.prepare(R"(
    select id, max(created_at, updated_at, last_activity_at) from reading_sessions
    where is_active = 0 and purged_at is null and restorable_until <= ?1
      and (purge_failed_at is null or purge_failed_at <= ?2)
    order by restorable_until limit ?3)");
  select.bind(now, now - kQuarantine, limit);
  std::vector<ports::SweptSession> candidates;
  while (select.step()) {
    auto& candidate = candidates.emplace_back();
    candidate.reason = "recovery_over";
    select.row(candidate.id, candidate.last_activity);
  }
  return candidates;
}

}  // namespace

std::size_t purge(Connection& db, Context& context, const std::vector<SessionId>& ids,
                  core::EndReason if_open) {
  return static_cast<std::size_t>(std::ranges::count_if(
      ids, [&](SessionId id) { return purge_one(db, context, id, if_open); }));
}

SweptBatch purge_batch(Connection& db, Context& context, SweepRequest request) {
  const Instant now = context.now();
  const auto observed = observe(db, context);
  SweptBatch batch;
  // Whoever was shut out by an outage has one presence interval to come back and restore.
  if (!reached(observed.listening_since + observed.presence_interval, now)) return batch;
  Savepoint savepoint(db);
  const auto candidates = purge_candidates(db, now, request.batch);
  for (const auto& candidate : candidates) {
    if (purge_or_quarantine(db, context, candidate.id)) {
      ++batch.purged;
      batch.sessions.push_back(candidate);
    } else {
      ++batch.quarantined;
    }
  }
  if (request.dry_run) return batch;
  savepoint.keep();
  if (candidates.size() == request.batch) batch.next.emplace();
  return batch;
}

}  // namespace tarotforge::store::sqlite
