// Who may do what, as data: every route, every kind of operation and every event of a channel,
// against everyone who may ask. A route or kind that is missing here fails the test.
#include <fmt/format.h>

#include <array>
#include <set>

#include "net/router.h"
#include "tests/support/net_client.h"
#include "tests/support/net_world.h"
#include "tests/support/token_maker.h"

using namespace tarotforge;
using namespace tarotforge::test;

namespace {

// nobody has no token, forged one that was never given; foreign is a guest of another room; former
// is who made the reading and handed the role of host on, and is now a reader. The next four
// present a token of the identity provider for a user who sits in the room: as it should be,
// expired, signed by nobody, and signed by another key. The last two have no token but the cookie
// of an operator's login, and a page of this server or a friend's page asks for them.
constexpr std::array kCallers = {"nobody",   "forged",    "foreign",  "participant",  "reader",
                                 "host",     "former",    "operator", "signed in",    "expired",
                                 "unsigned", "other key", "cookie",   "friend's page"};
constexpr std::size_t kWithParticipants = 8;  // callers up to there
constexpr std::size_t kCookie = 12;           // callers from there on

// What each caller is answered; a token of the identity provider opens what says so, and else is
// worth as much as a forged one, as a cookie is as much as nothing.
struct Expected {
  std::array<int, kCallers.size()> statuses;

