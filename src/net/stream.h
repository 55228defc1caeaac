// The bytes of one connection while it speaks HTTP: as they are, or in TLS. Reading and writing
// wait, until they are done or cancelled; who waits sets the deadline. It ends as a transport, for
// the WebSocket that the connection has become.
// Thread safety: one strand.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <memory>
#include <optional>
#include <string_view>

#include "net/tcp.h"
#include "net/tls.h"
#include "net/transport.h"

namespace tarotforge::net {

class Stream {
 public:
  // `unsent_bytes`: the most that the system holds for a peer who does not read.
  Stream(TcpSocket socket, int unsent_bytes);

  Executor executor() { return socket_.get_executor(); }

  // Shakes hands, before anything else. Who begins otherwise than TLS does stays plain, to be told
  // so.
  enum class Opening : std::uint8_t { secured, not_tls, failed };
  boost::asio::awaitable<Opening> secure(const TlsCertificate& certificate);

  // Both false where the connection is over. A fill reads something.
  boost::asio::awaitable<bool> fill(boost::beast::flat_buffer& buffer);
  boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);

  void end();     // nothing more is sent
  void cancel();  // whoever waits
  void close();
  std::optional<Transport> release();  // none where the connection is lost

 private:
  boost::asio::awaitable<bool> wait(TcpSocket::wait_type what);
  boost::asio::awaitable<bool> fill_tls(boost::beast::flat_buffer& buffer);
  boost::asio::awaitable<bool> write_tls(std::span<const iovec> pieces);

  TcpSocket socket_;
  std::unique_ptr<TlsSession> tls_;
};

}  // namespace tarotforge::net
