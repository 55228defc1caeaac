// The addresses of a host name, asked of the system.
#include <doctest/doctest.h>

#include "net/name_lookup.h"
#include "tests/support/loop.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

net::FoundName find(const std::string& host, Steady::duration within) {
  Loop loop;
  net::NameLookup lookup(loop.context.get_executor());
  const auto finding = [&]() -> ports::Task<net::FoundName> {
    co_return co_await lookup.find(host, "80", Steady::now() + within);
  };
  return loop.run<net::FoundName>(finding()).value();
}

}  // namespace

TEST_CASE("WH6 a name has addresses, or the system says why not") {
  const auto found = find("localhost", 10s);
  REQUIRE(!found.endpoints.empty());
  CHECK(found.endpoints.front().address().is_loopback());
  CHECK(found.endpoints.front().port() == 80);
  CHECK(found.mistake == "");
  CHECK(find("127.0.0.1", 10s).endpoints.size() == 1);
  CHECK(find("no-such-host.invalid", 10s).mistake != "");
}

TEST_CASE("WH6 who stops waiting for a name server goes on at once") {
  // The system goes on looking in its thread, after everything here is gone.
  for (int i = 0; i < 20; ++i) CHECK(find("no-such-host.invalid", -1s).endpoints.empty());
}

}  // namespace tarotforge::test
