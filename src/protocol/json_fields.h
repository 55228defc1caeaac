// Reading the fields of one JSON object by name and type, with refusals that name the field. An
// absent field and null are the same. Internal to the parsers of requests.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tarotforge::protocol {

class JsonFields {
 public:
  // The code with which a value of the right type but a wrong content is refused, and a missing
  // one: wrong types are always malformed.
  struct Refusals {
    ErrorCode bad_value = ErrorCode::invalid_value;
    ErrorCode missing = ErrorCode::malformed;
  };
  JsonFields(const boost::json::object& object, Refusals refusals)
      : object_(object), refusals_(refusals) {}
  explicit JsonFields(const boost::json::object& object) : JsonFields(object, Refusals{}) {}

  bool has(std::string_view name) const { return object_.contains(name); }

  Result<std::optional<std::string>> text(std::string_view name) const;
  Result<std::optional<bool>> flag(std::string_view name) const;
  Result<std::optional<double>> number(std::string_view name) const;  // finite
  // A number without a fraction, in [low, high].
  Result<std::optional<std::int64_t>> whole(std::string_view name, std::int64_t low,
                                            std::int64_t high) const;
  Result<std::optional<boost::json::object>> object(std::string_view name) const;

  // Where the field must be there.
  template <class T>
  Result<T> require(Result<std::optional<T>> field, std::string_view name) const {
    if (!field) return std::move(field).error();
    if (!*field) return missing(name);
    return std::move(**field);
  }

  Error missing(std::string_view name) const;
  Error bad(std::string detail) const { return Error(refusals_.bad_value, std::move(detail)); }

 private:
  const boost::json::value* find(std::string_view name) const;

  const boost::json::object& object_;
  Refusals refusals_;
};

}  // namespace tarotforge::protocol
