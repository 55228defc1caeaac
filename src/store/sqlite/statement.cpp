#include "store/sqlite/statement.h"

#include <sqlite3.h>

#include <cstring>
#include <utility>

#include "base/check.h"

namespace tarotforge::store::sqlite {
namespace {

[[noreturn]] void fail(sqlite3* db, int code) { throw Failure{code, sqlite3_errmsg(db)}; }

[[noreturn]] void wrong_column(const char* what) {
  throw Failure{SQLITE_MISMATCH, std::string("a column does not hold ") + what};
}

}  // namespace

Statement::Statement(sqlite3_stmt* prepared, Calendar calendar)
    : prepared_(prepared), calendar_(calendar) {
  check(!sqlite3_stmt_busy(prepared_), "a statement is not used inside its own run");
}

Statement::~Statement() {
  sqlite3_reset(prepared_);
  sqlite3_clear_bindings(prepared_);
}

bool Statement::step() {
  const int code = sqlite3_step(prepared_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(prepared_), code);
}

void Statement::check_bound(int code) const {
  if (code != SQLITE_OK) fail(sqlite3_db_handle(prepared_), code);
}

void Statement::put(int index, std::nullopt_t) { check_bound(sqlite3_bind_null(prepared_, index)); }

void Statement::put(int index, std::int64_t value) {
  check_bound(sqlite3_bind_int64(prepared_, index, value));
}

void Statement::put(int index, std::uint64_t value) {
  check(std::in_range<std::int64_t>(value), "a counter fits the database's integers");
  put(index, static_cast<std::int64_t>(value));
}

void Statement::put(int index, std::string_view value) {
  check_bound(sqlite3_bind_text64(prepared_, index, value.data() ? value.data() : "", value.size(),
                                  SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::put(int index, const Uuid& value) {
  check_bound(sqlite3_bind_blob64(prepared_, index, value.bytes.data(), value.bytes.size(),
                                  SQLITE_TRANSIENT));
}

void Statement::put(int index, const Digest& value) {
  check_bound(sqlite3_bind_blob64(prepared_, index, value.data(), value.size(), SQLITE_TRANSIENT));
}

bool Statement::is_null(int index) const {
  return sqlite3_column_type(prepared_, index) == SQLITE_NULL;
}

void Statement::get(int index, std::int64_t& value) const {
  if (sqlite3_column_type(prepared_, index) != SQLITE_INTEGER) wrong_column("an integer");
  value = sqlite3_column_int64(prepared_, index);
}

void Statement::get(int index, std::uint64_t& value) const {
  std::int64_t number;
  get(index, number);
  if (number < 0) wrong_column("a count");
  value = static_cast<std::uint64_t>(number);
}

void Statement::get(int index, std::uint32_t& value) const {
  std::int64_t number;
  get(index, number);
  if (!std::in_range<std::uint32_t>(number)) wrong_column("a small count");
  value = static_cast<std::uint32_t>(number);
}

void Statement::get(int index, bool& value) const {
  std::int64_t number;
  get(index, number);
  value = number != 0;
}

void Statement::get(int index, std::string& value) const {
  if (sqlite3_column_type(prepared_, index) != SQLITE_TEXT) wrong_column("a text");
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(prepared_, index));
  value.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(prepared_, index)));
}

void Statement::get_bytes(int index, std::uint8_t* bytes, std::size_t size) const {
  const void* blob = sqlite3_column_blob(prepared_, index);
  if (!blob || static_cast<std::size_t>(sqlite3_column_bytes(prepared_, index)) != size)
    wrong_column("bytes of the right length");
  std::memcpy(bytes, blob, size);
}

void Statement::get(int index, Uuid& value) const {
  get_bytes(index, value.bytes.data(), value.bytes.size());
}

void Statement::get(int index, Digest& value) const {
  get_bytes(index, value.data(), value.size());
}

void Statement::get(int index, Duration& value) const {
  std::int64_t ms;
  get(index, ms);
  value = Duration(ms);
}

void Statement::get(int index, Instant& value) const {
  WallTime wall;
  get(index, wall);
  value = calendar_.instant(wall);
}

}  // namespace tarotforge::store::sqlite
