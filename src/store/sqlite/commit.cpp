#include "store/sqlite/commit.h"

#include "store/sqlite/records.h"
#include "store/sqlite/session_rows.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::Change;

// A key that is known with the same request means that its twin was committed meanwhile: the
// caller starts again and finds what was answered.
Result<> check_keys(Connection& db, const Change& change, Instant now) {
  if (change.answer) {
    const auto known = find_answer(db, change.answer->caller, change.answer->key, now);
    if (known && known->body_hash != change.answer->body_hash)
      return ErrorCode::idempotency_key_reused;
    if (known) return ErrorCode::conflict;
  }
  for (const auto& operation : change.operations) {
    if (!operation.key) continue;
    const auto known = find_operation(db, change.session.id, operation.by, *operation.key);
    if (known && known->request_hash != operation.request_hash)
      return ErrorCode::idempotency_key_reused;
    if (known) return ErrorCode::conflict;
  }
  return {};
}

core::EndReason end_reason(const core::SessionData& session) {
  const auto* ended = std::get_if<core::Ended>(&session.phase);
  return ended ? ended->reason : core::EndReason::expired;
}

Result<> write_invites(Connection& db, const Change& change, Instant now) {
  const SessionId session = change.session.id;
  for (const auto& invite : change.new_invites) insert_invite(db, invite);
  if (change.used_invite && !count_use(db, session, *change.used_invite, now))
    return ErrorCode::conflict;
  if (change.revoked_invite) revoke_invite(db, session, *change.revoked_invite, now);
  if (change.close_invites) close_invites(db, session, end_reason(change.session), now);
  if (change.reopen_invites) reopen_invites(db, session, now);
  return {};
}

Result<> write_hold(Connection& db, const Context& context, SessionId session) {
  if (!context.server)
    return Error(ErrorCode::internal, "Only a registered server can hold a session.");
  // Another process found this server lost; its next beat says so, and it registers anew.
  if (!db.value<std::int64_t>("select 1 from servers where id = ?1 and stopped_at is null",
                              *context.server))
    return ErrorCode::saving_paused;
  db.run("insert or ignore into session_holds (session_id, server_id) values (?1, ?2)", session,
         *context.server);
  return {};
}

}  // namespace

Result<ports::Committed> commit(Connection& db, Context& context, const Change& change) {
  const Instant now = context.now();
  const auto& session = change.session;
  TRY(check_keys(db, change, now));
  const bool written = change.read_revision == 0
                           ? insert_session(db, session)
                           : update_session(db, session, change.read_revision);
  if (!written) return ErrorCode::conflict;
  write_participants(db, session);
  TRY(write_invites(db, change, now));
  for (const auto& operation : change.operations) insert_operation(db, session.id, operation);
  for (const auto& entry : change.audit) insert_audit(db, session.id, entry);
  if (change.hold) TRY(write_hold(db, context, session.id));
  if (change.answer) write_answer(db, session.id, *change.answer);
  return ports::Committed{change.read_revision + 1};
}

}  // namespace tarotforge::store::sqlite
