// Whether a request at the socket's address becomes a WebSocket, and the answer either way.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "net/http.h"
#include "net/site.h"

namespace tarotforge::net {

inline constexpr std::string_view kSocketPath = "/socket/websocket";

// The head of the 101 that switches protocols, or the refusal.
std::expected<std::string, Response> accept_socket(Site& site, const Request& request);

// The operator's login whose cookie came with the upgrade, if a page of ours or no page sent it.
std::optional<Login> login_of(const Site& site, const Request& request);

}  // namespace tarotforge::net
