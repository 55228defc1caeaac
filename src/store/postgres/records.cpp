#include "store/postgres/records.h"

#include <algorithm>

#include "store/event_types.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::AuditEntry;
using ports::StoredAnswer;
using ports::StoredAuditEntry;
using ports::StoredOperation;

StoredOperation read_operation(const Rows& rows, std::size_t i) {
  StoredOperation operation;
  rows.row(i, operation.version, operation.generation, operation.by, operation.key,
           operation.request_hash, operation.kind, operation.told, operation.at);
  return operation;
}

core::Invite read_invite(const Rows& rows, std::size_t i) {
  core::Invite invite;
  std::optional<std::string> created_by;
  std::string role;
  rows.row(i, invite.id, invite.session_id, invite.code, created_by, role, invite.expires_at,
           invite.max_uses, invite.uses, invite.is_active, invite.closed_by_expiry,
           invite.revoked_at, invite.created_at);
  if (created_by) invite.created_by = ParticipantId::parse(*created_by);
  invite.role = core::parse_role(role).value_or(core::Role::participant);
  return invite;
}

}  // namespace

void insert_operation(Transaction& db, SessionId session, const StoredOperation& operation) {
  db.send(R"(insert into session_operations
               (session_id, version, generation, participant_id, idempotency_key, request_hash,
                kind, payload, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
          session, operation.version, operation.generation, operation.by, operation.key,
          operation.request_hash, operation.kind, operation.told, operation.at);
}

awaitable<std::vector<StoredOperation>> load_operations(Transaction& db, SessionId session,
                                                        std::uint64_t after, std::size_t limit) {
  const auto rows = co_await db.query(R"(
    select version, generation, participant_id, idempotency_key, request_hash, kind, payload, at
    from session_operations where session_id = $1 and version > $2 order by version limit $3)",
                                      session, after, limit);
  std::vector<StoredOperation> operations;
  for (std::size_t i = 0; i < rows.size(); ++i) operations.push_back(read_operation(rows, i));
  co_return operations;
}

awaitable<std::optional<StoredOperation>> find_operation(Transaction& db, SessionId session,
                                                         ParticipantId by, IdempotencyKey key) {
  const auto rows = co_await db.query(R"(
    select version, generation, participant_id, idempotency_key, request_hash, kind, payload, at
    from session_operations
    where session_id = $1 and participant_id = $2 and idempotency_key = $3)",
                                      session, by, key);
  if (rows.empty()) co_return std::nullopt;
  co_return read_operation(rows, 0);
}

awaitable<bool> write_answer(Transaction& db, SessionId session, const StoredAnswer& answer,
                             Instant now) {
  const auto rows = co_await db.query(R"(
    insert into idempotency_keys as old (caller, key, body_hash, answer, at, session_id)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (caller, key) do update set
      body_hash = excluded.body_hash, answer = excluded.answer, at = excluded.at,
      session_id = excluded.session_id
    where old.at <= $7)",
                                      answer.caller, answer.key, answer.body_hash, answer.answer,
                                      answer.at, session, now - ports::kIdempotencyKept);
  co_return rows.affected() == 1;
}

awaitable<std::optional<StoredAnswer>> find_answer(Transaction& db, const std::string& caller,
                                                   IdempotencyKey key, Instant now) {
  const auto rows = co_await db.query(R"(
    select caller, key, body_hash, answer, at from idempotency_keys
    where caller = $1 and key = $2 and at > $3)",
                                      caller, key, now - ports::kIdempotencyKept);
  if (rows.empty()) co_return std::nullopt;
  StoredAnswer answer;
  rows.row(0, answer.caller, answer.key, answer.body_hash, answer.answer, answer.at);
  co_return answer;
}

void insert_invite(Transaction& db, const core::Invite& invite) {
  std::optional<std::string> created_by;
  if (invite.created_by) created_by = invite.created_by->to_string();
  db.send(R"(insert into session_invites
               (id, session_id, code, created_by, role, expires_at, max_clicks, click_count,
                is_active, closed_by_expiry, revoked_at, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12))",
          invite.id, invite.session_id, invite.code, created_by, core::to_string(invite.role),
          invite.expires_at, invite.max_uses, invite.uses, invite.is_active,
          invite.closed_by_expiry, invite.revoked_at, invite.created_at);
}

awaitable<std::optional<core::Invite>> find_invite(Transaction& db, const std::string& code) {
  const auto rows = co_await db.query(R"(
    select id, session_id, code, created_by, role, expires_at, max_clicks, click_count, is_active,
           closed_by_expiry, revoked_at, created_at
    from session_invites where code = $1)",
                                      code);
  if (rows.empty()) co_return std::nullopt;
  co_return read_invite(rows, 0);
}

