// What operators ask and do. Every route wants the admin token, or the cookie of a login with it.
#include <fmt/format.h>

#include "app/invites.h"
#include "app/report.h"
#include "app/sessions.h"
#include "net/router.h"
#include "protocol/lifecycle_json.h"
#include "protocol/requests.h"
#include "protocol/views.h"

namespace tarotforge::net {
namespace {

using app::Task;

constexpr std::size_t kMaxPage = 1000;  // lines of a list; some 300 bytes each
constexpr std::size_t kUsualPage = 100;
constexpr std::uint64_t kLastSecond = 253'402'300'799;  // of the year 9999

// The session that a query names; session_not_found where it is no id.
Result<std::optional<SessionId>> session_in_query(const Call& call, std::string_view name) {
  TRY_ASSIGN(const auto text, query_value(call.request.query, name));
  if (!text) return std::optional<SessionId>();
  const auto id = SessionId::parse(*text);
  if (!id) return ErrorCode::session_not_found;
  return id;
}

// With an age of 0 a browser forgets it.
Response with_cookie(const Site& site, std::string_view secret, Duration age) {
  auto response = no_content();
  response.headers.emplace_back(
      "Set-Cookie",
      fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", kAdminCookie, secret,
                  age / std::chrono::seconds(1), is_https(site.house) ? "; Secure" : ""));
  return response;
}

Task<Response> log_in(Site& site, const Call& call) {
  const Instant now = site.house.now();
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(const auto token, protocol::parse_login(body));
  if (site.operators.know_token(token))
    co_return with_cookie(site, site.operators.log_in(site.house.wall(now)), kLoginLasts);
  if (call.token.empty()) site.rates.guessed_wrong(call.request.client, now);
  co_return Error(ErrorCode::unauthorized, "This is not the operator's token (ADMIN_TOKEN).");
}

Task<Response> log_out(Site& site, const Call& call) {
  const WallTime now = site.house.wall(site.house.now());
  if (const auto login = site.operators.login_of(call.request, now)) {
    if (!site.origins.is_from_own_page(call.request)) co_return ErrorCode::origin_not_allowed;
    site.operators.log_out(*login);
  }
  co_return with_cookie(site, "", Duration(0));
}

Task<Response> stats(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  co_return as_json(co_await site.figures.statistics());
}

Task<Response> sessions(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  ports::SessionFilter filter;
  const auto& query = call.request.query;
  CO_TRY_ASSIGN(filter.status, query_word(query, "status", protocol::kStatusWords));
  CO_TRY_ASSIGN(const auto after, session_in_query(call, "after"));
  if (after) filter.after = *after;
  CO_TRY_ASSIGN(filter.limit, query_number(query, "limit", kUsualPage, 1, kMaxPage));
  co_return as_json(co_await app::list_sessions(site.house, std::move(filter)));
}

Task<Response> session(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  auto room = co_await site.house.open(id);
  if (!room) co_return std::move(room).error();
  co_return as_json(co_await app::explain_session(site.house, *std::move(room)));
}

Task<Response> audit(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  const auto& query = call.request.query;
  CO_TRY_ASSIGN(const auto id, session_in_query(call, "session"));
  if (!id) co_return Error(ErrorCode::invalid_value, "session must name a session.");
  CO_TRY_ASSIGN(const auto after, query_number(query, "after", 0, 0, INT64_MAX));
  CO_TRY_ASSIGN(const auto limit, query_number(query, "limit", kUsualPage, 1, kMaxPage));
  co_return as_json(co_await app::audit_of(site.house, *id, after, limit));
}

Task<Response> cleanup(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto dry_run, query_flag(call.request.query, "dryRun"));
  auto report = co_await site.cleanup.run(dry_run);
  if (!report) co_return std::move(report).error();
  co_return json_answer(200, protocol::sweep_json(*report, site.house.calendar));
}

Task<Response> expire(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  co_return as_json(co_await app::expire_for_operator(site.house, id));
}

Task<Response> restore(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  co_return as_json(co_await app::restore_for_operator(site.house, id));
}

Task<Response> extend(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(const auto by, protocol::parse_extension(body));
  co_return as_json(co_await app::extend_for_operator(site.house, id, by));
}

Task<Response> close_invites(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  co_return as_json(co_await app::close_invites_for_operator(site.house, id));
}

Task<Response> participants(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  co_return as_json(co_await app::participants_of(site.house, id));
}

Task<Response> operations(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  const auto& query = call.request.query;
  CO_TRY_ASSIGN(const auto after, query_number(query, "after", 0, 0, INT64_MAX));
  CO_TRY_ASSIGN(const auto limit, query_number(query, "limit", kUsualPage, 1, kMaxPage));
  co_return as_json(co_await app::operations_of(site.house, id, after, limit));
}

Task<Response> series(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  const auto now = static_cast<std::uint64_t>(site.house.wall(site.house.now()).ms) / 1000;
  const auto& query = call.request.query;
  CO_TRY_ASSIGN(const auto to, query_number(query, "to", now, 0, kLastSecond));
  CO_TRY_ASSIGN(const auto from, query_number(query, "from", 0, 0, kLastSecond));
  co_return json_answer(
      200, site.dashboard.series(static_cast<std::int64_t>(from), static_cast<std::int64_t>(to)));
}

Task<Response> set_log_level(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(const auto level, protocol::parse_level(body));
  co_return json_answer(200, app::change_log_level(site.house.world.log, level));
}

constexpr Route kRoutes[] = {
    {Method::post, "/v1/admin/login", log_in, Charge::guess},
    {Method::post, "/v1/admin/logout", log_out},
    {Method::get, "/v1/admin/stats", stats, Charge::guess},
    {Method::get, "/v1/admin/sessions", sessions, Charge::guess},
    {Method::get, "/v1/admin/sessions/{id}", session, Charge::guess},
    {Method::get, "/v1/admin/sessions/{id}/participants", participants, Charge::guess},
    {Method::get, "/v1/admin/sessions/{id}/operations", operations, Charge::guess},
    {Method::get, "/v1/admin/audit", audit, Charge::guess},
    {Method::get, "/v1/admin/series", series, Charge::guess},
    {Method::post, "/v1/admin/cleanup", cleanup, Charge::guess},
    {Method::post, "/v1/admin/sessions/{id}/expire", expire, Charge::guess},
    {Method::post, "/v1/admin/sessions/{id}/restore", restore, Charge::guess},
    {Method::post, "/v1/admin/sessions/{id}/extend", extend, Charge::guess},
    {Method::post, "/v1/admin/sessions/{id}/close-invites", close_invites, Charge::guess},
    {Method::post, "/v1/admin/log-level", set_log_level, Charge::guess},
};

}  // namespace

std::span<const Route> admin_routes() { return kRoutes; }

}  // namespace tarotforge::net
