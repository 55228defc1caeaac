// From a request to its answer: the tables of routes, one for each family, and what holds for all
// of them (not found, wrong method, not ready, foreign origins).
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/access.h"
#include "net/http.h"
#include "net/site.h"

namespace tarotforge::net {

// One request on its way through a route; lives until it is answered.
struct Call {
  const Request& request;
  std::vector<std::string> parameters{};  // what stood for the pattern's {…}, decoded
  std::string token{};                    // bearer; empty without one
  std::string id{};                       // of the request, in its answer and in the log
};

using Action = app::Task<Response> (*)(Site& site, const Call& call);

// What a request counts as beside a request, for the limits of its address.
enum class Charge : std::uint8_t { nothing, entry, guess };

struct Route {
  Method method;
  std::string_view pattern;  // "/v1/sessions/{id}"
  Action act;
  Charge charge = Charge::nothing;
};

std::span<const Route> session_routes();
std::span<const Route> invite_routes();
std::span<const Route> catalogue_routes();  // decks, layouts, health
std::span<const Route> admin_routes();
std::span<const Route> metrics_routes();
std::span<const Route> webhook_routes();
std::span<const Route> report_routes();

// Each of them, in the order in which a request looks for its own.
std::array<std::span<const Route>, 7> all_routes();

// Never fails: refusals are answers too.
boost::asio::awaitable<Response> answer(Site& site, const Request& request);

// What stands for the pattern's {…}; nullopt where the path is another.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path);

// The id in the path; session_not_found where it is none (ER6).
Result<SessionId> session_id_of(const Call& call);

// Where a route lets people in: who is signed in, nobody for a guest. The token of a participant or
// an operator is nobody's here, one that looks like an identity provider's must be valid.
// unauthorized, account_not_usable.
Result<std::optional<UserId>> user_of(Site& site, const Call& call);

// An operator, by the token or by the cookie of a login. What changes something by the cookie has
// to come from one of our own pages. unauthorized, origin_not_allowed.
Result<> require_operator(const Site& site, const Call& call);
Result<Response> as_json(Result<protocol::Object> object, int status = 200);

// Whether somebody who is not signed in comes with the operator's token; a wrong one is a guess
// (SC3). rate_limited.
Result<bool> asked_by_operator(Site& site, const Call& call);

// Whose an idempotency key is, before there is a participant.
std::string asker_of(const Call& call, const std::optional<UserId>& user);

// The participant of the session in the path whose token it is; also rate_limited.
app::Task<app::Member> member_of(Site& site, const Call& call);

}  // namespace tarotforge::net
