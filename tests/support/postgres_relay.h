// Stands between a client and PostgreSQL's socket. It counts how often the direction turns, the
// round trips that the client has waited for, and can lose the connection at any byte.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>

#include "tests/support/temporary_folder.h"

namespace tarotforge::test {

class Relay {
 public:
  enum class Way { to_server, to_client };

  Relay(boost::asio::io_context& context, const std::string& server)
      : acceptor_(context, folder_.file(".s.PGSQL.5432")) {
    boost::asio::co_spawn(context, accept(server), boost::asio::detached);
  }

  std::string folder() const { return folder_.path().string(); }
  int round_trips() const { return traffic_->round_trips; }
  std::size_t bytes(Way way) const { return traffic_->bytes[index(way)]; }

  // From any thread. Once so many more bytes have gone this way, their connection is lost in both.
  void cut_after(Way way, std::size_t bytes) { traffic_->left[index(way)] = bytes; }
  void mend() {
    for (auto& left : traffic_->left) left = kForever;
  }

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
      const auto last = std::make_shared<Way>(Way::to_client);
      boost::asio::co_spawn(executor, copy(client, upstream, last, Way::to_server, traffic_),
                            boost::asio::detached);
      boost::asio::co_spawn(executor, copy(upstream, client, last, Way::to_client, traffic_),
                            boost::asio::detached);
    }
  }

  static constexpr std::size_t kForever = std::numeric_limits<std::size_t>::max();
  static std::size_t index(Way way) { return static_cast<std::size_t>(way); }

  struct Traffic {
    int round_trips = 0;
    std::array<std::atomic<std::size_t>, 2> bytes{};
    std::array<std::atomic<std::size_t>, 2> left{kForever, kForever};
  };

  static boost::asio::awaitable<void> copy(Socket from, Socket to, std::shared_ptr<Way> last,
                                           Way way, std::shared_ptr<Traffic> traffic) {
    std::array<char, 65536> bytes;
    auto& left = traffic->left[index(way)];
    for (;;) {
      auto [error, size] = co_await from->async_read_some(boost::asio::buffer(bytes), kResume);
      if (error) break;
      if (way == Way::to_server && *last != way) ++traffic->round_trips;
      *last = way;
      traffic->bytes[index(way)] += size;
      const bool cut = left <= size;
      if (cut)
        size = left.exchange(kForever);
      else if (left != kForever)
        left -= size;
      co_await boost::asio::async_write(*to, boost::asio::buffer(bytes, size), kResume);
      if (cut) break;
    }
    boost::system::error_code ignored;
    to->shutdown(Protocol::socket::shutdown_both, ignored);
    from->shutdown(Protocol::socket::shutdown_both, ignored);
  }

  TemporaryFolder folder_;
  Protocol::acceptor acceptor_;
  std::shared_ptr<Traffic> traffic_ = std::make_shared<Traffic>();
};

}  // namespace tarotforge::test
