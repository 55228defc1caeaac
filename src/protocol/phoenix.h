// The frames of Phoenix Channels 2.0.0: `[join_ref, ref, topic, event, payload]` in text, and the
// client's binary push. Bytes to frames and back; what a frame means is decided elsewhere. The
// payload stays raw: parse_object in json_guard.h reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tarotforge::protocol {

// A binary frame gives each of these texts one byte for its length; text frames are held to the
// same, so that what is kept per channel is bounded.
inline constexpr std::size_t kMaxNameBytes = 255;

inline constexpr std::string_view kPhoenixTopic = "phoenix";
inline constexpr std::string_view kHeartbeatEvent = "heartbeat";
inline constexpr std::string_view kJoinEvent = "phx_join";
inline constexpr std::string_view kLeaveEvent = "phx_leave";
inline constexpr std::string_view kReplyEvent = "phx_reply";
inline constexpr std::string_view kCloseEvent = "phx_close";
inline constexpr std::string_view kErrorEvent = "phx_error";
inline constexpr std::string_view kEmptyObject = "{}";

// One incarnation of a channel on a socket (topic and join_ref), and the push that is answered.
// References are echoed as they came; none is null.
struct Address {
  std::optional<std::string_view> join_ref{};
  std::optional<std::string_view> ref{};
  std::string_view topic{};
};

enum class PayloadKind : std::uint8_t { json, bytes };

// The views point into what was parsed (or its scratch) and live as long as that.
struct Frame : Address {
  std::string_view event{};
  std::string_view payload{};  // json: the text of an object, its inside not yet checked
  PayloadKind payload_kind = PayloadKind::json;
};

// A text frame. The text is UTF-8, as the WebSocket layer saw to. Strings that were written with
// escapes are put into `scratch`. Malformed, with the reason, where it is not such a frame;
// elements after the fifth are ignored.
Result<Frame> parse_text(std::string_view text, std::string& scratch);

// A binary frame: kind 0, a client's push. Any other kind is malformed.
Result<Frame> parse_binary(std::string_view bytes);

inline bool is_heartbeat(const Frame& frame) {
  return frame.topic == kPhoenixTopic && frame.event == kHeartbeatEvent;
}

enum class ReplyStatus : std::uint8_t { ok, error };

// These append one text frame. Payloads and responses are the JSON text of an object.
void append_reply(std::string& out, const Address& to, ReplyStatus status,
                  std::string_view response);
// To one incarnation of a channel: `to.join_ref` is its, `to.ref` is not looked at.
void append_push(std::string& out, const Address& to, std::string_view event,
                 std::string_view payload);
// To everyone on a topic: the same bytes for each.
void append_broadcast(std::string& out, std::string_view topic, std::string_view event,
                      std::string_view payload);
// Ends an incarnation: close means "stay away", error means "join again". Both references are
// the join_ref, otherwise clients end the wrong one.
void append_channel_close(std::string& out, const Address& incarnation);
void append_channel_error(std::string& out, const Address& incarnation, std::string_view payload);

// Whether the `vsn` of the address asks for this protocol: 2.0.x.
bool is_our_version(std::string_view vsn);

}  // namespace tarotforge::protocol
