// The opening handshake of RFC 6455, section 4.2, on plain header values: whether an HTTP request
// may become a WebSocket, and the Sec-WebSocket-Accept that answers it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tarotforge::protocol {

inline constexpr std::string_view kWebSocketVersion = "13";  // RFC 6455, section 4.1

// Header values as they came; empty where the header is missing. A header that came on several
// lines is given joined with commas.
struct UpgradeRequest {
  std::string_view method;
  unsigned http_version = 11;  // 10 * major + minor
  std::string_view upgrade;
  std::string_view connection;
  std::string_view version;  // Sec-WebSocket-Version
  std::string_view key;      // Sec-WebSocket-Key
};

// The value of Sec-WebSocket-Accept, or malformed with the reason. Answer a refusal with
// "Sec-WebSocket-Version: 13", so that the client learns what would do.
Result<std::string> accept_upgrade(const UpgradeRequest& request);

// base64(SHA-1(key and the GUID of RFC 6455, section 1.3)). SHA-1 is what the RFC prescribes; it
// proves that the server speaks WebSocket and protects nothing.
std::string accept_key(std::string_view key);

// Whether a comma-separated header value holds the token, in any case.
bool has_token(std::string_view list, std::string_view token);

}  // namespace tarotforge::protocol
