// What operators ask and do. Every route wants the admin token.
#include "app/report.h"
#include "app/sessions.h"
#include "net/router.h"
#include "protocol/lifecycle_json.h"
#include "protocol/views.h"

namespace tarotforge::net {
namespace {

using app::Task;

constexpr std::size_t kMaxPage = 1000;  // lines of a list; some 300 bytes each
constexpr std::size_t kUsualPage = 100;

Result<> require_operator(const Site& site, const Call& call) {
  if (is_operator(site, call.token)) return {};
  return Error(ErrorCode::unauthorized, "This needs the operator's token (ADMIN_TOKEN).");
}

Result<Response> as_json(Result<protocol::Object> object) {
  if (!object) return std::move(object).error();
  return json_answer(200, *object);
}

// The session that a query names; session_not_found where it is no id.
Result<std::optional<SessionId>> session_in_query(const Call& call, std::string_view name) {
  TRY_ASSIGN(const auto text, query_value(call.request.query, name));
  if (!text) return std::optional<SessionId>();
  const auto id = SessionId::parse(*text);
  if (!id) return ErrorCode::session_not_found;
  return id;
}

Task<Response> stats(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  co_return as_json(co_await app::statistics(site.house, &site.cleanup));
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

constexpr Route kRoutes[] = {
    {Method::get, "/v1/admin/stats", stats, Charge::guess},
    {Method::get, "/v1/admin/sessions", sessions, Charge::guess},
    {Method::get, "/v1/admin/sessions/{id}", session, Charge::guess},
    {Method::get, "/v1/admin/audit", audit, Charge::guess},
    {Method::post, "/v1/admin/cleanup", cleanup, Charge::guess},
    {Method::post, "/v1/admin/sessions/{id}/expire", expire, Charge::guess},
    {Method::post, "/v1/admin/sessions/{id}/restore", restore, Charge::guess},
};

}  // namespace

std::span<const Route> admin_routes() { return kRoutes; }

}  // namespace tarotforge::net
