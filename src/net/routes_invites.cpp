// Invitations over HTTP: the host's list, the preview, and the join.
#include <fmt/format.h>

#include "app/invites.h"
#include "app/sessions.h"
#include "net/router.h"

namespace tarotforge::net {
namespace {

using app::Task;

Task<Response> create(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(auto request, protocol::parse_invite(body));
  auto made = co_await app::create_invite(site.house, *std::move(who), std::move(request));
  if (!made) co_return std::move(made).error();
  auto response = json_answer(201, *made);
  const std::string_view code = made->at("code").as_string();
  response.headers.emplace_back("Location", fmt::format("/v1/invites/{}", code));
  co_return response;
}

Task<Response> list(Site& site, const Call& call) {
  auto who = co_await member_of(site, call);
  if (!who) co_return std::move(who).error();
  auto invites = co_await app::list_invites(site.house, *std::move(who));
  if (!invites) co_return std::move(invites).error();
  co_return json_answer(200, *invites);
}

Task<Response> preview(Site& site, const Call& call) {
  auto shown = co_await app::preview_invite(site.house, call.parameters.front());
  if (!shown) co_return std::move(shown).error();
  co_return json_answer(200, *shown);
}

Task<Response> revoke(Site& site, const Call& call) {
  CO_TRY(co_await app::revoke_invite(site.house, call.parameters.front(), call.token));
  co_return no_content();
}

Task<Response> join(Site& site, const Call& call) {
  const auto& code = call.parameters.front();
  CO_TRY_ASSIGN(const auto body, body_of(call.request));
  CO_TRY_ASSIGN(auto request, protocol::parse_join(body));
  CO_TRY_ASSIGN(const auto user, user_of(site, call));
  app::Origin origin{.caller = fmt::format("join:{}:{}", code, asker_of(call, user)),
                     .body_hash = sha256(call.request.body),
                     .user = user};
  if (const auto key = call.request.header("idempotency-key"); !key.empty()) {
    CO_TRY_ASSIGN(origin.key, protocol::parse_idempotency_key(key));
  }
  auto joined = co_await app::join_session(site.house, code, std::move(request), std::move(origin));
  if (!joined) co_return std::move(joined).error();
  co_return json_answer(201, *joined);
}

constexpr Route kRoutes[] = {
    {Method::post, "/v1/sessions/{id}/invites", create},
    {Method::get, "/v1/sessions/{id}/invites", list},
    {Method::get, "/v1/invites/{code}", preview, Charge::entry},
    {Method::del, "/v1/invites/{code}", revoke},
    {Method::post, "/v1/invites/{code}/join", join, Charge::entry},
};

}  // namespace

std::span<const Route> invite_routes() { return kRoutes; }

}  // namespace tarotforge::net
