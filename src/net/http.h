// An HTTP request and its answer as plain values: what the routes see. Reading and writing them on
// a connection is http_connection.h's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "net/address.h"
#include "protocol/json.h"

namespace tarotforge::net {

enum class Method : std::uint8_t { get, post, patch, del, options, other };
std::string_view to_string(Method method);

struct Request {
  Method method = Method::other;
  bool is_head = false;  // GET without the body
  unsigned version = 11;
  std::string path{};                                          // as it was sent, without the query
  std::string query{};                                         // what follows the question mark
  std::vector<std::pair<std::string, std::string>> headers{};  // names in lower case
  std::string body{};
  Address client{};  // whose request it is

  // Of several lines with one name, joined by commas; empty where there is none.
  std::string_view header(std::string_view lower_case_name) const;
  // Of the cookie of that name; empty where there is none.
  std::string_view cookie(std::string_view name) const;
  void add_header(std::string_view name, std::string_view value);
};

struct Response {
  int status = 200;
  std::string_view content_type{};  // a literal
  std::string body{};
  std::string_view lasting{};  // the body instead, where it lives as long as the program
  std::vector<std::pair<std::string_view, std::string>> headers{};

  std::string_view content() const { return body.empty() ? lasting : std::string_view(body); }
};

Response json_answer(int status, const protocol::Object& object);
Response no_content();

// The JSON object of the body; an empty body is an empty object. malformed, too_large, and
// unsupported_media_type where another type is declared.
Result<protocol::Object> body_of(const Request& request);

// The credentials of "Authorization: Bearer …"; empty without them.
std::string bearer_token(const Request& request);

// "%2F" is a slash; nullopt where an escape is broken or stands for a control character.
std::optional<std::string> percent_decoded(std::string_view text);

// The first value of that name, decoded; nullopt without one. malformed.
Result<std::optional<std::string>> query_value(std::string_view query, std::string_view name);
// A whole number in [low, high]; invalid_value.
Result<std::uint64_t> query_number(std::string_view query, std::string_view name,
                                   std::uint64_t otherwise, std::uint64_t low, std::uint64_t high);
// One of `words`; nullopt without one. invalid_value.
Result<std::optional<std::string>> query_word(std::string_view query, std::string_view name,
                                              std::span<const std::string_view> words);
Result<bool> query_flag(std::string_view query, std::string_view name);  // false without one

bool equal_ignoring_case(std::string_view a, std::string_view b);

}  // namespace tarotforge::net
