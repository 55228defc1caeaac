#include "net/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>

#include "base/text.h"
#include "net/pages.h"

namespace tarotforge::net {
namespace {

struct Found {
  const Route* route = nullptr;  // none where only the method is another
  std::vector<std::string> parameters{};
  std::string allow{};  // the methods of this path, empty where there is no such path
};

void look_in(std::span<const Route> routes, const Request& request, Found& found) {
  for (const auto& route : routes) {
    auto parameters = match(route.pattern, request.path);
    if (!parameters) continue;
    if (!found.allow.empty()) found.allow += ", ";
    found.allow += to_string(route.method);
    if (route.method == Method::get) found.allow += ", HEAD";
    if (route.method != request.method || found.route) continue;
    found.route = &route;
    found.parameters = *std::move(parameters);
  }
}

Found look_up(const Request& request) {
  Found found;
  for (const auto routes : all_routes()) look_in(routes, request, found);
  return found;
}

bool is_api(std::string_view path) { return path.starts_with("/v1/"); }

// A wrong operator's token is counted when it has been refused.
Result<> count(Site& site, const Route& route, const Address& client) {
  const auto now = site.house.now();
  TRY(site.rates.ask(client, now));
  if (route.charge == Charge::entry) return site.rates.enter(client, now);
  if (route.charge == Charge::guess) return site.rates.may_guess(client, now);
  return {};
}

// What became of a request. Its address itself may hold an invite's code.
void log_request(Site& site, LogLevel level, const Route& route, const Call& call,
                 std::string_view what) {
  auto& log = site.house.world.log;
  const bool has_session = route.pattern.find("/sessions/{id}") != route.pattern.npos;
  const auto session = has_session ? SessionId::parse(call.parameters.front()) : std::nullopt;
  const auto method = to_string(route.method);
  if (session)
    log.line(level, "Request {}: {} {} of session {} {}", RequestId{call.id}, method, route.pattern,
             *session, what);
  else
    log.line(level, "Request {}: {} {} {}", RequestId{call.id}, method, route.pattern, what);
}

std::string make_request_id(Random& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  return hex(bytes);
}

app::Task<Response> act(Site& site, const Route& route, const Call& call) {
  if (is_api(route.pattern) && (site.draining || !site.house.health.ready))
    co_return ErrorCode::draining;
  const auto& client = call.request.client;
  // Pages and health cost no more than their refusal.
  if (is_api(route.pattern) || route.charge == Charge::guess) CO_TRY(count(site, route, client));
  // The libraries below throw where memory ends or something is broken; no floor hands it on.
  try {
    auto response = co_await route.act(site, call);
    const bool is_wrong_guess = route.charge == Charge::guess && !response && !call.token.empty();
    if (is_wrong_guess && response.error().code == ErrorCode::unauthorized)
      site.rates.guessed_wrong(client, site.house.now());
    co_return response;
  } catch (const std::exception& broken) {
    log_request(site, LogLevel::error, route, call, fmt::format("failed: {}", broken.what()));
  }
  co_return ErrorCode::internal;
}

Response not_found_here(Site& site, const Request& request) {
  if (auto page = page_of(site, request)) return *std::move(page);
  return problem_answer(site.house, ErrorCode::not_found, {});
}

}  // namespace

namespace {

boost::asio::awaitable<Response> find_answer(Site& site, const Request& request) {
  const auto found = look_up(request);
  auto& house = site.house;
  const Call call{request, found.parameters, bearer_token(request),
                  make_request_id(house.world.random)};
  if (found.allow.empty()) co_return not_found_here(site, request);
  Result<Response> result = ErrorCode::method_not_allowed;
  if (found.route)
    result = co_await act(site, *found.route, call);
  else if (request.method == Method::options)
    result = site.origins.preflight(request, found.allow + ", OPTIONS");
  auto response =
      result ? *std::move(result) : problem_answer(site.house, result.error(), call.token);
  if (response.status == 405) response.headers.emplace_back("Allow", found.allow + ", OPTIONS");
  if (found.route && house.world.log.enabled(LogLevel::debug))
    log_request(site, LogLevel::debug, *found.route, call,
                fmt::format("was answered {}", response.status));
  response.headers.emplace_back("X-Request-Id", call.id);
  site.origins.add_cors(request, response);
  co_return response;
}

}  // namespace

std::array<std::span<const Route>, 7> all_routes() {
  return {session_routes(), invite_routes(),  catalogue_routes(), admin_routes(),
          metrics_routes(), webhook_routes(), report_routes()};
}

boost::asio::awaitable<Response> answer(Site& site, const Request& request) {
  auto& house = site.house;
  const Instant came = house.now();
  auto response = co_await find_answer(site, request);
  house.counters.request.observe(app::seconds(house.now() - came));
  const auto last = static_cast<int>(house.counters.answers.size()) - 1;
  ++house.counters
        .answers[static_cast<std::size_t>(std::clamp(response.status / 100 - 1, 0, last))];
  co_return response;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
  std::vector<std::string> parameters;
  while (!pattern.empty() && !path.empty()) {
    if (pattern.front() != '/' || path.front() != '/') return std::nullopt;
    const auto wanted = pattern.substr(1, pattern.find('/', 1) - 1);
    const auto given = path.substr(1, path.find('/', 1) - 1);
    pattern.remove_prefix(1 + wanted.size());
    path.remove_prefix(1 + given.size());
    if (!wanted.starts_with('{')) {
      if (wanted != given) return std::nullopt;
      continue;
    }
    auto decoded = percent_decoded(given);
    if (!decoded || decoded->empty()) return std::nullopt;
    parameters.push_back(*std::move(decoded));
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return parameters;
}

Result<SessionId> session_id_of(const Call& call) {
  const auto id = SessionId::parse(call.parameters.front());
  if (!id) return ErrorCode::session_not_found;
  return *id;
}

Result<std::optional<UserId>> user_of(Site& site, const Call& call) {
  const bool is_jwt = site.identity_provider && protocol::looks_like_jwt(call.token);
  if (!is_jwt || site.operators.know_token(call.token)) return std::optional<UserId>();
  const auto& house = site.house;
  TRY_ASSIGN(const auto user, site.identity_provider->user_of(call.token, house.wall(house.now())));
  return std::optional(user);
}

Result<Response> as_json(Result<protocol::Object> object, int status) {
  if (!object) return std::move(object).error();
  return json_answer(status, *object);
}

Result<> require_operator(const Site& site, const Call& call) {
  if (site.operators.know_token(call.token)) return {};
  const WallTime now = site.house.wall(site.house.now());
  const bool by_cookie = call.token.empty() && site.operators.login_of(call.request, now);
  if (!by_cookie)
    return Error(ErrorCode::unauthorized, "This needs the operator's token (ADMIN_TOKEN).");
  const bool changes = call.request.method != Method::get;
  if (changes && !site.origins.is_from_own_page(call.request)) return ErrorCode::origin_not_allowed;
  return {};
}

Result<bool> asked_by_operator(Site& site, const Call& call) {
  if (call.token.empty()) return false;
  const auto& client = call.request.client;
  TRY(site.rates.may_guess(client, site.house.now()));
  const bool is_right = site.operators.know_token(call.token);
  if (!is_right) site.rates.guessed_wrong(client, site.house.now());
  return is_right;
}

std::string asker_of(const Call& call, const std::optional<UserId>& user) {
  return user ? "user " + user->to_string() : call.request.client.to_string();
}

app::Task<app::Member> member_of(Site& site, const Call& call) {
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  auto who = co_await app::authenticate(site.house, id, call.token);
  if (who) CO_TRY(site.rates.act(who->participant, site.house.now()));
  co_return who;
}

}  // namespace tarotforge::net