  template <class... Status>
  constexpr Expected(Status... status) : statuses{status...} {
    static_assert(sizeof...(status) == kWithParticipants);
    for (std::size_t i = kWithParticipants; i < kCookie; ++i) statuses[i] = statuses[1];
    for (std::size_t i = kCookie; i < statuses.size(); ++i) statuses[i] = statuses[0];
  }
  constexpr Expected signed_in(int valid, int not_valid) const {
    auto copy = *this;
    copy.statuses[kWithParticipants] = valid;
    for (std::size_t i = kWithParticipants + 1; i < kCookie; ++i) copy.statuses[i] = not_valid;
    return copy;
  }
  constexpr Expected cookie(int from_own_page, int from_friend) const {
    auto copy = *this;
    copy.statuses[kCookie] = from_own_page;
    copy.statuses[kCookie + 1] = from_friend;
    return copy;
  }
};

enum class Reading { open, expired };

struct Row {
  const char* method;
  const char* pattern;  // of the route
  const char* body;     // "{id}": the reading; "{participant}": somebody who sits in it
  Expected expected;
  Reading reading = Reading::open;
  const char* query = "";
};

constexpr Expected all(int status) {
  return {status, status, status, status, status, status, status, status};
}

constexpr Expected kAnyone = all(200);
constexpr Expected kMembers = {401, 401, 403, 200, 200, 200, 200, 401};
constexpr Expected kMembersNoContent = {401, 401, 403, 204, 204, 204, 204, 401};
constexpr Expected kMembersConflict = {401, 401, 403, 409, 409, 409, 409, 401};
constexpr Expected kHost = {401, 401, 403, 403, 403, 200, 403, 401};
constexpr Expected kHostConflict = {401, 401, 403, 403, 403, 409, 403, 401};
constexpr Expected kHostNoContent = {401, 401, 403, 403, 403, 204, 403, 401};
constexpr Expected kHostCreated = {401, 401, 403, 403, 403, 201, 403, 401};
constexpr Expected kHostAndReaders = {401, 401, 403, 403, 200, 200, 200, 401};
constexpr Expected kOperator = Expected{401, 401, 401, 401, 401, 401, 401, 200}.cookie(200, 200);
constexpr Expected kOperatorChanges = kOperator.cookie(200, 403);
constexpr Expected kLetsIn = all(201).signed_in(201, 401);

constexpr const char* kOperations = "/v1/sessions/{id}/operations";
constexpr const char* kHostRoute = "/v1/sessions/{id}/host";

const Row kRows[] = {
    {"POST", "/v1/sessions", R"({"deckId":"classic"})", kLetsIn},
    {"GET", "/v1/sessions/{id}", "", kMembers},
    {"GET", "/v1/sessions/{id}", "", kMembers, Reading::expired},
    {"DELETE", "/v1/sessions/{id}", "", kHostNoContent},
    {"GET", "/v1/sessions/{id}/expiry", "", kMembers},
    {"GET", "/v1/sessions/{id}/lifecycle", "", kMembers},
    {"POST", "/v1/sessions/{id}/activity", "{}", kMembersNoContent},
    // The token stands in the body: what stands in the header opens nothing (HT11).
    {"POST", "/v1/sessions/{id}/leave", R"({"reason":"left"})", all(401)},
    {"POST", "/v1/sessions/{id}/keep-alive", "", kMembers},
    {"POST", "/v1/sessions/{id}/complete", "", kHost},
    {"POST", "/v1/sessions/{id}/restore", "", kHost.signed_in(403, 401), Reading::expired},
    {"POST", "/v1/sessions/{id}/restore", R"({"restoreKey":"forged"})", all(401), Reading::expired},
    {"GET", kOperations, "", kMembers},
    {"POST", kOperations, R"("choose_deck","deckId":"nocturne")", kHost},
    {"POST", kOperations, R"("choose_layout","layout":"freestyle")", kHost},
    {"POST", kOperations, R"("set_question","question":"Why?")", kHostAndReaders},
    {"POST", kOperations, R"("set_step","step":"drawing")", kHost},
    {"POST", kOperations, R"("shuffle")", kMembers},
    {"POST", kOperations, R"("draw","position":"past")", kMembersConflict},  // not the step yet
    {"POST", kOperations, R"("flip","card":0)", kMembersConflict},           // nothing is drawn
    {"POST", kOperations, R"("move","card":0,"x":0,"y":0)", kMembersConflict},
    {"POST", kOperations, R"("rotate","card":0,"rotation":90)", kMembersConflict},
    {"POST", kOperations, R"("return_card","card":0)", kHostConflict},
    {"POST", kOperations, R"("focus","card":null)", kMembers},
    {"POST", kOperations, R"("interpret","text":"So.")", kHostAndReaders},
    {"POST", kOperations, R"("lock_table","locked":true)", kHost},
    {"POST", kOperations, R"("remove_participant","participantId":"{participant}")", kHost},
    {"POST", kOperations, R"("reset")", kHost},
    {"GET", "/v1/sessions/{id}/shuffles", "", kMembers},
    {"PATCH", "/v1/sessions/{id}/participants/me", R"({"name":"New"})", kMembers},
    {"POST", kHostRoute, R"({"action":"hand_over","participantId":"{participant}"})", kHost},
    {"POST", kHostRoute, R"({"action":"reclaim"})", {401, 401, 403, 403, 403, 403, 200, 401}},
    {"POST",
     kHostRoute,
     R"({"action":"take_over"})",  // the host is here, and has the role
     {401, 401, 403, 409, 409, 200, 409, 401}},
    {"POST", "/v1/sessions/{id}/invites", "{}", kHostCreated},
    {"GET", "/v1/sessions/{id}/invites", "", kHost},
    {"GET", "/v1/invites/{code}", "", kAnyone},
    {"DELETE", "/v1/invites/{code}", "", kHostNoContent},
    {"POST", "/v1/invites/{code}/join", "{}", kLetsIn},
    {"GET", "/v1/decks", "", kAnyone},
    {"GET", "/v1/decks/{id}", "", all(404)},  // no deck's name
    {"GET", "/v1/layouts", "", kAnyone},
    {"GET", "/healthz", "", kAnyone},
    {"GET", "/readyz", "", kAnyone},
    {"GET", "/metrics", "", kOperator},
    // The token stands in the body, and who logs out may be anybody.
    {"POST", "/v1/admin/login", R"({"token":"operator-token"})", all(204)},
    {"POST", "/v1/admin/login", R"({"token":"forged"})", all(401)},
    {"POST", "/v1/admin/logout", "", all(204).cookie(204, 403)},
    {"GET", "/v1/admin/stats", "", kOperator},
    {"GET", "/v1/admin/series", "", kOperator},
    {"GET", "/v1/admin/sessions", "", kOperator},
    {"GET", "/v1/admin/sessions/{id}", "", kOperator},
    {"GET", "/v1/admin/sessions/{id}/participants", "", kOperator},
    {"GET", "/v1/admin/sessions/{id}/operations", "", kOperator},
    {"GET", "/v1/admin/audit", "", kOperator, Reading::open, "?session={id}"},
    {"POST", "/v1/admin/cleanup", "", kOperatorChanges},
    {"GET", "/v1/admin/billing", "", kOperator},
    {"GET", "/v1/admin/analytics", "", kOperator},
    {"POST", "/v1/admin/sessions/{id}/expire", "", kOperatorChanges},
    {"POST", "/v1/admin/sessions/{id}/restore", "", kOperatorChanges, Reading::expired},
    {"POST", "/v1/admin/sessions/{id}/extend", R"({"seconds":60})", kOperatorChanges},
    {"POST", "/v1/admin/sessions/{id}/close-invites", "", kOperatorChanges},
    {"GET", "/v1/admin/webhooks", "", kOperator},
    {"POST",
     "/v1/admin/webhooks/{id}/replay",  // the id of no webhook
     "", Expected{401, 401, 401, 401, 401, 401, 401, 404}.cookie(404, 403)},
    {"POST", "/v1/admin/log-level", R"({"level":"debug"})", kOperatorChanges},
};

void replace(std::string& text, std::string_view what, const std::string& with) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
}

