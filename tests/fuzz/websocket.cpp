// Frames of RFC 6455 from a client: what comes of them does not depend on how the stream was cut
// (WS10), and what the encoder writes is read back the same (WS11).
#include "protocol/websocket.h"

#include <vector>

#include "base/text.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

struct Seen {
  EventKind kind;
  CloseCode code;
  std::string data;
  friend bool operator==(const Seen&, const Seen&) = default;
};

void read(FrameReader& reader, std::string bytes, std::vector<Seen>& events) {
  std::span<char> rest(bytes);
  while (const auto event = reader.next(rest)) {
    check(event->kind != EventKind::text || is_utf8(event->data), "text is UTF-8");
    check(event->data.size() <= kMaxMessageBytes, "no message is over the limit");
    events.push_back({event->kind, event->code, std::string(event->data)});
  }
  check(rest.empty(), "all bytes are taken");
  check(reader.held_bytes() <= 2 * kMaxMessageBytes + 1024, "what is kept is bounded");
}

// As a client would send what a server's frame holds: with a mask of zeros.
std::string masked(const std::string& frame) {
  const auto length7 = static_cast<unsigned char>(frame[1]);
  const std::size_t head = length7 == 127 ? 10 : length7 == 126 ? 4 : 2;
  std::string out = frame.substr(0, head) + std::string(4, '\0') + frame.substr(head);
  out[1] = static_cast<char>(length7 | 0x80);
  return out;
}

void check_written(const Seen& seen) {
  std::string frame;
  switch (seen.kind) {
    case EventKind::text:
      append_frame(frame, Opcode::text, seen.data);
      break;
    case EventKind::binary:
      append_frame(frame, Opcode::binary, seen.data);
      break;
    case EventKind::ping:
      append_frame(frame, Opcode::ping, seen.data);
      break;
    case EventKind::pong:
      append_frame(frame, Opcode::pong, seen.data);
      break;
    case EventKind::close:
      append_close(frame, seen.code, seen.data);
      break;
    case EventKind::violation:
      return;
  }
  std::vector<Seen> again;
  FrameReader reader;
  read(reader, masked(frame), again);
  check(again.size() == 1 && again.front() == seen, "what was written is read back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const auto seed = input.choice();
  std::vector<Seen> whole, pieces;
  FrameReader at_once, by_and_by;
  read(at_once, std::string(input.rest()), whole);
  fuzz::in_pieces(input.rest(), seed, 1 + seed % 16,
                  [&](std::string piece) { read(by_and_by, std::move(piece), pieces); });
  check(whole == pieces, "pieces give the same events");
  check(at_once.finished() == by_and_by.finished(), "and the same end");
  for (const auto& seen : whole) check_written(seen);
  return 0;
}
