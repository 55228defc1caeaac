// What one socket has still to send: whole frames, shared with the other sockets of the room, of
// which the first may be sent in part. At rest it holds no memory.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tarotforge::net {

using SharedFrame = std::shared_ptr<const std::string>;

class Outbox {
 public:
  void push(SharedFrame frame);
  bool empty() const { return !first_; }
  std::size_t frames() const { return first_ ? 1 + rest_.size() - taken_ : 0; }
  std::size_t bytes() const { return bytes_; }

  // The next bytes to send, in as many pieces as fit; returns how many.
  std::size_t pieces(std::span<iovec> out) const;
  void sent(std::size_t bytes);

  // Forgets all but a frame that was sent in part: its rest must follow.
  void drop_unsent();

 private:
  SharedFrame first_;  // apart, because most often it is the only one
  std::vector<SharedFrame> rest_;
  std::size_t bytes_ = 0;     // unsent
  std::uint32_t taken_ = 0;   // of rest_: they have been first since
  std::uint32_t offset_ = 0;  // of what was sent of the first
};

}  // namespace tarotforge::net
