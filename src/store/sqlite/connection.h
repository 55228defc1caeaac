// One connection to the database file, used by one thread at a time. Prepared statements are kept,
// keyed by their text, which must be a literal. Everything here throws Failure.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/sqlite/statement.h"

struct sqlite3;

namespace tarotforge::store::sqlite {

enum class Use { write, read };

class Connection {
 public:
  Connection(const std::string& path, Use use, Duration busy_timeout);

  Statement prepare(std::string_view literal);

  template <class... Values>
  void run(std::string_view literal, const Values&... values) {
    auto statement = prepare(literal);
    statement.bind(values...);
    while (statement.step()) {
    }
  }

  // The first column of the first row; nullopt where there is no row. A null column needs an
  // optional T.
  template <class T, class... Values>
  std::optional<T> value(std::string_view literal, const Values&... values) {
    auto statement = prepare(literal);
    if (!statement.bind(values...).step()) return std::nullopt;
    std::optional<T> found(std::in_place);
    statement.row(*found);
    return found;
  }

  void execute(const std::string& script);  // any number of statements, nothing bound or read
  int changes() const;                      // rows changed by the last statement
  bool in_transaction() const;
  sqlite3* handle() const { return db_.get(); }

  Calendar calendar;  // for the Instants of statements prepared from now on

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  std::unique_ptr<sqlite3, Close> db_;
  std::unordered_map<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>> prepared_;
};

// A savepoint that is rolled back unless it was kept.
class Savepoint {
 public:
  explicit Savepoint(Connection& db);
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  ~Savepoint();
  void keep();

 private:
  Connection& db_;
  bool open_ = true;
};

}  // namespace tarotforge::store::sqlite
