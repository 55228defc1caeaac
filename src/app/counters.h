// What a server has counted and measured since its start, for statistics and metrics. Times are in
// seconds and come from the house's clock, whose grain is a millisecond: what took less counts as
// nothing.
#pragma once

#include <array>
#include <vector>

#include "base/error.h"
#include "base/histogram.h"
#include "base/instant.h"

namespace tarotforge::app {

inline constexpr std::size_t kLatenessKept = 10'000;

// From a write that nobody notices to a request that somebody gives up on.
inline constexpr double kWaitSeconds[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                          0.25,  0.5,    1,     2.5,  5,     10};
// The objective is one second (EX3); what lies above a minute was found by a sweep.
inline constexpr double kLatenessSeconds[] = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
                                              1,     2.5,  5,     10,   60,  600,  3600};
// From one small message to the bound at which a connection is closed for reading too slowly.
inline constexpr double kOutboxBytes[] = {256,    1024,    4096,    16'384,
                                          65'536, 262'144, 524'288, 1'048'576};

struct Counters {
  std::uint64_t created = 0;
  std::uint64_t joins = 0;
  std::uint64_t operations = 0;
  std::uint64_t heartbeats = 0;
  std::uint64_t warnings = 0;
  std::uint64_t warnings_unseen = 0;
  std::uint64_t warnings_answered = 0;
  std::uint64_t expiries = 0;
  std::uint64_t completions = 0;
  std::uint64_t restores = 0;
  std::uint64_t returned = 0;  // within the grace, of those who lost their last socket
  std::uint64_t missed = 0;    // … and whose grace ended
  std::uint64_t flush_failures = 0;
  std::uint64_t webhooks_delivered = 0;
  std::uint64_t webhooks_failed = 0;  // attempts
  std::uint64_t webhooks_given_up = 0;
  std::array<std::uint64_t, kErrorCodes> refusals{};  // of requests, by ErrorCode
  std::array<std::uint64_t, 5> answers{};             // to HTTP requests: 1xx, 2xx, …

  std::vector<Duration> lateness;  // of the newest expiries, a ring of kLatenessKept
  Histogram expiry_lateness{kLatenessSeconds};
  Histogram request{kWaitSeconds};  // HTTP, from the whole request to its answer
  Histogram commit{kWaitSeconds};   // of one change of a session
  Histogram flush{kWaitSeconds};    // of one beat
  Histogram outbox{kOutboxBytes};   // what a socket had queued when it was sent
};

inline double number(auto count) { return static_cast<double>(count); }
inline double seconds(Duration duration) { return static_cast<double>(duration.count()) / 1000; }

}  // namespace tarotforge::app
