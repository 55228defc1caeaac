// What the front does with clients that send too much, too slowly, or nonsense.
#include <fmt/format.h>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;
using std::chrono::milliseconds;

namespace {

struct Refusal {
  std::string sent;
  int status;
  std::string code;
};

// Each on a connection of its own, which is closed after the answer.
void check_refusals(std::uint16_t port, const std::vector<Refusal>& refusals) {
  for (const auto& refusal : refusals) {
    CAPTURE(refusal.sent.substr(0, 200));
    Wire wire(port);
    wire.try_send(refusal.sent);  // the rest may not be wanted any more
    const auto reply = read_reply(wire);
    CHECK(reply.status == refusal.status);
    CHECK(reply.code() == refusal.code);
    CHECK(reply.headers.at("connection") == "close");
    wire.stop_sending();
    CHECK(wire.closes_within(milliseconds(5000)));
  }
}

std::string post(std::string_view headers, std::string_view body) {
  return fmt::format("POST /v1/sessions HTTP/1.1\r\nHost: x\r\n{}\r\n{}", headers, body);
}

}  // namespace

TEST_CASE("HT3 a connection is kept alive, and pipelined requests are answered in order") {
  NetWorld world;
  Wire wire(world.port());
  std::string all;
  for (const auto* path : {"/v1/decks", "/healthz", "/nope", "/v1/layouts"})
    all += request_text({.path = path});
  all += request_text({"POST", "/v1/sessions", R"({"deckId":"classic"})"});
  for (int round = 0; round < 3; ++round) {
    wire.send(all);
    CHECK(read_reply(wire).body.find("decks") != std::string::npos);
    CHECK(read_reply(wire).body.find("alive") != std::string::npos);
    CHECK(read_reply(wire).status == 404);
    CHECK(read_reply(wire).body.find("layouts") != std::string::npos);
    CHECK(read_reply(wire).status == 201);
  }
  SUBCASE("until one of them asks to close") {
    wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    CHECK(read_reply(wire).headers.at("connection") == "close");
    wire.stop_sending();
    CHECK(wire.closes_within(milliseconds(5000)));
  }
  SUBCASE("of HTTP/1.0 only where it is asked for") {
    wire.send("GET /healthz HTTP/1.0\r\n\r\n");
    CHECK(read_reply(wire).headers.at("connection") == "close");
  }
  SUBCASE("in any pieces") {
    for (const char c : request_text({.path = "/healthz"})) wire.send({&c, 1});
    CHECK(read_reply(wire).status == 200);
  }
}

