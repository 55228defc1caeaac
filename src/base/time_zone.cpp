#include "base/time_zone.h"

#include <algorithm>
#include <array>

namespace tarotforge {

using std::chrono::days;
using std::chrono::sys_days;

namespace {

std::int64_t floor_seconds(WallTime t) {
  return std::chrono::floor<std::chrono::seconds>(Duration(t.ms)).count();
}

int year_of(std::int64_t seconds) {
  const std::chrono::sys_seconds moment{std::chrono::seconds(seconds)};
  return static_cast<int>(std::chrono::year_month_day(std::chrono::floor<days>(moment)).year());
}

// Beyond it calendars of the standard library end; no reading was held there.
constexpr std::int64_t kFarthest = 900'000'000'000;  // seconds, some 28,000 years

}  // namespace

std::int64_t TimeZone::Day::in(int year) const {
  using namespace std::chrono;
  const sys_days new_year = std::chrono::year(year) / January / 1;
  sys_days day = new_year;
  if (kind == Kind::weekday) {
    const auto of_month = std::chrono::year(year) / std::chrono::month(month);
    const std::chrono::weekday wanted(weekday);
    day = week == 5 ? sys_days(of_month / wanted[last]) : sys_days(of_month / wanted[week]);
  } else if (kind == Kind::zero_based) {
    day = new_year + days(number);
  } else {
    const bool after_leap_day = std::chrono::year(year).is_leap() && number >= 60;
    day = new_year + days(number - 1 + after_leap_day);
  }
  return duration_cast<std::chrono::seconds>(day.time_since_epoch()).count() + seconds;
}

std::int64_t TimeZone::Rule::offset_at(std::int64_t t) const {
  if (!has_summer) return standard;
  const int year = year_of(t + standard);
  const auto begins = start.in(year)-standard, ends = end.in(year)-summer;
  const bool is_summer = begins < ends ? t >= begins && t < ends : t >= begins || t < ends;
  return is_summer ? summer : standard;
}

Duration TimeZone::offset_at(WallTime t) const {
  const auto seconds = std::clamp(floor_seconds(t), -kFarthest, kFarthest);
  const auto after = std::ranges::upper_bound(changes_, seconds, {}, &Change::at);
  std::int64_t offset = after == changes_.begin() ? first_ : std::prev(after)->offset;
  if (after == changes_.end() && rule_) offset = rule_->offset_at(seconds);
  return std::chrono::seconds(offset);
}

WallTime TimeZone::begin_of(sys_days local_day) const {
  const WallTime midnight{Duration(local_day.time_since_epoch()).count()};
  const auto near = midnight - offset_at(midnight);
  return midnight - offset_at(near);
}

// Numbers of the file, the highest byte first. Reading past the end gives zeros, and is remembered.
class TimeZone::Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  std::string_view rest() const { return rest_; }
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      return {};
    }
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char byte : take(size)) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
  }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

// The rule at the file's end, as POSIX writes it in TZ: "CET-1CEST,M3.5.0,M10.5.0/3".
class TimeZone::RuleReader {
 public:
  explicit RuleReader(std::string_view text) : rest_(text) {}

  std::optional<Rule> read() {
    Rule rule;
    if (!name() || !time(rule.standard)) return std::nullopt;
    rule.standard = -rule.standard;  // POSIX counts west of Greenwich
    if (rest_.empty()) return rule;
    rule.has_summer = true;
    rule.summer = -(rule.standard + 3600);
    if (!name() || (!rest_.starts_with(',') && !time(rule.summer))) return std::nullopt;
    rule.summer = -rule.summer;
    if (!day(rule.start) || !day(rule.end) || !rest_.empty()) return std::nullopt;
    return rule;
  }

