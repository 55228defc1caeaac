// The bytes of one connection that has become a WebSocket: as they are, or in TLS. It owns the
// system's socket, waits for nothing, and for plain ones adds nothing to the system's calls.
// Thread safety: one strand.
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <memory>
#include <span>

#include "net/tls.h"

namespace tarotforge::net {

class Transport {
 public:
  explicit Transport(int descriptor, std::unique_ptr<TlsSession> tls = {});
  Transport(Transport&& other) noexcept;
  Transport& operator=(Transport&&) = delete;
  ~Transport();

  int descriptor() const { return descriptor_; }
  bool is_tls() const { return tls_ != nullptr; }

  // As recv() and sendmsg() of a socket that does not block: 0 where the peer has ended, or -1 with
  // an errno. Without pieces only what waits below is sent.
  ssize_t read(std::span<char> into);
  ssize_t write(std::span<iovec> pieces);
  bool has_unsent() const { return tls_ && tls_->has_unsent(); }

  void end();  // nothing more is sent
  void close();

 private:
  int descriptor_;
  std::unique_ptr<TlsSession> tls_;  // none: plain
};

}  // namespace tarotforge::net
