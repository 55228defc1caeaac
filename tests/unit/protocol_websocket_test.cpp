#include "protocol/websocket.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "base/random.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

using Events = std::vector<std::string>;

constexpr unsigned kFin = 0x80;
constexpr std::array<char, 4> kMask = {'\x37', '\xfa', '\x21', '\x3d'};

// A client's frame as its first byte says, its length in `length_bytes` (0, 2 or 8).
std::string raw(unsigned first, std::string payload, int length_bytes,
                std::array<char, 4> mask = kMask) {
  std::string frame = {static_cast<char>(first)};
  const auto length7 = length_bytes == 8 ? 127 : length_bytes == 2 ? 126 : payload.size();
  frame += static_cast<char>(0x80 | length7);
  for (int i = length_bytes - 1; i >= 0; --i)
    frame += static_cast<char>(static_cast<std::uint64_t>(payload.size()) >> (8 * i));
  frame.append(mask.data(), mask.size());
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= mask[i % 4];
  return frame + payload;
}

// The same with the length in its shortest form.
std::string frame(unsigned first, std::string payload, std::array<char, 4> mask = kMask) {
  const int length_bytes = payload.size() <= 125 ? 0 : payload.size() <= 65535 ? 2 : 8;
  return raw(first, std::move(payload), length_bytes, mask);
}

std::string text(std::string payload) { return frame(kFin | 1, std::move(payload)); }
std::string begin(std::string payload) { return frame(1, std::move(payload)); }
std::string more(std::string payload) { return frame(0, std::move(payload)); }
std::string last(std::string payload) { return frame(kFin | 0, std::move(payload)); }
std::string ping(std::string payload) { return frame(kFin | 9, std::move(payload)); }
std::string pong(std::string payload) { return frame(kFin | 10, std::move(payload)); }
std::string close(std::string payload) { return frame(kFin | 8, std::move(payload)); }
std::string close(unsigned code, const std::string& reason) {
  return close(std::string{static_cast<char>(code >> 8), static_cast<char>(code)} + reason);
}

std::string shown(const Event& event) {
  const auto code = static_cast<unsigned>(event.code);
  switch (event.kind) {
    case EventKind::text:
      return fmt::format("text {}", event.data);
    case EventKind::binary:
      return fmt::format("binary {}", event.data);
    case EventKind::ping:
      return fmt::format("ping {}", event.data);
    case EventKind::pong:
      return fmt::format("pong {}", event.data);
    case EventKind::close:
      return fmt::format("close {} {}", code, event.data);
    case EventKind::violation:
      return fmt::format("violation {}", code);
  }
  return "?";
}

void read_into(Events& events, FrameReader& reader, std::string piece) {
  std::span<char> bytes(piece);
  while (const auto event = reader.next(bytes)) events.push_back(shown(*event));
  CHECK(bytes.empty());
}

Events read(const std::string& stream, std::uint32_t max_message = kMaxMessageBytes) {
  FrameReader reader(max_message);
  Events events;
  read_into(events, reader, stream);
  return events;
}

const Events kViolation = {"violation 1002"};

// Streams with everything in them that a client may do, and how each of them is to be read.
struct Stream {
  std::string bytes;
  Events events;
};

const std::vector<Stream>& streams() {
  static const std::vector<Stream> all = {
      {text("hello") + text("") + text("🃏"), {"text hello", "text ", "text 🃏"}},
      {frame(kFin | 2, "\xff\xfe") + pong("unasked"), {"binary \xff\xfe", "pong unasked"}},
      {begin("one ") + more("two ") + last("three"), {"text one two three"}},
      {begin("one ") + ping("p") + more("") + pong("") + ping("q") + last("two") + text("next"),
       {"ping p", "pong ", "ping q", "text one two", "text next"}},
      {begin("") + more("") + last("") + text("after"), {"text ", "text after"}},
      {begin("\xf0\x9f") + ping("") + last("\x83\x8f"), {"ping ", "text 🃏"}},
      {begin("a") + more("\xed") + more("\xa0"), {"violation 1007"}},
      {begin("\xf0\x9f") + last("") + text("ignored"), {"violation 1007"}},
      {frame(2, "\xff") + last("\xfe") + frame(2, "") + last(""), {"binary \xff\xfe", "binary "}},
      {text("x") + close(1000, "bye") + text("ignored"), {"text x", "close 1000 bye"}},
      {begin("never ended") + close("") + ping(""), {"close 1005 "}},
      {text("ok") + last("of nothing") + text("ignored"), {"text ok", "violation 1002"}},
      {begin("a") + text("b") + last("c"), {"violation 1002"}},
      {text(std::string(125, 'a')) + text(std::string(126, 'b')) + ping(std::string(125, 'c')),
       {"text " + std::string(125, 'a'), "text " + std::string(126, 'b'),
        "ping " + std::string(125, 'c')}},
      {begin("é") + frame(0x40, "") + last(""), {"violation 1002"}},
      {close(4001, "€") + close(4001, ""), {"close 4001 €"}},
  };
  return all;
}

}  // namespace

