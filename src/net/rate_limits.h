// The limits of what one address and one participant may ask for, so that nobody takes the server
// from the others. Refusals are rate_limited, with the time to wait.
// Thread safety: one strand.
#pragma once

#include <map>

#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "net/address.h"
#include "net/limits.h"
#include "net/rate_limiter.h"

namespace tarotforge::net {

class RateLimits;

// One open connection of an address, counted until this goes.
class Place {
 public:
  Place() = default;
  Place(RateLimits* limits, const Address& address);  // none: it is not counted
  Place(Place&& other) noexcept;
  Place& operator=(Place&& other) noexcept;
  ~Place();

  const Address& address() const { return address_; }

 private:
  RateLimits* limits_ = nullptr;
  Address address_;
};

class RateLimits {
 public:
  RateLimits(const Rates& rates, Random& random);
  RateLimits(const RateLimits&) = delete;
  RateLimits& operator=(const RateLimits&) = delete;

  Result<> ask(const Address& client, Instant now);    // any request
  Result<> enter(const Address& client, Instant now);  // one that opens or joins a reading
  Result<> act(ParticipantId participant, Instant now);

  // Who has guessed wrongly too often waits, whether the next guess is right or not.
  Result<> may_guess(const Address& client, Instant now) const;
  void guessed_wrong(const Address& client, Instant now);

  Result<Place> connect(const Address& client);

 private:
  friend class Place;

  Rates rates_;
  RateLimiter requests_, entries_, guesses_, participants_;
  std::map<Address, std::uint32_t> open_;  // connections; as many as there are at most
};

}  // namespace tarotforge::net
