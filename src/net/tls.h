// TLS of the server's own, for those who want no proxy in front: the certificate and what is spoken
// with it (TLS 1.2 and 1.3, http/1.1), and the sessions of single connections. A session lies over
// a socket and waits for nothing: it reads and writes like one that does not block. What TLS itself
// has to say, and the socket does not take yet, waits inside, bounded.
// Thread safety: one strand.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/log.h"
#include "base/result.h"
#include "net/watched_file.h"

struct bio_st;  // OpenSSL's
struct ssl_ctx_st;
struct ssl_st;

namespace tarotforge::net {

// The socket has nothing to give or no room now: no failure.
inline bool would_block(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

class TlsSession {
 public:
  TlsSession(ssl_ctx_st& context, int descriptor);  // which it neither owns nor closes
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  enum class Progress : std::uint8_t { done, waits, failed };  // waits: for the peer to say more
  Progress shake_hands();

  // As recv() and sendmsg() of a socket that does not block: 0 where the peer has ended, or -1 with
  // an errno. Where there is room for a largest record all that has come is read, so that nothing
  // is left here which the socket would not announce. Without pieces only what waits is sent.
  ssize_t read(std::span<char> into);
  ssize_t write(std::span<const iovec> pieces);

  bool has_unsent() const { return !unsent_.empty(); }
  void end();          // tells the peer that nothing more comes, where the socket takes it
  void lose_socket();  // which is being closed: its number may soon be another's

 private:
  friend struct TlsSocket;  // what OpenSSL reads from and writes to

  bool send_unsent();
  bool put(std::string_view bytes);

  int descriptor_;
  bool broken_ = false;  // the socket is, or the peer does not read what TLS has to say
  std::string unsent_;
  std::shared_ptr<ssl_st> ssl_;
};

class TlsCertificate {
 public:
  struct Files {
    std::string certificate{};  // PEM: the server's own, then those that lead to its root
    std::string key{};          // PEM, without a passphrase
  };

  // invalid_value, with a sentence for operators, where they cannot be used.
  static Result<std::shared_ptr<TlsCertificate>> open(Files files, Log& log);

  // Reads the files again, where they have changed or in any case. Sessions go on with what they
  // began with; files that cannot be used leave those before them in force, and the log says so.
  void follow();
  void reload();

  std::unique_ptr<TlsSession> accept(int descriptor) const;

 private:
  TlsCertificate(Files files, Log& log);
  bool has_changed();
  Result<> read();

  WatchedFile certificate_, key_;
  std::shared_ptr<ssl_ctx_st> context_;
  std::string valid_until_;
  Log& log_;
};

}  // namespace tarotforge::net
