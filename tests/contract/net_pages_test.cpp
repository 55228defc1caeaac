// The web UI as it leaves the binary, and who may read what from elsewhere.
#include <array>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

constexpr std::array<net::Asset, 4> kAssets{{
    {"/assets/app-1a.js", "text/javascript; charset=utf-8", "\"aaaaaaaaaaaaaaaa\"", "plain script",
     "gzipped script", "brotli script", true},
    {"/icon.png", "image/png", "\"bbbbbbbbbbbbbbbb\"", "pixels", "", "", false},
    {"/index.html", "text/html; charset=utf-8", "\"cccccccccccccccc\"", "<!doctype html>page",
     "gzipped page", "", false},
    {"/room.html", "text/html; charset=utf-8", "\"dddddddddddddddd\"", "<!doctype html>room", "",
     "", false},
}};

NetOptions with_assets() {
  NetOptions options;
  options.server.assets = kAssets;
  return options;
}

}  // namespace

TEST_CASE("HT6 files carry a strong ETag, 304 answers it, and they are sent compressed") {
  NetWorld world(with_assets());
  struct Row {
    const char* path;
    const char* accept_encoding;
    const char* body;
    const char* coding;
  };
  const Row rows[] = {
      {"/assets/app-1a.js", "", "plain script", ""},
      {"/assets/app-1a.js", "gzip, deflate, br", "brotli script", "br"},
      {"/assets/app-1a.js", "gzip", "gzipped script", "gzip"},
      {"/assets/app-1a.js", "br;q=0, gzip;q=0.5", "gzipped script", "gzip"},
      {"/assets/app-1a.js", "GZIP;q=1.0", "gzipped script", "gzip"},
      {"/assets/app-1a.js", "identity", "plain script", ""},
      {"/index.html", "br, gzip", "gzipped page", "gzip"},
      {"/icon.png", "br, gzip", "pixels", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.accept_encoding);
    const std::string accept = std::string("Accept-Encoding: ") + row.accept_encoding;
    const auto reply = ask(world.port(), {.path = row.path, .headers = {accept}});
    CHECK(reply.status == 200);
    CHECK(reply.body == row.body);
    CHECK(reply.headers.contains("content-encoding") == (*row.coding != 0));
    if (*row.coding) CHECK(reply.headers.at("content-encoding") == row.coding);
    const auto etag = reply.headers.at("etag");
    CHECK(etag.starts_with('"'));
    const auto same =
        ask(world.port(), {.path = row.path, .headers = {accept, "If-None-Match: \"x\", " + etag}});
    CHECK(same.status == 304);
    CHECK(same.body.empty());
    CHECK(same.headers.at("etag") == etag);
    CHECK(!same.headers.contains("content-length"));
    const auto other =
        ask(world.port(), {.path = row.path, .headers = {accept, "If-None-Match: \"x\""}});
    CHECK(other.status == 200);
  }
  const auto script = ask(world.port(), {.path = "/assets/app-1a.js"});
  CHECK(script.headers.at("cache-control") == "public, max-age=31536000, immutable");
  CHECK(script.headers.at("vary") == "Accept-Encoding");
  CHECK(script.headers.at("content-type") == "text/javascript; charset=utf-8");
  CHECK(ask(world.port(), {.path = "/"}).headers.at("cache-control") == "no-cache");
  CHECK(!ask(world.port(), {.path = "/icon.png"}).headers.contains("vary"));
}

