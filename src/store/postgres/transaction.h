// What the work of one call sees: statements inside begin … commit on one connection. `begin`
// travels with the first statement and `commit` with the last ones. After a Failure only
// "rollback to" a savepoint, or the end, makes sense.
#pragma once

#include "store/postgres/connection.h"

namespace tarotforge::store::postgres {

enum class Use { write, read };

class Transaction {
 public:
  Transaction(Connection& connection, Use use, Calendar now)
      : calendar(now), connection_(connection), use_(use) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Sends and waits; prepared once per connection. `values` are copied at once.
  template <class... Values>
  boost::asio::awaitable<Rows> query(std::string_view sql, const Values&... values) {
    send(sql, values...);
    return connection_.round(calendar);
  }

  // The same without waiting: a failure surfaces at the next query(), or at the end.
  template <class... Values>
  void send(std::string_view sql, const Values&... values) {
    begin();
    connection_.push(sql, Parameters(calendar).put(values...));
  }

  // Both throw Failure. Nothing happens where nothing was sent.
  boost::asio::awaitable<void> commit();
  boost::asio::awaitable<void> roll_back();

  Calendar calendar;  // for the Instants of statements from now on

 private:
  void begin();

  Connection& connection_;
  Use use_;
  bool begun_ = false;
};

}  // namespace tarotforge::store::postgres