awaitable<std::vector<core::Invite>> load_invites(Transaction& db, SessionId session) {
  const auto rows = co_await db.query(R"(
    select id, session_id, code, created_by, role, expires_at, max_clicks, click_count, is_active,
           closed_by_expiry, revoked_at, created_at
    from session_invites where session_id = $1 order by created_at, ordinal)",
                                      session);
  std::vector<core::Invite> invites;
  for (std::size_t i = 0; i < rows.size(); ++i) invites.push_back(read_invite(rows, i));
  co_return invites;
}

awaitable<bool> count_use(Transaction& db, SessionId session, InviteId invite, Instant now) {
  const auto rows = co_await db.query(R"(
    update session_invites set click_count = click_count + 1, updated_at = $3
    where id = $1 and session_id = $2 and is_active
      and (max_clicks is null or click_count < max_clicks))",
                                      invite, session, now);
  co_return rows.affected() == 1;
}

void revoke_invite(Transaction& db, SessionId session, InviteId invite, Instant now) {
  db.send(R"(update session_invites set is_active = false, revoked_at = $3, updated_at = $3
             where id = $1 and session_id = $2 and revoked_at is null)",
          invite, session, now);
}

void close_invites(Transaction& db, SessionId session, core::EndReason because, Instant now) {
  db.send(R"(update session_invites set is_active = false, closed_by_expiry = $2, updated_at = $3
             where session_id = $1 and is_active)",
          session, because == core::EndReason::expired, now);
}

void reopen_invites(Transaction& db, SessionId session, Instant now) {
  db.send(R"(update session_invites set is_active = true, closed_by_expiry = false, updated_at = $2
             where session_id = $1 and closed_by_expiry and revoked_at is null)",
          session, now);
}

void insert_audit(Transaction& db, SessionId session, const AuditEntry& entry) {
  db.send(R"(insert into session_audit_log
               (id, session_id, event_type, participant_id, user_id, anonymous_id, event_data,
                created_at, generation, sequence)
             values ($1, $2, $3, $4,
                     (select user_id from session_participants where id = $4),
                     (select anonymous_id from session_participants where id = $4),
                     $5, $6, $7,
                     (select coalesce(max(sequence), 0) + 1 from session_audit_log
                      where session_id = $2)))",
          entry.id, session, entry.type, entry.participant, entry.data, entry.at, entry.generation);
}

namespace {

std::vector<StoredAuditEntry> audit_entries(const Rows& rows, SessionId session) {
  std::vector<StoredAuditEntry> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& stored = entries.emplace_back();
    auto& entry = stored.entry;
    stored.session = session;
    rows.row(i, entry.id, entry.type, entry.generation, entry.participant, entry.data, entry.at,
             stored.sequence);
  }
  return entries;
}

}  // namespace

awaitable<std::vector<StoredAuditEntry>> load_audit(Transaction& db, SessionId session,
                                                    std::uint64_t after, std::size_t limit) {
  co_return audit_entries(co_await db.query(R"(
    select id, event_type, generation, participant_id, event_data, created_at, sequence
    from session_audit_log where session_id = $1 and sequence > $2 order by sequence limit $3)",
                                            session, after, limit),
                          session);
}

awaitable<std::vector<StoredAuditEntry>> load_newest_audit(Transaction& db, SessionId session,
                                                           std::size_t limit) {
  auto entries = audit_entries(co_await db.query(R"(
    select id, event_type, generation, participant_id, event_data, created_at, sequence
    from session_audit_log where session_id = $1 order by sequence desc limit $2)",
                                                 session, limit),
                               session);
  std::ranges::reverse(entries);
  co_return entries;
}

namespace {

awaitable<std::vector<std::string>> event_types(Transaction& db) {
  const auto rows = co_await db.query(kEventTypes);
  std::vector<std::string> types(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows.row(i, types[i]);
  co_return types;
}

}  // namespace

awaitable<std::vector<StoredAuditEntry>> load_events(Transaction& db,
                                                     const ports::EventFilter& filter) {
  auto types = filter.types;
  if (types.empty()) types = co_await event_types(db);
  const auto rows = co_await db.query(R"(
    select * from (
      select entry.* from unnest($1::text[]) as wanted (type) cross join lateral (
        select id, session_id, event_type, generation, participant_id, event_data, created_at,
               coalesce(sequence, 0) as sequence
        from session_audit_log where event_type = type and created_at >= $2
        order by created_at desc, session_id desc, session_audit_log.sequence desc
        limit $3) as entry
      order by created_at desc, session_id desc, sequence desc limit $3) as newest
    order by created_at, session_id, sequence)",
                                      types, filter.since.value_or(Instant{0}), filter.limit);
  std::vector<StoredAuditEntry> entries;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& stored = entries.emplace_back();
    auto& entry = stored.entry;
    rows.row(i, entry.id, stored.session, entry.type, entry.generation, entry.participant,
             entry.data, entry.at, stored.sequence);
  }
  co_return entries;
}

}  // namespace tarotforge::store::postgres
