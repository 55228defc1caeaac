// What anybody may ask: the decks, the layouts, and how the process is.
#include "net/router.h"
#include "protocol/catalogue.h"

namespace tarotforge::net {
namespace {

using app::Task;

Task<Response> decks(Site&, const Call&) { co_return json_answer(200, protocol::decks_json()); }

Task<Response> deck(Site&, const Call& call) {
  const auto* found = core::find_deck(call.parameters.front());
  if (!found) {
    Error unknown = ErrorCode::deck_not_found;
    unknown.status_instead = 404;  // the path names it, not a body
    co_return unknown;
  }
  co_return json_answer(200, protocol::deck_json(*found));
}

Task<Response> layouts(Site&, const Call&) { co_return json_answer(200, protocol::layouts_json()); }

Task<Response> alive(Site&, const Call&) { co_return json_answer(200, {{"alive", true}}); }

Task<Response> ready(Site& site, const Call&) {
  if (site.draining || !site.house.health.ready) co_return ErrorCode::draining;
  co_return json_answer(200, {{"ready", true}, {"degraded", site.house.health.degraded}});
}

constexpr Route kRoutes[] = {
    {Method::get, "/v1/decks", decks},     {Method::get, "/v1/decks/{id}", deck},
    {Method::get, "/v1/layouts", layouts}, {Method::get, "/healthz", alive},
    {Method::get, "/readyz", ready},
};

}  // namespace

std::span<const Route> catalogue_routes() { return kRoutes; }

}  // namespace tarotforge::net
