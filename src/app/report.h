// What the house says of itself: when a session expires and why it lives, statistics, and lists for
// operators. Reads only.
#pragma once

#include "app/access.h"
#include "app/house.h"
#include "protocol/json.h"

namespace tarotforge::app {

protocol::Object expiry_answer(const House& house, const Room& room);
Task<protocol::Object> explain_session(House& house, std::shared_ptr<Room> room);

// For a process that serves nobody; a server's are its Figures'.
Task<protocol::Object> statistics(House& house);

// {level}; the change is logged whatever the level.
protocol::Object change_log_level(Log& log, LogLevel level);

Task<protocol::Object> list_sessions(House& house, ports::SessionFilter filter);  // {sessions}
Task<protocol::Object> audit_of(House& house, SessionId id, std::uint64_t after,
                                std::size_t limit);  // {entries, nextAfter}

// Of a session, for operators: {participants} without names, {operations, nextAfter} without what
// was written or drawn.
Task<protocol::Object> participants_of(House& house, SessionId id);
Task<protocol::Object> operations_of(House& house, SessionId id, std::uint64_t after,
                                     std::size_t limit);

}  // namespace tarotforge::app