// A reading with everyone in it, and another with the foreign guest.
class Table {
 public:
  explicit Table(std::uint16_t port) : port_(port) {
    former_ = create_session(port);
    host_ = join_session(port, former_, "Host");
    participant_ = join_session(port, former_, "Guest");
    const auto path = "/v1/sessions/" + former_.session;
    const auto made = ask(port, {"POST", path + "/invites", R"({"role":"reader"})", former_.token});
    auto as_reader = former_;
    as_reader.code = made.json().at("code").as_string();
    reader_ = join_session(port, as_reader, "Reader");
    const auto join = fmt::format("/v1/invites/{}/join", former_.code);
    REQUIRE(ask(port, {"POST", join, R"({"name":"Anna"})", jwt("signed in")}).status == 201);
    foreign_ = create_session(port);
    foreign_ = join_session(port, foreign_, "Stranger");
    const auto body =
        fmt::format(R"({{"action":"hand_over","participantId":"{}"}})", host_.participant);
    REQUIRE(ask(port, {"POST", path + "/host", body, former_.token}).status == 200);
  }

  void expire() const {
    const auto path = fmt::format("/v1/admin/sessions/{}/expire", former_.session);
    REQUIRE(ask(port_, {"POST", path, "", "operator-token"}).status == 200);
  }

  std::string token_of(std::string_view caller) const {
    if (caller == "forged") return std::string(43, 'A');
    if (caller == "foreign") return foreign_.token;
    if (caller == "participant") return participant_.token;
    if (caller == "reader") return reader_.token;
    if (caller == "host") return host_.token;
    if (caller == "former") return former_.token;
    if (caller == "operator") return "operator-token";
    const bool has_none = caller == "nobody" || caller == "cookie" || caller == "friend's page";
    return has_none ? "" : jwt(caller);
  }

  // Those of a login that is made for it: one of the routes ends it.
  std::vector<std::string> headers_of(std::size_t caller) const {
    if (caller < kCookie) return {};
    const auto reply = ask(port_, {"POST", "/v1/admin/login", R"({"token":"operator-token"})"});
    REQUIRE(reply.status == 204);
    const auto& cookie = reply.headers.at("set-cookie");
    const auto* page = caller == kCookie ? "https://tarot.example" : "https://friend.example";
    return {"Cookie: " + cookie.substr(0, cookie.find(';')), fmt::format("Origin: {}", page)};
  }