TEST_CASE("WS2 every length class is read, at both of its ends") {
  for (const std::size_t length : {0, 1, 7, 8, 9, 124, 125, 126, 127, 65534, 65535, 65536}) {
    const std::string payload(length, 'x');
    CHECK(read(text(payload)) == Events{"text " + payload});
    CHECK(read(frame(kFin | 2, payload)) == Events{"binary " + payload});
  }
}

TEST_CASE("WS2 a length that is not in its shortest form is a violation") {
  CHECK(read(raw(kFin | 1, "hello", 2)) == kViolation);
  CHECK(read(raw(kFin | 1, std::string(125, 'x'), 2)) == kViolation);
  CHECK(read(raw(kFin | 1, std::string(126, 'x'), 8)) == kViolation);
  CHECK(read(raw(kFin | 1, std::string(65535, 'x'), 8)) == kViolation);
}

TEST_CASE("WS2 a length with its highest bit set is a violation, a huge one is too big") {
  const std::string head = "\x81\xff";
  CHECK(read(head + '\x80' + std::string(7, '\0') + "mask") == kViolation);
  CHECK(read(head + std::string(8, '\xff') + "mask") == kViolation);
  CHECK(read(head + '\x7f' + std::string(7, '\xff') + "mask") == Events{"violation 1009"});
  CHECK(read(head + std::string(3, '\0') + '\x01' + std::string(4, '\0') + "mask") ==
        Events{"violation 1009"});
}

TEST_CASE("WS3 a client's frame must be masked") {
  std::string unmasked;
  append_frame(unmasked, Opcode::text, "hello");
  CHECK(read(unmasked) == kViolation);
  CHECK(read(text("one") + unmasked) == Events{"text one", "violation 1002"});
}

TEST_CASE("WS3 any mask is taken off, wherever the payload lies in memory") {
  Prng random(3);
  for (std::size_t length = 0; length < 70; ++length) {
    std::array<char, 4> mask;
    random.fill(std::span(reinterpret_cast<std::uint8_t*>(mask.data()), mask.size()));
    std::string payload;
    for (std::size_t i = 0; i < length; ++i) payload += static_cast<char>('a' + i % 26);
    // Frames of growing length behind each other start at every alignment.
    CHECK(read(frame(kFin | 1, payload, mask) + frame(kFin | 2, payload, {})) ==
          Events{"text " + payload, "binary " + payload});
  }
}

TEST_CASE("WS4 a fragmented message equals the same message in one frame") {
  const std::string message = "Die Karten, les cartes, 🂠🃏, οἱ χάρται";
  const Events whole = read(text(message));
  for (std::size_t a = 0; a <= message.size(); ++a) {
    for (std::size_t b = a; b <= message.size(); b += 3) {
      const auto stream =
          begin(message.substr(0, a)) + more(message.substr(a, b - a)) + last(message.substr(b));
      CHECK(read(stream) == whole);
    }
  }
}

TEST_CASE("WS4 a message may come in very many fragments") {
  std::string stream = begin("0");
  for (int i = 1; i < 5000; ++i) stream += more(std::to_string(i % 10)) + (i % 7 ? "" : more(""));
  const auto events = read(stream + last("."));
  REQUIRE(events.size() == 1);
  CHECK(events[0].size() == std::string("text ").size() + 5001);
}

TEST_CASE("WS5 malformed frames are violations") {
  for (const unsigned reserved : {0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70})
    CHECK(read(frame(kFin | reserved | 1, "x")) == kViolation);
  for (const unsigned opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    CHECK(read(frame(kFin | opcode, "")) == kViolation);
    CHECK(read(frame(opcode, "x")) == kViolation);
  }
  for (const unsigned control : {8, 9, 10}) {
    CHECK(read(frame(control, "")) == kViolation);
    CHECK(read(frame(kFin | control, std::string(126, 'x'))) == kViolation);
    CHECK(read(frame(kFin | control, std::string(65536, 'x'))) == kViolation);
  }
  CHECK(read(last("")) == kViolation);
  CHECK(read(more("x")) == kViolation);
  CHECK(read(begin("a") + last("b") + last("c")) == Events{"text ab", "violation 1002"});
  CHECK(read(begin("a") + frame(2, "b")) == kViolation);
}

