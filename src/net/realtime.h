// All WebSockets of one server, and what they share: the wait for what they have to read, the read
// buffer, the wheel of their deadlines, the round in which what was queued is sent, and the scope
// of their waiting requests. Reading,
// writing and fan-out are plain callbacks; only what waits for the store is a coroutine.
// Invariant: a socket or channel that the house may still be calling is not destroyed before the
// end of the turn of the event loop.
// Thread safety: one strand.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/dashboard.h"
#include "app/house.h"
#include "core/deadlines.h"
#include "net/limits.h"
#include "net/operators.h"
#include "net/poller.h"
#include "net/rate_limits.h"
#include "net/transport.h"

namespace tarotforge::net {

class Channel;
class Socket;

class Realtime {
 public:
  Realtime(app::House& house, app::Dashboard& dashboard, app::Scope& scope, const Limits& limits,
           RateLimits& rates, const Operators& operators, boost::asio::io_context& context);
  ~Realtime();

  // A connection that was just upgraded, what its client has sent since, and the operator's login
  // whose cookie came along.
  void adopt(Transport transport, Place place, std::string already_read,
             std::optional<Login> login);

  boost::asio::awaitable<void> keep_deadlines();  // until the scope closes

  std::size_t size() const { return sockets_.size(); }
  void drain();      // tells every client when to come back, and closes
  void abort_all();  // closes without a word

  // For sockets and channels.
  app::House& house;
  app::Dashboard& dashboard;
  app::Scope& scope;
  const Limits& limits;
  RateLimits& rates;
  const Operators& operators;
  core::Deadlines deadlines;  // the payload is a Socket*
  std::string scratch;        // of whoever parses a frame right now
  Poller poller;
  std::size_t unread = 0;  // bytes in all outboxes

  std::span<char> read_buffer() { return {read_buffer_.get(), kReadBytes}; }
  void settle_soon(std::shared_ptr<Socket> socket);  // calls its settle() at the turn's end
  void bury(std::shared_ptr<Channel> channel);       // lets go of it at the turn's end
  void forget(Socket& socket);

 private:
  static constexpr std::size_t kReadBytes = 64 * 1024;  // one largest message in one call

  void wait();
  void serve_ready();
  void end_turn_soon();
  void end_turn();

  boost::asio::io_context& context_;
  std::unique_ptr<char[]> read_buffer_;
  std::vector<std::shared_ptr<Socket>> sockets_;
  std::vector<std::shared_ptr<Socket>> unsettled_;
  std::vector<std::shared_ptr<Channel>> buried_;
  std::vector<std::shared_ptr<Socket>> gone_;
  std::shared_ptr<Realtime*> self_;  // what is posted finds out whether it comes too late
  bool waiting_ = false;             // for sockets that are ready
  bool turn_ends_soon_ = false;
};

}  // namespace tarotforge::net
