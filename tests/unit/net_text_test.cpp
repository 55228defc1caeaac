// The small readers of HTTP's front, and the outbox.
#include <doctest/doctest.h>

#include <array>

#include "net/http.h"
#include "net/listen_address.h"
#include "net/origins.h"
#include "net/outbox.h"
#include "net/response_text.h"
#include "net/router.h"
#include "net/site.h"
#include "protocol/json_guard.h"
#include "protocol/problem.h"

using namespace tarotforge;
using namespace tarotforge::net;

TEST_CASE("HT1 a path is matched part by part, and its parameters are decoded") {
  using Parts = std::vector<std::string>;
  CHECK(match("/v1/decks", "/v1/decks") == Parts{});
  CHECK(match("/v1/decks/{id}", "/v1/decks/a%20b") == Parts{"a b"});
  CHECK(match("/{a}/x/{b}", "/1/x/2") == Parts{"1", "2"});
  CHECK(match("/", "/") == Parts{});
  for (const auto* path : {"", "/", "/v1", "/v1/decks", "/v1/decks/", "/v1/decks/a/b",
                           "/v1/decks/%", "/v1/decks/%2", "/v1/decks/%g0", "/v1/decks/%00",
                           "/v1/decks/%ff", "/v1//a", "v1/decks/a", "/v1/decks/a/"}) {
    CAPTURE(path);
    CHECK(!match("/v1/decks/{id}", path));
  }
}

TEST_CASE("ER4 numbers and flags of a query are whole and within their bounds") {
  const auto number = [](std::string_view query) { return query_number(query, "n", 7, 1, 500); };
  CHECK(number("").value() == 7);
  CHECK(number("m=3").value() == 7);
  CHECK(number("a=1&n=500&n=2").value() == 500);
  CHECK(number("n=%31").value() == 1);
  for (const auto* query : {"n=", "n=0", "n=501", "n=-1", "n=+1", "n=1.0", "n=1e2", "n= 1", "n",
                            "n=99999999999999999999", "n=0x1"}) {
    CAPTURE(query);
    CHECK(number(query).error().code == ErrorCode::invalid_value);
  }
  CHECK(query_flag("dry=true", "dry").value());
  CHECK(!query_flag("", "dry").value());
  CHECK(query_flag("dry=1", "dry").error().code == ErrorCode::invalid_value);
  CHECK(query_value("n=%f", "n").error().code == ErrorCode::malformed);
}

TEST_CASE("ER4 a word of a query is one of those listed") {
  constexpr std::array<std::string_view, 2> kWords{"up", "down"};
  CHECK(!query_word("", "way", kWords).value());
  CHECK(query_word("way=%75p", "way", kWords).value() == "up");
  for (const auto* query : {"way=", "way", "way=Up", "way=up%20", "way=sideways"}) {
    CAPTURE(query);
    CHECK(query_word(query, "way", kWords).error().code == ErrorCode::invalid_value);
  }
}

TEST_CASE("ER2 every status that is answered has its phrase") {
  const auto first_line = [](int status) {
    const auto head = response_head({.status = status}, {.keep_alive = true, .now = {}});
    return head.substr(0, head.find("\r\n"));
  };
  CHECK(first_line(410) == "HTTP/1.1 410 Gone");
  std::vector<int> statuses{200, 201, 204, 304};
  for (const auto& row : protocol::error_table_json())
    statuses.push_back(row.at("status").to_number<int>());
  for (const int status : statuses) {
    CAPTURE(status);
    CHECK(!first_line(status).ends_with(' '));
  }
}

TEST_CASE("TK2 only a bearer's credentials are a token") {
  const auto token = [](std::string value) {
    Request request;
    request.add_header("Authorization", value);
    return bearer_token(request);
  };
  CHECK(token("Bearer abc") == "abc");
  CHECK(token("bearer  abc ") == "abc");
  for (const auto* value : {"", "Bearer", "Bearer ", "Basic abc", "abc", "Bearerabc"})
    CHECK(token(value).empty());
}

