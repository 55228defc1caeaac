#include "net/response_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <iterator>

namespace tarotforge::net {
namespace {

// The pages load nothing from elsewhere, run no inline script, and stand in no other page's frame.
constexpr std::string_view kSecurityHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"  // for browsers that do not know frame-ancestors
    "Referrer-Policy: no-referrer\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Content-Security-Policy: default-src 'self'; connect-src 'self' ws: wss:; "
    "img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; "
    "form-action 'self'\r\n";

// Once a browser has come over https it does so for a year, whatever a link says.
constexpr std::string_view kOnlyHttps = "Strict-Transport-Security: max-age=31536000\r\n";

// The phrase means nothing to programs (RFC 9112, section 4); people read it in a terminal.
std::string_view phrase(int status) {
  struct Row {
    int status;
    std::string_view phrase;
  };
  static constexpr Row kRows[] = {{200, "OK"},
                                  {201, "Created"},
                                  {204, "No Content"},
                                  {304, "Not Modified"},
                                  {400, "Bad Request"},
                                  {401, "Unauthorized"},
                                  {403, "Forbidden"},
                                  {404, "Not Found"},
                                  {405, "Method Not Allowed"},
                                  {408, "Request Timeout"},
                                  {409, "Conflict"},
                                  {410, "Gone"},
                                  {413, "Content Too Large"},
                                  {414, "URI Too Long"},
                                  {415, "Unsupported Media Type"},
                                  {422, "Unprocessable Content"},
                                  {429, "Too Many Requests"},
                                  {431, "Request Header Fields Too Large"},
                                  {500, "Internal Server Error"},
                                  {503, "Service Unavailable"}};
  const auto* row = std::ranges::find(kRows, status, &Row::status);
  return row == std::end(kRows) ? "" : row->phrase;
}

bool says_how_long_to_keep(const Response& response) {
  return std::ranges::any_of(response.headers,
                             [](const auto& header) { return header.first == "Cache-Control"; });
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
  if (!says_how_long_to_keep(response)) head += "Cache-Control: no-store\r\n";
  head += kSecurityHeaders;
  if (options.is_https) head += kOnlyHttps;
  head += options.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace tarotforge::net
