// The routes as clients see them: a request, the status, what must and what must not be in the
// answer.
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

struct Case {
  Ask ask;
  int status;
  std::vector<std::string> contains{};
  std::vector<std::string> lacks{};
};

void run_cases(std::uint16_t port, const std::vector<Case>& cases) {
  for (const auto& each : cases) {
    const auto reply = ask(port, each.ask);
    CAPTURE(each.ask.method);
    CAPTURE(each.ask.path);
    CAPTURE(reply.body);
    CHECK(reply.status == each.status);
    const auto whole = reply.head + reply.body;
    for (const auto& part : each.contains) CHECK_MESSAGE(whole.find(part) != whole.npos, part);
    for (const auto& part : each.lacks) CHECK_MESSAGE(whole.find(part) == whole.npos, part);
    if (each.status >= 400) {
      CHECK(reply.headers.at("content-type") == "application/problem+json");
      for (const auto* field : {"type", "title", "status", "detail", "code"})
        CHECK(reply.json().contains(field));
    }
  }
}

std::string at_session(const Seat& seat, std::string_view rest = "") {
  return fmt::format("/v1/sessions/{}{}", seat.session, rest);
}

const std::string kNobody = "/v1/sessions/00000000-0000-7000-8000-000000000000";

std::string keyed(const std::string& key) { return "Idempotency-Key: " + key; }

}  // namespace

TEST_CASE("HT1 HT9 create answers 201 with where it is, and the host reads it") {
  NetWorld world;
  const auto created =
      ask(world.port(), {"POST", "/v1/sessions", R"({"deckId":"classic","name":"Ann"})"});
  REQUIRE(created.status == 201);
  CHECK(created.headers.at("content-type") == "application/json");
  CHECK(created.headers.at("cache-control") == "no-store");
  const auto json = created.json();
  for (const auto* field : {"session", "participant", "token", "restoreKey", "invite"})
    CHECK(json.contains(field));
  const std::string id(json.at("session").at("id").as_string());
  CHECK(id[14] == '7');
  CHECK(created.headers.at("location") == "/v1/sessions/" + id);
  CHECK(json.at("invite").at("url").as_string().starts_with("https://tarot.example/invite/"));
  const auto read = ask(world.port(), {.path = "/v1/sessions/" + id,
                                       .token = std::string(json.at("token").as_string())});
  CHECK(read.status == 200);
  const auto session = read.json().at("session").as_object();
  CHECK(session.at("id").as_string() == id);
  const std::string created_at(session.at("createdAt").as_string());
  CHECK(created_at.size() == 24);
  CHECK(created_at.ends_with("Z"));
}

TEST_CASE("HT1 every route of a session answers as its table says") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host, "Ben");
  const auto key = new_key();
  run_cases(
      world.port(),
      {
          {{.path = at_session(host, "/expiry"), .token = guest.token},
           200,
           {"\"expired\":false", "serverTime", "expiresAt", "warnsAt", "inactiveSeconds"}},
          {{.path = at_session(host, "/lifecycle"), .token = guest.token}, 200, {"transitions"}},
          {{"POST", at_session(host, "/activity"), R"({"visible":true,"active":true})",
            guest.token},
           204},
          {{"POST", at_session(host, "/keep-alive"), "{}", guest.token}, 200, {"\"session\""}},
          {{"POST", at_session(host, "/keep-alive"), R"({"generation":9})", guest.token},
           409,
           {"stale_generation"}},
          {{"POST",
            at_session(host, "/operations"),
            R"({"kind":"set_step","step":"drawing"})",
            host.token,
            {keyed(new_key())}},
           200,
           {"\"version\":1", "\"operation\"", "set_step"}},
          {{"POST",
            at_session(host, "/operations"),
            R"({"kind":"draw","position":"past"})",
            guest.token,
            {keyed(key)}},
           200,
           {"\"version\":2", "\"cardId\":null"}},
          {{.path = at_session(host, "/operations?after=1&limit=1"), .token = guest.token},
           200,
           {"\"nextAfter\":null", "\"version\":2"},
           {"\"version\":1,"}},
          {{.path = at_session(host, "/operations?after=0&limit=1"), .token = guest.token},
           200,
           {"\"nextAfter\":1"}},
          {{"PATCH", at_session(host, "/participants/me"), R"({"name":"Benny"})", guest.token},
           200,
           {"Benny"}},
          {{"POST", at_session(host, "/host"), R"({"action":"reclaim"})", host.token}, 200},
          {{"POST", at_session(host, "/invites"), R"({"maxUses":2})", host.token},
           201,
           {"\"maxUses\":2", "Location: /v1/invites/"}},
          {{.path = at_session(host, "/invites"), .token = host.token}, 200, {"\"invites\":["}},
          {{.path = "/v1/invites/" + host.code}, 200, {"\"status\":\"valid\""}, {"Ann", "Ben"}},
          {{"DELETE", "/v1/invites/" + host.code, "", host.token}, 204},
          {{.path = "/v1/invites/" + host.code}, 410, {"invite_revoked"}},
          {{"POST", at_session(host, "/complete"), "", host.token}, 200, {"completed"}},
          {{"DELETE", at_session(host), "", host.token}, 204},
          {{.path = at_session(host), .token = host.token}, 404},
          {{.path = at_session(host, "/operations"), .token = guest.token}, 404},
          {{.path = "/v1/invites/" + host.code}, 410},
      });
}