TEST_CASE("ID2 an operation's key is bound to its fields, not to their order or the key") {
  const auto hash = [](std::string_view text) {
    return operation_hash(protocol::parse_object(text).value());
  };
  const auto one = hash(R"({"kind":"flip","card":1})");
  CHECK(hash(R"({"card":1,"kind":"flip","key":"x"})") == one);
  CHECK(hash(R"({ "kind" : "flip", "card" : 1 })") == one);
  CHECK(hash(R"({"kind":"flip","card":2})") != one);
  CHECK(hash(R"({"kind":"flip","card":"1"})") != one);
  CHECK(hash(R"({"kind":"flip"})") != one);
}

TEST_CASE("HT12 an origin is this server's by host, by PUBLIC_URL, or by the operator's list") {
  const Origins origins("https://tarot.example/base/", {"https://friend.example"});
  const auto may = [&](std::string_view origin, std::string_view host) {
    Request request;
    if (!origin.empty()) request.add_header("Origin", origin);
    request.add_header("Host", host);
    return origins.may_connect(request);
  };
  CHECK(may("", "anything"));
  CHECK(may("http://localhost:8080", "localhost:8080"));
  CHECK(may("https://TAROT.example", "10.0.0.1:8080"));
  CHECK(may("https://friend.example", "tarot.example"));
  CHECK(!may("http://localhost:8081", "localhost:8080"));
  CHECK(!may("http://tarot.example", "10.0.0.1"));
  CHECK(!may("null", "null.example"));
  CHECK(!may("://", ""));
  CHECK(origin_of("no url").empty());
}

TEST_CASE("CF3 an address to listen on names an address and a port") {
  CHECK(parse_listen_address("127.0.0.1:8080")->port() == 8080);
  CHECK(parse_listen_address("0.0.0.0:0")->address().is_unspecified());
  CHECK(parse_listen_address("[::1]:443")->address().is_v6());
  CHECK(parse_listen_address("localhost:1")->address().is_loopback());
  for (const auto* text : {"", ":", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000",
                           "::1:80", "[::1]", "[127.0.0.1]:80", "example.org:80", "127.0.0.1:8o"})
    CHECK_MESSAGE(!parse_listen_address(text), text);
}

namespace {

std::string all_of(const Outbox& outbox, std::size_t pieces) {
  std::vector<iovec> out(pieces);
  std::string text;
  const auto count = outbox.pieces(out);
  for (std::size_t i = 0; i < count; ++i)
    text.append(static_cast<const char*>(out[i].iov_base), out[i].iov_len);
  return text;
}

Outbox filled(std::initializer_list<const char*> frames) {
  Outbox outbox;
  for (const auto* frame : frames) outbox.push(std::make_shared<std::string>(frame));
  return outbox;
}

}  // namespace

TEST_CASE("RT1 an outbox sends its frames in order, from where it stopped") {
  const std::string whole = "abcdefghi";
  for (std::size_t step = 1; step <= whole.size(); ++step) {
    auto outbox = filled({"abc", "d", "efghi"});
    std::string sent;
    while (!outbox.empty()) {
      const auto next = all_of(outbox, 2).substr(0, step);
      sent += next;
      outbox.sent(next.size());
      CHECK(outbox.bytes() == whole.size() - sent.size());
    }
    CHECK(sent == whole);
    CHECK(outbox.frames() == 0);
  }
}

TEST_CASE("RT1 an outbox that is given up keeps the rest of a frame that was sent in part") {
  auto outbox = filled({"abc", "def", "ghi"});
  outbox.sent(4);
  CHECK(outbox.frames() == 2);
  outbox.drop_unsent();
  CHECK(outbox.frames() == 1);
  CHECK(outbox.bytes() == 2);
  outbox.push(std::make_shared<std::string>("!"));
  CHECK(all_of(outbox, 8) == "ef!");
  auto whole = filled({"abc", "def"});
  whole.sent(3);
  whole.drop_unsent();
  CHECK(whole.empty());
  CHECK(whole.bytes() == 0);
}
