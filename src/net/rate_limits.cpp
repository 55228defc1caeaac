#include "net/rate_limits.h"

#include <cstring>
#include <utility>

namespace tarotforge::net {
namespace {

std::uint64_t make_seed(Random& random) {
  std::uint8_t bytes[8];
  random.fill(bytes);
  std::uint64_t seed;
  std::memcpy(&seed, bytes, sizeof seed);
  return seed;
}

Result<> answer(std::optional<Duration> wait) {
  if (!wait) return {};
  Error error = ErrorCode::rate_limited;
  error.retry_after = wait;
  return error;
}

}  // namespace

Place::Place(RateLimits* limits, const Address& address) : limits_(limits), address_(address) {
  if (limits) ++limits->open_[address.household()];
}

Place::Place(Place&& other) noexcept
    : limits_(std::exchange(other.limits_, nullptr)), address_(other.address_) {}

Place& Place::operator=(Place&& other) noexcept {
  std::swap(limits_, other.limits_);
  std::swap(address_, other.address_);
  return *this;
}

Place::~Place() {
  if (!limits_) return;
  const auto found = limits_->open_.find(address_.household());
  if (--found->second == 0) limits_->open_.erase(found);
}

RateLimits::RateLimits(const Rates& rates, Random& random)
    : rates_(rates),
      requests_(rates.requests, make_seed(random)),
      entries_(rates.entries, make_seed(random)),
      guesses_(rates.guesses, make_seed(random)),
      participants_(rates.participant, make_seed(random)) {}

Result<> RateLimits::ask(const Address& client, Instant now) {
  return answer(requests_.take(client.household().bytes, now));
}

Result<> RateLimits::enter(const Address& client, Instant now) {
  return answer(entries_.take(client.household().bytes, now));
}

Result<> RateLimits::act(ParticipantId participant, Instant now) {
  return answer(participants_.take(participant.bytes, now));
}

Result<> RateLimits::may_guess(const Address& client, Instant now) const {
  return answer(guesses_.wait(client.household().bytes, now));
}

void RateLimits::guessed_wrong(const Address& client, Instant now) {
  static_cast<void>(guesses_.take(client.household().bytes, now));
}

Result<Place> RateLimits::connect(const Address& client) {
  if (rates_.connections == 0) return Place(nullptr, client);
  const auto found = open_.find(client.household());
  if (found != open_.end() && found->second >= rates_.connections) return ErrorCode::rate_limited;
  return Place(this, client);
}

}  // namespace tarotforge::net
