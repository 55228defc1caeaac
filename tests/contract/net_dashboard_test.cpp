// Operators in the browser: the cookie of a login, and the dashboard's topic.
#include <fmt/format.h>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

constexpr const char* kOwn = "Origin: https://tarot.example";
constexpr const char* kFriend = "Origin: https://friend.example";

std::string cookie_of(const Reply& reply) {
  const auto& set = reply.headers.at("set-cookie");
  return "Cookie: theme=dark; " + set.substr(0, set.find(';'));
}

std::string log_in(const NetWorld& world) {
  const auto reply =
      ask(world.port(), {"POST", "/v1/admin/login", R"({"token":"operator-token"})"});
  REQUIRE(reply.status == 204);
  return cookie_of(reply);
}

int status_of(const NetWorld& world, const char* method, const std::string& path,
              std::vector<std::string> headers, std::string body = {}) {
  return ask(world.port(), {method, path, std::move(body), "", std::move(headers)}).status;
}

// "ok", or the code of the refusal.
std::string watch(PhoenixClient& client, std::string_view payload = "{}") {
  const auto reply = client.request("1", "dashboard", "phx_join", payload);
  const auto& response = reply.at("response").as_object();
  if (reply.at("status") != "ok") return std::string(response.at("code").as_string());
  CHECK(response.at("stats").as_object().contains("totalSessions"));
  CHECK(response.at("events").is_array());
  return "ok";
}

}  // namespace

TEST_CASE("DB1 a login by the token answers a cookie that pages cannot read") {
  NetWorld world;
  const auto reply =
      ask(world.port(), {"POST", "/v1/admin/login", R"({"token":"operator-token"})"});
  CHECK(reply.status == 204);
  const auto& cookie = reply.headers.at("set-cookie");
  CHECK(cookie.starts_with("tarotforge_admin="));
  CHECK(cookie.ends_with("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure"));
  CHECK(cookie.find("operator-token") == cookie.npos);
  CHECK(status_of(world, "POST", "/v1/admin/login", {}, R"({"token":"no"})") == 401);
  CHECK(status_of(world, "POST", "/v1/admin/login", {}, "{}") == 400);

  NetOptions plain;
  plain.settings.public_url = "http://127.0.0.1:8080";
  NetWorld unsafe(plain);
  const auto other =
      ask(unsafe.port(), {"POST", "/v1/admin/login", R"({"token":"operator-token"})"});
  CHECK(other.headers.at("set-cookie").ends_with("; SameSite=Strict"));
}

TEST_CASE("DB2 the cookie does what the token does; a change has to come from a page of our own") {
  NetWorld world;
  const auto cookie = log_in(world);
  const auto session = create_session(world.port()).session;
  CHECK(status_of(world, "GET", "/v1/admin/stats", {cookie}) == 200);
  CHECK(status_of(world, "GET", "/v1/admin/sessions", {cookie, kFriend}) == 200);
  const auto path = "/v1/admin/sessions/" + session + "/extend";
  const std::string body = R"({"seconds":60})";
  CHECK(status_of(world, "POST", path, {cookie}, body) == 403);
  CHECK(status_of(world, "POST", path, {cookie, kFriend}, body) == 403);
  CHECK(status_of(world, "POST", path, {cookie, "Origin: null"}, body) == 403);
  CHECK(status_of(world, "POST", path, {cookie, kOwn}, body) == 200);
  CHECK(status_of(world, "POST", "/v1/admin/cleanup", {cookie, kOwn}) == 200);
  // A wrong token is not made good by a cookie.
  CHECK(ask(world.port(), {"GET", "/v1/admin/stats", "", "wrong", {cookie}}).status == 401);
  CHECK(status_of(world, "GET", "/v1/sessions/" + session, {cookie}) == 401);
}

TEST_CASE("DB3 a cookie ends by logout, and one that is not in force is no guess") {
  NetOptions options;
  options.server.limits.rates.guesses = 2;
  NetWorld world(options);
  const auto cookie = log_in(world), other = log_in(world);
  CHECK(status_of(world, "POST", "/v1/admin/logout", {cookie}) == 403);
  CHECK(status_of(world, "GET", "/v1/admin/stats", {cookie}) == 200);
  const auto reply = ask(world.port(), {"POST", "/v1/admin/logout", "", "", {cookie, kOwn}});
  CHECK(reply.status == 204);
  CHECK(reply.headers.at("set-cookie").find("Max-Age=0") != std::string::npos);
  for (int i = 0; i < 5; ++i) CHECK(status_of(world, "GET", "/v1/admin/stats", {cookie}) == 401);
  CHECK(status_of(world, "GET", "/v1/admin/stats", {other}) == 200);
}

