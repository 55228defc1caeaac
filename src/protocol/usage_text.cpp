#include "protocol/usage_text.h"

#include <fmt/format.h>

#include <iterator>

#include "base/text.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;
using core::Analytics;

constexpr Duration kUsualPeriod = std::chrono::days(30);

std::string day_text(std::chrono::sys_days day) {
  return rfc3339({Duration(day.time_since_epoch()).count()}).substr(0, 10);
}

// Thousandths as a decimal, "1.500".
std::string decimal(std::int64_t thousandths) {
  const auto sign = thousandths < 0 ? "-" : "";
  const auto size = thousandths < 0 ? -thousandths : thousandths;
  return fmt::format("{}{}.{:03}", sign, size / 1000, size % 1000);
}
// The same as JSON, the shortest: "1.5".
std::string shortest(std::int64_t thousandths) {
  auto text = decimal(thousandths);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

Result<WallTime> parse_bound(std::string_view name, const std::string& text, const TimeZone& zone) {
  if (const auto time = parse_rfc3339(text)) return *time;
  if (text.size() == 10)
    if (const auto midnight = parse_rfc3339(text + "T00:00:00Z"))
      return zone.begin_of(std::chrono::floor<std::chrono::days>(
          std::chrono::sys_time<Duration>(Duration(midnight->ms))));
  return Error(ErrorCode::invalid_value,
               fmt::format("{} must be a day or a time, such as 2026-11-01 or "
                           "2026-11-01T00:00:00Z.",
                           name));
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

// A field of CSV. What a spreadsheet would take for a formula is kept from being one.
std::string field(std::string_view text) {
  std::string out;
  if (!text.empty() && std::string_view("=+-@\t\r").contains(text.front())) out += '\'';
  out += text;
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted += '"';
}

std::string bound_text(std::size_t bucket) {
  return bucket < core::kDurationBounds.size() ? fmt::to_string(core::kDurationBounds[bucket]) : "";
}

// Lines of "figure,key,count".
class Lines {
 public:
  void add(std::string_view figure, std::string_view key, std::uint64_t count) {
    text_ += fmt::format("{},{},{}\r\n", figure, field(key), count);
  }
  std::string finish() && { return std::move(text_); }

 private:
  std::string text_ = "figure,key,count\r\n";
};

constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};

json::object period_json(const core::Period& period) {
  return {{"from", rfc3339(period.from)}, {"to", rfc3339(period.until)}};
}

json::array days_json(const Analytics& analytics) {
  json::array days;
  for (const auto& each : analytics.days)
    days.push_back({{"day", day_text(each.day)},
                    {"created", each.created},
                    {"expired", each.expired},
                    {"completed", each.completed}});
  return days;
}

json::array durations_json(const Analytics& analytics) {
  json::array durations;
  for (std::size_t i = 0; i < analytics.durations.size(); ++i) {
    const bool is_last = i == core::kDurationBounds.size();
    durations.push_back({{"le", is_last ? json::value() : json::value(core::kDurationBounds[i])},
                         {"count", analytics.durations[i]}});
  }
  return durations;
}

json::array counts_json(const std::vector<core::Figure>& figures, std::string_view name) {
  json::array counts;
  for (const auto& each : figures)
    counts.push_back({{name, or_null(each.key)}, {"count", each.count}});
  return counts;
}

json::array cohorts_json(const Analytics& analytics) {
  json::array cohorts;
  for (const auto& each : analytics.cohorts)
    cohorts.push_back({{"month", month_text(each.month)},
                       {"hosts", each.hosts},
                       {"returned", json::array(each.returned.begin(), each.returned.end())}});
  return cohorts;
}

}  // namespace

Result<core::Period> parse_period(const std::optional<std::string>& from,
                                  const std::optional<std::string>& until, const TimeZone& zone,
                                  WallTime now) {
  core::Period period{.from = {}, .until = now};
  if (until) {
    TRY_ASSIGN(period.until, parse_bound("to", *until, zone));
  }
  period.from = period.until - kUsualPeriod;
  if (from) {
    TRY_ASSIGN(period.from, parse_bound("from", *from, zone));
  }
  if (period.from > period.until)
    return Error(ErrorCode::invalid_value, "from must not be later than to.");
  return period;
}

