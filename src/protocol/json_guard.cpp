#include "protocol/json_guard.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "protocol/utf8.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t kShownKeyBytes = 40;  // of a foreign key in our sentence: enough to find it

// Builds the value and watches for what Boost.JSON lets pass. A refusal of ours stands in
// `refusal`; the error code given with it only stops the parser.
struct Builder {
  static constexpr std::size_t max_array_size = -1;
  static constexpr std::size_t max_object_size = -1;
  static constexpr std::size_t max_string_size = -1;
  static constexpr std::size_t max_key_size = -1;

  json::value_stack stack;
  std::vector<std::string> keys;  // of all objects that are open, innermost last
  std::string key;                // the part of a key that came before its last escape
  std::string refusal;

  bool refuse(std::string sentence, json::error_code& error) {
    refusal = std::move(sentence);
    error = json::make_error_code(json::error::syntax);
    return false;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }

  bool on_array_end(std::size_t count, json::error_code&) {
    stack.push_array(count);
    return true;
  }

  bool on_object_end(std::size_t count, json::error_code& error) {
    const auto first = keys.end() - static_cast<std::ptrdiff_t>(count);
    std::sort(first, keys.end());
    if (const auto twice = std::adjacent_find(first, keys.end()); twice != keys.end()) {
      const auto shown = cut_utf8(*twice, kShownKeyBytes);
      const auto* more = shown.size() < twice->size() ? "…" : "";
      return refuse(fmt::format("The JSON object has the key \"{}{}\" twice.", shown, more), error);
    }
    keys.erase(first, keys.end());
    stack.push_object(count);
    return true;
  }

  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    key.append(part.data(), part.size());
    stack.push_chars(part);
    return true;
  }

  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    key.append(part.data(), part.size());
    keys.push_back(std::move(key));
    key.clear();
    stack.push_key(part);
    return true;
  }

  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    stack.push_chars(part);
    return true;
  }

  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    stack.push_string(part);
    return true;
  }

  bool on_number_part(json::string_view, json::error_code&) { return true; }

  bool on_int64(std::int64_t number, json::string_view, json::error_code&) {
    stack.push_int64(number);
    return true;
  }

  bool on_uint64(std::uint64_t number, json::string_view, json::error_code&) {
    stack.push_uint64(number);
    return true;
  }

  // Read again from the text: Boost.JSON's own conversion may be off in the last digits, and
  // then a position would change by being stored.
  bool on_double(double approximate, json::string_view text, json::error_code& error) {
    double exact = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), exact);
    if (status == std::errc::result_out_of_range && std::abs(approximate) < 1)
      exact = 0;  // too small to tell from zero
    else if (status != std::errc() || end != text.data() + text.size())
      return refuse("A number in the JSON is too large.", error);
    stack.push_double(exact);
    return true;
  }

  bool on_bool(bool value, json::error_code&) {
    stack.push_bool(value);
    return true;
  }

  bool on_null(json::error_code&) {
    stack.push_null();
    return true;
  }

  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

Error malformed(std::string detail) { return Error(ErrorCode::malformed, std::move(detail)); }

}  // namespace

Result<json::value> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.max_bytes) return ErrorCode::too_large;
  Utf8Check utf8;
  if (!utf8.feed(text) || !utf8.complete()) return malformed("The body is not valid UTF-8.");

  json::parse_options options;
  options.max_depth = limits.max_depth;
  json::basic_parser<Builder> parser(options);
  json::error_code error;
  auto read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::make_error_code(json::error::extra_data);
  Builder& builder = parser.handler();
  if (!builder.refusal.empty()) return malformed(std::move(builder.refusal));
  if (error == json::error::too_deep)
    return malformed(fmt::format("The JSON is nested more than {} levels deep.", limits.max_depth));
  if (error)
    return malformed(
        fmt::format("The body is not valid JSON: {} at byte {}.", error.message(), read));
  return builder.stack.release();
}

Result<json::object> parse_object(std::string_view text, JsonLimits limits) {
  auto value = parse_json(text, limits);
  if (!value) return std::move(value).error();
  if (!value->is_object()) return malformed("The body must be a JSON object.");
  return std::move(value->get_object());
}

}  // namespace tarotforge::protocol
