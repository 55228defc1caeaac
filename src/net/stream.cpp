#include "net/stream.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <utility>

namespace tarotforge::net {
namespace {

namespace asio = boost::asio;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kReadBytes = 4096;  // a request with its head is mostly smaller
constexpr char kHandshake = 22;           // how each TLS session begins (RFC 8446, section 5.1)

iovec piece_of(std::string_view text) { return {const_cast<char*>(text.data()), text.size()}; }

}  // namespace

Stream::Stream(TcpSocket socket, int unsent_bytes) : socket_(std::move(socket)) {
  boost::system::error_code ignored;
  socket_.set_option(Tcp::no_delay(true), ignored);
  ::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent_bytes,
               sizeof unsent_bytes);
}

asio::awaitable<bool> Stream::wait(TcpSocket::wait_type what) {
  const auto [error] = co_await socket_.async_wait(what, kAwait);
  co_return !error;
}

asio::awaitable<Stream::Opening> Stream::secure(const TlsCertificate& certificate) {
  char first = 0;
  if (!co_await wait(TcpSocket::wait_read)) co_return Opening::failed;
  if (::recv(socket_.native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT) != 1)
    co_return Opening::failed;
  if (first != kHandshake) co_return Opening::not_tls;
  tls_ = certificate.accept(socket_.native_handle());
  for (;;) {
    const auto progress = tls_->shake_hands();
    // Also of a handshake that failed: the peer is told why.
    if (!co_await write_tls({})) co_return Opening::failed;
    if (progress == TlsSession::Progress::failed) co_return Opening::failed;
    if (progress == TlsSession::Progress::done) co_return Opening::secured;
    if (!co_await wait(TcpSocket::wait_read)) co_return Opening::failed;
  }
}

asio::awaitable<bool> Stream::fill(boost::beast::flat_buffer& buffer) {
  if (tls_) co_return co_await fill_tls(buffer);
  const auto [error, bytes] = co_await socket_.async_read_some(buffer.prepare(kReadBytes), kAwait);
  buffer.commit(bytes);
  co_return !error;
}

asio::awaitable<bool> Stream::fill_tls(boost::beast::flat_buffer& buffer) {
  for (;;) {
    const auto space = buffer.prepare(kReadBytes);
    const auto got = tls_->read({static_cast<char*>(space.data()), space.size()});
    const bool waits = got < 0;
    // What TLS itself answers.
    if (tls_->has_unsent() && !co_await write_tls({})) co_return false;
    if (!waits) {
      buffer.commit(static_cast<std::size_t>(got));
      co_return got > 0;
    }
    if (!co_await wait(TcpSocket::wait_read)) co_return false;
  }
}

asio::awaitable<bool> Stream::write(std::string_view head, std::string_view body) {
  if (tls_) {
    const std::array pieces{piece_of(head), piece_of(body)};
    co_return co_await write_tls(pieces);
  }
  const std::array buffers{asio::buffer(head), asio::buffer(body)};
  const auto [error, bytes] = co_await asio::async_write(socket_, buffers, kAwait);
  co_return !error;
}

// Until the system has taken everything.
asio::awaitable<bool> Stream::write_tls(std::span<const iovec> pieces) {
  std::array<iovec, 2> left{};
  std::copy(pieces.begin(), pieces.end(), left.begin());
  std::span<iovec> rest(left.data(), pieces.size());
  while (!rest.empty() || tls_->has_unsent()) {
    auto sent = tls_->write(rest);
    if (sent < 0 && errno != EAGAIN) co_return false;
    if (sent < 0 && !co_await wait(TcpSocket::wait_write)) co_return false;
    for (; sent >= 0 && !rest.empty(); rest = rest.subspan(1)) {
      auto& piece = rest.front();
      const auto part = std::min(piece.iov_len, static_cast<std::size_t>(sent));
      piece = {static_cast<char*>(piece.iov_base) + part, piece.iov_len - part};
      sent -= static_cast<ssize_t>(part);
      if (piece.iov_len > 0) break;
    }
  }
  co_return true;
}

void Stream::end() {
  if (tls_) tls_->end();
  boost::system::error_code ignored;
  socket_.shutdown(TcpSocket::shutdown_send, ignored);
}

void Stream::cancel() {
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Stream::close() {
  if (tls_) tls_->lose_socket();
  boost::system::error_code ignored;
  socket_.close(ignored);
}

std::optional<Transport> Stream::release() {
  boost::system::error_code lost;
  const int descriptor = socket_.release(lost);
  if (lost) return std::nullopt;
  return Transport(descriptor, std::move(tls_));
}

}  // namespace tarotforge::net