std::string usage_json(const core::Period& period, const std::vector<core::Usage>& rows) {
  auto text = fmt::format(R"({{"from":"{}","to":"{}","rows":[)", rfc3339(period.from),
                          rfc3339(period.until));
  for (const auto& row : rows) {
    if (text.back() == '}') text += ',';
    fmt::format_to(std::back_inserter(text), R"({{"month":"{}","hostUserId":)",
                   month_text(row.month));
    text += row.host ? fmt::format(R"("{}")", row.host->to_string()) : "null";
    fmt::format_to(std::back_inserter(text),
                   R"(,"sessions":{},"minutes":{},"participantMinutes":{},"operations":{}}})",
                   row.sessions, shortest(row.minutes), shortest(row.participant_minutes),
                   row.operations);
  }
  return text += "]}";
}

std::string usage_csv(const std::vector<core::Usage>& rows) {
  std::string text = "month,hostUserId,sessions,minutes,participantMinutes,operations\r\n";
  for (const auto& row : rows)
    fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\r\n", month_text(row.month),
                   row.host ? row.host->to_string() : "", row.sessions, decimal(row.minutes),
                   decimal(row.participant_minutes), row.operations);
  return text;
}

Object analytics_json(const core::Period& period, const Analytics& analytics) {
  json::array participants, hours;
  for (const auto& [number, count] : analytics.participants)
    participants.push_back({{"participants", number}, {"count", count}});
  for (const auto& day : analytics.hours) hours.push_back(json::array(day.begin(), day.end()));
  auto answer = period_json(period);
  answer["sessionsPerDay"] = days_json(analytics);
  answer["durations"] = durations_json(analytics);
  answer["participantsPerSession"] = std::move(participants);
  answer["funnel"] = {{"created", analytics.created},
                      {"invited", analytics.invited},
                      {"joined", analytics.joined},
                      {"firstCard", analytics.first_card},
                      {"completed", analytics.completed}};
  answer["ended"] = {{"expired", analytics.expired}, {"completed", analytics.completed}};
  answer["warnings"] = {{"sent", analytics.warned}, {"answered", analytics.answered}};
  answer["restores"] = analytics.restored;
  answer["hours"] = std::move(hours);
  answer["cohorts"] = cohorts_json(analytics);
  answer["decks"] = counts_json(analytics.decks, "deckId");
  answer["layouts"] = counts_json(analytics.layouts, "layout");
  return answer;
}

std::string analytics_csv(const Analytics& analytics) {
  Lines lines;
  for (const auto& each : analytics.days) {
    const auto day = day_text(each.day);
    lines.add("sessionsPerDay.created", day, each.created);
    lines.add("sessionsPerDay.expired", day, each.expired);
    lines.add("sessionsPerDay.completed", day, each.completed);
  }
  for (std::size_t i = 0; i < analytics.durations.size(); ++i)
    lines.add("durations", bound_text(i), analytics.durations[i]);
  for (const auto& [number, count] : analytics.participants)
    lines.add("participantsPerSession", fmt::to_string(number), count);
  lines.add("funnel", "created", analytics.created);
  lines.add("funnel", "invited", analytics.invited);
  lines.add("funnel", "joined", analytics.joined);
  lines.add("funnel", "firstCard", analytics.first_card);
  lines.add("funnel", "completed", analytics.completed);
  lines.add("ended", "expired", analytics.expired);
  lines.add("ended", "completed", analytics.completed);
  lines.add("warnings", "sent", analytics.warned);
  lines.add("warnings", "answered", analytics.answered);
  lines.add("restores", "", analytics.restored);
  for (std::size_t day = 0; day < kWeekdays.size(); ++day)
    for (std::size_t hour = 0; hour < 24; ++hour)
      lines.add("hours", fmt::format("{} {:02}", kWeekdays[day], hour), analytics.hours[day][hour]);
  for (const auto& cohort : analytics.cohorts) {
    const auto month = month_text(cohort.month);
    lines.add("cohorts.hosts", month, cohort.hosts);
    for (std::size_t later = 1; later <= cohort.returned.size(); ++later)
      lines.add("cohorts.returned", fmt::format("{} {}", month, later), cohort.returned[later - 1]);
  }
  for (const auto& each : analytics.decks) lines.add("decks", each.key, each.count);
  for (const auto& each : analytics.layouts) lines.add("layouts", each.key, each.count);
  return std::move(lines).finish();
}

}  // namespace tarotforge::protocol
