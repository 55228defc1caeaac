#include "net/rate_limiter.h"

#include <algorithm>
#include <cstring>

namespace tarotforge::net {
namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;

std::int64_t microseconds(Instant t) { return t.ms * 1000; }

}  // namespace

RateLimiter::RateLimiter(std::uint32_t per_minute, std::uint64_t seed) : seed_(seed) {
  if (per_minute == 0) return;
  interval_us_ = std::max<std::int64_t>(kMinuteUs / per_minute, 1);
  window_us_ = interval_us_ * per_minute;
  places_ = std::make_unique<Place[]>(kPlaces);
}

RateLimiter::Place* RateLimiter::begin_of(const Key& key) const {
  std::uint64_t halves[2];
  std::memcpy(halves, key.data(), sizeof halves);
  // The product of two secret-dependent halves, folded: the mixing step of wyhash.
  const auto product = static_cast<unsigned __int128>(halves[0] ^ seed_) *
                       (halves[1] ^ (seed_ * 0x9E3779B97F4A7C15ull));
  const auto mixed =
      static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  return &places_[mixed % (kPlaces / kWays) * kWays];
}

const RateLimiter::Place* RateLimiter::find(const Key& key) const {
  const auto* const begin = begin_of(key);
  const auto* const found =
      std::find_if(begin, begin + kWays, [&](const Place& place) { return place.key == key; });
  return found == begin + kWays ? nullptr : found;
}

std::optional<Duration> RateLimiter::wait_until(std::int64_t full_at_us, Instant now) const {
  const auto missing = std::max(full_at_us - microseconds(now), std::int64_t{0});
  const auto too_much = missing + interval_us_ - window_us_;
  if (too_much <= 0) return std::nullopt;
  return std::chrono::ceil<Duration>(std::chrono::microseconds(too_much));
}

std::optional<Duration> RateLimiter::wait(const Key& key, Instant now) const {
  if (!places_) return std::nullopt;
  const auto* const place = find(key);
  return place ? wait_until(place->full_at_us, now) : std::nullopt;
}

std::optional<Duration> RateLimiter::take(const Key& key, Instant now) {
  if (!places_) return std::nullopt;
  auto* place = const_cast<Place*>(find(key));
  if (!place) {
    auto* const begin = begin_of(key);
    place = std::min_element(begin, begin + kWays, [](const Place& a, const Place& b) {
      return a.full_at_us < b.full_at_us;
    });
    *place = {key};
  }
  if (const auto wait = wait_until(place->full_at_us, now)) return wait;
  place->full_at_us = std::max(place->full_at_us, microseconds(now)) + interval_us_;
  return std::nullopt;
}

}  // namespace tarotforge::net
