// A database file of SQLite as another program would use it: by plain SQL, past the store.
#pragma once

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/text.h"

namespace tarotforge::test {

// An id as a literal of SQL.
inline std::string blob(const Uuid& id) { return "x'" + hex(id.bytes) + "'"; }

class SqliteFile {
 public:
  explicit SqliteFile(const std::string& path) {
    REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
  }
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;
  ~SqliteFile() { sqlite3_close(db_); }

  void run(const std::string& sql) {
    char* error = nullptr;
    const int code = sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &error);
    REQUIRE_MESSAGE(code == SQLITE_OK, (error ? error : ""), " in ", sql);
  }

  // The rows, their columns joined by '|'; null is the empty text.
  std::vector<std::string> rows(const std::string& sql) {
    std::vector<std::string> found;
    const auto collect = [](void* to, int count, char** values, char**) {
      std::string row;
      for (int i = 0; i < count; ++i)
        row += (i ? "|" : "") + std::string(values[i] ? values[i] : "");
      static_cast<std::vector<std::string>*>(to)->push_back(row);
      return 0;
    };
    char* error = nullptr;
    const int code = sqlite3_exec(db_, sql.c_str(), collect, &found, &error);
    REQUIRE_MESSAGE(code == SQLITE_OK, (error ? error : ""), " in ", sql);
    return found;
  }
  std::string value(const std::string& sql) {
    const auto found = rows(sql);
    return found.empty() ? "" : found.front();
  }

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace tarotforge::test
