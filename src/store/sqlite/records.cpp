#include "store/sqlite/records.h"

#include <algorithm>
#include <tuple>

#include "store/event_types.h"

namespace tarotforge::store::sqlite {
namespace {

using ports::AuditEntry;
using ports::StoredAnswer;
using ports::StoredAuditEntry;
using ports::StoredOperation;

StoredOperation read_operation(const Statement& statement) {
  StoredOperation operation;
  statement.row(operation.version, operation.generation, operation.by, operation.key,
                operation.request_hash, operation.kind, operation.told, operation.at);
  return operation;
}

core::Invite read_invite(const Statement& statement) {
  core::Invite invite;
  std::optional<std::string> created_by;
  std::string role;
  statement.row(invite.id, invite.session_id, invite.code, created_by, role, invite.expires_at,
                invite.max_uses, invite.uses, invite.is_active, invite.closed_by_expiry,
                invite.revoked_at, invite.created_at);
  if (created_by) invite.created_by = ParticipantId::parse(*created_by);
  invite.role = core::parse_role(role).value_or(core::Role::participant);
  return invite;
}

}  // namespace

void insert_operation(Connection& db, SessionId session, const StoredOperation& operation) {
  db.run(R"(insert into session_operations
              (session_id, version, generation, participant_id, idempotency_key, request_hash,
               kind, payload, at)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))",
         session, operation.version, operation.generation, operation.by, operation.key,
         operation.request_hash, operation.kind, operation.told, operation.at);
}

std::vector<StoredOperation> load_operations(Connection& db, SessionId session, std::uint64_t after,
                                             std::size_t limit) {
  std::vector<StoredOperation> operations;
  auto select = db.prepare(R"(
    select version, generation, participant_id, idempotency_key, request_hash, kind, payload, at
    from session_operations where session_id = ?1 and version > ?2 order by version limit ?3)");
  select.bind(session, after, limit);
  while (select.step()) operations.push_back(read_operation(select));
  return operations;
}

std::optional<StoredOperation> find_operation(Connection& db, SessionId session, ParticipantId by,
                                              IdempotencyKey key) {
  auto select = db.prepare(R"(
    select version, generation, participant_id, idempotency_key, request_hash, kind, payload, at
    from session_operations
    where session_id = ?1 and participant_id = ?2 and idempotency_key = ?3)");
  if (!select.bind(session, by, key).step()) return std::nullopt;
  return read_operation(select);
}

void write_answer(Connection& db, SessionId session, const StoredAnswer& answer) {
  db.run(R"(insert into idempotency_keys (caller, key, body_hash, answer, at, session_id)
            values (?1, ?2, ?3, ?4, ?5, ?6)
            on conflict (caller, key) do update set
              body_hash = ?3, answer = ?4, at = ?5, session_id = ?6)",
         answer.caller, answer.key, answer.body_hash, answer.answer, answer.at, session);
}

std::optional<StoredAnswer> find_answer(Connection& db, std::string_view caller, IdempotencyKey key,
                                        Instant now) {
  auto select = db.prepare(R"(
    select caller, key, body_hash, answer, at from idempotency_keys
    where caller = ?1 and key = ?2 and at > ?3)");
  if (!select.bind(caller, key, now - ports::kIdempotencyKept).step()) return std::nullopt;
  StoredAnswer answer;
  select.row(answer.caller, answer.key, answer.body_hash, answer.answer, answer.at);
  return answer;
}

void insert_invite(Connection& db, const core::Invite& invite) {
  std::optional<std::string> created_by;
  if (invite.created_by) created_by = invite.created_by->to_string();
  db.run(R"(insert into session_invites
              (id, session_id, code, created_by, role, expires_at, max_clicks, click_count,
               is_active, closed_by_expiry, revoked_at, created_at, updated_at)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12))",
         invite.id, invite.session_id, invite.code, created_by, core::to_string(invite.role),
         invite.expires_at, invite.max_uses, invite.uses, invite.is_active, invite.closed_by_expiry,
         invite.revoked_at, invite.created_at);
}

std::optional<core::Invite> find_invite(Connection& db, std::string_view code) {
  auto select = db.prepare(R"(
    select id, session_id, code, created_by, role, expires_at, max_clicks, click_count, is_active,
           closed_by_expiry, revoked_at, created_at
    from session_invites where code = ?1)");
  if (!select.bind(code).step()) return std::nullopt;
  return read_invite(select);
}

std::vector<core::Invite> load_invites(Connection& db, SessionId session) {
  std::vector<core::Invite> invites;
  auto select = db.prepare(R"(
    select id, session_id, code, created_by, role, expires_at, max_clicks, click_count, is_active,
           closed_by_expiry, revoked_at, created_at
    from session_invites where session_id = ?1 order by created_at, rowid)");
  select.bind(session);
  while (select.step()) invites.push_back(read_invite(select));
  return invites;
}

