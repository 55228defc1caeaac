// What time does to sessions: the deadlines of all open ones, what is done when one comes up, and
// the presence that only time changes. The store decides about every expiry; this only wakes up.
#pragma once

#include <memory>
#include <vector>

#include "app/house.h"

namespace tarotforge::app {

// Arms every open session of the store. After it each is watched, loaded or not.
Task<> watch_open_sessions(House& house);

// Runs until the scope closes: advances both wheels each tick.
boost::asio::awaitable<void> keep_deadlines(House& house);

// Asks the store to expire a loaded session, in its turn; tells the room when it did, and tries
// again later where it did not.
Task<> claim_expiry(House& house, std::shared_ptr<Room> room, Instant heard_through);

// A sweep or a timer has expired it: counts it, and tells the room, where it is loaded.
void take_over_expired(House& house, const ports::ExpiredSession& expired);
// It was purged: operators who watch hear of it.
void note_purged(House& house, SessionId session);

}  // namespace tarotforge::app
