// The connections that speak HTTP/1.1, over TLS where the site has a certificate: reads requests
// with their limits and deadlines, answers them in order, and hands those that upgrade over.
// Parsing is Boost.Beast's, which stays inside. Invariant: a connection waits for one thing at a
// time, and each wait has a deadline.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <unordered_set>

#include "net/limits.h"
#include "net/site.h"
#include "net/tcp.h"
#include "net/transport.h"

namespace tarotforge::net {

class HttpConnections {
 public:
  // Takes a connection whose peer has been told that protocols are switched, with what was read of
  // the new one already, and the operator's login whose cookie the request brought.
  using Adopt = std::function<void(Transport transport, Place place, std::string already_read,
                                   std::optional<Login> login)>;

  HttpConnections(Site& site, const Limits& limits, Adopt adopt)
      : site_(site), limits_(limits), adopt_(std::move(adopt)) {}

  // Speaks with one client until it or its time is over.
  boost::asio::awaitable<void> serve(TcpSocket socket, Place place);

  std::size_t size() const { return open_.size(); }
  void close_idle();  // those between two requests
  void abort_all();

 private:
  class Connection;

  Site& site_;
  const Limits& limits_;
  Adopt adopt_;
  std::unordered_set<Connection*> open_;
  bool has_warned_ = false;  // of a proxy that nobody has said to trust
};

}  // namespace tarotforge::net
