#include <doctest/doctest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "net/time_zones.h"
#include "protocol/usage_text.h"

namespace tarotforge::protocol {
namespace {

using namespace std::chrono;

constexpr WallTime kNow{1'769'817'600'000};  // 2026-01-31
const core::Period kPeriod{*parse_rfc3339("2026-01-01T00:00:00Z"), kNow};

std::vector<core::Usage> usage() {
  return {{2026y / January, std::nullopt, 2, 90'000, 180'500, 3},
          {2026y / January, UserId::parse("00000000-0000-4000-8000-00000000000a"), 1, 30'206,
           90'618, 7}};
}

core::Analytics analytics() {
  core::Analytics told;
  told.days = {{2026y / January / 30, 3, 1, 2}};
  told.durations[0] = 1;
  told.durations.back() = 2;
  told.participants = {{1, 2}, {3, 1}};
  told.created = 3;
  told.invited = told.joined = 2;
  told.first_card = told.completed = 2;
  told.expired = 1;
  told.warned = 5;
  told.answered = 4;
  told.restored = 6;
  told.hours[4][23] = 3;
  told.cohorts = {{2026y / January, 2, {1, 0}}};
  told.decks = {{"deck", "classic", 3}};
  told.layouts = {{"layout", "=1+1, \"x\"", 1}};
  return told;
}

TEST_CASE("RP1 usage as JSON and as CSV with a header row") {
  CHECK(boost::json::parse(usage_json(kPeriod, usage())) == boost::json::parse(R"({
    "from":"2026-01-01T00:00:00.000Z","to":"2026-01-31T00:00:00.000Z","rows":[
      {"month":"2026-01","hostUserId":null,"sessions":2,"minutes":90,
       "participantMinutes":180.5,"operations":3},
      {"month":"2026-01","hostUserId":"00000000-0000-4000-8000-00000000000a","sessions":1,
       "minutes":30.206,"participantMinutes":90.618,"operations":7}]})"));
  CHECK(usage_csv(usage()) ==
        "month,hostUserId,sessions,minutes,participantMinutes,operations\r\n"
        "2026-01,,2,90.000,180.500,3\r\n"
        "2026-01,00000000-0000-4000-8000-00000000000a,1,30.206,90.618,7\r\n");
}

TEST_CASE("RP3 analytics as JSON, each figure by its name") {
  auto told = analytics_json(kPeriod, analytics());
  const auto is = [&](const char* name, const char* expected) {
    CAPTURE(boost::json::serialize(told.at(name)));
    CHECK(told.at(name) == boost::json::parse(expected));
  };
  is("sessionsPerDay", R"([{"day":"2026-01-30","created":3,"expired":1,"completed":2}])");
  is("participantsPerSession", R"([{"participants":1,"count":2},{"participants":3,"count":1}])");
  is("funnel", R"({"created":3,"invited":2,"joined":2,"firstCard":2,"completed":2})");
  is("ended", R"({"expired":1,"completed":2})");
  is("warnings", R"({"sent":5,"answered":4})");
  is("restores", "6");
  is("cohorts", R"([{"month":"2026-01","hosts":2,"returned":[1,0]}])");
  is("decks", R"([{"deckId":"classic","count":3}])");
  const auto& durations = told.at("durations").as_array();
  REQUIRE(durations.size() == core::kDurationBounds.size() + 1);
  CHECK(durations.front() == boost::json::parse(R"({"le":60,"count":1})"));
  CHECK(durations.back() == boost::json::parse(R"({"le":null,"count":2})"));
  const auto& hours = told.at("hours").as_array();
  REQUIRE(hours.size() == 7);
  CHECK(hours.at(4).as_array().at(23) == 3);
}

TEST_CASE("RP3 analytics as CSV, in which no text is a formula") {
  const auto text = analytics_csv(analytics());
  CHECK(text.starts_with("figure,key,count\r\nsessionsPerDay.created,2026-01-30,3\r\n"));
  for (const auto* line :
       {"durations,60,1", "durations,,2", "participantsPerSession,3,1", "funnel,firstCard,2",
        "ended,expired,1", "warnings,answered,4", "restores,,6", "hours,Friday 23,3",
        "cohorts.hosts,2026-01,2", "cohorts.returned,2026-01 1,1", "decks,classic,3",
        R"(layouts,"'=1+1, ""x""",1)"})
    CHECK_MESSAGE(text.find(std::string("\r\n") + line + "\r\n") != text.npos, line);
}

TEST_CASE("RP5 a period is two days or times, by default the last 30 days") {
  const auto period = [](std::optional<std::string> from, std::optional<std::string> until,
                         const char* zone = "UTC") {
    return parse_period(from, until, net::find_time_zone(zone).value(), kNow);
  };
  CHECK(period({}, {})->until == kNow);
  CHECK(period({}, {})->from == kNow - days(30));
  CHECK(rfc3339(period({}, "2026-01-11")->from) == "2025-12-12T00:00:00.000Z");
  CHECK(rfc3339(period("2026-01-11", {}, "Europe/Berlin")->from) == "2026-01-10T23:00:00.000Z");
  const auto precise = period("2026-01-11T10:00:00.5+01:00", "2026-01-11T10:00:00.5+01:00");
  CHECK(rfc3339(precise->from) == "2026-01-11T09:00:00.500Z");
  CHECK(precise->until == precise->from);
  for (const auto& [from, until] :
       std::vector<std::pair<const char*, const char*>>{{"yesterday", "2026-01-01"},
                                                        {"2026-01-02", "2026-01-01"},
                                                        {"2026-02-30", "2026-03-01"},
                                                        {"2026-01-01", ""}})
    CHECK_MESSAGE(!period(from, until), from, until);
}

}  // namespace
}  // namespace tarotforge::protocol
