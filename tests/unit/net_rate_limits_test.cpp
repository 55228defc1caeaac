// Allowances, their memory, and whose a request is.
#include <doctest/doctest.h>

#include <cstring>

#include "net/rate_limits.h"

using namespace tarotforge;
using namespace tarotforge::net;

namespace {

constexpr Instant kStart{1'769'817'600'000};

RateLimiter::Key key_of(std::uint64_t number) {
  RateLimiter::Key key{};
  std::memcpy(key.data() + 8, &number, sizeof number);
  return key;
}

Address address(const char* text) {
  const auto parsed = Address::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

Networks networks(const char* text) {
  auto parsed = Networks::parse(text);
  REQUIRE(parsed);
  return *std::move(parsed);
}

}  // namespace

TEST_CASE("SC2 an allowance can be used at once, and comes back evenly") {
  RateLimiter limiter(60, 1);
  const auto key = key_of(7);
  for (int i = 0; i < 60; ++i) CHECK(!limiter.take(key, kStart));
  CHECK(limiter.take(key, kStart) == Duration(1000));
  CHECK(limiter.wait(key, kStart + Duration(400)) == Duration(600));
  CHECK(!limiter.wait(key, kStart + Duration(1000)));
  CHECK(!limiter.take(key, kStart + Duration(1000)));
  CHECK(limiter.take(key, kStart + Duration(1000)) == Duration(1000));  // a refusal costs nothing
  CHECK(!limiter.take(key_of(8), kStart));                              // others have their own
  for (int i = 0; i < 60; ++i) CHECK(!limiter.take(key, kStart + Duration(61'000)));
  CHECK(limiter.take(key, kStart + Duration(61'000)).has_value());
}

TEST_CASE("SC6 without a number there is no limit") {
  RateLimiter limiter(0, 1);
  for (int i = 0; i < 100'000; ++i) REQUIRE(!limiter.take(key_of(1), kStart));
  CHECK(!limiter.wait(key_of(1), kStart));
}

TEST_CASE("SC6 who has used much is remembered among a flood of others") {
  RateLimiter limiter(10, 42);
  const auto guilty = key_of(0xFFFF'FFFF'FFFF);
  for (int i = 0; i < 10; ++i) CHECK(!limiter.take(guilty, kStart));
  // Each comes once: whoever came before and is nearly full again makes room.
  for (std::uint64_t i = 1; i <= 1'000'000; ++i) static_cast<void>(limiter.take(key_of(i), kStart));
  CHECK(limiter.wait(guilty, kStart).has_value());
}

TEST_CASE("SC2 the first 64 bits of an IPv6 address are one household") {
  CHECK(address("2001:db8:1:2:3::4").household() == address("2001:db8:1:2::9").household());
  CHECK(address("2001:db8:1:2::4").household() != address("2001:db8:1:3::4").household());
  CHECK(address("192.0.2.1").household() != address("192.0.2.2").household());
  CHECK(address("::ffff:192.0.2.1") == address("192.0.2.1"));
}

TEST_CASE("SC7 the client is the last address that is no trusted proxy") {
  const auto trusted = networks("127.0.0.1, 10.0.0.0/8 ,2001:db8::/32");
  const auto client = [&](const char* peer, std::string_view header) {
    return client_of(address(peer), header, trusted).to_string();
  };
  CHECK(client("192.0.2.7", "198.51.100.1") == "192.0.2.7");  // a stranger's word
  CHECK(client("127.0.0.1", "") == "127.0.0.1");
  CHECK(client("127.0.0.1", "198.51.100.1") == "198.51.100.1");
  CHECK(client("127.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3") == "198.51.100.1");
  CHECK(client("10.0.0.1", "10.0.0.2,10.0.0.3") == "10.0.0.2");
  CHECK(client("2001:db8::1", "[2001:4860::8]:443") == "2001:4860::8");
  CHECK(client("127.0.0.1", "198.51.100.1:5000") == "198.51.100.1");
  CHECK(client("127.0.0.1", "198.51.100.1, unknown") == "127.0.0.1");
  CHECK(client("127.0.0.1", "198.51.100.1, unknown, 10.0.0.9") == "10.0.0.9");
  CHECK(client("127.0.0.1", ",") == "127.0.0.1");
}

TEST_CASE("SC7 networks are read or refused by name") {
  CHECK(networks("").contain(address("127.0.0.1")) == false);
  CHECK(networks("0.0.0.0/0").contain(address("192.0.2.1")));
  CHECK(!networks("0.0.0.0/0").contain(address("2001:db8::1")));
  CHECK(networks("::/0").contain(address("192.0.2.1")));
  CHECK(networks("192.0.2.128/25").contain(address("192.0.2.200")));
  CHECK(!networks("192.0.2.128/25").contain(address("192.0.2.100")));
  for (const char* bad : {"localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::1/129", "1,,2",
                          "10.0.0.1/-1", "fe80::1%eth0"}) {
    CAPTURE(bad);
    CHECK(!Networks::parse(bad));
  }
}

TEST_CASE("SC5 an address holds so many connections at once, and one that goes makes room") {
  Prng random(1);
  RateLimits limits({.connections = 2}, random);
  auto first = limits.connect(address("2001:db8::1"));
  auto second = limits.connect(address("2001:db8::2"));
  REQUIRE(first);
  REQUIRE(second);
  const auto third = limits.connect(address("2001:db8::3"));
  REQUIRE(!third);
  CHECK(third.error().code == ErrorCode::rate_limited);
  CHECK(limits.connect(address("192.0.2.1")).has_value());
  Place moved = *std::move(first);
  CHECK(!limits.connect(address("2001:db8::3")).has_value());
  moved = Place();
  CHECK(limits.connect(address("2001:db8::3")).has_value());
}
