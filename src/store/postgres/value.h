// Values on their way to PostgreSQL and back, in its text format. Instants pass through a
// calendar, so the rows hold wall time and the callers see their own axis. The sessions of
// connection.cpp speak UTC, ISO dates and hex bytes, which is what is read here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/ids.h"
#include "base/instant.h"
#include "store/postgres/failure.h"

namespace tarotforge::store::postgres {

using Text = std::optional<std::string>;  // nullopt is null

// The values of $1, $2, …, written in order.
class Parameters {
 public:
  explicit Parameters(Calendar calendar = {}) : calendar_(calendar) {}

  template <class... Values>
  Parameters& put(const Values&... values) {
    (texts_.push_back(text(values)), ...);
    return *this;
  }
  const std::vector<Text>& texts() const { return texts_; }

 private:
  Text text(std::nullopt_t) const { return std::nullopt; }
  Text text(std::int64_t value) const { return std::to_string(value); }
  Text text(std::uint64_t value) const;
  Text text(std::int32_t value) const { return std::to_string(value); }
  Text text(std::uint32_t value) const { return std::to_string(value); }
  Text text(bool value) const { return value ? "t" : "f"; }
  Text text(std::string_view value) const { return std::string(value); }
  Text text(const std::string& value) const { return value; }
  Text text(const char* value) const { return value; }
  Text text(const Uuid& value) const { return value.to_string(); }
  Text text(const Digest& value) const;
  Text text(Duration value) const { return std::to_string(value.count()); }
  Text text(Instant value) const { return text(calendar_.wall(value)); }
  Text text(WallTime value) const;
  template <class T>
  Text text(const std::optional<T>& value) const {
    return value ? text(*value) : std::nullopt;
  }
  // An array, for any() and unnest(): name its type in the SQL, as in unnest($1::uuid[]).
  template <class T>
  Text text(const std::vector<T>& values) const {
    std::string array = "{";
    for (const T& value : values) append_element(array, text(value));
    return array += '}';
  }
  static void append_element(std::string& array, const Text& element);

  Calendar calendar_;
  std::vector<Text> texts_;
};

// Readers of one column's text; each throws Failure where it holds something else.
void read(std::string_view text, Calendar calendar, std::int64_t& value);
void read(std::string_view text, Calendar calendar, std::uint64_t& value);
void read(std::string_view text, Calendar calendar, std::int32_t& value);
void read(std::string_view text, Calendar calendar, std::uint32_t& value);
void read(std::string_view text, Calendar calendar, bool& value);
void read(std::string_view text, Calendar calendar, std::string& value);
void read(std::string_view text, Calendar calendar, Uuid& value);
void read(std::string_view text, Calendar calendar, Digest& value);
void read(std::string_view text, Calendar calendar, Duration& value);
void read(std::string_view text, Calendar calendar, Instant& value);
void read(std::string_view text, Calendar calendar, WallTime& value);
[[noreturn]] void wrong_column(std::string_view what);

}  // namespace tarotforge::store::postgres
