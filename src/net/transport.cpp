#include "net/transport.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace tarotforge::net {

Transport::Transport(int descriptor, std::unique_ptr<TlsSession> tls)
    : descriptor_(descriptor), tls_(std::move(tls)) {}

Transport::Transport(Transport&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), tls_(std::move(other.tls_)) {}

Transport::~Transport() { close(); }

ssize_t Transport::read(std::span<char> into) {
  if (tls_) return tls_->read(into);
  return ::recv(descriptor_, into.data(), into.size(), MSG_DONTWAIT);
}

ssize_t Transport::write(std::span<iovec> pieces) {
  if (tls_) return tls_->write(pieces);
  constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
  // One piece alone, as most often, costs the system less by send().
  if (pieces.size() == 1)
    return ::send(descriptor_, pieces.front().iov_base, pieces.front().iov_len, kFlags);
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  return ::sendmsg(descriptor_, &message, kFlags);
}

void Transport::end() {
  if (tls_) tls_->end();
  ::shutdown(descriptor_, SHUT_WR);
}

void Transport::close() {
  tls_.reset();
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace tarotforge::net
