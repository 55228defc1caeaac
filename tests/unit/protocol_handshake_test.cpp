#include <doctest/doctest.h>

#include <string>

#include "protocol/websocket_handshake.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

UpgradeRequest good() {
  return {.method = "GET",
          .http_version = 11,
          .upgrade = "websocket",
          .connection = "Upgrade",
          .version = "13",
          .key = "dGhlIHNhbXBsZSBub25jZQ=="};
}

std::string refusal(const UpgradeRequest& request) {
  const auto accepted = accept_upgrade(request);
  if (accepted) return "";
  CHECK(accepted.error().code == ErrorCode::malformed);
  return accepted.error().detail;
}

}  // namespace

TEST_CASE("WS1 the accept value is the one of the RFC's example") {
  CHECK(accept_upgrade(good()).value() == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("WS1 the accept value is right for texts of every padding") {
  // Expected values by another implementation of SHA-1; 19 and 20, 27 and 28 characters lie on
  // both sides of where the padding needs another block.
  CHECK(accept_key("") == "Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=");
  CHECK(accept_key(std::string(19, 'k')) == "tWclcP21hrR+xgjYVswtQRW71GQ=");
  CHECK(accept_key(std::string(20, 'k')) == "tSsjsIAvEVIQ+IC5K8+T/OkG8nU=");
  CHECK(accept_key(std::string(27, 'k')) == "qUNe7W8rvas6tQS5F4QBTf/JpvE=");
  CHECK(accept_key(std::string(28, 'k')) == "x9bmfLYIxLMaaT5h0sFuRlAhhb8=");
  CHECK(accept_key(std::string(100, 'k')) == "rWzVOVhJgr+k5nChyKqRW0+OIwk=");
}

TEST_CASE("WS1 tokens are found in lists, in any case") {
  auto request = good();
  request.upgrade = "WebSocket";
  request.connection = "keep-alive, Upgrade";
  request.version = " 13 ";
  CHECK(refusal(request) == "");
  request.connection = "keep-alive ,\tuPGRADE ,, close";
  CHECK(refusal(request) == "");
}

TEST_CASE("WS1 a request that is no upgrade to version 13 is refused with the reason") {
  const auto with = [](auto member, auto value) {
    auto request = good();
    request.*member = value;
    return refusal(request);
  };
  CHECK(with(&UpgradeRequest::method, "POST") == "A WebSocket is opened with GET.");
  CHECK(with(&UpgradeRequest::http_version, 10u) == "A WebSocket needs HTTP/1.1.");
  for (const char* bad : {"", "h2c", "websockets"})
    CHECK(with(&UpgradeRequest::upgrade, bad) ==
          "This address speaks WebSocket. Send \"Upgrade: websocket\".");
  for (const char* bad : {"", "keep-alive", "upgraded, not"})
    CHECK(with(&UpgradeRequest::connection, bad) == "The Connection header must hold \"Upgrade\".");
  for (const char* bad : {"", "8", "12", "14", "13, 8", "130"})
    CHECK(with(&UpgradeRequest::version, bad) == "Only version 13 of WebSocket is spoken here.");
  for (const char* bad :
       {"", "==", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=a",
        "dGhlIHNhbXBsZSBub25jZQ===", "dGhlIHNhbXBsZSBub25j====", "dGhlIHNhbXBsZSBub25-ZQ==",
        "dGhlIHNhbXBsZSBub25jZSE=", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=="})
    CHECK(with(&UpgradeRequest::key, bad) == "Sec-WebSocket-Key must be 16 bytes in base64.");
}

TEST_CASE("PH12 the sub-protocol is found among what is offered") {
  CHECK(has_token("phoenix", "phoenix"));
  CHECK(has_token("phoenix, base64url.bearer.phx.dG9rZW4", "phoenix"));
  CHECK(has_token("other,phoenix", "phoenix"));
  CHECK_FALSE(has_token("", "phoenix"));
  CHECK_FALSE(has_token("phoenixes", "phoenix"));
  CHECK_FALSE(has_token("base64url.bearer.phx.dG9rZW4", "phoenix"));
}