TEST_CASE("HT1 decks and layouts are open to anybody") {
  NetWorld world;
  run_cases(world.port(), {
                              {{.path = "/v1/decks"}, 200, {"classic", "nocturne"}},
                              {{.path = "/v1/decks/classic"}, 200, {"\"cards\":["}},
                              {{.path = "/v1/decks/tarock"}, 404, {"deck_not_found"}},
                              {{.path = "/v1/layouts"}, 200, {"celtic-cross"}},
                          });
}

TEST_CASE("TK2 ER6 who may not, and what is not there") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  const auto other = create_session(world.port());
  run_cases(world.port(),
            {
                {{.path = at_session(host)}, 401, {"unauthorized", "WWW-Authenticate: Bearer"}},
                {{.path = at_session(host), .token = "nobody"}, 401, {"unauthorized"}},
                {{.path = at_session(host), .token = other.token}, 403, {"not_allowed"}},
                {{.path = kNobody, .token = host.token}, 404, {"session_not_found"}},
                {{.path = "/v1/sessions/12", .token = host.token}, 404, {"session_not_found"}},
                {{.path = "/v1/sessions/%ff", .token = host.token}, 404},
                {{.path = "/v1/invites/nonsense"}, 404, {"This invitation link is not valid."}},
                {{"POST", at_session(host, "/complete"), "", guest.token}, 403, {"not_allowed"}},
                {{"DELETE", at_session(host), "", guest.token}, 403, {"not_allowed"}},
                {{.path = at_session(host, "/invites"), .token = guest.token}, 403},
                {{.path = "/nothing/here"}, 404, {"not_found"}},
            });
}

TEST_CASE("HT2 a known path with another method answers 405 with Allow") {
  NetWorld world;
  run_cases(world.port(),
            {
                {{"PUT", "/v1/sessions"}, 405, {"Allow: POST, OPTIONS", "method_not_allowed"}},
                {{"POST", kNobody}, 405, {"Allow: GET, HEAD, DELETE, OPTIONS"}},
                {{"DELETE", "/readyz"}, 405, {"Allow: GET, HEAD"}},
                {{"POST", "/marketplace"}, 405, {"Allow: GET, HEAD"}},
            });
}

TEST_CASE("HT1 a HEAD answers like GET, without the body") {
  NetWorld world;
  const auto reply = ask(world.port(), {"HEAD", "/v1/decks"});
  CHECK(reply.status == 200);
  CHECK(std::stoi(reply.headers.at("content-length")) > 50);
  CHECK(reply.body.empty());
}

