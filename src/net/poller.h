// Tells which of many sockets can be read from or written to. They stand in one epoll of their own,
// of which the event loop watches a single descriptor: a socket is registered once for its whole
// life, a message costs no system call for waiting again, and one wake-up brings all that are ready
// (Asio's own waits cost an epoll_ctl per message, a tenth of a heartbeat).
// Thread safety: one strand.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <span>

namespace tarotforge::net {

class Socket;

class Poller {
 public:
  struct Ready {
    Socket* socket;
    bool readable, writable;  // readable also where the peer is gone: reading says how
  };

  explicit Poller(boost::asio::io_context& context);

  // Watches a socket until it is closed; false where the system has no memory for that.
  [[nodiscard]] bool add(int socket, Socket& owner);
  [[nodiscard]] bool want_write(int socket, Socket& owner, bool wanted);

  // Calls back once: when take() has something, or when stop() was called.
  void wait(std::function<void()> ready);
  void stop();

  // Who is ready right now, as many as fit; the rest at the next wait.
  std::span<const Ready> take();

 private:
  static constexpr std::size_t kBatch = 512;

  using Descriptor =
      boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;

  bool control(int operation, int socket, Socket& owner, std::uint32_t events);

  Descriptor epoll_;
  std::array<epoll_event, kBatch> events_;
  std::array<Ready, kBatch> ready_;
};

}  // namespace tarotforge::net
