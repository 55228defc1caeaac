// What the house says of itself: when a session expires and why it lives, statistics, and lists for
// operators. Reads only.
#pragma once

#include <boost/json/object.hpp>

#include "app/access.h"
#include "app/cleanup.h"
#include "app/house.h"

namespace tarotforge::app {

boost::json::object expiry_answer(const House& house, const Room& room);
Task<boost::json::object> explain_session(House& house, std::shared_ptr<Room> room);

// `cleanup` is null where no service runs in this process.
Task<boost::json::object> statistics(House& house, const SessionCleanupService* cleanup);

Task<boost::json::object> list_sessions(House& house, ports::SessionFilter filter);  // {sessions}
Task<boost::json::object> audit_of(House& house, SessionId id, std::uint64_t after,
                                   std::size_t limit);  // {entries, nextAfter}

}  // namespace tarotforge::app
