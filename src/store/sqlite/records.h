// What is kept beside a session's row: operations, idempotent answers, invites and audit entries.
#pragma once

#include <vector>

#include "ports/store.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

void insert_operation(Connection& db, SessionId session, const ports::StoredOperation& operation);
std::vector<ports::StoredOperation> load_operations(Connection& db, SessionId session,
                                                    std::uint64_t after, std::size_t limit);
std::optional<ports::StoredOperation> find_operation(Connection& db, SessionId session,
                                                     ParticipantId by, IdempotencyKey key);

// An answer older than kIdempotencyKept is as if it were not there.
void write_answer(Connection& db, SessionId session, const ports::StoredAnswer& answer);
std::optional<ports::StoredAnswer> find_answer(Connection& db, std::string_view caller,
                                               IdempotencyKey key, Instant now);

void insert_invite(Connection& db, const core::Invite& invite);
std::optional<core::Invite> find_invite(Connection& db, std::string_view code);
std::vector<core::Invite> load_invites(Connection& db, SessionId session);  // oldest first
// False where the invite is of another session, closed, or used up.
bool count_use(Connection& db, SessionId session, InviteId invite, Instant now);
void revoke_invite(Connection& db, SessionId session, InviteId invite, Instant now);
void close_invites(Connection& db, SessionId session, core::EndReason because, Instant now);
void reopen_invites(Connection& db, SessionId session, Instant now);

// Takes the session's next sequence number.
void insert_audit(Connection& db, SessionId session, const ports::AuditEntry& entry);
std::vector<ports::StoredAuditEntry> load_newest_audit(Connection& db, SessionId session,
                                                       std::size_t limit);
std::vector<ports::StoredAuditEntry> load_audit(Connection& db, SessionId session,
                                                std::uint64_t after, std::size_t limit);
std::vector<ports::StoredAuditEntry> load_events(Connection& db, const ports::EventFilter& filter);

}  // namespace tarotforge::store::sqlite