 private:
  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool name() {
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (skip('<')) {
      const auto end = rest_.find('>');
      if (end == std::string_view::npos) return false;
      rest_.remove_prefix(end + 1);
      return true;
    }
    std::size_t length = 0;
    while (length < rest_.size() && is_letter(rest_[length])) ++length;
    rest_.remove_prefix(length);
    return length >= 3;
  }
  template <class Number>
  bool number(Number& value, Number most) {
    value = 0;
    std::size_t digits = 0;
    for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
      value = value * 10 + static_cast<Number>(rest_[digits] - '0');
      if (value > most) return false;
    }
    rest_.remove_prefix(digits);
    return digits > 0;
  }
  bool time(std::int64_t& seconds) {  // "-3:30", at most 167 hours (RFC 8536, section 3.3.1)
    const bool is_negative = skip('-');
    if (!is_negative) skip('+');
    std::int64_t hours = 0, minutes = 0, rest = 0;
    if (!number<std::int64_t>(hours, 167)) return false;
    if (skip(':') && !number<std::int64_t>(minutes, 59)) return false;
    if (skip(':') && !number<std::int64_t>(rest, 59)) return false;
    seconds = (hours * 60 + minutes) * 60 + rest;
    if (is_negative) seconds = -seconds;
    return true;
  }
  bool day(Day& day) {
    if (!skip(',')) return false;
    if (skip('M')) {
      day.kind = Day::Kind::weekday;
      if (!number(day.month, 12u) || day.month == 0 || !skip('.') || !number(day.week, 5u) ||
          day.week == 0 || !skip('.') || !number(day.weekday, 6u))
        return false;
    } else {
      day.kind = skip('J') ? Day::Kind::julian : Day::Kind::zero_based;
      if (!number(day.number, 365)) return false;
      if (day.kind == Day::Kind::julian && day.number == 0) return false;
    }
    return !skip('/') || time(day.seconds);
  }

  std::string_view rest_;
};

std::optional<TimeZone> TimeZone::parse(std::string_view bytes) {
  Reader reader(bytes);
  std::array<std::uint64_t, 6> counts{};  // of isut, isstd, leap, time, type and char
  char version = 0;
  const auto read_head = [&] {
    const bool is_ours = reader.take(4) == "TZif";
    const auto told = reader.take(16);
    if (!reader.failed()) version = told[0];
    for (auto& count : counts) count = reader.number(4);
    return is_ours && !reader.failed();
  };
  if (!read_head()) return std::nullopt;
  std::size_t width = 4;  // bytes of a time: the first part of newer files is for older programs
  if (version >= '2') {
    const auto [isut, isstd, leap, time, type, text] = counts;
    reader.take(time * 5 + type * 6 + text + leap * 8 + isstd + isut);
    if (!read_head()) return std::nullopt;
    width = 8;
  }
  const auto [isut, isstd, leap, time, type, text] = counts;
  TimeZone zone;
  auto times = Reader(reader.take(time * width));
  const auto types = reader.take(time);
  auto offsets = Reader(reader.take(type * 6));
  reader.take(text + leap * (width + 4) + isstd + isut);
  if (reader.failed() || type == 0) return std::nullopt;
  std::vector<std::int64_t> known;
  for (std::uint64_t i = 0; i < type; ++i) {
    known.push_back(static_cast<std::int32_t>(offsets.number(4)));
    offsets.take(2);
    if (known.back() < -90'000 || known.back() > 93'600) return std::nullopt;  // RFC 8536, 3.2
  }
  zone.first_ = known.front();
  for (std::uint64_t i = 0; i < time; ++i) {
    const auto raw = times.number(width);
    const auto at = width == 4 ? static_cast<std::int32_t>(raw) : static_cast<std::int64_t>(raw);
    const auto index = static_cast<std::uint8_t>(types[i]);
    if (index >= known.size() || (i > 0 && at <= zone.changes_.back().at)) return std::nullopt;
    zone.changes_.push_back({at, known[index]});
  }
  if (width == 8 && reader.take(1) == "\n") {
    const auto rule = reader.rest().substr(0, reader.rest().find('\n'));
    if (!rule.empty()) {
      zone.rule_ = RuleReader(rule).read();
      if (!zone.rule_) return std::nullopt;
    }
  }
  return zone;
}

}  // namespace tarotforge