TEST_CASE("WS5 a malformed frame is refused by its first two bytes") {
  CHECK(read("\xc1\x80") == kViolation);
  CHECK(read("\x83\x80") == kViolation);
  CHECK(read("\x81\x05") == kViolation);
  CHECK(read("\x89\xfe") == kViolation);
  CHECK(read("\x81\x85").empty());
}

TEST_CASE("WS6 invalid text fails at the first wrong byte, before its frame has ended") {
  const auto good = std::string("\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5");
  const auto stream = text(good + "\xf4\x90\x80\x80" + "never needed");
  FrameReader reader;
  Events events;
  const std::size_t header = 6;
  read_into(events, reader, stream.substr(0, header + good.size() + 1));
  CHECK(events.empty());
  read_into(events, reader, stream.substr(header + good.size() + 1, 1));
  CHECK(events == Events{"violation 1007"});
  CHECK(reader.finished());
}

TEST_CASE("WS6 text is UTF-8, whole or over fragments") {
  for (const char* bad : {"\x80", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
                          "a\xe2\x82", "\xf0\x80\x80\x80", "\xf0\x9f\x83"}) {
    CHECK(read(text(bad)) == Events{"violation 1007"});
    CHECK(read(begin("ok") + last(bad)) == Events{"violation 1007"});
    CHECK(read(frame(kFin | 2, bad)) == Events{fmt::format("binary {}", bad)});
  }
  const std::string with_zero("\0", 1);
  CHECK(read(text(with_zero)) == Events{"text " + with_zero});
}

TEST_CASE("WS7 a message over the limit is refused as soon as its length is known") {
  const std::string limit(kMaxMessageBytes, 'x');
  CHECK(read(text(limit)) == Events{"text " + limit});
  CHECK(read(text(limit + 'x')) == Events{"violation 1009"});
  CHECK(read(frame(kFin | 2, limit + 'x')) == Events{"violation 1009"});
  const auto header_alone = text(limit + 'x').substr(0, 14);
  CHECK(read(header_alone) == Events{"violation 1009"});
}

TEST_CASE("WS7 the limit holds for the sum of the fragments") {
  CHECK(read(begin("12345") + more("67") + last("8"), 8) == Events{"text 12345678"});
  CHECK(read(begin("12345") + more("67") + last("89"), 8) == Events{"violation 1009"});
  CHECK(read(begin("123456789"), 8) == Events{"violation 1009"});
  CHECK(read(begin("12345678") + ping("p") + last(""), 8) == Events{"ping p", "text 12345678"});
  CHECK(read(text("12345678") + text("12345678"), 8) == Events{"text 12345678", "text 12345678"});
  CHECK(read(text("") + text("x"), 0) == Events{"text ", "violation 1009"});
}

TEST_CASE("WS8 a ping is delivered with its bytes, to be sent back as a pong") {
  const std::string bytes("\0\xff\x80 any", 7);
  CHECK(read(ping(bytes)) == Events{"ping " + bytes});
  std::string answer;
  append_frame(answer, Opcode::pong, bytes);
  CHECK(answer == "\x8a\x07" + bytes);
}

TEST_CASE("WS9 a close is the last event, with its code and reason") {
  CHECK(read(close("")) == Events{"close 1005 "});
  for (const unsigned code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013,
                              1014, 3000, 3999, 4000, 4999})
    CHECK(read(close(code, "why") + text("ignored")) == Events{fmt::format("close {} why", code)});
  CHECK(read(close(1000, std::string(123, 'r'))) == Events{"close 1000 " + std::string(123, 'r')});
}

