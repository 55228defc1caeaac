// The newest events, for operators who watch.
#include "app/event_log.h"

#include <doctest/doctest.h>

#include <vector>

namespace tarotforge::app {
namespace {

protocol::LoggedEvent event(std::string type, std::uint32_t generation = 1) {
  return {.type = std::move(type), .generation = generation};
}

TEST_CASE("DB5 events are numbered, told once, and the newest two hundred are kept") {
  EventLog log;
  std::vector<std::uint64_t> told;
  log.add(event("created"));
  log.on_event = [&](const protocol::LoggedEvent& each) { told.push_back(each.number); };
  for (std::size_t i = 0; i < kEventsKept; ++i) log.add(event("joined"));
  CHECK(log.events().size() == kEventsKept);
  CHECK(log.events().front().number == 2);
  CHECK(log.events().back().number == kEventsKept + 1);
  CHECK(told.size() == kEventsKept);
  CHECK(told.front() == 2);
}

TEST_CASE("DB5 an end that was told already is known by its session and generation") {
  EventLog log;
  log.add(event("expired", 2));
  CHECK(log.has({}, 2, "expired"));
  CHECK(!log.has({}, 1, "expired"));
  CHECK(!log.has({}, 2, "restored"));
}

}  // namespace
}  // namespace tarotforge::app
