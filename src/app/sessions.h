// The life of a session as its people ask for it: create, invite, join, operate, keep alive, hand
// over, complete, restore, delete. Answers are the JSON objects of the wire, made in one place with
// the state they describe. Every one is sent after its commit.
#pragma once

#include <optional>
#include <string>

#include "app/access.h"
#include "app/house.h"
#include "protocol/json.h"
#include "protocol/requests.h"

namespace tarotforge::app {

// Where a request to create or join came from: whose it is, and who an idempotency key belongs to.
struct Origin {
  std::string caller;  // an address, or a token's digest; never shown
  std::optional<IdempotencyKey> key{};
  Digest body_hash{};
  bool is_operator = false;
  std::optional<UserId> user{};  // who is signed in
};

// 201's body: {session, participant, token, restoreKey, invite}. Refusals: deck_not_found,
// policy_out_of_bounds, invalid_value, overloaded (MAX_SESSIONS), not_allowed (CREATE_SESSIONS),
// idempotency_key_reused.
Task<protocol::Object> create_session(House& house, protocol::CreateRequest request, Origin origin);

// {status, session}, or the refusal that a join would get. Never counts a use.
Task<protocol::Object> preview_invite(House& house, std::string code);

// 201's body: {session, participant, token}. Refusals in the order of the table of joins, and
// not_allowed for a user whom the host has removed.
Task<protocol::Object> join_session(House& house, std::string code, protocol::JoinRequest request,
                                    Origin origin);

// {version, operation}. The key is required; the same key and text answer the same again.
// Refusals: stale_generation, idempotency_key_missing, idempotency_key_reused, and operate()'s.
Task<protocol::Object> operate_session(House& house, Member who, protocol::OperationRequest request,
                                       Digest request_hash);

// {operations, nextAfter}, limit 1..500.
Task<protocol::Object> list_operations(House& house, Member who, std::uint64_t after,
                                       std::size_t limit);

protocol::Object session_answer(const House& house, const Room& room);  // {session}

Task<protocol::Object> keep_session_alive(House& house, Member who);
Task<> touch_session(House& house, Member who, protocol::ActivityReport report);  // over HTTP
Task<protocol::Object> rename_participant(House& house, Member who, std::string name);
Task<protocol::Object> change_host(House& house, Member who, protocol::HostRequest request);
Task<protocol::Object> complete_session(House& house, Member who);
Task<> delete_session(House& house, Member who);

// `left` ends all of their connections at once; `closed_tab` ends the named one.
Task<> leave_session(House& house, SessionId session, protocol::LeaveRequest request);

// By the restore key, by the user who is host, or by the host's token.
Task<protocol::Object> restore_session(House& house, SessionId session, std::string token,
                                       std::optional<std::string> restore_key,
                                       std::optional<UserId> user = {});
// By an operator, who needs neither.
Task<protocol::Object> restore_for_operator(House& house, SessionId session);
Task<protocol::Object> expire_for_operator(House& house, SessionId session);
// Its deadline becomes so much later.
Task<protocol::Object> extend_for_operator(House& house, SessionId session, Duration by);

// Topic waiting:<id>: hears session_restored, at once where the session is open. The listener is
// forgotten by stop_waiting(), which must come before it goes.
Task<> wait_for_restore(House& house, SessionId session, Listener& listener);
void stop_waiting(House& house, SessionId session, Listener& listener);

}  // namespace tarotforge::app
