#include "protocol/websocket.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <expected>

#include "base/check.h"
#include "protocol/utf8.h"

namespace tarotforge::protocol {

struct FrameHeader {
  Opcode opcode;
  bool fin;
  std::uint8_t size;  // of the header itself
  std::array<char, 4> mask;
  std::uint64_t length;

  bool is_control() const { return opcode >= Opcode::close; }
};

namespace {

constexpr std::size_t kMaxHeaderBytes = 14;  // 2, a length of 8, a mask of 4
constexpr std::size_t kMaxLength7 = 125;     // lengths up to here stand in the second byte itself
constexpr std::size_t kMaxLength16 = 65535;
constexpr std::size_t kGuessedHeaderBytes =
    4;  // right for the lengths most replies have, 126-65535

bool is_known(unsigned opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

std::uint64_t big_endian(std::span<const char> bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>((value >> shift) & 0xff);
}

void append_header(std::string& out, Opcode opcode, std::size_t length) {
  check(opcode < Opcode::close || length <= kMaxControlBytes, "a control frame fits its limit");
  out += static_cast<char>(0x80 | static_cast<unsigned>(opcode));
  if (length <= kMaxLength7) {
    out += static_cast<char>(length);
  } else if (length <= kMaxLength16) {
    out += static_cast<char>(126);
    append_big_endian(out, length, 2);
  } else {
    out += static_cast<char>(127);
    append_big_endian(out, length, 8);
  }
}

std::string_view view(std::span<const char> bytes) { return {bytes.data(), bytes.size()}; }

// The header at the front of `bytes`, nothing while it is incomplete, or what is wrong with it
// whatever came before.
std::expected<std::optional<FrameHeader>, std::string_view> read_header(
    std::span<const char> bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  FrameHeader header{};
  header.fin = (first & 0x80) != 0;
  header.opcode = static_cast<Opcode>(first & 0x0f);
  header.length = second & 0x7f;
  if (first & 0x70) return std::unexpected("A reserved bit is set.");
  if (!is_known(first & 0x0f)) return std::unexpected("The opcode is not known.");
  if (!(second & 0x80)) return std::unexpected("A client's frame must be masked.");
  if (header.is_control() && !header.fin)
    return std::unexpected("A control frame must not be fragmented.");
  if (header.is_control() && header.length > kMaxControlBytes)
    return std::unexpected("A control frame has more than 125 bytes.");

  const std::size_t length_bytes = header.length == 126 ? 2 : header.length == 127 ? 8 : 0;
  if (bytes.size() < 2 + length_bytes) return std::nullopt;
  if (length_bytes > 0) {
    header.length = big_endian(bytes.subspan(2, length_bytes));
    if (header.length >> 63) return std::unexpected("The length's highest bit is set.");
    if (header.length <= (length_bytes == 2 ? kMaxLength7 : kMaxLength16))
      return std::unexpected("The length is not in its shortest form.");
  }
  header.size = static_cast<std::uint8_t>(2 + length_bytes + header.mask.size());
  if (bytes.size() < header.size) return std::nullopt;
  std::memcpy(header.mask.data(), &bytes[2 + length_bytes], header.mask.size());
  return header;
}

// `offset` is how many bytes of the payload came before these.
void unmask(std::span<char> bytes, const std::array<char, 4>& mask, std::uint64_t offset) {
  std::array<char, 8> turned;  // the mask twice, as it lies over the first of these bytes
  for (std::size_t i = 0; i < 8; ++i) turned[i] = mask[(offset + i) % 4];
  std::uint64_t key;
  std::memcpy(&key, turned.data(), 8);
  std::size_t i = 0;
  for (std::uint64_t eight; i + 8 <= bytes.size(); i += 8) {
    std::memcpy(&eight, &bytes[i], 8);
    eight ^= key;
    std::memcpy(&bytes[i], &eight, 8);
  }
  for (; i < bytes.size(); ++i) bytes[i] ^= turned[i % 8];
}

}  // namespace

// What is unfinished: a header, a frame, a message of several frames, in this order inside each
// other. A control frame has its own payload because it may stand between a message's fragments.
struct FrameReader::Pending {
  std::array<char, kMaxHeaderBytes> header{};
  std::uint8_t header_size = 0;
  std::uint8_t control_size = 0;
  bool delivered_control = false;
  bool delivered_message = false;
  Utf8Check utf8;
  std::array<char, kMaxControlBytes> control{};
  std::optional<FrameHeader> frame;
  std::uint64_t taken = 0;               // of the frame's payload
  std::optional<Opcode> message_opcode;  // set while a message is open
  std::string message;

