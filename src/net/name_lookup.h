// The addresses of a host name, looked up in a thread of its own: the system's call cannot be
// stopped, and a name server that is away keeps it for half a minute. A thread that nobody waits
// for any more is left to itself and touches nothing but what it owns.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

namespace tarotforge::net {

struct FoundName {
  std::vector<boost::asio::ip::tcp::endpoint> endpoints{};
  std::string mistake{};  // of the system; empty with no endpoints: not found in time
};

// One lookup. Thread safety: the executor's strand.
class NameLookup {
 public:
  explicit NameLookup(const boost::asio::any_io_executor& executor);
  NameLookup(const NameLookup&) = delete;
  NameLookup& operator=(const NameLookup&) = delete;
  ~NameLookup();

  // A name or an address, and a port; once.
  boost::asio::awaitable<FoundName> find(std::string host, std::string port,
                                         std::chrono::steady_clock::time_point deadline);
  void stop();  // ends the waiting, as at the deadline

 private:
  struct Shared;

  boost::asio::steady_timer done_;
  std::shared_ptr<Shared> shared_;
};

}  // namespace tarotforge::net
