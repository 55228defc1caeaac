// What the server does with those who ask too often, over HTTP and over sockets.
#include <fmt/format.h>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

NetOptions limited(net::Rates rates) {
  NetOptions options;
  options.server.limits.rates = rates;
  return options;
}

void check_limited(const Reply& reply) {
  CHECK(reply.status == 429);
  CHECK(reply.code() == "rate_limited");
  CHECK(std::stoi(reply.headers.at("retry-after")) >= 1);
  CHECK(reply.json().at("retryAfterSeconds").as_int64() >= 1);
}

std::string lock_table(bool locked) {
  return fmt::format(R"({{"key":"{}","kind":"lock_table","locked":{}}})", new_key(), locked);
}

std::string problem_of(const boost::json::object& reply) {
  if (reply.at("status").as_string() == "ok") return "ok";
  return std::string(reply.at("response").as_object().at("code").as_string());
}

}  // namespace

TEST_CASE("SC2 an address that asks too often is told when to come back" * kPlainOnly) {
  NetWorld world(limited({.requests = 5}));
  for (int i = 0; i < 5; ++i) CHECK(ask(world.port(), {.path = "/v1/decks"}).status == 200);
  check_limited(ask(world.port(), {.path = "/v1/decks"}));
  check_limited(ask(world.port(), {"POST", "/v1/sessions", R"({"deckId":"classic"})"}));
  CHECK(ask(world.port(), {.path = "/readyz"}).status == 200);
  CHECK(ask(world.port(), {.path = "/"}).status == 200);
  Wire wire(world.port());
  wire.send(upgrade_text("?vsn=2.0.0"));
  check_limited(read_reply(wire));
  wire.send(request_text({.path = "/healthz"}));  // the connection goes on
  CHECK(read_reply(wire).status == 200);
}

TEST_CASE("SC2 joins of channels count as requests") {
  NetWorld world(limited({.requests = 4}));
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  client.join(host, "1");
  client.join(host, "2");
  const auto refused = client.request("9", "session:" + host.session, "phx_join",
                                      fmt::format(R"({{"token":"{}"}})", host.token));
  CHECK(problem_of(refused) == "rate_limited");
}

TEST_CASE("SC3 making, previewing and joining readings has an allowance of its own") {
  NetWorld world(limited({.entries = 3}));
  const auto host = create_session(world.port());
  join_session(world.port(), host);
  const auto preview = "/v1/invites/" + host.code;
  CHECK(ask(world.port(), {.path = preview}).status == 200);
  check_limited(ask(world.port(), {.path = preview}));
  check_limited(ask(world.port(), {"POST", preview + "/join", R"({"name":"Guest"})"}));
  check_limited(ask(world.port(), {"POST", "/v1/sessions", R"({"deckId":"classic"})"}));
  const Ask read{.path = "/v1/sessions/" + host.session, .token = host.token};
  CHECK(ask(world.port(), read).status == 200);
}

TEST_CASE("SC3 who guesses the operator's token wrongly waits, also with the right one") {
  NetWorld world(limited({.guesses = 3}));
  const auto stats = [&](const std::string& token) {
    return ask(world.port(), {.path = "/v1/admin/stats", .token = token});
  };
  CHECK(stats("operator-token").status == 200);
  CHECK(stats("").status == 401);  // no guess
  for (int i = 0; i < 3; ++i) CHECK(stats(fmt::format("guess-{}", i)).status == 401);
  check_limited(stats("guess-4"));
  check_limited(stats("operator-token"));
  CHECK(ask(world.port(), {.path = "/v1/decks"}).status == 200);
}

TEST_CASE("SC3 making readings is no other way to guess the operator's token") {
  auto options = limited({.guesses = 3});
  options.settings.create_sessions = app::CreateSessions::admin;
  NetWorld world(std::move(options));
  const auto create = [&](const std::string& token) {
    return ask(world.port(), {"POST", "/v1/sessions", R"({"deckId":"classic"})", token});
  };
  CHECK(create("operator-token").status == 201);
  CHECK(create("").status == 403);  // no guess
  for (int i = 0; i < 3; ++i) CHECK(create(fmt::format("guess-{}", i)).status == 403);
  check_limited(create("guess-4"));
  check_limited(create("operator-token"));
}

