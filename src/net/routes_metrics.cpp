// What Prometheus scrapes.
#include "net/process_numbers.h"
#include "net/router.h"

namespace tarotforge::net {
namespace {

using app::Task;

Task<Response> metrics(Site& site, const Call& call) {
  if (!site.public_metrics && !require_operator(site, call))
    co_return Error(ErrorCode::unauthorized,
                    "This needs the operator's token (ADMIN_TOKEN), or METRICS=anyone.");
  const auto format = protocol::metrics_format(call.request.header("accept"));
  Response response{.content_type = protocol::content_type(format)};
  const auto started = site.house.calendar.wall(site.started_at);
  response.body =
      co_await site.metrics.exposition({.connections = site.connections(),
                                        .connections_limit = site.connections_limit,
                                        .started_at = static_cast<double>(started.ms) / 1000,
                                        .cpu_seconds = cpu_seconds(),
                                        .resident_bytes = resident_bytes(),
                                        .open_files = open_files()},
                                       format);
  co_return response;
}

constexpr Route kRoutes[] = {{Method::get, "/metrics", metrics, Charge::guess}};

}  // namespace

std::span<const Route> metrics_routes() { return kRoutes; }

}  // namespace tarotforge::net
