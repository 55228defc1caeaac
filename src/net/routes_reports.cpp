// What operators count of the past: usage for billing, and analytics.
#include "app/usage.h"
#include "net/router.h"
#include "net/time_zones.h"
#include "protocol/usage_text.h"

namespace tarotforge::net {
namespace {

using app::Format;
using ports::Task;

constexpr std::array<std::string_view, 2> kFormats{"json", "csv"};

Result<Format> format_in_query(const Call& call) {
  TRY_ASSIGN(const auto word, query_word(call.request.query, "format", kFormats));
  return word == "csv" ? Format::csv : Format::json;
}

Result<core::Period> period_in_query(const Site& site, const Call& call, const TimeZone& zone) {
  const auto& query = call.request.query;
  TRY_ASSIGN(const auto from, query_value(query, "from"));
  TRY_ASSIGN(const auto until, query_value(query, "to"));
  const auto& house = site.house;
  return protocol::parse_period(from, until, zone, house.wall(house.now()));
}

Result<Response> as_report(Result<std::string> text, Format format) {
  if (!text) return std::move(text).error();
  return Response{
      .content_type = format == Format::csv ? "text/csv; charset=utf-8" : "application/json",
      .body = *std::move(text)};
}

Task<Response> billing(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto format, format_in_query(call));
  CO_TRY_ASSIGN(const auto period, period_in_query(site, call, TimeZone()));
  co_return as_report(co_await app::usage_of(site.house.world.store, period, format), format);
}

Task<Response> analytics(Site& site, const Call& call) {
  CO_TRY(require_operator(site, call));
  CO_TRY_ASSIGN(const auto format, format_in_query(call));
  CO_TRY_ASSIGN(const auto name, query_value(call.request.query, "zone"));
  CO_TRY_ASSIGN(const auto zone, find_time_zone(name.value_or("")));
  CO_TRY_ASSIGN(const auto period, period_in_query(site, call, zone));
  co_return as_report(co_await app::analytics_of(site.house.world.store, period, zone, format),
                      format);
}

constexpr Route kRoutes[] = {
    {Method::get, "/v1/admin/billing", billing, Charge::guess},
    {Method::get, "/v1/admin/analytics", analytics, Charge::guess},
};

}  // namespace

std::span<const Route> report_routes() { return kRoutes; }

}  // namespace tarotforge::net
