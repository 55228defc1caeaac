// RFC 6455 frames, the server's side, as a pure state machine: bytes in, events out, no sockets
// and no time. No extensions. The handshake is in websocket_handshake.h.
//
// A frame that lies whole in the given bytes is unmasked there and delivered without copying or
// allocating. Only what is still incomplete is kept, and released as soon as it was delivered.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/close_code.h"

namespace tarotforge::protocol {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10
};

inline constexpr std::uint32_t kMaxMessageBytes = 64 * 1024;  // the frame limit of docs/spec.md
inline constexpr std::size_t kMaxControlBytes = 125;          // RFC 6455, section 5.5
inline constexpr std::size_t kMaxReasonBytes = 123;           // the same, less the two of the code

enum class EventKind : std::uint8_t { text, binary, ping, pong, close, violation };

struct Event {
  EventKind kind;
  // close: the code the peer gave, no_status where it gave none. violation: the code to send.
  CloseCode code = CloseCode::no_status;
  // The message or the payload; for close and violation the reason. Text is well-formed UTF-8.
  // Points into the given bytes or into the reader: valid until the next call of next().
  std::string_view data{};
};

struct FrameHeader;

// Reads what one client sends. Invariants: close or violation is the last event, all bytes after
// it are ignored; how the stream was cut into pieces changes no event; at most twice the bytes
// of one message are kept. Not thread-safe.
class FrameReader {
 public:
  // A message of more than `max_message` bytes, over all its fragments, is a violation (1009).
  explicit FrameReader(std::uint32_t max_message = kMaxMessageBytes);
  FrameReader(FrameReader&&) noexcept;
  FrameReader& operator=(FrameReader&&) noexcept;
  ~FrameReader();

  // Takes bytes from the front of `bytes`, changing them, until there is an event. nullopt once
  // all are taken: call it until then.
  std::optional<Event> next(std::span<char>& bytes);

  // Whether a close or a violation was seen.
  bool finished() const { return finished_; }

  // Memory held beyond the reader itself; 0 between messages.
  std::size_t held_bytes() const;

 private:
  struct Pending;

  std::optional<Event> take_whole(const FrameHeader& header, std::span<char>& bytes);
  std::optional<Event> resume(std::span<char>& bytes);
  std::optional<Event> begin_frame(std::span<char>& bytes);
  std::optional<Event> take_payload(std::span<char>& bytes);
  std::optional<Event> end_frame();
  Event control_event(Opcode opcode, std::string_view payload);
  Event violation(CloseCode code, std::string_view reason);

  std::unique_ptr<Pending> pending_;
  std::uint32_t max_message_;
  bool finished_ = false;
};

// Append one whole unmasked frame, as servers send them: the bytes are the same for every
// receiver. A control frame's payload must not be longer than kMaxControlBytes.
void append_frame(std::string& out, Opcode opcode, std::string_view payload);

// The reason is cut to kMaxReasonBytes at a character's end. With no_status the frame is empty.
void append_close(std::string& out, CloseCode code, std::string_view reason = {});

// A frame written in place: what is appended to `out` between the two calls becomes its payload.
std::size_t open_frame(std::string& out);
void seal_frame(std::string& out, std::size_t opened_at, Opcode opcode);

std::string framed_text(std::string_view text);

}  // namespace tarotforge::protocol
