#include "protocol/phoenix.h"

#include <doctest/doctest.h>

#include <string>

#include "base/random.h"
#include "protocol/json_guard.h"
#include "protocol/websocket.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

using Reference = std::optional<std::string_view>;

// Only good for checks that end with the statement: views may point into the argument.
std::string refusal(std::string_view text) {
  std::string scratch;
  const auto frame = parse_text(text, scratch);
  if (frame) return "";
  CHECK(frame.error().code == ErrorCode::malformed);
  return frame.error().detail;
}

std::string refusal_of_binary(std::string_view bytes) {
  const auto frame = parse_binary(bytes);
  if (frame) return "";
  CHECK(frame.error().code == ErrorCode::malformed);
  return frame.error().detail;
}

template <class Append>
std::string written(Append append) {
  std::string out;
  append(out);
  return out;
}

const Address kChannel = {.join_ref = "1", .ref = "5", .topic = "session:x"};

}  // namespace

TEST_CASE("PH1 version 2.0.x is ours, and no other") {
  for (const char* ours : {"2.0.0", "2.0.1", "2.0.12"}) CHECK(is_our_version(ours));
  for (const char* other : {"", "1.0.0", "2", "2.0", "2.0.", "2.1.0", "3.0.0", "2.0.x", "2.0.0-rc",
                            "2.0.0.0", " 2.0.0"})
    CHECK_FALSE(is_our_version(other));
}

TEST_CASE("PH2 a join is read as the stock client writes it") {
  std::string scratch;
  const std::string text =
      R"(["6","6","session:x","phx_join",{"token":"a ] } \" b","sinceVersion":0}])";
  const auto frame = parse_text(text, scratch);
  REQUIRE(frame);
  CHECK(frame->join_ref == Reference("6"));
  CHECK(frame->ref == Reference("6"));
  CHECK(frame->topic == "session:x");
  CHECK(frame->event == kJoinEvent);
  CHECK(frame->payload == R"({"token":"a ] } \" b","sinceVersion":0})");
  CHECK(frame->payload_kind == PayloadKind::json);
  CHECK(frame->payload.data() > text.data());  // not copied
  CHECK(scratch.empty());
}

TEST_CASE("PH2 references are strings or null, and echoed as they came") {
  std::string scratch;
  for (const char* reference : {"null", R"("6")", R"("")", R"("a b")", R"("null")", R"("é")"}) {
    const auto text = std::string("[") + reference + "," + reference + R"(,"t","e",{}])";
    const auto frame = parse_text(text, scratch);
    REQUIRE(frame);
    CHECK(written([&](auto& out) { append_reply(out, *frame, ReplyStatus::ok, "{}"); }) ==
          std::string("[") + reference + "," + reference +
              R"(,"t","phx_reply",{"status":"ok","response":{}}])");
  }
  for (const char* bad : {"6", "0", "true", "{}", "[]", "", "nul", "nulll", "-1"}) {
    CHECK(refusal(std::string("[") + bad + R"(,"1","t","e",{}])") ==
          "A frame's join_ref must be a string or null.");
    CHECK(refusal(std::string(R"(["1",)") + bad + R"(,"t","e",{}])") ==
          "A frame's ref must be a string or null.");
  }
}

TEST_CASE("PH2 escapes in the strings are read, and written where they are needed") {
  std::string scratch;
  const std::string text =
      R"( [ "\u0031" , "\"2\"" ,"t\/\ud83c\udccf", "\u0065v\\" ,  { "a" : "\"}" } ] )";
  const auto frame = parse_text(text, scratch);
  REQUIRE(frame);
  CHECK(frame->join_ref == Reference("1"));
  CHECK(frame->ref == Reference("\"2\""));
  CHECK(frame->topic == "t/🃏");
  CHECK(frame->event == "ev\\");
  CHECK(frame->payload == R"({ "a" : "\"}" })");
  CHECK(written([&](auto& out) { append_broadcast(out, frame->topic, frame->event, "{}"); }) ==
        R"([null,null,"t/🃏","ev\\",{}])");
}

TEST_CASE("PH3 a heartbeat is read, known and answered") {
  std::string scratch;
  const auto frame = parse_text(R"([null,"7","phoenix","heartbeat",{}])", scratch);
  REQUIRE(frame);
  CHECK(is_heartbeat(*frame));
  CHECK(written([&](auto& out) { append_reply(out, *frame, ReplyStatus::ok, kEmptyObject); }) ==
        R"([null,"7","phoenix","phx_reply",{"status":"ok","response":{}}])");
  const auto other = parse_text(R"([null,"7","phoenix","heart",{}])", scratch);
  CHECK_FALSE(is_heartbeat(*other));
}

