#include "net/origins.h"

#include <algorithm>

namespace tarotforge::net {
namespace {

constexpr std::string_view kPreflightKept = "600";  // seconds; browsers cap it at 2 h and less

std::string_view host_of(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  return scheme_end == std::string_view::npos ? std::string_view() : origin.substr(scheme_end + 3);
}

}  // namespace

std::string origin_of(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find('/', scheme_end + 3)));
}

Origins::Origins(std::string_view public_url, std::vector<std::string> allowed)
    : public_origin_(origin_of(public_url)), allowed_(std::move(allowed)) {}

bool Origins::is_own(std::string_view origin, const Request& request) const {
  // Behind a proxy that ends TLS the scheme differs from what is seen here: the host decides.
  const auto host = request.header("host");
  if (!host.empty() && equal_ignoring_case(host_of(origin), host)) return true;
  return !public_origin_.empty() && equal_ignoring_case(origin, public_origin_);
}

bool Origins::is_allowed(std::string_view origin) const {
  return std::ranges::any_of(
      allowed_, [&](const std::string& each) { return equal_ignoring_case(each, origin); });
}

bool Origins::may_connect(const Request& request) const {
  const auto origin = request.header("origin");
  return origin.empty() || is_own(origin, request) || is_allowed(origin);
}

bool Origins::is_from_own_page(const Request& request) const {
  const auto origin = request.header("origin");
  return !origin.empty() && is_own(origin, request);
}

void Origins::add_cors(const Request& request, Response& response) const {
  if (allowed_.empty()) return;
  response.headers.emplace_back("Vary", "Origin");
  const auto origin = request.header("origin");
  if (!is_allowed(origin)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", origin);
  response.headers.emplace_back("Access-Control-Expose-Headers", "Location, Retry-After");
}

Result<Response> Origins::preflight(const Request& request, const std::string& allow) const {
  if (!may_connect(request)) return ErrorCode::origin_not_allowed;
  Response response = no_content();
  response.headers.emplace_back("Allow", allow);
  if (is_allowed(request.header("origin"))) {
    response.headers.emplace_back("Access-Control-Allow-Methods", allow);
    response.headers.emplace_back("Access-Control-Allow-Headers",
                                  "Authorization, Content-Type, Idempotency-Key");
    response.headers.emplace_back("Access-Control-Max-Age", kPreflightKept);
  }
  return response;
}

}  // namespace tarotforge::net
