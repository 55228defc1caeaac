// Each figure of the analytics is what docs/reports.md says: its SQL is read from there and run.
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "net/time_zones.h"
#include "protocol/usage_text.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using Lines = std::set<std::string>;

constexpr const char* kZone = "America/New_York";
constexpr const char* kFrom = "2025-12-10T03:00:00Z";
constexpr const char* kTo = "2026-05-20T17:00:00Z";

// Sessions of half a year with everything that the figures tell apart, by the numbers' rests.
constexpr const char* kRows = R"(
  insert into reading_sessions (deck_id, is_active, end_reason, host_user_id, next_card_index,
                                selected_layout, created_at, ended_at)
  select case when i % 5 = 0 then 'nocturne' else 'classic' end, i % 4 = 0,
         case when i % 4 = 0 then null when i % 3 = 0 then 'completed' else 'expired' end,
         case when i % 2 = 0
           then ('00000000-0000-4000-8000-' || lpad((i * i % 97)::text, 12, '0'))::uuid end,
         i % 7, case i % 6 when 0 then null when 1 then '{"id":"celtic-cross"}' when 2 then '[]'
                  else '"three-card"' end::jsonb,
         at, case when i % 4 > 0 then at + (i * i * 37 % 100003) * interval '1 s' end
  from (select i, '2025-12-01 00:00Z'::timestamptz + i * 5003 * interval '1 s' as at
        from generate_series(1, 3000) as numbers (i)) as stamps;
  insert into session_participants (session_id)
  select id from reading_sessions, generate_series(1, 3) as people (n)
  where n <= next_card_index % 4;
  insert into session_invites (session_id)
  select id from reading_sessions where next_card_index <> 3;
  insert into session_audit_log (session_id, event_type, event_data, created_at)
  select id, case next_card_index % 4 when 0 then 'warned' when 1 then 'restored'
                  else 'extended' end,
         case next_card_index when 2 then '{"because":"activity"}' when 3
           then '{"because":"warning_not_shown"}' else '{}' end::jsonb, created_at
  from reading_sessions)";

std::string replaced(std::string text) {
  for (const auto& [name, value] :
       {std::pair(":'from'", kFrom), std::pair(":'to'", kTo), std::pair(":'zone'", kZone)})
    for (auto at = text.find(name); at != text.npos; at = text.find(name, at))
      text.replace(at, std::string_view(name).size(), fmt::format("'{}'", value));
  return text;
}

struct Page {
  std::string session;                           // makes the view
  std::map<std::string, std::string> of_figure;  // its SQL
};

Page read_page() {
  std::ifstream file(TAROTFORGE_SOURCE_DIR "/docs/reports.md");
  Page page;
  std::string line, name;
  const auto block = [&] {
    std::string text;
    while (std::getline(file, line) && line != "```") text += line + '\n';
    return replaced(text);
  };
  while (std::getline(file, line)) {
    if (line == "```sql") {
      page.of_figure[name] = block();
    } else if (line == "```") {
      auto text = block();
      if (text.starts_with("create temp view session")) page.session = std::move(text);
    } else if (line.starts_with('`')) {
      name = line.substr(1, line.find('`', 1) - 1);
    }
  }
  return page;
}

// "figure,key,count", without those that are 0.
std::map<std::string, Lines> told_by(const std::string& csv) {
  std::map<std::string, Lines> lines;
  std::istringstream text(csv);
  std::string line;
  std::getline(text, line);
  while (std::getline(text, line)) {
    line.pop_back();
    auto& of_figure = lines[line.substr(0, line.find(','))];
    if (!line.ends_with(",0")) of_figure.insert(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("RP3 RP4 each figure of the analytics equals its SQL in docs/reports.md") {
  StoreWorld<OnPostgres> world;
  const auto& database = world.backend.database();
  database.run(kRows);
  const auto zone = net::find_time_zone(kZone).value();
  const auto period = protocol::parse_period(kFrom, kTo, zone, {0}).value();
  const auto figures = world.get(world.store->figures(period));
  const auto told = told_by(protocol::analytics_csv(core::analytics_of(figures, zone)));
  const auto page = read_page();
  CHECK(page.of_figure.size() == told.size());
  for (const auto& [name, lines] : told) {
    CAPTURE(name);
    REQUIRE(page.of_figure.contains(name));
    Lines defined;
    for (const auto& line : database.run(fmt::format(
             "{}; select concat('{},', key, ',', count) from ({}) as figure (key, count) "
             "where count > 0",
             page.session, name, page.of_figure.at(name))))
      defined.insert(line);
    CHECK(lines == defined);
    CHECK(!lines.empty());
  }
}

}  // namespace tarotforge::test