TEST_CASE("SC4 a participant has one allowance over HTTP and sockets, and the others theirs") {
  NetWorld world(limited({.participant = 4}));
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient client(world.port());
  client.join(host);
  const auto topic = "session:" + host.session;
  const Ask read{.path = "/v1/sessions/" + host.session, .token = host.token};
  CHECK(problem_of(client.request("2", topic, "operation", lock_table(true))) == "ok");
  CHECK(problem_of(client.request("3", topic, "keep_alive", "{}")) == "ok");
  CHECK(ask(world.port(), read).status == 200);
  CHECK(ask(world.port(), read).status == 200);
  const auto refused = client.request("4", topic, "operation", lock_table(false));
  CHECK(problem_of(refused) == "rate_limited");
  CHECK(refused.at("response").as_object().at("retryAfterSeconds").as_int64() >= 1);
  check_limited(ask(world.port(), {"POST", "/v1/sessions/" + host.session + "/operations",
                                   lock_table(false), host.token}));
  const Ask other{.path = "/v1/sessions/" + host.session, .token = guest.token};
  const auto seen = ask(world.port(), other).json().at("session").as_object();
  CHECK(seen.at("version").as_int64() == 1);
  CHECK(seen.at("tableLocked").as_bool());
  client.push(R"([null,"5","phoenix","heartbeat",{}])");
  client.wait_for("phx_reply", "5");  // its socket lives
}

TEST_CASE("SC5 an address holds so many connections, sockets among them" * kPlainOnly) {
  NetWorld world(limited({.connections = 2}));
  PhoenixClient socket{world.port()};
  {
    Wire http(world.port());
    http.send(request_text({.path = "/healthz"}));
    CHECK(read_reply(http).status == 200);
    Wire extra(world.port());
    check_limited(read_reply(extra));
    CHECK(extra.closes_within(std::chrono::milliseconds(5000)));
  }
  for (int tries = 0; tries < 1000; ++tries) {  // until the server has seen the end
    Wire next(world.port());
    next.send(request_text({.path = "/healthz"}));
    if (read_reply(next).status == 200) return;
  }
  FAIL("a place becomes free");
}

TEST_CASE("SC5 a socket that sends too many frames is closed, and says why") {
  NetWorld world(limited({.frames = 20}));
  PhoenixClient client(world.port());
  for (int i = 0; i < 200; ++i)
    client.wire.try_send(masked_frame(1, R"([null,"1","phoenix","heartbeat",{}])"));
  CHECK(client.wait_for_close() == 1008);
}

TEST_CASE("SC7 clients behind a trusted proxy are told apart, and a stranger's word is not taken" *
          kPlainOnly) {
  auto options = limited({.requests = 2, .connections = 1});
  SUBCASE("trusted") {
    options.server.trusted_proxies = *net::Networks::parse("127.0.0.1");
    NetWorld world(options);
    const auto from = [&](const std::string& client) {
      return ask(world.port(), {.path = "/v1/decks", .headers = {"X-Forwarded-For: " + client}})
          .status;
    };
    Wire held(world.port());  // of the proxy's connections any number
    for (int i = 0; i < 2; ++i) CHECK(from("203.0.113.5, 198.51.100.1") == 200);
    CHECK(from("203.0.113.6, 198.51.100.1") == 429);
    CHECK(from("198.51.100.2") == 200);
    const auto upgrade = upgrade_text("?vsn=2.0.0", {"X-Forwarded-For: 198.51.100.3"});
    Wire first(world.port()), second(world.port());
    first.send(upgrade);
    CHECK(first.read_through("\r\n\r\n").starts_with("HTTP/1.1 101 "));
    second.send(upgrade);
    check_limited(read_reply(second));
  }
  SUBCASE("not trusted, and the operator is told once") {
    options.server.limits.rates.connections = 0;
    NetWorld world(options);
    for (int i = 0; i < 4; ++i) {
      const auto header = fmt::format("X-Forwarded-For: 198.51.100.{}", i);
      const auto reply = ask(world.port(), {.path = "/v1/decks", .headers = {header}});
      CHECK(reply.status == (i < 2 ? 200 : 429));
    }
    CHECK(world.log.count(LogLevel::warning, "TRUSTED_PROXIES") == 1);
  }
}
