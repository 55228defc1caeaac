// The connections of one database: a bounded number, opened when needed, lent to one call each.
// Who finds none free waits in a bounded line, in order. After a failed attempt to connect the
// next is made only after a while that grows, and until then calls fail at once. All on one
// executor.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "store/postgres/connection.h"

namespace tarotforge::store::postgres {

// Of one call, waiting included: one beat.
inline constexpr Duration kCallLimit = std::chrono::seconds(5);

struct PoolOptions {
  std::string url;
  Log& log;
  std::size_t connections = 4;    // more than two cores of a small database server keep busy
  std::size_t line_bound = 4096;  // calls that wait: as many as SQLite's queue holds
  Duration limit = kCallLimit;
};

class Pool : public std::enable_shared_from_this<Pool> {
 public:
  // A connection while it is lent. Going, it gives the connection back, or drops it where it is
  // not idle.
  class Lease {
   public:
    Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection);
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& connection() { return *connection_; }

   private:
    friend class Pool;
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(boost::asio::any_io_executor executor, PoolOptions options);

  // Throws Failure: kLineFull, kTooLate, or why there is no connection.
  boost::asio::awaitable<Lease> take(Deadline deadline);

  const PoolOptions& options() const { return options_; }
  const boost::asio::any_io_executor& executor() const { return executor_; }
  std::size_t waiting() const { return line_.size(); }
  std::size_t open() const { return lent_ + free_.size(); }

 private:
  struct Waiter;

  boost::asio::awaitable<void> wait_in_line(Deadline deadline);
  boost::asio::awaitable<std::unique_ptr<Connection>> connect(Deadline deadline);
  void note_away(const Failure& failure);
  void note_back();
  void give_back(std::unique_ptr<Connection> connection);

  boost::asio::any_io_executor executor_;
  PoolOptions options_;
  std::vector<std::unique_ptr<Connection>> free_;
  std::size_t lent_ = 0;  // places taken: connections in use or being opened
  std::deque<std::shared_ptr<Waiter>> line_;
  std::optional<Failure> away_;  // why the last attempt to connect failed
  Duration pause_{0};
  Deadline next_attempt_{};
};

}  // namespace tarotforge::store::postgres
