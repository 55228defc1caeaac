#include "net/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace tarotforge::net {

using Progress = TlsSession::Progress;

namespace {

constexpr std::size_t kRecord = 16 * 1024;  // the most that one carries (RFC 8446, section 5.1)
// Handshakes say some 4 KB; beyond it a peer asks for more answers than it reads.
constexpr std::size_t kMostUnsent = 64 * 1024;

}  // namespace

struct TlsSocket {
  static TlsSession& session(BIO* bio) { return *static_cast<TlsSession*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* into, int size) {
    BIO_clear_retry_flags(bio);
    const auto got =
        ::recv(session(bio).descriptor_, into, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (got < 0 && would_block(errno)) BIO_set_retry_read(bio);
    return static_cast<int>(got);
  }
  static int write(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    return session(bio).put({bytes, static_cast<std::size_t>(size)}) ? size : -1;
  }
  static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

  static BIO* make(TlsSession& session) {
    static BIO_METHOD* const kMethod = [] {
      auto* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
      check(method, "there is memory for a kind of socket");
      BIO_meth_set_read(method, read);
      BIO_meth_set_write(method, write);
      BIO_meth_set_ctrl(method, control);
      return method;
    }();
    auto* bio = BIO_new(kMethod);
    check(bio, "there is memory for a socket");
    BIO_set_data(bio, &session);
    BIO_set_init(bio, 1);
    return bio;
  }
};

TlsSession::TlsSession(ssl_ctx_st& context, int descriptor)
    : descriptor_(descriptor), ssl_(SSL_new(&context), SSL_free) {
  check(ssl_ != nullptr, "there is memory for a session");
  auto* socket = TlsSocket::make(*this);
  SSL_set_bio(ssl_.get(), socket, socket);
  SSL_set_accept_state(ssl_.get());
}

// Always takes all, so that OpenSSL never waits in the middle of something.
bool TlsSession::put(std::string_view bytes) {
  if (unsent_.empty() && !broken_) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && !would_block(errno)) broken_ = true;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  if (unsent_.size() + bytes.size() > kMostUnsent) broken_ = true;
  if (broken_) return false;
  unsent_.append(bytes);
  return true;
}

bool TlsSession::send_unsent() {
  if (unsent_.empty()) return true;
  const auto waiting = std::exchange(unsent_, {});
  return put(waiting) && unsent_.empty();
}

Progress TlsSession::shake_hands() {
  ERR_clear_error();
  const int done = SSL_do_handshake(ssl_.get());
  if (done == 1) return Progress::done;
  const bool waits = SSL_get_error(ssl_.get(), done) == SSL_ERROR_WANT_READ && !broken_;
  ERR_clear_error();
  return waits ? Progress::waits : Progress::failed;
}

ssize_t TlsSession::read(std::span<char> into) {
  std::size_t got = 0;
  while (got == 0 || into.size() - got >= kRecord) {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int done = SSL_read_ex(ssl_.get(), into.data() + got, into.size() - got, &bytes);
    if (done == 1) {
      got += bytes;
      continue;
    }
    const bool waits = SSL_get_error(ssl_.get(), done) == SSL_ERROR_WANT_READ && !broken_;
    ERR_clear_error();
    if (got > 0 || !waits) break;  // an end is found again by the next read
    errno = EAGAIN;
    return -1;
  }
  return static_cast<ssize_t>(got);
}

ssize_t TlsSession::write(std::span<const iovec> pieces) {
  const bool sent = send_unsent();
  errno = broken_ ? EPIPE : EAGAIN;
  if (!sent) return -1;
  if (pieces.empty()) return 0;
  // One record for as many pieces as fit: each costs 22 bytes and a call of the system.
  std::array<char, kRecord> record;
  std::size_t size = 0;
  for (const auto& piece : pieces) {
    const auto part = std::min(piece.iov_len, record.size() - size);
    std::copy_n(static_cast<const char*>(piece.iov_base), part, record.data() + size);
    size += part;
  }
  ERR_clear_error();
  std::size_t taken = 0;
  if (SSL_write_ex(ssl_.get(), record.data(), size, &taken) == 1)
    return static_cast<ssize_t>(taken);
  ERR_clear_error();
  errno = EPIPE;
  return -1;
}

void TlsSession::lose_socket() {
  descriptor_ = -1;
  broken_ = true;
}

void TlsSession::end() {
  ERR_clear_error();
  if (!broken_) SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

}  // namespace tarotforge::net
