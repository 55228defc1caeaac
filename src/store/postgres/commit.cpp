#include "store/postgres/commit.h"

#include "store/postgres/records.h"
#include "store/postgres/session_rows.h"

namespace tarotforge::store::postgres {
namespace {

using ports::Change;
using ports::Task;

// A key that is known with the same request means that its twin was committed meanwhile: the
// caller starts again and finds what was answered.
Task<> check_keys(Transaction& db, const Change& change, Instant now) {
  if (change.answer) {
    const auto known = co_await find_answer(db, change.answer->caller, change.answer->key, now);
    if (known && known->body_hash != change.answer->body_hash)
      co_return ErrorCode::idempotency_key_reused;
    if (known) co_return ErrorCode::conflict;
  }
  for (const auto& operation : change.operations) {
    if (!operation.key) continue;
    const auto known = co_await find_operation(db, change.session.id, operation.by, *operation.key);
    if (known && known->request_hash != operation.request_hash)
      co_return ErrorCode::idempotency_key_reused;
    if (known) co_return ErrorCode::conflict;
  }
  co_return Result<>();
}

core::EndReason end_reason(const core::SessionData& session) {
  const auto* ended = std::get_if<core::Ended>(&session.phase);
  return ended ? ended->reason : core::EndReason::expired;
}

Task<> write_invites(Transaction& db, const Change& change, Instant now) {
  const SessionId session = change.session.id;
  for (const auto& invite : change.new_invites) insert_invite(db, invite);
  if (change.used_invite && !co_await count_use(db, session, *change.used_invite, now))
    co_return ErrorCode::conflict;
  if (change.revoked_invite) revoke_invite(db, session, *change.revoked_invite, now);
  if (change.close_invites) close_invites(db, session, end_reason(change.session), now);
  if (change.reopen_invites) reopen_invites(db, session, now);
  co_return Result<>();
}

Task<> write_hold(Transaction& db, const Context& context, SessionId session) {
  if (!context.server)
    co_return Error(ErrorCode::internal, "Only a registered server can hold a session.");
  const auto alive = co_await db.query(
      "select 1 from servers where id = $1 and stopped_at is null for key share", *context.server);
  // Others found this server lost; its next beat says so, and it registers anew.
  if (alive.empty()) co_return ErrorCode::saving_paused;
  db.send(
      "insert into session_holds (session_id, server_id) values ($1, $2) on conflict do nothing",
      session, *context.server);
  co_return Result<>();
}

}  // namespace

Task<ports::Committed> commit(Transaction& db, Context& context, const Change& change) {
  const Instant now = context.now();
  const auto& session = change.session;
  CO_TRY(co_await check_keys(db, change, now));
  bool written = false;
  if (change.read_revision == 0)
    written = co_await insert_session(db, session);
  else
    written = co_await update_session(db, session, change.read_revision);
  if (!written) co_return ErrorCode::conflict;
  write_participants(db, session);
  CO_TRY(co_await write_invites(db, change, now));
  for (const auto& operation : change.operations) insert_operation(db, session.id, operation);
  for (const auto& entry : change.audit) insert_audit(db, session.id, entry);
  if (change.hold) CO_TRY(co_await write_hold(db, context, session.id));
  if (change.answer && !co_await write_answer(db, session.id, *change.answer, now))
    co_return ErrorCode::conflict;
  co_return ports::Committed{change.read_revision + 1};
}

}  // namespace tarotforge::store::postgres