TEST_CASE("PH9 what is no frame is malformed, with the reason") {
  for (const char* text : {"", " ", "{}", "null", "\"[\"", R"({"topic":"t"})"})
    CHECK(refusal(text) == "A frame must be an array.");
  for (const char* topic : {"null", "1", "{}", "[\"t\"]", "\"t", "t", "\"\\x\"", "\"\\ud800\""})
    CHECK(refusal(std::string("[null,null,") + topic + R"(,"e",{}])") ==
          "A frame's topic must be a string.");
  for (const char* event : {"null", "1", "{}", "[]", "true", "\"a\nb\"", "\"a\tb\""})
    CHECK(refusal(std::string(R"([null,null,"t",)") + event + ",{}]") ==
          "A frame's event must be a string.");
  for (const char* payload : {"null", "1", "[]", "\"{}\"", "", "{\"", "{\"\\"})
    CHECK(refusal(std::string(R"([null,null,"t","e",)") + payload + "]") ==
          "A frame's payload must be an object.");
  CHECK(refusal(R"([null,null,"t","e"])") == "A frame's event must be a string.");
}

TEST_CASE("PH9 nothing may follow the frame, and elements after the fifth are ignored") {
  CHECK(refusal(R"([null,null,"t","e",{}],)") == "A frame must have five elements.");
  CHECK(refusal(R"([null,null,"t","e",{}] x)") == "A frame must have five elements.");
  CHECK(refusal(R"([null,null,"t","e",{})") == "A frame must have five elements.");
  CHECK(refusal(R"([null,null,"t","e",{}})") == "A frame must have five elements.");
  CHECK(refusal(R"([null,null,"t","e",{},])") == "A frame must have five elements.");
  CHECK(refusal(R"([null,null,"t","e",{},garbage])") == "A frame must have five elements.");
  CHECK(refusal(R"([null,null,"t","e",{"a":1},6,["seven"],{}])") == "");
}

TEST_CASE("PH9 an inside of the payload that is no JSON is found by who parses it") {
  std::string scratch;
  for (const char* payload : {"{]", "{\"a\":[}]", "{a}", "{\"a\":1,}", "{\"a\" \"b\"}"}) {
    const auto text = std::string(R"([null,"1","t","e",)") + payload + "]";
    const auto frame = parse_text(text, scratch);
    if (frame) CHECK_FALSE(parse_object(frame->payload));
  }
}

TEST_CASE("PH9 a topic, an event and a reference have at most 255 bytes") {
  const std::string longest(255, 'x');
  const auto with = [](const std::string& reference, const std::string& topic,
                       const std::string& event) {
    return refusal("[\"" + reference + "\",null,\"" + topic + "\",\"" + event + "\",{}]");
  };
  CHECK(with(longest, longest, longest) == "");
  CHECK(with(longest + "x", "t", "e") != "");
  CHECK(with("1", longest + "x", "e") != "");
  CHECK(with("1", "t", longest + "x") != "");
}

TEST_CASE("PH10 each kind of frame carries the references that clients expect") {
  CHECK(written([](auto& out) { append_push(out, kChannel, "presence_state", "{}"); }) ==
        R"(["1",null,"session:x","presence_state",{}])");
  CHECK(written([](auto& out) { append_broadcast(out, "session:x", "operation", R"({"a":1})"); }) ==
        R"([null,null,"session:x","operation",{"a":1}])");
  CHECK(written([](auto& out) { append_channel_close(out, kChannel); }) ==
        R"(["1","1","session:x","phx_close",{}])");
  CHECK(written([](auto& out) { append_channel_error(out, kChannel, "{}"); }) ==
        R"(["1","1","session:x","phx_error",{}])");
}

TEST_CASE("PH11 a refusal is a reply with status error") {
  CHECK(
      written([](auto& out) {
        append_reply(out, kChannel, ReplyStatus::error, R"({"code":"not_allowed"})");
      }) ==
      R"(["1","5","session:x","phx_reply",{"status":"error","response":{"code":"not_allowed"}}])");
}

