// The operating system's cryptographic generator, through a buffer that spares a system call per
// id.
#pragma once

#include <array>
#include <mutex>

#include "base/random.h"

namespace tarotforge {

class SystemRandom final : public Random {  // thread-safe
 public:
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::mutex mutex_;
  std::array<std::uint8_t, 4096> pool_;
  std::size_t used_ = pool_.size();
};

}  // namespace tarotforge
