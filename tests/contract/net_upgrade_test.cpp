// From HTTP to a socket: who may, and what is answered to the others.
#include <fmt/format.h>

#include "protocol/websocket.h"
#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

constexpr const char* kHeartbeat = R"([null,"1","phoenix","heartbeat",{}])";

std::string head_of(std::uint16_t port, const std::string& request) {
  Wire wire(port);
  wire.send(request);
  return wire.read_through("\r\n\r\n");
}

std::string without(std::string text, const std::string& line) {
  const auto at = text.find(line);
  REQUIRE(at != std::string::npos);
  const auto end = text.find("\r\n", at) + 2;
  return text.erase(at, end - at);
}

}  // namespace

TEST_CASE("WS1 an upgrade is accepted with the right proof and no extension") {
  NetWorld world;
  const auto head = head_of(world.port(), upgrade_text("?vsn=2.0.0", {"Sec-WebSocket-Extensions: "
                                                                      "permessage-deflate"}));
  CHECK(head.starts_with("HTTP/1.1 101 "));
  CHECK(head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != head.npos);
  CHECK(head.find("Extensions") == head.npos);
  CHECK(head.find("Sec-WebSocket-Protocol") == head.npos);
}

TEST_CASE("WS1 an upgrade that is none is refused, and told which version would do") {
  NetWorld world;
  const auto good = upgrade_text("?vsn=2.0.0");
  auto old = good;
  old.replace(old.find("Version: 13"), 11, "Version: 8 ");
  auto short_key = good;
  short_key.replace(short_key.find("dGhl"), 24, "dGhlIHNhbXBsZQ==");
  for (const auto& request : {without(good, "Upgrade:"), without(good, "Connection:"),
                              without(good, "Sec-WebSocket-Key"), old, short_key}) {
    CAPTURE(request);
    Wire wire(world.port());
    wire.send(request);
    const auto reply = read_reply(wire);
    CHECK(reply.status == 400);
    CHECK(reply.code() == "malformed");
    CHECK(reply.headers.at("sec-websocket-version") == "13");
    wire.send(request_text({.path = "/healthz"}));  // the connection goes on
    CHECK(read_reply(wire).status == 200);
  }
}

TEST_CASE("HT2 the socket's address knows GET alone") {
  NetWorld world;
  for (const std::string method : {"PUT", "POST", "DELETE", "OPTIONS", "HEAD"}) {
    CAPTURE(method);
    for (const auto* query : {"?vsn=2.0.0", ""}) {
      Wire wire(world.port());
      wire.send(upgrade_text(query).replace(0, 3, method));
      const bool has_body = method != "HEAD";
      const auto reply = read_reply(wire, has_body);
      CHECK(reply.status == 405);
      CHECK(reply.headers.at("allow") == "GET");
      if (has_body) CHECK(reply.code() == "method_not_allowed");
    }
  }
}

TEST_CASE("PH1 only vsn=2.0.x is spoken, any other is refused with 403 before the upgrade") {
  NetWorld world;
  for (const auto* query : {"", "?vsn=", "?vsn=1.0.0", "?vsn=3.0.0", "?token=x", "?vsn=2"}) {
    CAPTURE(query);
    CHECK(head_of(world.port(), upgrade_text(query)).starts_with("HTTP/1.1 403 "));
  }
  for (const auto* query : {"?vsn=2.0.0", "?token=x&vsn=2.0.0", "?nest%5Bx%5D=1&vsn=2.0.1"}) {
    CAPTURE(query);
    CHECK(head_of(world.port(), upgrade_text(query)).starts_with("HTTP/1.1 101 "));
  }
}

TEST_CASE("PH12 the sub-protocol phoenix is echoed, and never the token beside it") {
  NetWorld world;
  const auto offered = [&](const std::string& list) {
    return head_of(world.port(), upgrade_text("?vsn=2.0.0", {"Sec-WebSocket-Protocol: " + list}));
  };
  const auto head = offered("phoenix, base64url.bearer.phx.c2VjcmV0");
  CHECK(head.find("Sec-WebSocket-Protocol: phoenix\r\n") != head.npos);
  CHECK(head.find("bearer") == head.npos);
  CHECK(offered("graphql-ws").find("Sec-WebSocket-Protocol") == std::string::npos);
}

TEST_CASE("HT12 a socket is opened by this server's pages, by allowed ones, and by no others") {
  NetWorld world;
  const auto from = [&](const std::string& origin) {
    return head_of(world.port(), upgrade_text("?vsn=2.0.0", {"Origin: " + origin})).substr(9, 3);
  };
  CHECK(from("http://tarot.example") == "101");  // the host that was asked
  CHECK(from("https://tarot.example") == "101");
  CHECK(from("https://friend.example") == "101");
  for (const auto* origin : {"https://foe.example", "null", "https://tarot.example.foe.example",
                             "https://tarot.example:444", "tarot.example"}) {
    CAPTURE(origin);
    CHECK(from(origin) == "403");
  }
}

TEST_CASE("WS10 what is sent together with the upgrade is not lost") {
  NetWorld world;
  Wire wire(world.port());
  const auto frame = masked_frame(1, kHeartbeat);
  SUBCASE("a whole frame") { wire.send(upgrade_text("?vsn=2.0.0") + frame); }
  SUBCASE("a part of one") {
    wire.send(upgrade_text("?vsn=2.0.0") + frame.substr(0, 7));
    wire.send(frame.substr(7));
  }
  wire.read_through("\r\n\r\n");
  const std::string reply = R"([null,"1","phoenix","phx_reply",{"status":"ok","response":{}}])";
  CHECK(wire.read(2 + reply.size()).substr(2) == reply);
}

TEST_CASE("WS2 WS3 WS6 WS7 violations close with their code, and the server stays") {
  struct Row {
    std::string bytes;
    int code;
  };
  NetWorld world;
  const std::string large(protocol::kMaxMessageBytes + 1, 'a');
  const Row rows[] = {
      {std::string("\x81\x01"
                   "a"),
       1002},  // no mask
      {masked_frame(3, "x"), 1002},
      {masked_frame(1, "\xff\xfe"), 1007},
      {masked_frame(1, large), 1009},
      {masked_frame(8, "\x03"), 1002},
  };
  for (const auto& row : rows) {
    CAPTURE(row.code);
    PhoenixClient client(world.port());
    client.wire.try_send(row.bytes);
    CHECK(client.wait_for_close() == row.code);
    client.wire.stop_sending();
    CHECK(client.wire.closes_within(std::chrono::milliseconds(5000)));
  }
  CHECK(ask(world.port(), {.path = "/healthz"}).status == 200);
}

TEST_CASE("WS8 WS9 pings are answered, and a close with its own code") {
  NetWorld world;
  PhoenixClient client(world.port());
  client.send_frame(9, "are you there");
  const auto pong = client.next();
  CHECK(pong.opcode == 10);
  CHECK(pong.payload == "are you there");
  SUBCASE("with a code") {
    client.send_frame(8, std::string("\x0f\xa0", 2) + "bye");
    CHECK(client.wait_for_close() == 4000);
  }
  SUBCASE("with none") {
    client.send_frame(8, "");
    CHECK(client.wait_for_close() == 1005);
  }
  CHECK(client.wire.read_to_end().empty());
}