bool count_use(Connection& db, SessionId session, InviteId invite, Instant now) {
  db.run(R"(update session_invites set click_count = click_count + 1, updated_at = ?3
            where id = ?1 and session_id = ?2 and is_active = 1
              and (max_clicks is null or click_count < max_clicks))",
         invite, session, now);
  return db.changes() == 1;
}

void revoke_invite(Connection& db, SessionId session, InviteId invite, Instant now) {
  db.run(R"(update session_invites set is_active = 0, revoked_at = ?3, updated_at = ?3
            where id = ?1 and session_id = ?2 and revoked_at is null)",
         invite, session, now);
}

void close_invites(Connection& db, SessionId session, core::EndReason because, Instant now) {
  db.run(R"(update session_invites set is_active = 0, closed_by_expiry = ?2, updated_at = ?3
            where session_id = ?1 and is_active = 1)",
         session, because == core::EndReason::expired, now);
}

void reopen_invites(Connection& db, SessionId session, Instant now) {
  db.run(R"(update session_invites set is_active = 1, closed_by_expiry = 0, updated_at = ?2
            where session_id = ?1 and closed_by_expiry = 1 and revoked_at is null)",
         session, now);
}

void insert_audit(Connection& db, SessionId session, const AuditEntry& entry) {
  db.run(R"(insert into session_audit_log
              (id, session_id, event_type, participant_id, user_id, anonymous_id, event_data,
               created_at, generation, sequence)
            values (?1, ?2, ?3, ?4,
                    (select user_id from session_participants where id = ?4),
                    (select anonymous_id from session_participants where id = ?4),
                    ?5, ?6, ?7,
                    (select coalesce(max(sequence), 0) + 1 from session_audit_log
                     where session_id = ?2)))",
         entry.id, session, entry.type, entry.participant, entry.data, entry.at, entry.generation);
}

namespace {

std::vector<StoredAuditEntry> audit_entries(Statement& select, SessionId session) {
  std::vector<StoredAuditEntry> entries;
  while (select.step()) {
    StoredAuditEntry stored;
    auto& entry = stored.entry;
    stored.session = session;
    select.row(entry.id, entry.type, entry.generation, entry.participant, entry.data, entry.at,
               stored.sequence);
    entries.push_back(std::move(stored));
  }
  return entries;
}

}  // namespace

std::vector<StoredAuditEntry> load_audit(Connection& db, SessionId session, std::uint64_t after,
                                         std::size_t limit) {
  auto select = db.prepare(R"(
    select id, event_type, generation, participant_id, event_data, created_at, sequence
    from session_audit_log where session_id = ?1 and sequence > ?2 order by sequence limit ?3)");
  return audit_entries(select.bind(session, after, limit), session);
}

std::vector<StoredAuditEntry> load_newest_audit(Connection& db, SessionId session,
                                                std::size_t limit) {
  auto select = db.prepare(R"(
    select id, event_type, generation, participant_id, event_data, created_at, sequence
    from session_audit_log where session_id = ?1 order by sequence desc limit ?2)");
  auto entries = audit_entries(select.bind(session, limit), session);
  std::ranges::reverse(entries);
  return entries;
}

namespace {

std::vector<std::string> event_types(Connection& db) {
  auto select = db.prepare(kEventTypes);
  std::vector<std::string> types;
  while (select.step()) select.row(types.emplace_back());
  return types;
}

}  // namespace

std::vector<StoredAuditEntry> load_events(Connection& db, const ports::EventFilter& filter) {
  std::vector<StoredAuditEntry> entries;
  for (const auto& type : filter.types.empty() ? event_types(db) : filter.types) {
    auto select = db.prepare(R"(
      select id, session_id, event_type, generation, participant_id, event_data, created_at,
             coalesce(sequence, 0)
      from session_audit_log where event_type = ?1 and created_at >= ?2
      order by created_at desc, session_id desc, sequence desc limit ?3)");
    select.bind(type, filter.since.value_or(Instant{0}), filter.limit);
    while (select.step()) {
      auto& stored = entries.emplace_back();
      auto& entry = stored.entry;
      select.row(entry.id, stored.session, entry.type, entry.generation, entry.participant,
                 entry.data, entry.at, stored.sequence);
    }
  }
  std::ranges::sort(entries, {}, [](const StoredAuditEntry& each) {
    return std::tuple(each.entry.at, each.session, each.sequence);
  });
  if (entries.size() > filter.limit)
    entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(filter.limit));
  return entries;
}

}  // namespace tarotforge::store::sqlite
