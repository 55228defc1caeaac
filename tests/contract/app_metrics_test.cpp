// The numbers for Prometheus, as the house tells them.
#include "app/metrics.h"

#include <doctest/doctest.h>

#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

ports::Task<std::string> told(app::Metrics& metrics) {
  co_return co_await metrics.exposition({}, protocol::MetricsFormat::prometheus);
}

struct Scrapes {
  HouseWorld world;
  app::Figures figures{*world.house, *world.cleanup, [] { return 0; }};
  app::Metrics metrics{figures};

  std::string scrape() { return world.get(told(metrics)); }

  // A scrape in whose counting the given time passes.
  void slow_scrape(Duration span) {
    auto scraped = world.begin<std::string>(told(metrics));
    world.loop.context.restart();
    while (world.store->under_way() == 0) world.loop.context.poll_one();
    world.sleep_through(span);
    world.settle();
    REQUIRE(scraped->has_value());
  }
};

bool has(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != text.npos;
}

}  // namespace

TEST_CASE("MX3 XP4 sessions by state are those of the rows") {
  Scrapes scrapes;
  auto& world = scrapes.world;
  const auto host = world.create();
  world.create();
  CHECK(has(scrapes.scrape(), "tarotforge_sessions{state=\"active\"} 2"));
  world.get(app::complete_session(*world.house, world.member(host)));
  const auto text = scrapes.scrape();
  CHECK(has(text, "tarotforge_sessions{state=\"active\"} 1"));
  CHECK(has(text, "tarotforge_sessions{state=\"expired\"} 0"));
  CHECK(has(text, "tarotforge_sessions{state=\"completed\"} 1"));
  CHECK(has(text, "tarotforge_sessions{state=\"purged\"} 0"));
  CHECK(has(text, "tarotforge_completions_total 1"));
}

TEST_CASE("MX4 MX5 a warning, an answer to it, and an expiry are counted once") {
  Scrapes scrapes;
  auto& world = scrapes.world;
  const auto host = world.create();
  const auto& policy = world.settings.policy.defaults;
  world.pass(policy.timeout - policy.warning);
  world.get(app::keep_session_alive(*world.house, world.member(host)));
  world.pass(policy.timeout);
  const auto text = scrapes.scrape();
  CHECK(has(text, "tarotforge_warnings_answered_total 1"));
  CHECK(has(text, "tarotforge_expiries_total 1"));
  CHECK(has(text, "tarotforge_expiry_lateness_seconds_count 1"));
  CHECK(text.find(host.session.to_string()) == text.npos);
}

TEST_CASE("MX7 rows are counted for a twentieth of the time at most") {
  Scrapes scrapes;
  auto& world = scrapes.world;
  scrapes.slow_scrape(1s);
  world.create();
  world.pass(19s);
  CHECK(has(scrapes.scrape(), "tarotforge_sessions{state=\"active\"} 0"));
  world.pass(1s);
  CHECK(has(scrapes.scrape(), "tarotforge_sessions{state=\"active\"} 1"));
}

TEST_CASE("DB10 a count that takes little time is made anew for whoever asks") {
  Scrapes scrapes;
  auto& world = scrapes.world;
  scrapes.slow_scrape(10ms);
  world.create();
  auto asked = world.begin<object>(scrapes.figures.statistics());
  world.settle();
  CHECK(!asked->has_value());
  auto with = world.begin<std::string>(told(scrapes.metrics));  // while another waits
  world.pass(199ms);
  CHECK(!asked->has_value());
  world.pass(1ms);
  REQUIRE(asked->has_value());
  CHECK((**asked)->at("activeSessions") == 1);
  REQUIRE(with->has_value());
  CHECK(has(***with, "tarotforge_sessions{state=\"active\"} 1"));
  CHECK(world.store->counts() == 2);
}

}  // namespace tarotforge::test