TEST_CASE("PH17 a binary push is read into the same frame, its payload as bytes") {
  const auto good =
      std::string("\0\1\2\6\4", 5) + "6" + "42" + "room:x" + "cast" + std::string("\0\xff", 2);
  const auto frame = parse_binary(good);
  REQUIRE(frame);
  CHECK(frame->join_ref == Reference("6"));
  CHECK(frame->ref == Reference("42"));
  CHECK(frame->topic == "room:x");
  CHECK(frame->event == "cast");
  CHECK(frame->payload == std::string("\0\xff", 2));
  CHECK(frame->payload_kind == PayloadKind::bytes);
}

TEST_CASE("PH17 empty references of a binary push are absent, its payload may be empty") {
  const std::string bytes("\0\0\0\1\1te", 7);
  const auto frame = parse_binary(bytes);
  REQUIRE(frame);
  CHECK_FALSE(frame->join_ref);
  CHECK_FALSE(frame->ref);
  CHECK(frame->topic == "t");
  CHECK(frame->event == "e");
  CHECK(frame->payload.empty());
}

TEST_CASE("PH17 other kinds, wrong lengths and headers that are not UTF-8 are malformed") {
  CHECK(refusal_of_binary("") == "A binary frame must be of kind 0.");
  for (const char kind : {1, 2, 3, 4, 5, 0x5b})
    CHECK(refusal_of_binary(std::string(1, kind) + std::string(20, '\0')) ==
          "A binary frame must be of kind 0.");
  const auto good = std::string("\0\1\1\3\2", 5) + "12top" + "ev";
  CHECK(refusal_of_binary(good) == "");
  for (std::size_t length = 1; length < good.size(); ++length)
    CHECK(refusal_of_binary(good.substr(0, length)) == "A binary frame ends inside its header.");
  CHECK(refusal_of_binary(std::string("\0\0\0\1\0", 5) + "\xe9") ==
        "A binary frame's header is not UTF-8.");
  CHECK(refusal_of_binary(std::string("\0\xff\xff\xff\xff", 5) + std::string(1020, 'x')) == "");
}

TEST_CASE("RT9 a frame is encoded and framed in one buffer") {
  std::string out;
  const auto opened_at = open_frame(out);
  append_broadcast(out, "session:x", "operation", R"({"version":7})");
  seal_frame(out, opened_at, Opcode::text);
  CHECK(out == framed_text(R"([null,null,"session:x","operation",{"version":7}])"));
}

TEST_CASE("PH2 what is written is read back the same, whatever its strings") {
  Prng random(2);
  const std::string_view pieces[] = {"a", "\"", "\\", "\n", "\x01", "€", "🃏", "]", "{", ",", "/"};
  const auto some = [&] {
    std::string text;
    for (auto n = random.below(8); n > 0; --n) text += pieces[random.below(std::size(pieces))];
    return text;
  };
  std::string scratch;
  for (int round = 0; round < 5000; ++round) {
    const auto join_ref = some(), topic = some(), event = some(), key = some();
    std::string out;
    append_push(out, {.join_ref = join_ref, .topic = topic}, event, "{\"a\":[1,{\"]\":2}]}");
    const auto frame = parse_text(out, scratch);
    REQUIRE(frame);
    CHECK(frame->join_ref == Reference(join_ref));
    CHECK_FALSE(frame->ref);
    CHECK(frame->topic == topic);
    CHECK(frame->event == event);
    CHECK(frame->payload == "{\"a\":[1,{\"]\":2}]}");
  }
}

TEST_CASE("ER8 no cut or changed byte breaks the frame parsers") {
  Prng random(88);
  const std::string text =
      R"(["\u0036","7","session:x","phx_join",{"a":[1,"\"",{"b":null}]},"more"])";
  const auto binary = std::string("\0\1\1\3\2", 5) + "12topev" + "{}";
  std::string scratch;
  for (std::size_t length = 0; length < text.size(); ++length)
    CHECK_FALSE(parse_text(text.substr(0, length), scratch));
  for (int round = 0; round < 50'000; ++round) {
    auto changed = round % 2 ? text : binary;
    for (auto n = 1 + random.below(3); n > 0; --n)
      changed[random.below(static_cast<std::uint32_t>(changed.size()))] =
          static_cast<char>(random.below(256));
    const std::string exact(changed);  // no spare bytes behind it, for the address sanitizer
    const auto frame = round % 2 ? parse_text(exact, scratch) : parse_binary(exact);
    if (frame && frame->payload_kind == PayloadKind::json) CHECK(frame->payload.starts_with('{'));
  }
}
