#include "main/system_random.h"

#include <sys/random.h>

#include <algorithm>
#include <cstring>

#include "base/check.h"

namespace tarotforge {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  const std::lock_guard lock(mutex_);
  while (!bytes.empty()) {
    if (used_ == pool_.size()) {
      // Reads of up to 256 bytes are never cut short (getrandom(2)).
      for (std::size_t at = 0; at < pool_.size(); at += 256)
        check(getrandom(pool_.data() + at, 256, 0) == 256, "the system gives random bytes");
      used_ = 0;
    }
    const std::size_t n = std::min(bytes.size(), pool_.size() - used_);
    std::memcpy(bytes.data(), pool_.data() + used_, n);
    std::memset(pool_.data() + used_, 0, n);  // what was given out is not kept
    used_ += n;
    bytes = bytes.subspan(n);
  }
}

}  // namespace tarotforge
