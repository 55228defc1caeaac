// Where a webhook goes, taken apart: a URL of an operator, https or http, without a user, and
// whether an address is one that strangers may not be able to reach through this server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/address.h"

namespace tarotforge::net {

struct WebhookTarget {
  bool is_https = true;
  std::string host;  // a name, or an address without brackets
  std::string port;  // a number
  std::string path;  // with its query; "/" at least

  // invalid_value.
  static Result<WebhookTarget> parse(std::string_view url);
  std::string authority() const;  // of the header Host
};

// Comma-separated, without doubles. http only where private targets are allowed. invalid_value.
Result<std::vector<std::string>> parse_webhook_targets(std::string_view list, bool private_allowed);

// Loopback, private, link-local and all else that is not of the public network (RFC 6890), also as
// IPv6 that carries such an IPv4 address.
bool is_private(const Address& address);

}  // namespace tarotforge::net
