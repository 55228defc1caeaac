#include "store/postgres/rows.h"

#include <libpq-fe.h>

#include <charconv>
#include <cstring>

#include "base/check.h"

namespace tarotforge::store::postgres {

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

Rows::Rows(pg_result* result, Calendar calendar) : result_(result), calendar_(calendar) {}

std::size_t Rows::size() const {
  return result_ ? static_cast<std::size_t>(PQntuples(result_.get())) : 0;
}

std::uint64_t Rows::affected() const {
  std::uint64_t count = 0;
  if (!result_) return count;
  const char* text = PQcmdTuples(result_.get());
  std::from_chars(text, text + std::strlen(text), count);  // "" where nothing is counted
  return count;
}

std::string_view Rows::tag() const { return result_ ? PQcmdStatus(result_.get()) : ""; }

std::optional<std::string_view> Rows::at(std::size_t i, int column) const {
  check(i < size(), "a row is read that was answered");
  if (column >= PQnfields(result_.get())) wrong_column("what is read: there is none");
  const int row = static_cast<int>(i);
  if (PQgetisnull(result_.get(), row, column)) return std::nullopt;
  return std::string_view(PQgetvalue(result_.get(), row, column),
                          static_cast<std::size_t>(PQgetlength(result_.get(), row, column)));
}

}  // namespace tarotforge::store::postgres
