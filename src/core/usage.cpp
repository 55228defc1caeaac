#include "core/usage.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace tarotforge::core {
namespace {

using std::chrono::sys_days;

constexpr Duration kQuarter = std::chrono::minutes(15);

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

// A quarter of an hour of the figures, where it lies in the zone.
struct LocalHour {
  sys_days day;
  std::size_t weekday, hour;

  LocalHour(std::int64_t quarter, const TimeZone& zone) {
    const WallTime at{quarter * kQuarter.count()};
    const std::chrono::sys_time<Duration> local{Duration(at.ms) + zone.offset_at(at)};
    day = std::chrono::floor<std::chrono::days>(local);
    weekday = std::chrono::weekday(day).iso_encoding() - 1;
    hour = static_cast<std::size_t>(std::chrono::floor<std::chrono::hours>(local - day).count());
  }
};

class Assembly {
 public:
  explicit Assembly(const TimeZone& zone) : zone_(zone) {}

  void add(const Figure& figure) {
    const auto& [name, key, count] = figure;
    if (name == "created")
      add_created(key, count);
    else if (name == "expired")
      add_ended(key, count, out_.expired, &Analytics::Day::expired);
    else if (name == "completed")
      add_ended(key, count, out_.completed, &Analytics::Day::completed);
    else if (name == "duration")
      add_duration(key, count);
    else if (name == "participants")
      out_.participants[static_cast<std::uint64_t>(number_of(key).value_or(0))] += count;
    else if (name == "cohort")
      add_cohort(key, count);
    else
      add_simple(figure);
  }

  Analytics finish() && {
    fill_days();
    fill_cohorts();
    for (auto* list : {&out_.decks, &out_.layouts})
      std::ranges::sort(*list, [](const Figure& a, const Figure& b) {
        return std::tie(b.count, a.key) < std::tie(a.count, b.key);
      });
    return std::move(out_);
  }

 private:
  void add_simple(const Figure& figure) {
    const auto& [name, key, count] = figure;
    if (name == "invited") out_.invited += count;
    if (name == "joined") out_.joined += count;
    if (name == "first_card") out_.first_card += count;
    if (name == "warned") out_.warned += count;
    if (name == "answered") out_.answered += count;
    if (name == "restored") out_.restored += count;
    if (name == "deck") out_.decks.push_back(figure);
    if (name == "layout") out_.layouts.push_back(figure);
  }
  void add_created(std::string_view key, std::uint64_t count) {
    const LocalHour local(number_of(key).value_or(0), zone_);
    days_[local.day].created += count;
    out_.hours[local.weekday][local.hour] += count;
    out_.created += count;
  }
  void add_ended(std::string_view key, std::uint64_t count, std::uint64_t& all,
                 std::uint64_t Analytics::Day::* of_day) {
    days_[LocalHour(number_of(key).value_or(0), zone_).day].*of_day += count;
    all += count;
  }
  void add_duration(std::string_view key, std::uint64_t count) {
    const auto bound = number_of(key);
    const auto at = bound ? std::ranges::find(kDurationBounds, static_cast<std::uint64_t>(*bound))
                          : kDurationBounds.end();
    out_.durations[static_cast<std::size_t>(at - kDurationBounds.begin())] += count;
  }
  // "24322+2": the month of the first session since year 0, and how many months later.
  void add_cohort(std::string_view key, std::uint64_t count) {
    const auto plus = std::min(key.find('+'), key.size());
    const auto first = number_of(key.substr(0, plus));
    const auto later = number_of(key.substr(std::min(plus + 1, key.size())));
    if (first && later) cohorts_[*first][*later] += count;
  }

  void fill_days() {
    if (days_.empty()) return;
    const auto last = days_.rbegin()->first;
    for (auto day = days_.begin()->first; day <= last; day += std::chrono::days(1)) {
      auto& told = out_.days.emplace_back();
      if (const auto counted = days_.find(day); counted != days_.end()) told = counted->second;
      told.day = day;
    }
  }
  void fill_cohorts() {
    std::int64_t last = 0;  // month with any session of a host
    for (const auto& [first, hosts] : cohorts_)
      for (const auto& [later, count] : hosts) last = std::max(last, first + later);
    for (auto& [first, hosts] : cohorts_) {
      const std::chrono::year year(static_cast<int>(first / 12));
      auto& cohort = out_.cohorts.emplace_back(
          Analytics::Cohort{.month = year / std::chrono::month(unsigned(first % 12 + 1))});
      cohort.hosts = hosts[0];
      for (std::int64_t later = 1; first + later <= last; ++later)
        cohort.returned.push_back(hosts[later]);
    }
  }

  const TimeZone& zone_;
  Analytics out_;
  std::map<sys_days, Analytics::Day> days_;
  std::map<std::int64_t, std::map<std::int64_t, std::uint64_t>> cohorts_;
};

}  // namespace

Analytics analytics_of(const std::vector<Figure>& figures, const TimeZone& zone) {
  Assembly assembly(zone);
  for (const auto& figure : figures) assembly.add(figure);
  return std::move(assembly).finish();
}

}  // namespace tarotforge::core
