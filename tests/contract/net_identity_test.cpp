// Who is signed in: an identity provider's tokens over HTTP and on a channel.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"
#include "tests/support/token_maker.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

NetOptions signing_in(net::IdentityProvider::Options options = {.secret = kSecret}) {
  static TestLog log;
  auto provider = net::IdentityProvider::open(std::move(options), log);
  REQUIRE_MESSAGE(provider, provider.error().sentence());
  NetOptions world;
  world.server.identity_provider = *std::move(provider);
  return world;
}

Reply create(std::uint16_t port, const std::string& token, std::vector<std::string> headers = {}) {
  return ask(port, {"POST", "/v1/sessions", R"({"deckId":"classic"})", token, std::move(headers)});
}

Reply join(std::uint16_t port, const std::string& code, const std::string& token,
           std::vector<std::string> headers = {}) {
  return ask(port, {"POST", fmt::format("/v1/invites/{}/join", code), R"({"name":"Anna"})", token,
                    std::move(headers)});
}

std::string text(const boost::json::value& value) {
  return value.is_null() ? "null" : std::string(value.as_string());
}

std::string user_of(const Reply& reply) {
  CAPTURE(reply.body);
  REQUIRE(reply.status == 201);
  return text(reply.json().at("participant").at("userId"));
}

std::string code_of(const Reply& created) { return text(created.json().at("invite").at("code")); }

int read(std::uint16_t port, const Reply& seat) {
  const auto json = seat.json();
  return ask(port, {.path = "/v1/sessions/" + text(json.at("session").at("id")),
                    .token = text(json.at("token"))})
      .status;
}

}  // namespace

TEST_CASE("TK9 who creates or joins with a token of the identity provider is signed in") {
  NetWorld world(signing_in());
  const auto anna = sign_in(kAnna, now_ms());
  const auto created = create(world.port(), anna);
  CHECK(user_of(created) == kAnna);
  const auto session = created.json().at("session").as_object();
  CHECK(text(session.at("hostUserId")) == kAnna);
  CHECK(text(created.json().at("participant").at("anonymousId")) == "null");
  const auto joined = join(world.port(), code_of(created), sign_in(kBela, now_ms()));
  CHECK(user_of(joined) == kBela);
  CHECK(read(world.port(), joined) == 200);
  // Other tokens sign nobody in: a participant's, an operator's, and none.
  for (const auto& other : {std::string(), text(created.json().at("token")),
                            std::string("operator-token"), std::string(43, 'A')}) {
    CHECK(user_of(create(world.port(), other)) == "null");
    CHECK(user_of(join(world.port(), code_of(created), other)) == "null");
  }
}

TEST_CASE("TK9 TK8 only who is signed in may create where that is asked for") {
  auto options = signing_in();
  options.settings.create_sessions = app::CreateSessions::signed_in;
  NetWorld world(options);
  CHECK(create(world.port(), "").code() == "not_allowed");
  CHECK(create(world.port(), std::string(43, 'A')).code() == "not_allowed");
  CHECK(create(world.port(), "operator-token").status == 201);
  const auto created = create(world.port(), sign_in(kAnna, now_ms()));
  CHECK(user_of(created) == kAnna);
  CHECK(user_of(join(world.port(), code_of(created), "")) == "null");  // joining is the invite's
}

