// What is kept beside a session's row: operations, idempotent answers, invites and audit entries.
// Writers hold the lock of the session's row. What answers nothing is sent without waiting.
#pragma once

#include <vector>

#include "ports/store.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

void insert_operation(Transaction& db, SessionId session, const ports::StoredOperation& operation);
boost::asio::awaitable<std::vector<ports::StoredOperation>> load_operations(Transaction& db,
                                                                            SessionId session,
                                                                            std::uint64_t after,
                                                                            std::size_t limit);
boost::asio::awaitable<std::optional<ports::StoredOperation>> find_operation(Transaction& db,
                                                                             SessionId session,
                                                                             ParticipantId by,
                                                                             IdempotencyKey key);

// An answer older than kIdempotencyKept is as if it were not there. Writing is false where another
// call took the key meanwhile.
boost::asio::awaitable<bool> write_answer(Transaction& db, SessionId session,
                                          const ports::StoredAnswer& answer, Instant now);
boost::asio::awaitable<std::optional<ports::StoredAnswer>> find_answer(Transaction& db,
                                                                       const std::string& caller,
                                                                       IdempotencyKey key,
                                                                       Instant now);

void insert_invite(Transaction& db, const core::Invite& invite);
boost::asio::awaitable<std::optional<core::Invite>> find_invite(Transaction& db,
                                                                const std::string& code);
boost::asio::awaitable<std::vector<core::Invite>> load_invites(Transaction& db,
                                                               SessionId session);  // oldest first
// False where the invite is of another session, closed, or used up.
boost::asio::awaitable<bool> count_use(Transaction& db, SessionId session, InviteId invite,
                                       Instant now);
void revoke_invite(Transaction& db, SessionId session, InviteId invite, Instant now);
void close_invites(Transaction& db, SessionId session, core::EndReason because, Instant now);
void reopen_invites(Transaction& db, SessionId session, Instant now);

// Takes the session's next sequence number.
void insert_audit(Transaction& db, SessionId session, const ports::AuditEntry& entry);
boost::asio::awaitable<std::vector<ports::StoredAuditEntry>> load_newest_audit(Transaction& db,
                                                                               SessionId session,
                                                                               std::size_t limit);
boost::asio::awaitable<std::vector<ports::StoredAuditEntry>> load_audit(Transaction& db,
                                                                        SessionId session,
                                                                        std::uint64_t after,
                                                                        std::size_t limit);
boost::asio::awaitable<std::vector<ports::StoredAuditEntry>> load_events(
    Transaction& db, const ports::EventFilter& filter);

}  // namespace tarotforge::store::postgres
