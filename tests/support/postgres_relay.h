// Stands between a client and PostgreSQL's socket and counts how often the direction turns: the
// round trips that the client has waited for.
#pragma once

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>

#include "tests/support/temporary_folder.h"

namespace tarotforge::test {

class Relay {
 public:
  Relay(boost::asio::io_context& context, const std::string& server)
      : acceptor_(context, folder_.file(".s.PGSQL.5432")) {
    boost::asio::co_spawn(context, accept(server), boost::asio::detached);
  }

  std::string folder() const { return folder_.path().string(); }
  int round_trips() const { return *round_trips_; }

 private:
  using Protocol = boost::asio::local::stream_protocol;
  using Socket = std::shared_ptr<Protocol::socket>;
  static constexpr auto kResume = boost::asio::as_tuple(boost::asio::use_awaitable);

  boost::asio::awaitable<void> accept(std::string server) {
    for (;;) {
      auto [error, accepted] = co_await acceptor_.async_accept(kResume);
      if (error) co_return;
      const auto executor = accepted.get_executor();
      const auto client = std::make_shared<Protocol::socket>(std::move(accepted));
      const auto upstream = std::make_shared<Protocol::socket>(executor);
      upstream->connect(server);
      const auto last_from_client = std::make_shared<bool>(false);
      boost::asio::co_spawn(executor, copy(client, upstream, last_from_client, true, round_trips_),
                            boost::asio::detached);
      boost::asio::co_spawn(executor, copy(upstream, client, last_from_client, false, round_trips_),
                            boost::asio::detached);
    }
  }

  static boost::asio::awaitable<void> copy(Socket from, Socket to,
                                           std::shared_ptr<bool> last_from_client, bool from_client,
                                           std::shared_ptr<int> round_trips) {
    std::array<char, 65536> bytes;
    for (;;) {
      auto [error, size] = co_await from->async_read_some(boost::asio::buffer(bytes), kResume);
      if (error) break;
      if (from_client && !*last_from_client) ++*round_trips;
      *last_from_client = from_client;
      co_await boost::asio::async_write(*to, boost::asio::buffer(bytes, size), kResume);
    }
    boost::system::error_code ignored;
    to->shutdown(Protocol::socket::shutdown_both, ignored);
  }

  TemporaryFolder folder_;
  Protocol::acceptor acceptor_;
  std::shared_ptr<int> round_trips_ = std::make_shared<int>(0);
};

}  // namespace tarotforge::test