TEST_CASE("WS9 a malformed close is a violation") {
  CHECK(read(close("\x03")) == kViolation);
  for (const unsigned code :
       {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    CHECK(read(close(code, "")) == kViolation);
  CHECK(read(close(1000, "\xc3")) == Events{"violation 1007"});
  CHECK(read(close(1000, "\xed\xa0\x80")) == Events{"violation 1007"});
}

TEST_CASE("WS9 a close is written with its code, its reason cut at a character's end") {
  std::string out;
  append_close(out, CloseCode::server_draining, "draining");
  CHECK(out == std::string("\x88\x0a\x0f\xa0") + "draining");
  out.clear();
  append_close(out, CloseCode::no_status);
  CHECK(out == std::string("\x88\x00", 2));
  out.clear();
  append_close(out, CloseCode::normal, std::string(122, 'r') + "é");
  CHECK(out == std::string("\x88\x7c\x03\xe8") + std::string(122, 'r'));
}

TEST_CASE("WS10 a stream gives the same events wherever it is cut in two") {
  for (const auto& stream : streams()) {
    CHECK(read(stream.bytes) == stream.events);
    for (std::size_t cut = 0; cut <= stream.bytes.size(); ++cut) {
      FrameReader reader;
      Events events;
      read_into(events, reader, stream.bytes.substr(0, cut));
      read_into(events, reader, stream.bytes.substr(cut));
      CHECK(events == stream.events);
    }
  }
}

TEST_CASE("WS10 a stream gives the same events byte by byte and in random pieces") {
  Prng random(10);
  for (const auto& stream : streams()) {
    for (std::uint32_t longest = 1; longest < 40; ++longest) {
      FrameReader reader;
      Events events;
      for (std::size_t at = 0; at < stream.bytes.size();) {
        const std::size_t length = 1 + random.below(longest);
        read_into(events, reader, stream.bytes.substr(at, length));
        at += length;
      }
      CHECK(events == stream.events);
    }
  }
}

TEST_CASE("WS11 what the encoder writes is read back the same") {
  for (const std::size_t length : {0, 1, 125, 126, 127, 4000, 65535, 65536}) {
    const std::string payload(length, 'x');
    const auto framed = framed_text(payload);
    // A server's frame differs from a client's by the mask bit and the mask.
    auto as_client = framed;
    as_client[1] = static_cast<char>(as_client[1] | 0x80);
    as_client.insert(framed.size() - length, 4, '\0');
    CHECK(read(as_client) == Events{"text " + payload});
  }
}

TEST_CASE("WS11 a frame written in place equals one written from its payload") {
  for (const std::size_t length : {0, 1, 125, 126, 65535, 65536, 70000}) {
    std::string out = "before";
    const auto opened_at = open_frame(out);
    out.append(length, 'x');
    seal_frame(out, opened_at, Opcode::text);
    CHECK(out == "before" + framed_text(std::string(length, 'x')));
  }
}

TEST_CASE("WS13 a frame that lies whole in the buffer is delivered there") {
  auto stream = text("in place") + ping("this too");
  FrameReader reader;
  std::span<char> bytes(stream);
  while (const auto event = reader.next(bytes)) {
    CHECK(event->data.data() >= stream.data());
    CHECK(event->data.data() < stream.data() + stream.size());
    CHECK(reader.held_bytes() == 0);
  }
}

TEST_CASE("WS13 an idle reader holds nothing") {
  static_assert(sizeof(FrameReader) <= 16);
  FrameReader reader;
  Events events;
  const auto half = text(std::string(50'000, 'x')).substr(0, 30'000);
  read_into(events, reader, half);
  CHECK(reader.held_bytes() > 0);
  CHECK(reader.held_bytes() < 2 * half.size() + 512);  // grows with what came
  read_into(events, reader, text(std::string(50'000, 'x')).substr(30'000));
  CHECK(events.size() == 1);
  CHECK(reader.held_bytes() == 0);
  read_into(events, reader, begin("a") + ping("") + last("b"));
  CHECK(reader.held_bytes() == 0);
}

TEST_CASE("ER8 random bytes never break the frame reader, however they are cut") {
  Prng random(8);
  for (int round = 0; round < 20'000; ++round) {
    std::string stream = random.below(2) ? begin("a") : "";
    for (auto n = random.below(6); n > 0; --n) {
      std::string payload(random.below(20), static_cast<char>(random.below(256)));
      stream += frame(random.below(256), payload);
    }
    if (!stream.empty() && random.below(2))
      stream[random.below(static_cast<std::uint32_t>(stream.size()))] =
          static_cast<char>(random.below(256));
    FrameReader reader(40);
    Events events;
    const auto cut = random.below(static_cast<std::uint32_t>(stream.size()) + 1);
    read_into(events, reader, stream.substr(0, cut));
    read_into(events, reader, stream.substr(cut));
    if (events != read(stream, 40)) FAIL("round ", round);
  }
}