TEST_CASE("ER1 ER3 ER5 bad bodies and queries are told what is wrong") {
  NetWorld world;
  const auto host = create_session(world.port());
  const std::string deep(40, '[');
  run_cases(world.port(),
            {
                {{"POST", "/v1/sessions", "not json"}, 400, {"malformed"}},
                {{"POST", "/v1/sessions", R"({"deckId":7})"}, 400, {"malformed"}},
                {{"POST", "/v1/sessions", R"({"deckId":"classic","deckId":"classic"})"}, 400},
                {{"POST", "/v1/sessions", "{\"deckId\":\"\xff\"}"}, 400},
                {{"POST", "/v1/sessions", R"({"a":)" + deep}, 400},
                {{"POST", "/v1/sessions", R"({"deckId":"tarock"})"}, 422, {"deck_not_found"}},
                {{"POST", "/v1/sessions",
                  fmt::format(R"({{"deckId":"classic","name":"{}"}})", std::string(65, 'n'))},
                 422,
                 {"invalid_value", "64"}},
                {{"POST", "/v1/sessions", R"({"deckId":"classic","policy":{"timeoutSeconds":0}})"},
                 422,
                 {"policy_out_of_bounds"}},
                {{.path = at_session(host, "/operations?after=-1"), .token = host.token},
                 422,
                 {"invalid_value", "after"}},
                {{.path = at_session(host, "/operations?limit=501"), .token = host.token}, 422},
                {{.path = at_session(host, "/operations?limit=1e2"), .token = host.token}, 422},
                {{.path = at_session(host, "/operations?after=%zz"), .token = host.token}, 400},
            });
  const std::string body = R"({"deckId":"classic"})";
  Wire wire(world.port());
  wire.send(
      fmt::format("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                  "Content-Length: {}\r\n\r\n{}",
                  body.size(), body));
  const auto reply = read_reply(wire);
  CHECK(reply.status == 415);
  CHECK(reply.code() == "unsupported_media_type");
}

TEST_CASE("ID1 ID2 ID3 ID4 a key makes one of a repeated request, whatever it is sent over") {
  NetWorld world;
  const auto key = new_key();
  const Ask create{"POST", "/v1/sessions", R"({"deckId":"classic"})", "", {keyed(key)}};
  const auto first = ask(world.port(), create);
  CHECK(first.status == 201);
  CHECK(ask(world.port(), create).body == first.body);
  Ask other = create;
  other.body = R"({"deckId":"nocturne"})";
  CHECK(ask(world.port(), other).code() == "idempotency_key_reused");
  other.headers = {"Idempotency-Key: 12"};
  CHECK(ask(world.port(), other).code() == "idempotency_key_missing");

  const auto host = create_session(world.port());
  const Ask join{
      "POST", "/v1/invites/" + host.code + "/join", R"({"name":"B"})", "", {keyed(new_key())}};
  CHECK(ask(world.port(), join).body == ask(world.port(), join).body);

  Ask operate{"POST", at_session(host, "/operations"), R"({"kind":"shuffle"})", host.token};
  CHECK(ask(world.port(), operate).code() == "idempotency_key_missing");
  const auto shuffle_key = new_key();
  operate.headers = {keyed(shuffle_key)};
  const auto shuffled = ask(world.port(), operate);
  CHECK(shuffled.status == 200);
  CHECK(ask(world.port(), operate).body == shuffled.body);
  PhoenixClient client(world.port());
  client.join(host);
  const auto again = client.request("7", "session:" + host.session, "operation",
                                    fmt::format(R"({{"key":"{}","kind":"shuffle"}})", shuffle_key));
  CHECK(boost::json::serialize(again) == R"({"status":"ok","response":{"version":1}})");
}

TEST_CASE("HT11 leave takes its token in the body, whatever type a beacon declares") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto path = at_session(host, "/leave");
  const auto body = fmt::format(R"({{"token":"{}","reason":"left"}})", host.token);
  Wire wire(world.port());
  wire.send(
      fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain;charset=UTF-8\r\n"
                  "Content-Length: {}\r\n\r\n{}",
                  path, body.size(), body));
  CHECK(read_reply(wire).status == 204);
  run_cases(world.port(), {
                              {{"POST", path, R"({"reason":"left"})"}, 401, {"unauthorized"}},
                              {{"POST", path, R"({"token":"x","reason":"left"})"}, 401},
                              {{"POST", path, ""}, 400, {"malformed"}},
                          });
}