TEST_CASE("DB1 DB4 SC3 a wrong token is a guess, at the login and at the topic") {
  NetOptions options;
  options.server.limits.rates.guesses = 2;
  NetWorld world(options);
  PhoenixClient client(world.port());
  CHECK(watch(client, R"({"token":"operator-token"})") == "ok");
  CHECK(watch(client, R"({"token":"wrong"})") == "unauthorized");
  CHECK(status_of(world, "POST", "/v1/admin/login", {}, R"({"token":"wrong"})") == 401);
  CHECK(watch(client, R"({"token":"operator-token"})") == "rate_limited");
  CHECK(status_of(world, "POST", "/v1/admin/login", {}, R"({"token":"operator-token"})") == 429);
}

TEST_CASE("DB4 the cookie of the upgrade joins the topic, where a page of our own has sent it") {
  NetWorld world;
  const auto cookie = log_in(world);
  const auto joined = [&](std::vector<std::string> headers) {
    PhoenixClient client(Wire(world.port()), headers);
    return watch(client);
  };
  CHECK(joined({cookie, kOwn}) == "ok");
  CHECK(joined({cookie}) == "ok");
  CHECK(joined({cookie, kFriend}) == "unauthorized");
  CHECK(joined({}) == "unauthorized");
  CHECK(joined({"Cookie: tarotforge_admin=forged"}) == "unauthorized");
}

TEST_CASE("DB5 DB10 XP4 statistics come once a second, as over HTTP, and events as they happen") {
  NetWorld world;
  PhoenixClient client(world.port());
  REQUIRE(watch(client, R"({"token":"operator-token"})") == "ok");
  const auto seat = create_session(world.port());
  const auto event = client.wait_for("event");
  CHECK(event.at(2) == "dashboard");
  CHECK(event.at(4).at("type") == "created");
  CHECK(event.at(4).at("sessionId").as_string() == seat.session);
  boost::json::object told;
  do told = client.wait_for("stats").at(4).as_object();
  while (told.at("totalSessions") != 1);
  auto asked = ask(world.port(), {.path = "/v1/admin/stats", .token = "operator-token"}).json();
  for (const auto* moving :
       {"serverTime", "flushLagSeconds", "memoryBytes", "perSecond", "servers"}) {
    CHECK(told.contains(moving));
    told.erase(moving);
    asked.erase(moving);
  }
  CHECK(told == asked);
}

TEST_CASE("DB7 whose login has ended hears nothing more") {
  NetWorld world;
  const auto cookie = log_in(world);
  PhoenixClient client(Wire(world.port()), {cookie, kOwn});
  REQUIRE(watch(client) == "ok");
  CHECK(status_of(world, "POST", "/v1/admin/logout", {cookie, kOwn}) == 204);
  client.wait_for("phx_close");
  CHECK(watch(client) == "unauthorized");
}

TEST_CASE("DB7 RT1 an operator who reads nothing is a slow consumer, and the others hear on") {
  NetOptions options;
  options.server.limits.outbox_bytes = 256 * 1024;
  NetWorld world(options);
  PhoenixClient slow(Wire(world.port(), {.receive_buffer = 4096}));
  PhoenixClient reader(world.port());
  REQUIRE(watch(slow, R"({"token":"operator-token"})") == "ok");
  REQUIRE(watch(reader, R"({"token":"operator-token"})") == "ok");
  const auto data = fmt::format(R"({{"text":"{}"}})", std::string(60'000, 'x'));
  for (int i = 0; i < 40; ++i) {
    world.in_loop([&] { world.house->events.add({.type = "noise", .data = data}); });
    reader.wait_for("event");
  }
  CHECK(slow.wait_for_close() == 4002);
  reader.wait_for("stats");
}

TEST_CASE("DB11 DB14 DB15 operators read the series, people and operations, and close invites") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host, "Robin");
  const auto get = [&](const std::string& path) {
    return ask(world.port(), {.path = "/v1/admin/" + path, .token = "operator-token"});
  };
  const auto series = get("series").json();
  CHECK(series.at("intervalSeconds") == 10);
  CHECK(series.at("at").as_array().size() >= 8640);
  CHECK(get("series?from=10&to=x").status == 422);
  CHECK(get("series?from=2000&to=1000").json().at("at").as_array().empty());
  const auto people = get("sessions/" + host.session + "/participants");
  CHECK(people.body.find("Robin") == people.body.npos);
  CHECK(people.json().at("participants").as_array().size() == 2);
  CHECK(people.json().at("participants").at(1).at("id").as_string() == guest.participant);
  CHECK(get("sessions/" + host.session + "/operations").json().at("operations").as_array().empty());
  CHECK(get("sessions/" + host.participant + "/operations").status == 404);
  const auto closed =
      ask(world.port(),
          {"POST", "/v1/admin/sessions/" + host.session + "/close-invites", "", "operator-token"});
  CHECK(closed.status == 200);
  CHECK(ask(world.port(), {.path = "/v1/invites/" + host.code}).code() == "invite_revoked");
}
