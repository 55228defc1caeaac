#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "base/time_zone.h"
#include "net/time_zones.h"

namespace tarotforge {
namespace {

using namespace std::chrono;

std::string file_of(const std::string& name) {
  std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What the C library makes of the same file.
class InZone {
 public:
  explicit InZone(const std::string& name) {
    setenv("TZ", name.c_str(), 1);
    tzset();
  }
  InZone(const InZone&) = delete;
  InZone& operator=(const InZone&) = delete;
  ~InZone() {
    unsetenv("TZ");
    tzset();
  }
  static seconds offset(std::time_t t) {
    std::tm local{};
    localtime_r(&t, &local);
    return seconds(local.tm_gmtoff);
  }
};

// A file without a change of its own, as those of lean systems are from some year on.
std::string with_rule(const std::string& rule) {
  const std::string head = "TZif2" + std::string(15, '\0') + std::string(12, '\0') +
                           std::string(4, '\0') + std::string("\0\0\0\1\0\0\0\1", 8);
  const std::string type(7, '\0');
  return head + type + head + type + "\n" + rule + "\n";
}

TEST_CASE("RP4 local time is what the system's own library makes of the same zone") {
  Prng random(20260131);
  for (const std::string name :
       {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
        "America/St_Johns", "Africa/Casablanca", "Asia/Tehran", "Europe/Dublin", "Pacific/Apia",
        "America/Santiago", "Pacific/Chatham", "Asia/Kathmandu", "America/Nuuk", "Etc/GMT+12"}) {
    CAPTURE(name);
    const auto zone = net::find_time_zone(name);
    REQUIRE(zone);
    const InZone in(name);
    for (int i = 0; i < 2000; ++i) {
      const std::time_t t =
          -2'000'000'000 + static_cast<std::int64_t>(random.below(1'000'000)) * 8'000;
      CAPTURE(t);
      REQUIRE(zone->offset_at({t * 1000}) == InZone::offset(t));
    }
  }
}

TEST_CASE("RP4 the rule at a file's end holds for all later years") {
  for (const std::string rule :
       {"CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "<+0330>-3:30",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "IST-1GMT0,M10.5.0,M3.5.0/1",
        "NZST-12NZDT,M9.5.0,M4.1.0/3", "AAA3BBB,J60/0,J300", "AAA3BBB2:30,59,299/26"}) {
    CAPTURE(rule);
    const auto zone = TimeZone::parse(with_rule(rule));
    REQUIRE(zone);
    const InZone in(rule);
    for (std::time_t t = 1'700'000'000; t < 2'500'000'000; t += 777'777) {
      CAPTURE(t);
      REQUIRE(zone->offset_at({t * 1000}) == InZone::offset(t));
    }
  }
  for (const std::string rule : {"X", "CET", "CET-1CEST", "CET-1CEST,M13.1.0,M10.5.0", "CET-999",
                                 "CET-1CEST,M3.5.0,M10.5.0/3,", "<CET-1"})
    CHECK_MESSAGE(!TimeZone::parse(with_rule(rule)), rule);
}

TEST_CASE("RP4 what is no zone is refused, also where it is cut short") {
  const auto whole = file_of("Europe/Berlin");
  REQUIRE(TimeZone::parse(whole));
  for (std::size_t size = 0; size + 30 < whole.size(); ++size)
    CHECK(!TimeZone::parse(std::string_view(whole).substr(0, size)));
  for (const auto* name :
       {"Nowhere/City", "../../../etc/passwd", "/etc/passwd", "Europe", "zone.tab"})
    CHECK_MESSAGE(!net::find_time_zone(name), name);
  CHECK(net::find_time_zone("")->offset_at({0}) == 0s);
  CHECK(net::find_time_zone("UTC")->offset_at({0}) == 0s);
}

TEST_CASE("RP4 a day begins at its midnight in the zone") {
  const auto zone = net::find_time_zone("Europe/Berlin");
  REQUIRE(zone);
  const auto begin = [&](sys_days day) {
    return sys_time<milliseconds>(milliseconds(zone->begin_of(day).ms));
  };
  CHECK(begin(2026y / January / 31) == sys_days(2026y / January / 30) + 23h);
  CHECK(begin(2026y / March / 30) == sys_days(2026y / March / 29) + 22h);
  CHECK(begin(2026y / March / 29) == sys_days(2026y / March / 28) + 23h);
}

}  // namespace
}  // namespace tarotforge