TEST_CASE("HT7 the UI's pages answer the embedded application") {
  NetWorld world(with_assets());
  for (const auto* path :
       {"/", "/invite/abc", "/room/1/summary", "/marketplace", "/?a=b", "/index.html",
        "http://tarot.example/marketplace", "/dashboard", "/dashboard/sessions",
        "/dashboard/sessions/1", "/dashboard/analytics"}) {
    CAPTURE(path);
    const auto reply = ask(world.port(), {.path = path});
    CHECK(reply.status == 200);
    CHECK(reply.body == "<!doctype html>page");
    CHECK(reply.headers.at("content-type") == "text/html; charset=utf-8");
  }
  CHECK(ask(world.port(), {.path = "/room/1"}).body == "<!doctype html>room");
  const std::vector<std::string> browser = {"Accept: text/html,*/*"};
  CHECK(ask(world.port(), {.path = "/elsewhere", .headers = browser}).status == 200);
  CHECK(ask(world.port(), {.path = "/elsewhere"}).status == 404);
  for (const auto* path : {"/assets/app-2b.js", "/v1/nothing", "/invite/a/b", "/%2e%2e/etc/passwd",
                           "/../etc/passwd", "/invite/"}) {
    CAPTURE(path);
    CHECK(ask(world.port(), {.path = path}).status == 404);
  }
  CHECK(ask(world.port(), {.path = "/v1/nothing", .headers = browser}).status == 404);
}

TEST_CASE("HT7 a binary without the UI says so") {
  NetOptions options;
  options.server.assets = {};
  NetWorld world(options);
  const auto reply = ask(world.port(), {.path = "/"});
  CHECK(reply.status == 200);
  CHECK(reply.body.find("not built") != std::string::npos);
}

TEST_CASE("HT7 SC9 every answer carries the security headers") {
  NetWorld world(with_assets());
  for (const auto* path : {"/", "/v1/decks", "/nope", "/readyz", "/assets/app-1a.js"}) {
    CAPTURE(path);
    const auto reply = ask(world.port(), {.path = path});
    CHECK(reply.headers.at("x-content-type-options") == "nosniff");
    CHECK(reply.headers.at("referrer-policy") == "no-referrer");
    CHECK(reply.headers.at("x-frame-options") == "DENY");
    CHECK(reply.headers.at("cross-origin-opener-policy") == "same-origin");
    CHECK(reply.headers.at("cross-origin-resource-policy") == "same-origin");
    CHECK(reply.headers.at("permissions-policy").find("camera=()") != std::string::npos);
    CHECK(reply.headers.at("strict-transport-security") == "max-age=31536000");
    const auto& policy = reply.headers.at("content-security-policy");
    for (const char* part : {"default-src 'self'", "object-src 'none'", "frame-ancestors 'none'",
                             "base-uri 'self'", "form-action 'self'"})
      CHECK(policy.find(part) != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(reply.headers.contains("cache-control"));
    CHECK(reply.headers.contains("date"));
  }
}

TEST_CASE("SC9 a server that people reach over http asks nobody for https") {
  auto options = with_assets();
  options.settings.public_url = "http://127.0.0.1:8080";
  NetWorld world(options);
  const auto reply = ask(world.port(), {.path = "/"});
  CHECK(!reply.headers.contains("strict-transport-security"));
}

TEST_CASE("HT12 pages of other origins read answers only where the operator allows it") {
  NetWorld world;
  const auto with = [&](const std::string& method, const std::string& origin) {
    return ask(world.port(), {method, "/v1/decks", "", "", {"Origin: " + origin}});
  };
  CHECK(with("GET", "https://friend.example").headers.at("access-control-allow-origin") ==
        "https://friend.example");
  CHECK(with("GET", "https://friend.example").headers.at("vary") == "Origin");
  for (const auto* origin : {"https://foe.example", "https://tarot.example", "null",
                             "https://friend.example.foe.example", "http://friend.example"}) {
    CAPTURE(origin);
    CHECK(!with("GET", origin).headers.contains("access-control-allow-origin"));
  }
  const auto preflight = with("OPTIONS", "https://friend.example");
  CHECK(preflight.status == 204);
  CHECK(preflight.headers.at("access-control-allow-methods") == "GET, HEAD, OPTIONS");
  CHECK(preflight.headers.at("access-control-allow-headers").find("Idempotency-Key") !=
        std::string::npos);
  const auto refused = with("OPTIONS", "https://foe.example");
  CHECK(refused.status == 403);
  CHECK(refused.code() == "origin_not_allowed");
}
