// The server's front: accepts connections on one address, answers HTTP/1.1, serves the web UI, and
// carries the sockets of the rooms. It knows the wire and its limits; what is asked is answered by
// the use cases of app/. Invariant: nothing it started outlives drain(), unless time ran out.
// Thread safety: one strand, the house's; its io_context is run by one thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/cleanup.h"
#include "app/house.h"
#include "net/address.h"
#include "net/assets.h"
#include "net/identity_provider.h"
#include "net/limits.h"
#include "net/tls.h"

namespace tarotforge::net {

class Server {
 public:
  struct Options {
    std::string listen = "127.0.0.1:8080";       // or "[::1]:8080"; port 0 takes any free one
    std::optional<std::string> admin_token{};    // without one, admin routes stay shut
    bool public_metrics = false;                 // /metrics without the admin token
    std::vector<std::string> allowed_origins{};  // "https://example.org"
    Networks trusted_proxies{};                  // whose X-Forwarded-For is believed
    std::shared_ptr<IdentityProvider> identity_provider{};  // none: everybody is a guest
    std::shared_ptr<TlsCertificate> certificate{};          // none: plain HTTP
    Limits limits{};
    std::span<const Asset> assets = net::assets();
  };

  // All of them outlive the server; `context` is the one that the house lives on.
  Server(app::House& house, app::SessionCleanupService& cleanup, boost::asio::io_context& context,
         Options options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  // Binds and accepts from now on. Until the house is ready, API routes answer 503. The error's
  // sentence says what an operator can do.
  Result<> start();

  std::uint16_t port() const;  // the one bound; 0 before start()

  // Stops accepting, sends every client away with its own delay, lets requests finish, and ends
  // within `at_most`, whoever is still connected.
  boost::asio::awaitable<void> drain(Duration at_most);

 private:
  struct Front;
  std::unique_ptr<Front> front_;
};

}  // namespace tarotforge::net
