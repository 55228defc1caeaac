// A session as one JSON object for whoever keeps it elsewhere: as its people see it, with their
// operations, the people, its invites without their codes, and its audit log. No token, key, hash
// or undrawn card stands in it.
#pragma once

#include "app/house.h"
#include "protocol/json.h"

namespace tarotforge::app {

inline constexpr std::string_view kExportFormat = "tarotforge-session-1";

Task<protocol::Object> export_session(House& house, SessionId id);

}  // namespace tarotforge::app
