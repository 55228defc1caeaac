// How often each of many may do something: an allowance per minute that refills evenly and can be
// used up at once (the generic cell rate algorithm). Memory is fixed: where there is no room for
// one more, the one is forgotten that has the most left, who loses the least by it.
// Thread safety: one strand.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/instant.h"

namespace tarotforge::net {

class RateLimiter {
 public:
  using Key = std::array<std::uint8_t, 16>;       // an address or an id
  static constexpr std::size_t kPlaces = 32'768;  // 24 bytes each

  // 0 a minute: there is no limit, and no memory is taken. The seed is secret, so that nobody can
  // choose addresses that push each other out.
  RateLimiter(std::uint32_t per_minute, std::uint64_t seed);

  // Takes one; where the allowance is used up nothing is taken, and it says how long to wait.
  std::optional<Duration> take(const Key& key, Instant now);
  // How long one would have to wait; nullopt where there is something left.
  std::optional<Duration> wait(const Key& key, Instant now) const;

 private:
  // Full again at that time; a place that nobody has is one that was full long ago.
  struct Place {
    Key key{};
    std::int64_t full_at_us = 0;
  };
  static constexpr std::size_t kWays = 8;  // places where one key may stand

  Place* begin_of(const Key& key) const;
  const Place* find(const Key& key) const;
  std::optional<Duration> wait_until(std::int64_t full_at_us, Instant now) const;

  std::int64_t interval_us_ = 0;  // in which one comes back
  std::int64_t window_us_ = 0;    // in which all do
  std::uint64_t seed_;
  std::unique_ptr<Place[]> places_;
};

}  // namespace tarotforge::net