  bool is_empty() const { return header_size == 0 && !frame && !message_opcode; }

  // Forgets the event given out by the call before.
  void release_delivered() {
    if (delivered_control) control_size = 0;
    if (delivered_message) {
      message_opcode.reset();
      message = {};
      utf8 = {};
    }
    delivered_control = delivered_message = false;
  }
};

FrameReader::FrameReader(std::uint32_t max_message) : max_message_(max_message) {}
FrameReader::FrameReader(FrameReader&&) noexcept = default;
FrameReader& FrameReader::operator=(FrameReader&&) noexcept = default;
FrameReader::~FrameReader() = default;

std::size_t FrameReader::held_bytes() const {
  return pending_ ? sizeof(Pending) + pending_->message.capacity() : 0;
}

std::optional<Event> FrameReader::next(std::span<char>& bytes) {
  if (pending_) pending_->release_delivered();
  if (pending_ && (finished_ || pending_->is_empty())) pending_.reset();
  if (finished_) bytes = {};
  if (pending_) return resume(bytes);
  if (bytes.empty()) return std::nullopt;

  const auto header = read_header(bytes);
  if (!header) return violation(CloseCode::protocol_violation, header.error());
  const bool is_whole = *header && (*header)->fin && (*header)->opcode != Opcode::continuation &&
                        bytes.size() - (*header)->size >= (*header)->length;
  if (is_whole) return take_whole(**header, bytes);
  pending_ = std::make_unique<Pending>();
  return resume(bytes);
}

// The hot path: a frame that is a message or control frame of its own, all of it here.
std::optional<Event> FrameReader::take_whole(const FrameHeader& header, std::span<char>& bytes) {
  const auto payload = bytes.subspan(header.size, header.length);
  bytes = bytes.subspan(header.size + header.length);
  if (!header.is_control() && header.length > max_message_)
    return violation(CloseCode::too_big, "The message is too big.");
  unmask(payload, header.mask, 0);
  if (header.is_control()) return control_event(header.opcode, view(payload));
  if (header.opcode == Opcode::binary)
    return Event{.kind = EventKind::binary, .data = view(payload)};
  Utf8Check utf8;
  if (!utf8.feed(view(payload)) || !utf8.complete())
    return violation(CloseCode::invalid_text, "The text is not UTF-8.");
  return Event{.kind = EventKind::text, .data = view(payload)};
}

std::optional<Event> FrameReader::resume(std::span<char>& bytes) {
  while (true) {
    if (!pending_->frame) {
      if (auto event = begin_frame(bytes)) return event;
      if (!pending_->frame) return std::nullopt;
    }
    if (auto event = take_payload(bytes)) return event;
    if (pending_->taken < pending_->frame->length) return std::nullopt;
    if (auto event = end_frame()) return event;
  }
}

std::optional<Event> FrameReader::begin_frame(std::span<char>& bytes) {
  Pending& p = *pending_;
  const auto copied = std::min(p.header.size() - p.header_size, bytes.size());
  std::copy_n(bytes.begin(), copied, p.header.begin() + p.header_size);
  const auto header = read_header(std::span(p.header).first(p.header_size + copied));
  if (!header) return violation(CloseCode::protocol_violation, header.error());
  if (!*header) {
    p.header_size = static_cast<std::uint8_t>(p.header_size + copied);
    bytes = bytes.subspan(copied);
    return std::nullopt;
  }
  const FrameHeader& frame = **header;
  bytes = bytes.subspan(frame.size - p.header_size);
  p.header_size = 0;
  if (!frame.is_control()) {
    const bool continues = frame.opcode == Opcode::continuation;
    if (continues && !p.message_opcode)
      return violation(CloseCode::protocol_violation, "There is no message to continue.");
    if (!continues && p.message_opcode)
      return violation(CloseCode::protocol_violation, "A message began inside another.");
    if (frame.length > max_message_ - p.message.size())
      return violation(CloseCode::too_big, "The message is too big.");
    if (!continues) p.message_opcode = frame.opcode;
  }
  p.frame = frame;
  p.taken = 0;
  return std::nullopt;
}

// The memory for a message grows with the bytes that came, not with the length that was promised.
std::optional<Event> FrameReader::take_payload(std::span<char>& bytes) {
  Pending& p = *pending_;
  const auto part = bytes.first(std::min<std::uint64_t>(p.frame->length - p.taken, bytes.size()));
  bytes = bytes.subspan(part.size());
  unmask(part, p.frame->mask, p.taken);
  p.taken += part.size();
  if (p.frame->is_control()) {
    std::copy(part.begin(), part.end(), p.control.begin() + p.control_size);
    p.control_size = static_cast<std::uint8_t>(p.control_size + part.size());
    return std::nullopt;
  }
  if (p.message_opcode == Opcode::text && !p.utf8.feed(view(part)))
    return violation(CloseCode::invalid_text, "The text is not UTF-8.");
  p.message.append(part.begin(), part.end());
  return std::nullopt;
}

std::optional<Event> FrameReader::end_frame() {
  Pending& p = *pending_;
  const FrameHeader frame = *p.frame;
  p.frame.reset();
  if (frame.is_control()) {
    p.delivered_control = true;
    return control_event(frame.opcode, {p.control.data(), p.control_size});
  }
  if (!frame.fin) return std::nullopt;
  if (!p.utf8.complete()) return violation(CloseCode::invalid_text, "The text is not UTF-8.");
  p.delivered_message = true;
  const bool is_text = p.message_opcode == Opcode::text;
  return Event{.kind = is_text ? EventKind::text : EventKind::binary, .data = p.message};
}

Event FrameReader::control_event(Opcode opcode, std::string_view payload) {
  if (opcode == Opcode::ping) return {.kind = EventKind::ping, .data = payload};
  if (opcode == Opcode::pong) return {.kind = EventKind::pong, .data = payload};
  if (payload.size() == 1)
    return violation(CloseCode::protocol_violation, "A close frame has half a code.");
  finished_ = true;
  if (payload.empty()) return {.kind = EventKind::close};
  const auto code = static_cast<CloseCode>(big_endian(payload.substr(0, 2)));
  const auto reason = payload.substr(2);
  Utf8Check utf8;
  if (!may_be_sent(code))
    return violation(CloseCode::protocol_violation, "The close code may not be sent.");
  if (!utf8.feed(reason) || !utf8.complete())
    return violation(CloseCode::invalid_text, "The close reason is not UTF-8.");
  return {.kind = EventKind::close, .code = code, .data = reason};
}

Event FrameReader::violation(CloseCode code, std::string_view reason) {
  finished_ = true;
  return {.kind = EventKind::violation, .code = code, .data = reason};
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
  append_header(out, opcode, payload.size());
  out += payload;
}

void append_close(std::string& out, CloseCode code, std::string_view reason) {
  if (code == CloseCode::no_status) return append_frame(out, Opcode::close, {});
  check(may_be_sent(code), "close codes on the wire are sendable");
  std::string payload;
  append_big_endian(payload, static_cast<std::uint16_t>(code), 2);
  payload += cut_utf8(reason, kMaxReasonBytes);
  append_frame(out, Opcode::close, payload);
}

std::size_t open_frame(std::string& out) {
  out.append(kGuessedHeaderBytes, '\0');
  return out.size() - kGuessedHeaderBytes;
}

void seal_frame(std::string& out, std::size_t opened_at, Opcode opcode) {
  std::string header;
  append_header(header, opcode, out.size() - opened_at - kGuessedHeaderBytes);
  out.replace(opened_at, kGuessedHeaderBytes, header);
}

std::string framed_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + kMaxHeaderBytes);
  append_frame(out, Opcode::text, text);
  return out;
}

}  // namespace tarotforge::protocol
