#include "net/webhook_target.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace tarotforge::net {
namespace {

Error no_target(std::string_view url) {
  return {ErrorCode::invalid_value,
          fmt::format("\"{}\" is not a URL such as https://hooks.example/tarot, without a user and "
                      "a fragment.",
                      url)};
}

// What a URL may hold beside "%2F" and the like (RFC 3986), but no comma: that parts targets.
bool is_url_character(char c) {
  const bool is_alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return is_alphanumeric || std::string_view("-._~:/?[]@!$&'()*+;=%").contains(c);
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::stoi(std::string(text)) >= 1 && std::stoi(std::string(text)) <= 65535;
}

// The IPv4 address in the bytes from there on.
Address embedded(const Address& address, std::size_t at) {
  auto v4 = *Address::parse("0.0.0.0");
  std::copy_n(address.bytes.begin() + static_cast<std::ptrdiff_t>(at), 4, v4.bytes.begin() + 12);
  return v4;
}

Networks networks(std::string_view list) {
  auto parsed = Networks::parse(list);
  check(parsed.has_value(), "networks that stand here are written right");
  return *std::move(parsed);
}

}  // namespace

Result<WebhookTarget> WebhookTarget::parse(std::string_view url) {
  constexpr std::string_view kHttps = "https://", kHttp = "http://";
  WebhookTarget target;
  target.is_https = url.starts_with(kHttps);
  if (!target.is_https && !url.starts_with(kHttp)) return no_target(url);
  if (!std::ranges::all_of(url, is_url_character)) return no_target(url);
  auto rest = url.substr(target.is_https ? kHttps.size() : kHttp.size());
  const auto slash = std::min(rest.find_first_of("/?"), rest.size());
  target.path = rest.substr(slash);
  if (!target.path.starts_with('/')) target.path.insert(0, "/");
  rest = rest.substr(0, slash);
  const auto bracket = rest.starts_with('[') ? rest.find(']') : 0;
  if (bracket == std::string_view::npos || rest.contains('@')) return no_target(url);
  const auto colon = std::min(rest.find(':', bracket), rest.size());
  target.host = bracket ? rest.substr(1, bracket - 1) : rest.substr(0, colon);
  target.port = target.is_https ? "443" : "80";
  if (colon < rest.size()) target.port = rest.substr(colon + 1);
  const bool ends_well = bracket == 0 || bracket + 1 == colon;
  const bool is_address = bracket == 0 || Address::parse(target.host);
  if (target.host.empty() || !ends_well || !is_address || !is_port(target.port))
    return no_target(url);
  return target;
}

std::string WebhookTarget::authority() const {
  const auto name = host.contains(':') ? fmt::format("[{}]", host) : host;
  return port == (is_https ? "443" : "80") ? name : fmt::format("{}:{}", name, port);
}

Result<std::vector<std::string>> parse_webhook_targets(std::string_view list,
                                                       bool private_allowed) {
  std::vector<std::string> targets;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    auto url = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (url.starts_with(' ')) url.remove_prefix(1);
    while (url.ends_with(' ')) url.remove_suffix(1);
    TRY_ASSIGN(const auto target, WebhookTarget::parse(url));
    if (!target.is_https && !private_allowed)
      return Error(ErrorCode::invalid_value,
                   fmt::format("\"{}\" must be https. Within a network of your own, "
                               "WEBHOOK_PRIVATE_TARGETS=on allows http.",
                               url));
    if (std::ranges::find(targets, url) != targets.end())
      return Error(ErrorCode::invalid_value, fmt::format("\"{}\" is named twice.", url));
    targets.emplace_back(url);
  }
  return targets;
}

bool is_private(const Address& address) {
  // RFC 6890 and its registries, as of 2025: all that is not globally reachable, and multicast.
  static const auto v4 = networks(
      "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, "
      "192.0.0.0/24, 192.0.2.0/24, 192.168.0.0/16, 198.18.0.0/15, 198.51.100.0/24, "
      "203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4");
  static const auto v6_public = networks("2000::/3, 64:ff9b::/96");
  static const auto v6_private = networks("2001::/23, 2001:db8::/32, 3fff::/20");
  static const auto nat64 = networks("64:ff9b::/96"), six_to_four = networks("2002::/16");
  if (address.is_v4()) return v4.contain(address);
  if (nat64.contain(address)) return v4.contain(embedded(address, 12));
  if (six_to_four.contain(address)) return v4.contain(embedded(address, 2));
  return !v6_public.contain(address) || v6_private.contain(address);
}

}  // namespace tarotforge::net