TEST_CASE("TK5 TK6 admin routes want the operator's token, and without one stay shut") {
  const std::vector<std::pair<std::string, std::string>> routes = {
      {"GET", "/v1/admin/stats"},
      {"GET", "/v1/admin/sessions"},
      {"GET", kNobody.substr(0, 3) + "/admin" + kNobody.substr(3)},
      {"GET", "/v1/admin/audit"},
      {"POST", "/v1/admin/cleanup"},
      {"POST", "/v1/admin" + kNobody.substr(3) + "/expire"},
      {"POST", "/v1/admin" + kNobody.substr(3) + "/restore"}};
  NetWorld open;
  NetOptions without;
  without.server.admin_token.reset();
  NetWorld shut(without);
  const auto host = create_session(open.port());
  for (const auto& [method, path] : routes) {
    CAPTURE(path);
    CHECK(ask(open.port(), {method, path}).status == 401);
    CHECK(ask(open.port(), {method, path, "", "operator-toke"}).status == 401);
    CHECK(ask(open.port(), {method, path, "", host.token}).status == 401);
    CHECK(ask(open.port(), {method, path, "", "operator-token"}).status != 401);
    CHECK(ask(shut.port(), {method, path, "", "operator-token"}).status == 401);
    CHECK(ask(shut.port(), {method, path}).status == 401);
  }
}

TEST_CASE("HT1 ER4 SW9 operators see statistics, lists and the audit log, and sweep") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto at = [&](std::string_view rest) {
    return fmt::format("/v1/admin/sessions/{}{}", host.session, rest);
  };
  const std::string token = "operator-token";
  run_cases(
      world.port(),
      {
          {{.path = "/v1/admin/stats", .token = token},
           200,
           {"\"totalSessions\":1", "\"activeSessions\":1"}},
          {{.path = "/v1/admin/sessions?status=active&limit=5", .token = token},
           200,
           {host.session}},
          {{.path = "/v1/admin/sessions?status=nonsense", .token = token},
           422,
           {"invalid_value", "status must be one of active, expired, completed, purged."}},
          {{.path = "/v1/admin/sessions?status=", .token = token}, 422, {"invalid_value"}},
          {{.path = at(""), .token = token}, 200, {"transitions"}},
          {{.path = "/v1/admin/audit?session=" + host.session, .token = token},
           200,
           {"\"entries\":[", "created"}},
          {{.path = "/v1/admin/audit", .token = token}, 422, {"session"}},
          {{"POST", "/v1/admin/cleanup?dryRun=true", "", token}, 200, {"\"dryRun\":true"}},
          {{"POST", "/v1/admin/cleanup?dryRun=maybe", "", token}, 422, {"dryRun"}},
          {{"POST", "/v1/admin/cleanup", "", token}, 200, {"\"dryRun\":false", "\"sessions\":["}},
          {{"POST", at("/expire"), "", token}, 200, {"\"status\":\"expired\""}},
          {{"POST", at("/restore"), "", token}, 200, {"\"generation\":2"}},
      });
}

TEST_CASE("ER7 restoring an expired reading is offered to its host alone") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  const std::string token = "operator-token";
  CHECK(ask(world.port(), {"POST", "/v1/admin/sessions/" + host.session + "/expire", "", token})
            .status == 200);
  const auto path = at_session(host, "/keep-alive");
  run_cases(world.port(),
            {
                {{"POST", path, "", host.token},
                 410,
                 {"session_expired", host.session, "restorableUntil", "\"restore\""}},
                {{"POST", path, "", guest.token}, 410, {"session_expired"}, {"\"restore\""}},
                {{.path = "/v1/invites/" + host.code},
                 410,
                 {"session_expired", "no activity.", "home", "marketplace"},
                 {"\"restore\""}},
                {{"POST", at_session(host, "/restore"), "", guest.token}, 403, {"not_allowed"}},
                {{"POST", at_session(host, "/restore"), R"({"restoreKey":"no"})"}, 401},
                {{"POST", at_session(host, "/restore"),
                  fmt::format(R"({{"restoreKey":"{}"}})", host.restore_key)},
                 200,
                 {"\"generation\":2"}},
                {{"POST", at_session(host, "/restore"), "", host.token}, 409, {"not_restorable"}},
            });
}

TEST_CASE("HT8 before the house is ready the process lives, and nothing else is promised") {
  NetOptions options;
  options.ready = false;
  NetWorld world(options);
  run_cases(world.port(),
            {
                {{.path = "/healthz"}, 200},
                {{.path = "/readyz"}, 503, {"Retry-After: "}},
                {{.path = "/v1/decks"}, 503, {"draining", "Retry-After: "}},
                {{"POST", "/v1/sessions", R"({"deckId":"classic"})"}, 503, {"Retry-After: "}},
            });
  world.in_loop([&] {
    world.house->health.ready = true;
    world.house->health.degraded = true;
  });
  run_cases(world.port(), {{{.path = "/readyz"}, 200, {"\"degraded\":true"}}});
}
