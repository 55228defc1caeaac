#include "protocol/json_fields.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

Error wrong_type(std::string_view name, std::string_view due) {
  return Error(ErrorCode::malformed, fmt::format("{} must be {}.", name, due));
}

constexpr double kWholeDoubles = 9007199254740992.0;  // 2^53: up to here a double is exact

// nullopt where the number has a fraction or lies beyond 64 signed bits.
std::optional<std::int64_t> as_whole(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_uint64()) {
    if (!std::in_range<std::int64_t>(value.get_uint64())) return std::nullopt;
    return static_cast<std::int64_t>(value.get_uint64());
  }
  const double number = value.get_double();
  if (!(std::abs(number) <= kWholeDoubles) || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

}  // namespace

const json::value* JsonFields::find(std::string_view name) const {
  const auto* value = object_.if_contains(name);
  return value && value->is_null() ? nullptr : value;
}

Error JsonFields::missing(std::string_view name) const {
  return Error(refusals_.missing, fmt::format("{} is required.", name));
}

Result<std::optional<std::string>> JsonFields::text(std::string_view name) const {
  const auto* value = find(name);
  if (!value) return std::optional<std::string>();
  if (!value->is_string()) return wrong_type(name, "text");
  return std::optional(std::string(value->get_string()));
}

Result<std::optional<bool>> JsonFields::flag(std::string_view name) const {
  const auto* value = find(name);
  if (!value) return std::optional<bool>();
  if (!value->is_bool()) return wrong_type(name, "true or false");
  return std::optional(value->get_bool());
}

Result<std::optional<double>> JsonFields::number(std::string_view name) const {
  const auto* value = find(name);
  if (!value) return std::optional<double>();
  if (!value->is_number()) return wrong_type(name, "a number");
  const double number = value->is_double()  ? value->get_double()
                        : value->is_int64() ? static_cast<double>(value->get_int64())
                                            : static_cast<double>(value->get_uint64());
  if (!std::isfinite(number)) return bad(fmt::format("{} must be a finite number.", name));
  return std::optional(number);
}

Result<std::optional<std::int64_t>> JsonFields::whole(std::string_view name, std::int64_t low,
                                                      std::int64_t high) const {
  const auto* value = find(name);
  if (!value) return std::optional<std::int64_t>();
  if (!value->is_number()) return wrong_type(name, "a number");
  const auto number = as_whole(*value);
  if (!number || *number < low || *number > high)
    return bad(fmt::format("{} must be a whole number from {} to {}.", name, low, high));
  return std::optional(*number);
}

Result<std::optional<json::object>> JsonFields::object(std::string_view name) const {
  const auto* value = find(name);
  if (!value) return std::optional<json::object>();
  if (!value->is_object()) return wrong_type(name, "an object");
  return std::optional(value->get_object());
}

}  // namespace tarotforge::protocol
