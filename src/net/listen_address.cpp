#include "net/listen_address.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace tarotforge::net {

Result<Tcp::endpoint> parse_listen_address(std::string_view text) {
  const Error refused(
      ErrorCode::invalid_value,
      fmt::format("\"{}\" is no address to listen on. Write it like 127.0.0.1:8080 or [::1]:8080.",
                  text));
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return refused;
  const auto digits = text.substr(colon + 1);
  auto host = text.substr(0, colon);
  std::uint16_t port = 0;
  const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || rest != digits.data() + digits.size()) return refused;
  const bool in_brackets = host.starts_with('[') && host.ends_with(']');
  if (in_brackets) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  boost::system::error_code bad;
  const auto address = boost::asio::ip::make_address(std::string(host), bad);
  if (bad || address.is_v6() != in_brackets) return refused;
  return Tcp::endpoint(address, port);
}

Error listen_refusal(std::string_view text, const Tcp::endpoint& endpoint,
                     boost::system::error_code error) {
  namespace codes = boost::system::errc;
  std::string sentence;
  if (error == codes::address_in_use)
    sentence = fmt::format(
        "Port {} is taken by another program. Stop it, or choose another with --listen.",
        endpoint.port());
  else if (error == codes::permission_denied)
    sentence = fmt::format(
        "Port {} needs more rights than this user has. Choose one above 1023 with --listen.",
        endpoint.port());
  else if (error == codes::address_not_available)
    sentence = fmt::format("This machine has no address {}. Choose another with --listen.",
                           endpoint.address().to_string());
  else
    sentence = fmt::format("Cannot listen on {}: {}.", text, error.message());
  return Error(ErrorCode::conflict, std::move(sentence));
}

}  // namespace tarotforge::net
