#include "protocol/phoenix.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "protocol/json_guard.h"
#include "protocol/json_string.h"
#include "protocol/utf8.h"

namespace tarotforge::protocol {
namespace {

constexpr char kPushKind = 0;

Error malformed(const char* detail) { return Error(ErrorCode::malformed, detail); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Reads a text frame's tokens one after the other. Each function skips the space before its
// token and answers whether it was there.
class Scanner {
 public:
  Scanner(std::string_view text, std::string& scratch)
      : at_(text.data()), end_(at_ + text.size()), size_(text.size()), scratch_(scratch) {
    scratch_.clear();
  }

  bool take(char c) {
    skip_space();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  bool take_string(std::string_view& out) {
    if (!take('"')) return false;
    const char* const begin = at_;
    bool is_escaped = false;
    while (at_ < end_ && *at_ != '"') {
      if (static_cast<unsigned char>(*at_) < 0x20) return false;
      is_escaped |= *at_ == '\\';
      step_over_character();
    }
    if (at_ >= end_) return false;
    out = {begin, static_cast<std::size_t>(at_++ - begin)};
    return (!is_escaped || unescape(out)) && out.size() <= kMaxNameBytes;
  }

  bool take_reference(std::optional<std::string_view>& out) {
    skip_space();
    if (std::string_view(at_, end_).starts_with("null")) {
      at_ += 4;
      return true;
    }
    out.emplace();
    return take_string(*out);
  }

  // Takes an object by the balance of its brackets. Where they balance in a wrong way the inside
  // is no JSON either, and whoever parses it says so.
  bool take_object(std::string_view& out) {
    if (!take('{')) return false;
    const char* const begin = at_ - 1;
    for (std::size_t depth = 1; depth > 0; ++at_) {
      if (at_ >= end_) return false;
      if (*at_ == '{' || *at_ == '[') ++depth;
      if (*at_ == '}' || *at_ == ']') --depth;
      if (*at_ == '"' && !skip_string()) return false;
    }
    out = {begin, static_cast<std::size_t>(at_ - begin)};
    return true;
  }

  bool at_end() {
    skip_space();
    return at_ == end_;
  }

 private:
  void skip_space() {
    while (at_ < end_ && is_space(*at_)) ++at_;
  }

  // From the opening quote to the closing one.
  bool skip_string() {
    ++at_;
    while (at_ < end_ && *at_ != '"') step_over_character();
    return at_ < end_;
  }

  // A backslash and what it escapes are one.
  void step_over_character() {
    if (*at_ == '\\' && end_ - at_ > 1) [[unlikely]]
      ++at_;
    ++at_;
  }

  bool unescape(std::string_view& text) {
    scratch_.reserve(size_);  // never grows again, so that views into it stay
    const auto begin = scratch_.size();
    if (!append_unescaped(scratch_, text)) return false;
    text = std::string_view(scratch_).substr(begin);
    return true;
  }

  const char* at_;
  const char* const end_;
  const std::size_t size_;
  std::string& scratch_;
};

void append_reference(std::string& out, const std::optional<std::string_view>& reference) {
  if (reference)
    append_json_string(out, *reference);
  else
    out += "null";
  out += ',';
}

void append_head(std::string& out, const Address& to, std::string_view event) {
  out += '[';
  append_reference(out, to.join_ref);
  append_reference(out, to.ref);
  append_json_string(out, to.topic);
  out += ',';
  append_json_string(out, event);
  out += ',';
}

void append_payload(std::string& out, std::string_view payload) {
  check(payload.starts_with('{') && payload.ends_with('}'), "a payload is an object");
  out += payload;
}

void append_array(std::string& out, const Address& to, std::string_view event,
                  std::string_view payload) {
  append_head(out, to, event);
  append_payload(out, payload);
  out += ']';
}

Address both_references(const Address& incarnation) {
  return {
      .join_ref = incarnation.join_ref, .ref = incarnation.join_ref, .topic = incarnation.topic};
}

}  // namespace

Result<Frame> parse_text(std::string_view text, std::string& scratch) {
  Scanner scanner(text, scratch);
  Frame frame;
  if (!scanner.take('[')) return malformed("A frame must be an array.");
  if (!scanner.take_reference(frame.join_ref) || !scanner.take(','))
    return malformed("A frame's join_ref must be a string or null.");
  if (!scanner.take_reference(frame.ref) || !scanner.take(','))
    return malformed("A frame's ref must be a string or null.");
  if (!scanner.take_string(frame.topic) || !scanner.take(','))
    return malformed("A frame's topic must be a string.");
  if (!scanner.take_string(frame.event) || !scanner.take(','))
    return malformed("A frame's event must be a string.");
  if (!scanner.take_object(frame.payload)) return malformed("A frame's payload must be an object.");
  if (scanner.take(']') && scanner.at_end()) return frame;
  // More than five elements, which no client sends but all servers take: the whole is checked.
  const auto whole = parse_json(text, {.max_bytes = text.size(), .max_depth = 33});
  if (!whole) return malformed("A frame must have five elements.");
  return frame;
}

Result<Frame> parse_binary(std::string_view bytes) {
  if (!bytes.starts_with(kPushKind)) return malformed("A binary frame must be of kind 0.");
  constexpr std::size_t kHeaderBytes = 5;  // the kind and four lengths
  if (bytes.size() < kHeaderBytes) return malformed("A binary frame ends inside its header.");
  std::array<std::string_view, 4> names;  // join_ref, ref, topic, event
  std::string_view rest = bytes.substr(kHeaderBytes);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto length = static_cast<unsigned char>(bytes[1 + i]);
    if (length > rest.size()) return malformed("A binary frame ends inside its header.");
    names[i] = rest.substr(0, length);
    rest.remove_prefix(length);
    Utf8Check utf8;
    if (!utf8.feed(names[i]) || !utf8.complete())
      return malformed("A binary frame's header is not UTF-8.");
  }
  Frame frame;
  if (!names[0].empty()) frame.join_ref = names[0];
  if (!names[1].empty()) frame.ref = names[1];
  frame.topic = names[2];
  frame.event = names[3];
  frame.payload = rest;
  frame.payload_kind = PayloadKind::bytes;
  return frame;
}

void append_reply(std::string& out, const Address& to, ReplyStatus status,
                  std::string_view response) {
  append_head(out, to, kReplyEvent);
  out += status == ReplyStatus::ok ? R"({"status":"ok","response":)"
                                   : R"({"status":"error","response":)";
  append_payload(out, response);
  out += "}]";
}

void append_push(std::string& out, const Address& to, std::string_view event,
                 std::string_view payload) {
  append_array(out, {.join_ref = to.join_ref, .topic = to.topic}, event, payload);
}

void append_broadcast(std::string& out, std::string_view topic, std::string_view event,
                      std::string_view payload) {
  append_array(out, {.topic = topic}, event, payload);
}

void append_channel_close(std::string& out, const Address& incarnation) {
  append_array(out, both_references(incarnation), kCloseEvent, kEmptyObject);
}

void append_channel_error(std::string& out, const Address& incarnation, std::string_view payload) {
  append_array(out, both_references(incarnation), kErrorEvent, payload);
}

bool is_our_version(std::string_view vsn) {
  constexpr std::string_view kSeries = "2.0.";
  if (!vsn.starts_with(kSeries) || vsn.size() == kSeries.size()) return false;
  return std::ranges::all_of(vsn.substr(kSeries.size()),
                             [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace tarotforge::protocol
