#include "net/http.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "protocol/json_guard.h"
#include "protocol/json_text.h"

namespace tarotforge::net {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool declares_json(std::string_view content_type) {
  return equal_ignoring_case(trimmed(content_type.substr(0, content_type.find(';'))),
                             "application/json");
}

}  // namespace

std::string_view to_string(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::patch:
      return "PATCH";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "";
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [known, value] : headers)
    if (known == name) return value;
  return {};
}

std::string_view Request::cookie(std::string_view name) const {
  for (auto rest = header("cookie"); !rest.empty();) {
    const auto end = std::min(rest.find(';'), rest.size());
    const auto pair = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

void Request::add_header(std::string_view name, std::string_view value) {
  std::string lowered(name);
  std::ranges::transform(lowered, lowered.begin(), lower);
  for (auto& [known, held] : headers) {
    if (known != lowered) continue;
    held.append(", ").append(value);
    return;
  }
  headers.emplace_back(std::move(lowered), value);
}

Response json_answer(int status, const protocol::Object& object) {
  return {.status = status, .content_type = "application/json", .body = protocol::to_text(object)};
}

Response no_content() { return {.status = 204}; }

Result<protocol::Object> body_of(const Request& request) {
  if (request.body.empty()) return protocol::Object();
  const auto type = request.header("content-type");
  if (!type.empty() && !declares_json(type)) return ErrorCode::unsupported_media_type;
  return protocol::parse_object(request.body);
}

std::string bearer_token(const Request& request) {
  const auto value = request.header("authorization");
  constexpr std::string_view kScheme = "bearer ";
  if (value.size() <= kScheme.size()) return {};
  if (!equal_ignoring_case(value.substr(0, kScheme.size()), kScheme)) return {};
  return std::string(trimmed(value.substr(kScheme.size())));
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<unsigned char>(high * 16 + low);
      i += 2;
    }
    if (c < 0x20 || c == 0x7F) return std::nullopt;
    out += static_cast<char>(c);
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

Result<std::optional<std::string>> query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = std::min(pair.find('='), pair.size());
    const auto key = percent_decoded(pair.substr(0, equals));
    if (key != name) continue;
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
    if (!value)
      return Error(ErrorCode::malformed, fmt::format("The query's {} cannot be read.", name));
    return value;
  }
  return std::optional<std::string>();
}

Result<std::uint64_t> query_number(std::string_view query, std::string_view name,
                                   std::uint64_t otherwise, std::uint64_t low, std::uint64_t high) {
  TRY_ASSIGN(const auto text, query_value(query, name));
  if (!text) return otherwise;
  std::uint64_t number = 0;
  const auto* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || rest != end || number < low || number > high)
    return Error(ErrorCode::invalid_value,
                 fmt::format("{} must be a whole number from {} to {}.", name, low, high));
  return number;
}

Result<std::optional<std::string>> query_word(std::string_view query, std::string_view name,
                                              std::span<const std::string_view> words) {
  TRY_ASSIGN(auto text, query_value(query, name));
  if (text && std::ranges::find(words, *text) == words.end())
    return Error(ErrorCode::invalid_value,
                 fmt::format("{} must be one of {}.", name, fmt::join(words, ", ")));
  return text;
}

Result<bool> query_flag(std::string_view query, std::string_view name) {
  TRY_ASSIGN(const auto text, query_value(query, name));
  if (!text || *text == "false") return false;
  if (*text == "true") return true;
  return Error(ErrorCode::invalid_value, fmt::format("{} must be true or false.", name));
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace tarotforge::net
