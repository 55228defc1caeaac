// The life of a session over HTTP: create, read, operate, keep, leave, end, restore.
#include <fmt/format.h>

#include "app/report.h"
#include "app/sessions.h"
#include "net/router.h"
#include "protocol/json_guard.h"
#include "protocol/views.h"

namespace tarotforge::net {
namespace {

using app::Task;

constexpr std::size_t kMaxPage = 500;  // of the operations asked for at once

// A command may name the generation that it means (SE5).
Result<> check_generation(const protocol::Object& body, const app::Room& room) {
  TRY_ASSIGN(const auto generation, protocol::parse_generation(body));
  if (generation && *generation != room.session.data().generation)
    return ErrorCode::stale_generation;
  return {};
}

// Who is asking to do something, and the body that says what.
struct Asked {
  app::Member who;
  protocol::Object body;
};
Task<Asked> asked(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  CO_TRY_ASSIGN(auto body, body_of(call.request));
  CO_TRY(check_generation(body, *who->room));
  co_return Asked{*std::move(who), std::move(body)};
}

Result<std::optional<IdempotencyKey>> key_of(const Request& request) {
  const auto text = request.header("idempotency-key");
  if (text.empty()) return std::optional<IdempotencyKey>();
  TRY_ASSIGN(const auto key, protocol::parse_idempotency_key(text));
  return std::optional(key);
}

Task<Response> create(Site& site, const Call& call) {
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(auto request, protocol::parse_create(body));
  CO_TRY_ASSIGN(const auto key, key_of(call.request));
  CO_TRY_ASSIGN(const auto user, user_of(site, call));
  bool is_operator = false;
  if (!user) {
    CO_TRY_ASSIGN(is_operator, asked_by_operator(site, call));
  }
  app::Origin origin{.caller = "create:" + asker_of(call, user),
                     .key = key,
                     .body_hash = sha256(call.request.body),
                     .is_operator = is_operator,
                     .user = user};
  auto created = co_await app::create_session(site.house, std::move(request), std::move(origin));
  if (!created) co_return std::move(created).error();
  auto response = json_answer(201, *created);
  const std::string_view id = created->at("session").at("id").as_string();
  response.headers.emplace_back("Location", fmt::format("/v1/sessions/{}", id));
  co_return response;
}

Task<Response> read(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  co_return json_answer(200, app::session_answer(site.house, *who->room));
}

Task<Response> remove(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  CO_TRY(co_await app::delete_session(site.house, *std::move(who)));
  co_return no_content();
}

Task<Response> expiry(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  co_return json_answer(200, app::expiry_answer(site.house, *who->room));
}

Task<Response> lifecycle(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  co_return as_json(co_await app::explain_session(site.house, who->room));
}

Task<Response> report_activity(Site& site, const Call& call) {
  auto question = co_await asked(site, call);
  if (!question) co_return std::move(question).error();
  CO_TRY_ASSIGN(const auto report, protocol::parse_activity(question->body));
  CO_TRY(co_await app::touch_session(site.house, std::move(question->who), report));
  co_return no_content();
}

Task<Response> leave(Site& site, const Call& call) {
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  // A beacon may declare any type that needs no preflight (HT11).
  CO_TRY_ASSIGN(const auto body, protocol::parse_object(call.request.body));
  CO_TRY_ASSIGN(auto request, protocol::parse_leave(body));
  CO_TRY(co_await app::leave_session(site.house, id, std::move(request)));
  co_return no_content();
}

Task<Response> keep_alive(Site& site, const Call& call) {
  auto question = co_await asked(site, call);
  if (!question) co_return std::move(question).error();
  co_return as_json(co_await app::keep_session_alive(site.house, std::move(question->who)));
}

Task<Response> complete(Site& site, const Call& call) {
  auto question = co_await asked(site, call);
  if (!question) co_return std::move(question).error();
  co_return as_json(co_await app::complete_session(site.house, std::move(question->who)));
}

Task<Response> restore(Site& site, const Call& call) {
  CO_TRY_ASSIGN(const auto id, session_id_of(call));
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(auto key, protocol::parse_restore(body));
  std::optional<UserId> user;
  if (!key) {
    CO_TRY_ASSIGN(user, user_of(site, call));
  }
  co_return as_json(
      co_await app::restore_session(site.house, id, call.token, std::move(key), user));
}

Task<Response> operate(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  CO_TRY_ASSIGN(const auto key, key_of(call.request));
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(auto request, protocol::parse_operation(body));
  if (key) request.key = key;
  co_return as_json(co_await app::operate_session(site.house, *std::move(who), std::move(request),
                                                  operation_hash(body)));
}

Task<Response> shuffles(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  co_return json_answer(200, protocol::shuffles_json(who->room->session.data().reading));
}

Task<Response> operations(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  constexpr std::uint64_t kNewest = INT64_MAX;  // the store counts in 63 bits
  const auto& query = call.request.query;
  CO_TRY_ASSIGN(const auto after, query_number(query, "after", 0, 0, kNewest));
  CO_TRY_ASSIGN(const auto limit, query_number(query, "limit", kMaxPage, 1, kMaxPage));
  co_return as_json(co_await app::list_operations(site.house, *std::move(who), after, limit));
}

Task<Response> rename(Site& site, const Call& call) {
  auto question = co_await asked(site, call);
  if (!question) co_return std::move(question).error();
  CO_TRY_ASSIGN(auto name, protocol::parse_rename(question->body));
  co_return as_json(
      co_await app::rename_participant(site.house, std::move(question->who), std::move(name)));
}

Task<Response> change_host(Site& site, const Call& call) {
  auto question = co_await asked(site, call);
  if (!question) co_return std::move(question).error();
  CO_TRY_ASSIGN(const auto request, protocol::parse_host(question->body));
  co_return as_json(co_await app::change_host(site.house, std::move(question->who), request));
}

constexpr Route kRoutes[] = {
    {Method::post, "/v1/sessions", create, Charge::entry},
    {Method::get, "/v1/sessions/{id}", read},
    {Method::del, "/v1/sessions/{id}", remove},
    {Method::get, "/v1/sessions/{id}/expiry", expiry},
    {Method::get, "/v1/sessions/{id}/lifecycle", lifecycle},
    {Method::post, "/v1/sessions/{id}/activity", report_activity},
    {Method::post, "/v1/sessions/{id}/leave", leave},
    {Method::post, "/v1/sessions/{id}/keep-alive", keep_alive},
    {Method::post, "/v1/sessions/{id}/complete", complete},
    {Method::post, "/v1/sessions/{id}/restore", restore},
    {Method::post, "/v1/sessions/{id}/operations", operate},
    {Method::get, "/v1/sessions/{id}/operations", operations},
    {Method::get, "/v1/sessions/{id}/shuffles", shuffles},
    {Method::patch, "/v1/sessions/{id}/participants/me", rename},
    {Method::post, "/v1/sessions/{id}/host", change_host},
};

}  // namespace

std::span<const Route> session_routes() { return kRoutes; }

}  // namespace tarotforge::net
