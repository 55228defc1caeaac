// Untrusted JSON, read with limits: strict RFC 8259, UTF-8 only, bounded size and depth, no
// object with the same key twice (parsers disagree on which one counts), no number that a double
// or a 64-bit integer cannot hold. Integers stay integers, other numbers are the nearest double.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.h"

namespace tarotforge::protocol {

// The limits of docs/spec.md for bodies and frames.
struct JsonLimits {
  std::size_t max_bytes = 64 * 1024;
  std::size_t max_depth = 32;  // an object in an object is two levels
};

// Refusals are malformed, with a detail for people, and too_large.
Result<boost::json::value> parse_json(std::string_view text, JsonLimits limits = {});

// The same for a text that must be an object, as every body and payload is.
Result<boost::json::object> parse_object(std::string_view text, JsonLimits limits = {});

}  // namespace tarotforge::protocol
