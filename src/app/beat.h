// The server's sign of life and its flush, which are one and the same: every five seconds one
// transaction makes durable what was heard, and moves flushed_through and alive_at. A server that
// cannot flush is not alive.
#pragma once

#include <string>

#include "app/house.h"

namespace tarotforge::app {

// Registers this server in the store and arms every open session. Before it, nothing destructive
// is decided; after it the house is ready.
Task<> start_house(House& house, ServerId id);

// Runs until the scope closes.
boost::asio::awaitable<void> keep_beating(House& house);

// One beat now. Refused by the store, it leaves everything to be flushed by a later one.
Task<> beat_once(House& house);

// The last flush of a clean stop: gives back the holds.
Task<> retire_house(House& house);

}  // namespace tarotforge::app
