// One connection to PostgreSQL, in libpq's pipeline mode: statements are sent without waiting for
// each other's answers, and one round trip fetches them all. Each text is prepared once. Used by
// one coroutine at a time, on its executor. Everything here throws Failure; after a loss or a
// deadline the connection is of no use any more.
#pragma once

#include <algorithm>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "store/postgres/rows.h"
#include "store/postgres/url.h"

struct pg_conn;

namespace tarotforge::store::postgres {

class Connection {
 public:
  explicit Connection(boost::asio::any_io_executor executor);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // To the database of `url`, in any form that libpq takes, its TLS settings included. A statement
  // that takes longer than `limit` is ended by the server too.
  boost::asio::awaitable<void> open(std::string url, Duration limit);

  // From now on waiting ends at `deadline`, with kTooLate.
  void limit(Deadline deadline);
  void unlimit();

  // Queues a statement; parameters are in text format.
  void push(std::string_view sql, const Parameters& parameters);
  // Sends what is queued and waits for all answers: that of the last, or the first failure. After
  // a failure the statements behind it have not run.
  boost::asio::awaitable<Rows> round(Calendar calendar = {});
  // A script of any number of statements, outside the pipeline.
  boost::asio::awaitable<void> execute(std::string script);

  // What was notified on the channels that this connection listens to, waited for until then; none
  // where nothing came. The connection's limit is over after it.
  boost::asio::awaitable<std::vector<std::string>> notified(Deadline until);

  // True where the connection can be given to somebody else: open, and nothing begun or under way.
  bool is_idle();
  bool is_lost() const;

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  struct Sent {
    std::string prepares{};  // the SQL text that this statement prepares, otherwise empty
  };

  void watch_socket();
  boost::asio::awaitable<void> connect(const std::string& url);
  void start_connect(const std::string& url, const Attempt& attempt);
  boost::asio::awaitable<void> finish_connect();
  boost::asio::awaitable<void> wait_for(boost::asio::posix::stream_descriptor::wait_type what);
  boost::asio::awaitable<pg_result*> next_result();
  boost::asio::awaitable<void> flush();
  [[noreturn]] void lose(std::string_view sqlstate, std::string message);
  [[noreturn]] void lose();  // by libpq's own message
  [[noreturn]] void lose_before_connected();
  void send(bool sent);  // what one of libpq's PQsend… has answered

  boost::asio::posix::stream_descriptor socket_;
  boost::asio::steady_timer timer_;
  std::unique_ptr<pg_conn, Close> libpq_;
  std::map<std::string, std::string, std::less<>> prepared_;  // names by SQL text
  std::deque<Sent> sent_;                                     // since the last round
  Deadline deadline_ = Deadline::max();
  std::uint64_t names_ = 0;
  std::uint64_t limits_ = 0;  // so that a timer of an earlier limit is told from this one's
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  bool too_late_ = false;
  bool lost_ = false;
};

// Between attempts to connect: at first short enough for a restart of PostgreSQL to go by
// unnoticed, doubled by each further one, and at most one beat.
constexpr Duration longer_pause(Duration last) {
  return std::clamp(last * 2, Duration(100), Duration(5000));
}

}  // namespace tarotforge::store::postgres
