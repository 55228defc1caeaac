#include "protocol/json_text.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "base/check.h"
#include "protocol/json_string.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

void append(std::string& out, const json::value& value);

void append(std::string& out, const json::object& object) {
  char before = '{';
  for (const auto& [key, value] : object) {
    out += before;
    append_json_string(out, key);
    out += ':';
    append(out, value);
    before = ',';
  }
  if (object.empty()) out += '{';
  out += '}';
}

void append(std::string& out, const json::array& array) {
  char before = '[';
  for (const auto& value : array) {
    out += before;
    append(out, value);
    before = ',';
  }
  if (array.empty()) out += '[';
  out += ']';
}

void append(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      return;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      return;
    case json::kind::int64:
      fmt::format_to(std::back_inserter(out), "{}", value.get_int64());
      return;
    case json::kind::uint64:
      fmt::format_to(std::back_inserter(out), "{}", value.get_uint64());
      return;
    case json::kind::double_:
      check(std::isfinite(value.get_double()), "JSON numbers are finite");
      // "-0" would be read back as the integer.
      fmt::format_to(std::back_inserter(out), "{}", value.get_double() + 0.0);
      return;
    case json::kind::string:
      return append_json_string(out, value.get_string());
    case json::kind::array:
      return append(out, value.get_array());
    case json::kind::object:
      return append(out, value.get_object());
  }
}

}  // namespace

std::string to_text(const json::value& value) {
  std::string out;
  append(out, value);
  return out;
}

std::string to_text(const json::object& object) {
  std::string out;
  append(out, object);
  return out;
}

std::string to_text(const json::array& array) {
  std::string out;
  append(out, array);
  return out;
}

}  // namespace tarotforge::protocol
