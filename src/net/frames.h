// Making WebSocket frames that several sockets may share.
#pragma once

#include <memory>
#include <string>

#include "net/outbox.h"
#include "protocol/websocket.h"

namespace tarotforge::net {

constexpr std::size_t kAroundPayload = 128;  // what a frame usually has beside its payload

// `append` writes the text of the frame into the string that it is given, which has room for a
// payload of so many bytes.
template <class Append>
SharedFrame text_frame(std::size_t payload_bytes, Append&& append) {
  auto frame = std::make_shared<std::string>();
  frame->reserve(kAroundPayload + payload_bytes);
  const auto begin = protocol::open_frame(*frame);
  append(*frame);
  protocol::seal_frame(*frame, begin, protocol::Opcode::text);
  return frame;
}

inline SharedFrame control_frame(protocol::Opcode opcode, std::string_view payload) {
  auto frame = std::make_shared<std::string>();
  protocol::append_frame(*frame, opcode, payload);
  return frame;
}

}  // namespace tarotforge::net
