// The small parsers: ids, tokens, times, cursors, query strings, paths, handshakes, addresses.
#include "base/text.h"

#include <fmt/format.h>

#include "base/ids.h"
#include "base/time_zone.h"
#include "net/address.h"
#include "net/channel.h"
#include "net/http.h"
#include "net/listen_address.h"
#include "net/origins.h"
#include "net/router.h"
#include "protocol/phoenix.h"
#include "protocol/requests.h"
#include "protocol/websocket_handshake.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;

namespace {

void try_values(std::string_view text) {
  if (const auto id = Uuid::parse(text)) {
    check(Uuid::parse(id->to_string()) == id, "an id is read back");
    check(net::equal_ignoring_case(id->to_string(), text), "an id has one form");
  }
  if (const auto bytes = base64url_decode(text))
    check(base64url(*bytes) == text, "a token has one form");
  if (const auto time = parse_rfc3339(text))
    if (const auto shown = rfc3339(*time);
        shown.size() == 24)  // of the years that have four digits
      check(parse_rfc3339(shown) == time, "a time is read back");
  if (const auto zone = TimeZone::parse(text))
    for (const std::int64_t at : {INT64_MIN, INT64_C(-1), INT64_C(2'000'000'000'000), INT64_MAX})
      check(abs(zone->offset_at({at})) < std::chrono::hours(24 * 8), "a zone is near UTC");
  static_cast<void>(protocol::parse_idempotency_key(text));
  static_cast<void>(protocol::is_our_version(text));
  static_cast<void>(net::parse_listen_address(text));
  if (const auto address = net::Address::parse(text))
    check(net::Address::parse(address->to_string()) == address, "an address is read back");
  const auto networks = net::Networks::parse(text);
  const auto proxy = *net::Address::parse("127.0.0.1");
  const auto client = net::client_of(proxy, text, networks ? *networks : net::Networks());
  check(client == proxy || (networks && networks->contain(proxy)), "strangers are not believed");
  static_cast<void>(net::origin_of(text));
}

void try_escapes(std::string_view text) {
  if (const auto decoded = net::percent_decoded(text)) {
    check(is_utf8(*decoded) && decoded->size() <= text.size(), "what is decoded is a text");
    std::string encoded;
    for (const char c : *decoded) encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    check(net::percent_decoded(encoded) == decoded, "and is read back");
    const auto found = net::query_value("other&name=" + encoded + "&name=x", "name");
    check(found && *found == decoded, "also out of a query");
    const auto parameters = net::match("/v1/{id}/end", "/v1/" + encoded + "/end");
    check(parameters.has_value() == !decoded->empty() &&
              (!parameters || parameters->front() == *decoded),
          "and out of a path");
  }
  for (const auto* name : {"after", "limit", "", "vsn"}) {
    const auto number = net::query_number(text, name, 5, 1, 1000);
    check(!number || (*number >= 1 && *number <= 1000), "a number is within its bounds");
    static_cast<void>(net::query_flag(text, name));
    static_cast<void>(net::query_word(text, name, {}));
  }
  for (const auto* pattern : {"/v1/sessions/{id}", "/v1/{a}/{b}", "/"})
    if (const auto found = net::match(pattern, text))
      for (const auto& each : *found) check(!each.empty(), "a parameter is something");
}

void try_topic(std::string_view text) {
  const auto topic = net::parse_topic(text);
  if (topic && *topic) check((*topic)->text() == text, "a topic has one form");
}

void try_headers(std::string_view name, std::string_view value) {
  net::Request request{.method = net::Method::get, .path = "/"};
  request.add_header("Authorization", value);
  request.add_header(name, value);
  request.add_header("Origin", name);
  request.add_header("Host", value);
  static_cast<void>(net::bearer_token(request));
  const net::Origins origins("https://tarot.example", {std::string(name)});
  net::Response response;
  origins.add_cors(request, response);
  static_cast<void>(origins.may_connect(request));
  static_cast<void>(protocol::has_token(value, name));
  static_cast<void>(protocol::accept_upgrade({.method = "GET",
                                              .upgrade = "websocket",
                                              .connection = name,
                                              .version = protocol::kWebSocketVersion,
                                              .key = value}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const auto all = input.rest();
  try_values(all);
  try_escapes(all);
  try_topic(all);
  const auto name = input.part('\n');
  try_headers(name, input.rest());
  return 0;
}
