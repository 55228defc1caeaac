// Why a WebSocket was closed: the codes this server sends or understands (RFC 6455, section 7.4,
// and our own from the private range 4000-4999). A code tells the client what to do next: below
// 4500 of our own it comes back by itself, from 4500 on it does not.
#pragma once

#include <cstdint>
#include <string_view>

namespace tarotforge::protocol {

// X(name, code, come_back). The name is also the reason word sent with the code.
// Violations (1002-1010) do not come back: the same bytes would be refused again. normal does not
// either, and stock Phoenix clients up to 1.8.15 take it so too: never use it to move people on.
// clang-format off
#define TF_CLOSE_CODES(X)           \
  X(normal, 1000, false)            \
  X(going_away, 1001, true)         \
  X(protocol_violation, 1002, false) \
  X(unsupported_data, 1003, false)  \
  X(no_status, 1005, true)          \
  X(abnormal, 1006, true)           \
  X(invalid_text, 1007, false)      \
  X(policy_violation, 1008, false)  \
  X(too_big, 1009, false)           \
  X(internal, 1011, true)           \
  X(service_restart, 1012, true)    \
  X(try_again_later, 1013, true)    \
  X(server_draining, 4000, true)    \
  X(lost, 4001, true)               \
  X(slow_consumer, 4002, true)      \
  X(join_timeout, 4003, true)       \
  X(kicked, 4500, false)            \
  X(replaced, 4501, false)          \
  X(protocol_error, 4502, false)
// clang-format on

// no_status and abnormal stand for "the peer gave none" and "the connection broke": they are
// never written on the wire.
enum class CloseCode : std::uint16_t {
#define TF_ENUM(name, code, come_back) name = code,
  TF_CLOSE_CODES(TF_ENUM)
#undef TF_ENUM
};

// "kicked" and so on; empty for a code that is not in the table.
std::string_view reason_word(CloseCode code);

// Whether a client that was closed with this code should connect again by itself.
bool should_come_back(CloseCode code);

// Whether the code may stand in a close frame: assigned by RFC 6455 or its registry, or from the
// ranges for libraries and applications (3000-4999).
constexpr bool may_be_sent(CloseCode code) {
  const auto n = static_cast<std::uint16_t>(code);
  return (n >= 1000 && n <= 1003) || (n >= 1007 && n <= 1014) || (n >= 3000 && n <= 4999);
}

}  // namespace tarotforge::protocol
