// The values that the use cases go by. main reads and checks them; every one has its unit in its
// type and its default from the lifecycle's table of timings.
#pragma once

#include <cstdint>
#include <string>

#include "base/instant.h"
#include "core/policy.h"

namespace tarotforge::app {

enum class CreateSessions : std::uint8_t { anyone, signed_in, admin };

struct Settings {
  core::PolicyBounds policy{};
  Duration presence_interval{std::chrono::seconds(30)};
  Duration expiry_check{std::chrono::minutes(5)};
  Duration cleanup_interval{std::chrono::minutes(15)};
  Duration audit_retention{std::chrono::hours(24 * 400)};
  Duration cleanup_batch{2};             // the longest that a batch of the cleanup is to take
  std::size_t max_sessions = 1'000'000;  // open ones; a million take some 100 MB of deadlines
  CreateSessions create_sessions = CreateSessions::anyone;
  std::string public_url = "http://127.0.0.1:8080";
  std::string version;
};

// How a client's socket is proven alive. Told to every client that joins.
inline constexpr Duration kPing = std::chrono::seconds(25);  // below the 30 s of common proxies
inline constexpr Duration kPong = std::chrono::seconds(10);

// Nothing that this process does at once takes as long: it stood still, and heard nobody meanwhile.
inline constexpr Duration kStandstill = std::chrono::seconds(1);

}  // namespace tarotforge::app