TEST_CASE("TK10 a sign-in that is not valid is refused, and makes nobody a guest") {
  NetWorld world(signing_in(
      {.secret = kSecret, .terms = {.issuer = "https://id.example", .audience = "tarot"}}));
  const auto now = now_ms();
  constexpr auto kHeader = R"({"alg":"HS256"})";
  const std::string terms = R"(,"iss":"https://id.example","aud":"tarot")";
  const auto good = make_token(kHeader, claims_of(kAnna, now, terms), by_secret());
  const auto created = create(world.port(), good);
  REQUIRE(created.status == 201);
  const auto with = [&](std::string_view claims) {
    return make_token(kHeader, claims, by_secret());
  };
  const auto past = fmt::format(R"({{"sub":"{}","exp":{}{}}})", kAnna, now / 1000 - 61, terms);
  const auto early = claims_of(kAnna, now, fmt::format(R"(,"nbf":{}{})", now / 1000 + 90, terms));
  const std::vector<std::pair<std::string, std::string>> refused = {
      {with(past), "Your sign-in has expired. Sign in again."},
      {with(early), "This sign-in is not valid yet. Try again in a moment."},
      {with(claims_of(kAnna, now, R"(,"iss":"https://id.example","aud":"shop")")),
       "This sign-in is meant for another service. Sign in for this one."},
      {with(claims_of(kAnna, now, R"(,"iss":"https://evil.example","aud":"tarot")")),
       "This sign-in comes from an identity provider that is not known here."},
      {make_token(R"({"alg":"none"})", claims_of(kAnna, now, terms), by_nobody()),
       "This sign-in is not signed in a way that is accepted here."},
      {make_token(kHeader, claims_of(kAnna, now, terms), by_secret("another secret, as long")),
       "This sign-in was not signed by a key that is known here."},
      {good.substr(0, good.size() - 3), "This sign-in was not signed by a key that is known here."},
      {good.substr(0, good.rfind('.')), "This sign-in cannot be read. Sign in again."},
      {with(R"({"a":")" + std::string(8000, 'x') + R"("})"),
       "This sign-in cannot be read. Sign in again."},
  };
  for (const auto& [token, sentence] : refused)
    for (const auto& reply :
         {create(world.port(), token), join(world.port(), code_of(created), token)}) {
      CHECK(reply.status == 401);
      CHECK(reply.code() == "unauthorized");
      CHECK(text(reply.json().at("detail")) == sentence);
      CHECK(reply.headers.at("www-authenticate") == "Bearer");
    }
  const auto nameless =
      with(fmt::format(R"({{"sub":"auth0|7","exp":{}{}}})", now / 1000 + 60, terms));
  CHECK(create(world.port(), nameless).code() == "account_not_usable");
  CHECK(join(world.port(), code_of(created), nameless).status == 403);
  const auto stats = ask(world.port(), {.path = "/v1/admin/stats", .token = "operator-token"});
  CHECK(stats.json().at("totalSessions").as_int64() == 1);
}

TEST_CASE("TK9 without an identity provider nobody is signed in") {
  NetWorld world;
  CHECK(user_of(create(world.port(), sign_in(kAnna, now_ms()))) == "null");
}

TEST_CASE("TK12 a server follows the file of keys while it runs") {
  TemporaryFolder folder;
  const auto file = folder.file("jwks.json");
  const SigningKey first(SigningKey::Kind::p256), second(SigningKey::Kind::ed25519);
  const auto write = [&](const SigningKey& key) {
    std::ofstream(folder.file("next.json")) << fmt::format(R"({{"keys":[{}]}})", key.jwk("k"));
    std::filesystem::rename(folder.file("next.json"), file);
  };
  const auto token = [&](const SigningKey& key) {
    return make_token(fmt::format(R"({{"alg":"{}","kid":"k"}})", key.algorithm()),
                      claims_of(kAnna, now_ms()), by(key));
  };
  write(first);
  NetWorld world(signing_in({.jwks_file = file}));
  CHECK(user_of(create(world.port(), token(first))) == kAnna);
  CHECK(create(world.port(), token(second)).status == 401);
  write(second);
  CHECK(user_of(create(world.port(), token(second))) == kAnna);
  CHECK(create(world.port(), token(first)).status == 401);
}

TEST_CASE("TK13 TK4 a user has one seat in a room, and comes back to it with a new token") {
  NetWorld world(signing_in());
  const auto created = create(world.port(), "");
  const auto host = text(created.json().at("token"));
  const auto path = "/v1/sessions/" + text(created.json().at("session").at("id"));
  const auto invite = ask(world.port(), {"POST", path + "/invites", R"({"maxUses":1})", host});
  const auto code = text(invite.json().at("code"));
  const auto anna = sign_in(kAnna, now_ms());
  const auto first = join(world.port(), code, anna);
  REQUIRE(first.status == 201);
  const auto seat = text(first.json().at("participant").at("id"));
  PhoenixClient client(world.port());
  client.join({.session = text(created.json().at("session").at("id")),
               .token = text(first.json().at("token"))});

  const auto again = join(world.port(), code, anna);
  REQUIRE(again.status == 201);
  CHECK(text(again.json().at("participant").at("id")) == seat);
  CHECK(read(world.port(), first) == 401);
  CHECK(read(world.port(), again) == 200);
  CHECK(join(world.port(), code, sign_in(kBela, now_ms())).code() == "invite_exhausted");
  const auto invites = ask(world.port(), {.path = path + "/invites", .token = host});
  CHECK(invites.json().at("invites").at(1).at("uses").as_int64() == 1);
  // Who sits there stays seated, and people see nobody come or go.
  const auto topic = "session:" + text(created.json().at("session").at("id"));
  CHECK(client.request("2", topic, "keep_alive", "{}").at("status").as_string() == "ok");

  const auto removal = fmt::format(
      R"({{"key":"{}","kind":"remove_participant","participantId":"{}"}})", new_key(), seat);
  REQUIRE(ask(world.port(), {"POST", path + "/operations", removal, host}).status == 200);
  CHECK(join(world.port(), code, anna).code() == "not_allowed");
}

TEST_CASE("TK13 a host who lost their token comes back as host, and restores as who they are") {
  NetWorld world(signing_in());
  const auto anna = sign_in(kAnna, now_ms());
  const auto created = create(world.port(), anna);
  const auto back = join(world.port(), code_of(created), anna);
  CHECK(text(back.json().at("participant").at("role")) == "host");
  const auto id = text(created.json().at("session").at("id"));
  const auto restore = [&](const std::string& token) {
    return ask(world.port(), {"POST", fmt::format("/v1/sessions/{}/restore", id), "", token});
  };
  REQUIRE(ask(world.port(),
              {"POST", fmt::format("/v1/admin/sessions/{}/expire", id), "", "operator-token"})
              .status == 200);
  CHECK(join(world.port(), code_of(created), anna).code() == "session_expired");
  CHECK(restore(sign_in(kBela, now_ms())).code() == "not_allowed");
  CHECK(restore(anna + "x").status == 401);
  CHECK(restore(anna).status == 200);
  CHECK(join(world.port(), code_of(created), anna).status == 201);
}

TEST_CASE("TK13 ID5 an idempotency key is its user's, whatever address they ask from") {
  NetWorld world(signing_in());
  const auto anna = sign_in(kAnna, now_ms()), bela = sign_in(kBela, now_ms());
  const std::vector<std::string> key = {"Idempotency-Key: " + new_key()};
  const auto hers = create(world.port(), anna, key);
  CHECK(create(world.port(), anna, key).body == hers.body);
  const auto his = create(world.port(), bela, key);
  CHECK(user_of(his) == kBela);
  CHECK(his.body != hers.body);
  CHECK(user_of(create(world.port(), "", key)) == "null");
  const auto joined = join(world.port(), code_of(hers), bela, key);
  CHECK(join(world.port(), code_of(hers), bela, key).body == joined.body);
  CHECK(join(world.port(), code_of(hers), anna, key).body != joined.body);
}
