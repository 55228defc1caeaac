// A prepared SQL statement for one run: bound by position, stepped, read by position, and given
// back to its connection's cache when it goes. Instants pass through the connection's calendar, so
// the rows hold wall time and the callers see their own axis.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/ids.h"
#include "base/instant.h"
#include "store/sqlite/failure.h"

struct sqlite3_stmt;

namespace tarotforge::store::sqlite {

class Statement {
 public:
  Statement(sqlite3_stmt* prepared, Calendar calendar);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // Binds ?1, ?2, … in order.
  template <class... Values>
  Statement& bind(const Values&... values) {
    int index = 0;
    (put(++index, values), ...);
    return *this;
  }

  bool step();  // true: there is a row

  // Reads the row's columns from the first on.
  template <class... Values>
  void row(Values&... values) const {
    int index = 0;
    (get(index++, values), ...);
  }

 private:
  void put(int index, std::nullopt_t);
  void put(int index, std::int64_t value);
  void put(int index, std::uint64_t value);
  void put(int index, std::int32_t value) { put(index, std::int64_t{value}); }
  void put(int index, std::uint32_t value) { put(index, std::int64_t{value}); }
  void put(int index, bool value) { put(index, std::int64_t{value}); }
  void put(int index, std::string_view value);
  void put(int index, const std::string& value) { put(index, std::string_view(value)); }
  void put(int index, const char* value) { put(index, std::string_view(value)); }
  void put(int index, const Uuid& value);
  void put(int index, const Digest& value);
  void put(int index, Duration value) { put(index, std::int64_t{value.count()}); }
  void put(int index, Instant value) { put(index, calendar_.wall(value).ms); }
  void put(int index, WallTime value) { put(index, value.ms); }
  template <class T>
  void put(int index, const std::optional<T>& value) {
    value ? put(index, *value) : put(index, std::nullopt);
  }

  bool is_null(int index) const;
  void get(int index, std::int64_t& value) const;
  void get(int index, std::uint64_t& value) const;
  void get(int index, std::uint32_t& value) const;
  void get(int index, bool& value) const;
  void get(int index, std::string& value) const;
  void get(int index, Uuid& value) const;
  void get(int index, Digest& value) const;
  void get(int index, Duration& value) const;
  void get(int index, Instant& value) const;
  void get(int index, WallTime& value) const { get(index, value.ms); }
  template <class T>
  void get(int index, std::optional<T>& value) const {
    value.reset();
    if (!is_null(index)) get(index, value.emplace());
  }
  void get_bytes(int index, std::uint8_t* bytes, std::size_t size) const;
  void check_bound(int code) const;

  sqlite3_stmt* prepared_;
  Calendar calendar_;
};

}  // namespace tarotforge::store::sqlite
