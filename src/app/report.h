// What the house says of itself: when a session expires and why it lives, statistics, and lists for
// operators. Reads only.
#pragma once

#include "app/access.h"
#include "app/cleanup.h"
#include "app/house.h"
#include "protocol/json.h"

namespace tarotforge::app {

protocol::Object expiry_answer(const House& house, const Room& room);
Task<protocol::Object> explain_session(House& house, std::shared_ptr<Room> room);

// `cleanup` is null where no service runs in this process.
Task<protocol::Object> statistics(House& house, const SessionCleanupService* cleanup);

Task<protocol::Object> list_sessions(House& house, ports::SessionFilter filter);  // {sessions}
Task<protocol::Object> audit_of(House& house, SessionId id, std::uint64_t after,
                                std::size_t limit);  // {entries, nextAfter}

}  // namespace tarotforge::app