TEST_CASE("HT4 what is too large is refused by its kind") {
  NetWorld world;
  const std::string large(70 * 1024, 'a');
  std::string chunks;
  for (int i = 0; i < 5; ++i) chunks += fmt::format("4000\r\n{}\r\n", std::string(0x4000, 'b'));
  check_refusals(
      world.port(),
      {
          {"GET /" + std::string(9 * 1024, 'p') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414,
           "uri_too_long"},
          {"GET /" + large + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "uri_too_long"},
          {"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + large + "\r\n\r\n", 431, "headers_too_large"},
          {post(fmt::format("Content-Length: {}\r\n", large.size()), large), 413, "too_large"},
          {post("Content-Length: 99999999999\r\n", ""), 413, "too_large"},
          {post("Transfer-Encoding: chunked\r\n", chunks), 413, "too_large"},
          {post("Transfer-Encoding: chunked\r\n", "1;x=" + large), 413, "too_large"},
          {post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n0\r\nX-A: " + large), 413,
           "too_large"},
      });
  // A little below each limit all is well.
  const std::string body = R"({"deckId":"classic"})" + std::string(60 * 1024, ' ');
  CHECK(ask(world.port(), {"POST", "/v1/sessions", body}).status == 201);
  CHECK(ask(world.port(), {.path = "/" + std::string(8000, 'p')}).status == 404);
  CHECK(ask(world.port(), {.path = "/healthz", .headers = {"X-A: " + std::string(15'000, 'h')}})
            .status == 200);
}

TEST_CASE("HT4 a head is measured whole, however many fields it has and however it comes") {
  NetWorld world;
  const auto head_of = [](std::size_t bytes) {
    std::string head = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
    while (head.size() + 20 < bytes) head += "X-Aa: b\r\n";
    return head + "X-Z: " + std::string(bytes - head.size() - 9, 'z') + "\r\n\r\n";
  };
  const auto most = head_of(16 * 1024);
  REQUIRE(most.size() == 16 * 1024);
  Wire wire(world.port());
  wire.send(most + most);  // one after the other, and each has its own 16 KB
  CHECK(read_reply(wire).status == 200);
  CHECK(read_reply(wire).status == 200);
  for (std::size_t i = 0; i < most.size(); i += 1000)
    wire.send(std::string_view(most).substr(i, 1000));
  CHECK(read_reply(wire).status == 200);
  const auto endless = head_of(20 * 1024);
  check_refusals(world.port(), {{head_of(16 * 1024 + 1), 431, "headers_too_large"},
                                {endless, 431, "headers_too_large"},
                                {endless.substr(0, 18 * 1024), 431, "headers_too_large"}});
}

TEST_CASE("HT10 what cannot be read answers 400 and closes") {
  NetWorld world;
  check_refusals(world.port(),
                 {
                     {"nonsense\r\n\r\n", 400, "malformed"},
                     {"GET\r\n\r\n", 400, "malformed"},
                     {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 400, "malformed"},
                     {"GET relative HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed"},
                     {"GET / HTTP/1.1\r\n\r\n", 400, "malformed"},
                     {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "malformed"},
                     {"GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n", 400, "malformed"},
                     {"GET / HTTP/1.1\r\nHost: x\r\nA\x01: b\r\n\r\n", 400, "malformed"},
                     {post("Content-Length: -1\r\n", ""), 400, "malformed"},
                     {post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400, "malformed"},
                     {post("Content-Length: 18446744073709551616\r\n", ""), 400, "malformed"},
                     {post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400,
                      "malformed"},
                     {post("Transfer-Encoding: gzip\r\n", ""), 400, "malformed"},
                     {post("Transfer-Encoding: chunked\r\n", "zz\r\n"), 400, "malformed"},
                     {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + "\r\n\r\n",
                      400, "malformed"},
                 });
}

TEST_CASE("HT3 a chunked body is read, and 100 Continue is said before it where that is awaited") {
  NetWorld world;
  Wire wire(world.port());
  const std::string chunked =
      "a\r\n{\"deckId\":\r\n5\r\n\"clas\r\n5;x=y\r\nsic\"}\r\n0\r\nTrailer: t\r\n\r\n";
  wire.send(post("Transfer-Encoding: chunked\r\n", chunked));
  CHECK(read_reply(wire).status == 201);
  SUBCASE("SC1 also byte by byte, with a trailer or without") {
    for (const std::string end : {"0\r\n\r\n", "0\r\nTrailer: t\r\n\r\n"}) {
      wire.send(post("Transfer-Encoding: chunked\r\n", ""));
      for (const char c : "14\r\n{\"deckId\":\"classic\"}\r\n" + end) {
        wire.send({&c, 1});
        world.in_loop([] {});  // which has read it by now, most often
      }
      CHECK(read_reply(wire).status == 201);
    }
  }
  wire.send(post("Content-Length: 20\r\nExpect: 100-continue\r\n", ""));
  CHECK(wire.read_through("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  wire.send(R"({"deckId":"classic"})");
  CHECK(read_reply(wire).status == 201);
}

TEST_CASE("HT5 who sends too slowly is closed at an absolute deadline") {
  NetOptions options;
  options.server.limits.head = milliseconds(300);
  options.server.limits.body = milliseconds(300);
  options.server.limits.keep_alive = milliseconds(300);
  NetWorld world(options);
  Wire wire(world.port());
  const auto begin = std::chrono::steady_clock::now();
  SUBCASE("a stranger who says nothing") { CHECK(wire.closes_within(milliseconds(5000))); }
  SUBCASE("a head that comes byte by byte") {
    wire.send("GET /healthz HTTP/1.1\r\n");
    while (wire.is_silent_for(milliseconds(20)))
      if (!wire.try_send("X")) break;
    CHECK(read_reply(wire).code() == "request_timeout");
  }
  SUBCASE("a body that comes byte by byte") {
    wire.send(post("Content-Length: 1000\r\n", ""));
    while (wire.is_silent_for(milliseconds(20)))
      if (!wire.try_send(" ")) break;
    CHECK(read_reply(wire).code() == "request_timeout");
  }
  SUBCASE("a connection that is kept for nothing") {
    wire.send(request_text({.path = "/healthz"}));
    CHECK(read_reply(wire).status == 200);
    CHECK(wire.closes_within(milliseconds(5000)));
  }
  CHECK(std::chrono::steady_clock::now() - begin >= milliseconds(300));
}

TEST_CASE("HT5 connections beyond the limit are answered 503 and closed" * kPlainOnly) {
  NetOptions options;
  options.server.limits.connections = 3;
  NetWorld world(options);
  std::vector<Wire> held;
  for (int i = 0; i < 3; ++i) {
    held.emplace_back(world.port());
    held.back().send(request_text({.path = "/healthz"}));
    CHECK(read_reply(held.back()).status == 200);
  }
  {
    Wire extra(world.port());
    const auto reply = read_reply(extra);
    CHECK(reply.status == 503);
    CHECK(reply.code() == "overloaded");
    CHECK(reply.headers.contains("retry-after"));
    CHECK(extra.closes_within(milliseconds(5000)));
  }
  held.pop_back();
  // The place is free as soon as the server has seen the end.
  for (int tries = 0; tries < 1000; ++tries) {
    Wire next(world.port());
    next.send(request_text({.path = "/healthz"}));
    if (read_reply(next).status == 200) return;
  }
  FAIL("a place becomes free");
}

TEST_CASE("CL10 a taken port is told in one clear sentence") {
  NetWorld world;
  boost::asio::io_context context;
  net::Server::Options options{.listen = fmt::format("127.0.0.1:{}", world.port())};
  const auto refused = world.in_loop([&] {
    net::Server second(*world.house, *world.cleanup, context, options);
    return second.start();
  });
  REQUIRE(!refused);
  CHECK(refused.error().sentence() ==
        fmt::format("Port {} is taken by another program. Stop it, or choose another with "
                    "--listen.",
                    world.port()));
  for (const auto* bad : {"8080", "127.0.0.1:", "127.0.0.1:99999", "::1:80", "[127.0.0.1]:80",
                          "example.org:80", ""}) {
    CAPTURE(bad);
    options.listen = bad;
    const auto told = world.in_loop([&] {
      net::Server second(*world.house, *world.cleanup, context, options);
      return second.start();
    });
    CHECK(!told);
  }
}
