// An operator moves a session's deadline.
#include <doctest/doctest.h>

#include "core/session.h"
#include "tests/unit/session_script.h"

namespace tarotforge::core {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::Life;

std::string extend(Life& life, double now, Duration by) {
  auto effects = life.session.apply(Extend{by}, at(now), life.around, life.random);
  if (!effects) return std::string(info(effects.error().code).name);
  REQUIRE(effects->size() == 1);
  const auto& extended = std::get<Extended>(effects->front());
  CHECK(extended.by_operator);
  return test::seconds_text(extended.expires_at);
}

TEST_CASE("DB13 an operator's extension moves the deadline, and the warning with it") {
  Life life;
  CHECK(extend(life, 100, 2h) == "10800");
  life.play(R"(
    t=3600  when -> 10500 10800 10500
    t=10499      ->
    t=10500      -> warned 10800
    t=10800      -> expired 10800)");
}

TEST_CASE("DB13 an extension takes a warning back, and activity does not take it away") {
  Life life;
  life.play("t=3300 -> warned 3600");
  CHECK(extend(life, 3400, 1h) == "7200");
  CHECK(!life.session.is_warned());
  life.play(R"(
    t=3500  keep ann ->
    t=3500  when     -> 6900 7200 6900
    t=6900           -> warned 7200
    t=7000  keep ann -> extended 10600
    t=7000  when     -> 10300 10600 10300)");
}

TEST_CASE("DB13 an extension by less than the lead is warned of at once") {
  Life life;
  life.play("t=3400 -> warned 3600");
  CHECK(extend(life, 3500, 60s) == "3660");
  life.play(R"(
    t=3500 -> warned 3660
    t=3660 -> expired 3660)");
}

TEST_CASE("DB13 what has ended is not extended") {
  Life life;
  life.play(R"(
    t=3300 -> warned 3600
    t=3600 -> expired 3600)");
  CHECK(extend(life, 3700, 1h) == "session_expired");
}

}  // namespace
}  // namespace tarotforge::core
