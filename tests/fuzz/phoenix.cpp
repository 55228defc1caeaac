// Frames of Phoenix Channels, text and binary: what was read can be written and read again.
#include "protocol/phoenix.h"

#include "base/text.h"
#include "protocol/json_guard.h"
#include "protocol/json_text.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

void check_names(const Frame& frame) {
  check(frame.topic.size() <= kMaxNameBytes && frame.event.size() <= kMaxNameBytes &&
            frame.join_ref.value_or("").size() <= kMaxNameBytes &&
            frame.ref.value_or("").size() <= kMaxNameBytes,
        "names are bounded");
  for (const auto text :
       {frame.topic, frame.event, frame.join_ref.value_or(""), frame.ref.value_or("")})
    check(is_utf8(text), "names are UTF-8");
}

Frame parsed_again(const std::string& text, std::string& scratch) {
  check(is_utf8(text) && parse_json(text, {.max_bytes = SIZE_MAX, .max_depth = 34}).has_value(),
        "what is written is JSON");
  const auto again = parse_text(text, scratch);
  check(again.has_value(), "what is written can be read");
  return *again;
}

// A payload that is no JSON is the reader's trouble, and is never written.
void check_written(const Frame& frame, std::string_view payload) {
  std::string reply, push, scratch;
  append_reply(reply, frame, ReplyStatus::ok, payload);
  const auto answered = parsed_again(reply, scratch);
  check(answered.join_ref == frame.join_ref && answered.ref == frame.ref &&
            answered.topic == frame.topic && answered.event == kReplyEvent,
        "references are echoed as they came");
  append_push(push, frame, frame.event, payload);
  const auto pushed = parsed_again(push, scratch);
  check(pushed.join_ref == frame.join_ref && !pushed.ref && pushed.topic == frame.topic &&
            pushed.event == frame.event && pushed.payload == payload,
        "a push is read back");
}

void try_text(std::string_view text) {
  if (!is_utf8(text)) return;  // the WebSocket layer saw to it
  std::string scratch;
  const auto frame = parse_text(text, scratch);
  if (!frame) return;
  check_names(*frame);
  // Its end may be another bracket's: whoever reads it says so.
  check(frame->payload.starts_with('{'), "a payload is an object");
  const auto payload = parse_object(frame->payload);
  check_written(*frame, payload ? to_text(*payload) : "{}");
}

void append_length(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size());
}

void try_binary(std::string_view bytes) {
  const auto frame = parse_binary(bytes);
  if (!frame) return;
  check_names(*frame);
  check(frame->payload_kind == PayloadKind::bytes, "its payload is marked as bytes");
  const auto join_ref = frame->join_ref.value_or(""), ref = frame->ref.value_or("");
  std::string again(1, '\0');
  for (const auto text : {join_ref, ref, frame->topic, frame->event}) append_length(again, text);
  again.append(join_ref).append(ref).append(frame->topic).append(frame->event);
  check(again.append(frame->payload) == bytes, "every byte is somewhere, in its place");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  try_binary(input.rest());
  try_text(input.rest());
  return 0;
}
