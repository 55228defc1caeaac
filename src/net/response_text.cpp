#include "net/response_text.h"

#include <fmt/format.h>

#include <ctime>
#include <iterator>

namespace tarotforge::net {
namespace {

// The pages load nothing from elsewhere, run no inline script, and stand in no other page's frame.
constexpr std::string_view kSecurityHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'self'; connect-src 'self' ws: wss:; "
    "img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'\r\n";

// The phrase means nothing to programs (RFC 9112, section 4); people read it in a terminal.
std::string_view phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 503:
      return "Service Unavailable";
    default:
      return status < 400 ? "OK" : status < 500 ? "Refused" : "Failed";
  }
}

std::string http_date(WallTime t) {
  const std::time_t seconds = t.ms / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const auto length = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text, length};
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

std::string response_head(const Response& response, HeadOptions options) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                                 phrase(response.status), http_date(options.now));
  auto out = std::back_inserter(head);
  if (!response.content_type.empty())
    fmt::format_to(out, "Content-Type: {}\r\n", response.content_type);
  if (!has_no_body(response.status))
    fmt::format_to(out, "Content-Length: {}\r\n", response.content().size());
  for (const auto& [name, value] : response.headers) fmt::format_to(out, "{}: {}\r\n", name, value);
  head += kSecurityHeaders;
  head += options.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace tarotforge::net
