// JSON from strangers: what passes the guard keeps its limits, and is the same when it is written
// and read again.
#include <algorithm>

#include "base/text.h"
#include "protocol/json_guard.h"
#include "protocol/json_text.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

std::size_t depth_of(const boost::json::value& value) {
  std::size_t deepest = 0;
  if (const auto* array = value.if_array())
    for (const auto& each : *array) deepest = std::max(deepest, depth_of(each));
  else if (const auto* object = value.if_object())
    for (const auto& each : *object) deepest = std::max(deepest, depth_of(each.value()));
  else
    return 0;
  return deepest + 1;
}

// 1e3 and 1000 are one number to people, and are written alike.
bool is_same(const boost::json::value& a, const boost::json::value& b) {
  if (a.is_number() && b.is_number()) return a.to_number<double>() == b.to_number<double>();
  if (a.kind() != b.kind()) return false;
  if (a.is_array()) return std::ranges::equal(a.get_array(), b.get_array(), is_same);
  if (!a.is_object()) return a == b;
  return std::ranges::equal(a.get_object(), b.get_object(), [](const auto& x, const auto& y) {
    return x.key() == y.key() && is_same(x.value(), y.value());
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const JsonLimits limits;
  const auto value = parse_json(text);
  const auto object = parse_object(text);
  check(object.has_value() == (value && value->is_object()), "an object is a value that is one");
  if (!value) return 0;
  check(text.size() <= limits.max_bytes && is_utf8(text), "size and encoding are kept");
  check(depth_of(*value) <= limits.max_depth, "depth is kept");
  const auto written = to_text(*value);
  check(is_utf8(written), "what is written is UTF-8");
  const auto again = parse_json(written, {.max_bytes = SIZE_MAX});
  check(again.has_value(), "what is written can be read");
  check(is_same(*again, *value), "and is the same value");
  check(to_text(*again) == written, "and is written the same");
  return 0;
}
