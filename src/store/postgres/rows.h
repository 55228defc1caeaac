// The answer of one statement: its rows, read by position, and how many it changed.
#pragma once

#include <memory>

#include "store/postgres/value.h"

struct pg_result;

namespace tarotforge::store::postgres {

class Rows {
 public:
  Rows() = default;                            // of nothing
  Rows(pg_result* result, Calendar calendar);  // owns it

  std::size_t size() const;
  bool empty() const { return size() == 0; }
  std::uint64_t affected() const;
  std::string_view tag() const;  // what was done, e.g. COMMIT

  // Reads the columns of row i from the first on. A null needs an optional.
  template <class... Values>
  void row(std::size_t i, Values&... values) const {
    int column = 0;
    (get(i, column++, values), ...);
  }

  // The first column of the first row; nullopt where there is no row.
  template <class T>
  std::optional<T> value() const {
    if (empty()) return std::nullopt;
    std::optional<T> found(std::in_place);
    row(0, *found);
    return found;
  }

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };

  template <class T>
  void get(std::size_t i, int column, T& value) const {
    const auto text = at(i, column);
    if (!text) wrong_column("a value");
    read(*text, calendar_, value);
  }
  template <class T>
  void get(std::size_t i, int column, std::optional<T>& value) const {
    value.reset();
    if (const auto text = at(i, column)) read(*text, calendar_, value.emplace());
  }
  std::optional<std::string_view> at(std::size_t i, int column) const;

  std::unique_ptr<pg_result, Clear> result_;
  Calendar calendar_;
};

}  // namespace tarotforge::store::postgres
