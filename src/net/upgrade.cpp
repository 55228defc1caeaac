#include "net/upgrade.h"

#include <fmt/format.h>

#include "protocol/phoenix.h"
#include "protocol/websocket_handshake.h"

namespace tarotforge::net {
namespace {

constexpr std::string_view kSubProtocol = "phoenix";  // the rest of an offer may be a token

std::unexpected<Response> refusal(const Site& site, const Error& error) {
  return std::unexpected(problem_answer(site.house, error, {}));
}

}  // namespace

std::expected<std::string, Response> accept_socket(Site& site, const Request& request) {
  if (request.method != Method::get || request.is_head) {
    auto refused = refusal(site, ErrorCode::method_not_allowed);
    refused.error().headers.emplace_back("Allow", "GET");
    return refused;
  }
  if (site.draining || !site.house.health.ready) return refusal(site, ErrorCode::draining);
  if (const auto asked = site.rates.ask(request.client, site.house.now()); !asked)
    return refusal(site, asked.error());
  const auto version = query_value(request.query, "vsn");
  if (!version || !*version || !protocol::is_our_version(**version))
    return refusal(site, Error(ErrorCode::not_allowed,
                               "This socket speaks Phoenix Channels 2.0.0: ask with vsn=2.0.0."));
  if (!site.origins.may_connect(request)) return refusal(site, ErrorCode::origin_not_allowed);
  const auto accepted =
      protocol::accept_upgrade({.method = to_string(request.method),
                                .http_version = request.version,
                                .upgrade = request.header("upgrade"),
                                .connection = request.header("connection"),
                                .version = request.header("sec-websocket-version"),
                                .key = request.header("sec-websocket-key")});
  if (!accepted) {
    auto refused = refusal(site, accepted.error());
    refused.error().headers.emplace_back("Sec-WebSocket-Version", protocol::kWebSocketVersion);
    return refused;
  }
  auto head = fmt::format(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: {}\r\n",
      *accepted);
  if (protocol::has_token(request.header("sec-websocket-protocol"), kSubProtocol))
    head += fmt::format("Sec-WebSocket-Protocol: {}\r\n", kSubProtocol);
  return head + "\r\n";
}

std::optional<Login> login_of(const Site& site, const Request& request) {
  const bool is_foreign =
      !request.header("origin").empty() && !site.origins.is_from_own_page(request);
  if (is_foreign) return std::nullopt;
  return site.operators.login_of(request, site.house.wall(site.house.now()));
}

}  // namespace tarotforge::net