  static std::string jwt(std::string_view caller) {
    const auto now = std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1);
    const auto claims =
        fmt::format(R"({{"sub":"{}","exp":{}}})", kAnna, now + (caller == "expired" ? -61 : 3600));
    if (caller == "unsigned") return make_token(R"({"alg":"none"})", claims, by_nobody());
    const auto signer = caller == "other key" ? by_secret("no secret that is known") : by_secret();
    return make_token(R"({"alg":"HS256"})", claims, signer);
  }

  std::string filled_in(std::string text) const {
    replace(text, "{id}", former_.session);
    replace(text, "{code}", former_.code);
    replace(text, "{participant}", reader_.participant);
    return text;
  }

  const std::string& session() const { return former_.session; }
  const Seat& foreign() const { return foreign_; }

 private:
  std::uint16_t port_;
  Seat former_, host_, participant_, reader_, foreign_;
};

// With an identity provider, whose tokens are one more kind that may be presented.
class SigningIn {
 public:
  operator NetOptions() {  // NOLINT(google-explicit-constructor): options of a world are asked for
    NetOptions options;
    options.server.identity_provider =
        net::IdentityProvider::open({.secret = kSecret}, log_).value();
    return options;
  }

 private:
  TestLog log_;
};

std::string body_of(const Row& row, const Table& table) {
  if (row.body[0] != '"') return table.filled_in(row.body);
  return fmt::format(R"({{"key":"{}","kind":{}}})", new_key(), table.filled_in(row.body));
}

}  // namespace

TEST_CASE("SC8 TK2 TK5 TK14 every route answers each caller as the table says") {
  SigningIn signing_in;
  NetWorld world(signing_in);
  auto table = std::make_unique<Table>(world.port());
  bool is_used = false;
  for (const auto& row : kRows) {
    for (std::size_t i = 0; i < kCallers.size(); ++i) {
      if (is_used) table = std::make_unique<Table>(world.port());
      is_used = row.reading == Reading::expired;
      if (is_used) table->expire();
      const auto cell = fmt::format("{} {} {}: {}", row.method, row.pattern, row.body, kCallers[i]);
      CAPTURE(cell);
      const auto path = table->filled_in(std::string(row.pattern) + row.query);
      const auto reply = ask(world.port(), {row.method, path, body_of(row, *table),
                                            table->token_of(kCallers[i]), table->headers_of(i)});
      CAPTURE(reply.body);
      CHECK(reply.status == row.expected.statuses[i]);
      is_used |= reply.status < 300 && std::string_view(row.method) != "GET";
    }
  }
}

TEST_CASE("SC8 the table has every route and every kind of operation") {
  std::set<std::string> routes;
  std::set<std::string, std::less<>> kinds;
  for (const auto& row : kRows) {
    routes.insert(fmt::format("{} {}", row.method, row.pattern));
    if (row.body[0] == '"')
      kinds.emplace(row.body + 1, std::string_view(row.body).find('"', 1) - 1);
  }
  for (const auto family : net::all_routes())
    for (const auto& route : family) {
      const auto name = fmt::format("{} {}", net::to_string(route.method), route.pattern);
      CAPTURE(name);
      CHECK(routes.contains(name));
    }
  CHECK(kinds.size() == std::variant_size_v<core::Operation>);
}

namespace {

// What a push is answered with: ok, or the refusal's code or reason.
std::string answer_of(PhoenixClient& client, const std::string& topic, std::string_view event,
                      const std::string& payload) {
  static int number = 100;
  const auto reply = client.request(std::to_string(++number), topic, event, payload);
  if (reply.at("status").as_string() == "ok") return "ok";
  const auto& problem = reply.at("response").as_object();
  return std::string(
      (problem.contains("code") ? problem.at("code") : problem.at("reason")).as_string());
}

using Answers = std::array<const char*, kWithParticipants>;

constexpr Answers all_of(const char* answer) {
  return {answer, answer, answer, answer, answer, answer, answer, answer};
}
// Who may not join hears of any other event that there is no such topic.
constexpr auto kUnmatched = "unmatched topic";
constexpr Answers members(const char* guest, const char* reader, const char* host,
                          const char* former) {
  return {kUnmatched, kUnmatched, kUnmatched, guest, reader, host, former, kUnmatched};
}
constexpr Answers members(const char* answer) { return members(answer, answer, answer, answer); }

constexpr auto kNotAllowed = "not_allowed", kMalformed = "malformed";
constexpr auto kRelayed = nullptr;  // and never answered
constexpr auto kSession = "session:", kWaiting = "waiting:";

struct EventRow {
  const char* topic;
  const char* event;
  const char* payload;  // "{token}": the caller's; "{key}": a new one
  Answers expected;

