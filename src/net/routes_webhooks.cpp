// What operators see of webhooks, and how they have one sent again.
#include <array>

#include "app/webhooks.h"
#include "net/router.h"

namespace tarotforge::net {
namespace {

using app::Task;

constexpr std::size_t kMaxPage = 1000;  // lines of a list; some 400 bytes each
constexpr std::size_t kUsualPage = 100;
constexpr std::array<std::string_view, 2> kStates{"waiting", "dead"};

Task<Response> webhooks(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  const auto& query = call.request.query;
  ports::WebhookFilter filter;
  CO_TRY_ASSIGN(const auto state, query_word(query, "state", kStates));
  if (state) filter.is_dead = *state == "dead";
  CO_TRY_ASSIGN(filter.after_ordinal, query_number(query, "after", 0, 0, INT64_MAX));
  CO_TRY_ASSIGN(filter.limit, query_number(query, "limit", kUsualPage, 1, kMaxPage));
  co_return as_json(co_await app::list_webhooks(site.house, filter));
}

Task<Response> replay(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  const auto id = WebhookId::parse(call.parameters.front());
  if (!id) co_return ErrorCode::not_found;
  co_return as_json(co_await app::replay_webhook(site.house, *id));
}

constexpr Route kRoutes[] = {
    {Method::get, "/v1/admin/webhooks", webhooks, Charge::guess},
    {Method::post, "/v1/admin/webhooks/{id}/replay", replay, Charge::guess},
};

}  // namespace

std::span<const Route> webhook_routes() { return kRoutes; }

}  // namespace tarotforge::net
