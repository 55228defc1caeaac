// What others do to this server's sessions: the command line, another server, SQL. The rows are
// asked each second; what is announced is only seen sooner.
#pragma once

#include "app/house.h"
#include "ports/announcements.h"

namespace tarotforge::app {

// Asks the rows of all loaded sessions, and tells the rooms of those that somebody changed.
Task<> look_for_foreign_changes(House& house);

// Runs until the scope closes.
boost::asio::awaitable<void> keep_hearing(House& house, ports::Announcements& announcements);

}  // namespace tarotforge::app