  // Neither a token of the identity provider nor a cookie is one of a participant.
  const char* expected_of(std::size_t caller) const {
    return caller < kWithParticipants ? expected[caller] : expected[1];
  }
};

// In this order on one socket. Whoever knows a reading's id may wait for its restore.
const EventRow kEvents[] = {
    {kSession,
     "phx_join",
     R"({"token":"{token}"})",
     {"unauthorized", "unauthorized", kNotAllowed, "ok", "ok", "ok", "ok", "unauthorized"}},
    {kSession, "keep_alive", "{}", members("ok")},
    {kSession, "activity", R"({"visible":true,"active":true})", members("ok")},
    {kSession, "warning_shown", R"({"generation":1})", members("ok")},
    {kSession, "operation", R"({"key":"{key}","kind":"set_question","question":"Why?"})",
     members(kNotAllowed, "ok", "ok", "ok")},
    {kSession, "operation", R"({"key":"{key}","kind":"set_step","step":"setup"})",
     members(kNotAllowed, kNotAllowed, "ok", kNotAllowed)},
    {kSession, "cursor", R"({"x":1})", members(kRelayed)},
    {kSession, "view", R"({"x":1})", members(kRelayed)},
    {kSession, "nonsense", "{}", members(kMalformed)},
    {kSession, "phx_leave", "{}", all_of("ok")},
    {kSession, "keep_alive", "{}", all_of(kUnmatched)},
    {kWaiting, "phx_join", "{}", all_of("ok")},
    {kWaiting, "keep_alive", "{}", all_of(kMalformed)},
    {kWaiting, "phx_leave", "{}", all_of("ok")},
    {kWaiting, "keep_alive", "{}", all_of(kUnmatched)},
};

}  // namespace

TEST_CASE("SC8 PH8 TK14 every event of a channel answers each caller as the table says") {
  SigningIn signing_in;
  NetWorld world(signing_in);
  const Table table(world.port());
  for (std::size_t i = 0; i < kCallers.size(); ++i) {
    PhoenixClient client(Wire(world.port()), table.headers_of(i));
    if (kCallers[i] == std::string_view("foreign")) client.join(table.foreign());
    for (const auto& row : kEvents) {
      if (!row.expected_of(i)) continue;  // relayed, and never answered
      std::string payload = row.payload;
      replace(payload, "{token}", table.token_of(kCallers[i]));
      replace(payload, "{key}", new_key());
      const auto cell = fmt::format("{} {} {}: {}", row.topic, row.event, row.payload, kCallers[i]);
      CAPTURE(cell);
      CHECK(answer_of(client, row.topic + table.session(), row.event, payload) ==
            row.expected_of(i));
    }
  }
}

TEST_CASE("SC8 DB4 the dashboard's topic answers each caller as the table says") {
  SigningIn signing_in;
  NetWorld world(signing_in);
  const Table table(world.port());
  for (std::size_t i = 0; i < kCallers.size(); ++i) {
    const std::string_view caller = kCallers[i];
    PhoenixClient client(Wire(world.port()), table.headers_of(i));
    CAPTURE(caller);
    const auto token = table.token_of(caller);
    const auto payload = token.empty() ? "{}" : fmt::format(R"({{"token":"{}"}})", token);
    const bool is_operator = caller == "operator" || i == kCookie;
    CHECK(answer_of(client, "dashboard", "phx_join", payload) ==
          (is_operator ? "ok" : "unauthorized"));
    CHECK(answer_of(client, "dashboard", "nonsense", "{}") ==
          (is_operator ? kMalformed : kUnmatched));
  }
}
