#include "store/sqlite/connection.h"

#include <sqlite3.h>

#include "base/check.h"

namespace tarotforge::store::sqlite {
namespace {

// Durable at every commit (FULL), references enforced, and no trust in what a file's schema
// may call. A log that a burst made long is cut back to 64 MB, sixteen times the 4 MB at which
// SQLite moves it into the file.
constexpr const char* kPragmas = R"(
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma temp_store = memory;
  pragma journal_size_limit = 67108864;
)";

}  // namespace

void Connection::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }
void Connection::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Connection::Connection(const std::string& path, Use use, Duration busy_timeout) {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(opened);
  if (code != SQLITE_OK)
    throw Failure{code, opened ? sqlite3_errmsg(opened) : sqlite3_errstr(code)};
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, static_cast<int>(busy_timeout.count()));
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  execute(kPragmas);
  if (use == Use::read) execute("pragma query_only = on");
}

Statement Connection::prepare(std::string_view literal) {
  auto& kept = prepared_[literal];
  if (!kept) {
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v3(db_.get(), literal.data(), static_cast<int>(literal.size()),
                                        SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) throw Failure{code, sqlite3_errmsg(db_.get())};
    kept.reset(made);
  }
  return Statement(kept.get(), calendar);
}

void Connection::execute(const std::string& script) {
  const int code = sqlite3_exec(db_.get(), script.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK)
    throw Failure{sqlite3_extended_errcode(db_.get()), sqlite3_errmsg(db_.get())};
}

int Connection::changes() const { return sqlite3_changes(db_.get()); }

bool Connection::in_transaction() const { return !sqlite3_get_autocommit(db_.get()); }

Savepoint::Savepoint(Connection& db) : db_(db) { db_.run("savepoint attempt"); }

Savepoint::~Savepoint() {
  if (!open_ || !db_.in_transaction()) return;  // a severe failure has rolled back everything
  try {
    db_.run("rollback to attempt");
    db_.run("release attempt");
  } catch (const Failure&) {
    // Only a transaction that is broken as a whole cannot return to a savepoint.
    sqlite3_exec(db_.handle(), "rollback", nullptr, nullptr, nullptr);
  }
}

void Savepoint::keep() {
  db_.run("release attempt");
  open_ = false;
}

}  // namespace tarotforge::store::sqlite
