#include "store/postgres/value.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "base/check.h"

namespace tarotforge::store::postgres {
namespace {

using std::chrono::floor;
using Days = std::chrono::sys_days;
using Moment = std::chrono::sys_time<Duration>;

template <class Number>
bool parse(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

template <class Number>
void read_number(std::string_view text, Number& value, const char* what) {
  if (!parse(text, value)) wrong_column(what);
}

int hex(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  wrong_column("hexadecimal bytes");
}

constexpr WallTime new_year(int year) {
  return {Moment(Days(std::chrono::year(year) / 1 / 1)).time_since_epoch().count()};
}

// Stamps that others wrote may be infinite, or so far off that no span can be added to them and
// written again. They are read as the nearest of these.
constexpr int kFirstYear = 1000, kLastYear = 9000;
constexpr WallTime kEarliest = new_year(kFirstYear), kLatest = new_year(kLastYear);

// "2026-01-31 00:00:00.123456+00"; what is finer than a millisecond is cut.
std::optional<WallTime> parse_instant(std::string_view text) {
  if (text == "infinity") return kLatest;
  if (text == "-infinity" || text.ends_with("+00 BC")) return kEarliest;
  if (!text.ends_with("+00")) return std::nullopt;
  text.remove_suffix(3);
  const auto year_ends = text.find('-');
  if (year_ends == std::string_view::npos || text.size() < year_ends + 15) return std::nullopt;
  int year = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const auto rest = text.substr(year_ends);  // "-01-31 00:00:00.123456"
  const bool read = parse(text.substr(0, year_ends), year) && parse(rest.substr(1, 2), month) &&
                    parse(rest.substr(4, 2), day) && parse(rest.substr(7, 2), hour) &&
                    parse(rest.substr(10, 2), minute) && parse(rest.substr(13, 2), second);
  if (!read) return std::nullopt;
  if (year < kFirstYear) return kEarliest;
  if (year >= kLastYear) return kLatest;
  std::string fraction(rest.substr(std::min<std::size_t>(rest.size(), 16)));
  fraction.resize(3, '0');
  int ms = 0;
  if (!parse(std::string_view(fraction), ms)) return std::nullopt;
  const Days date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
  return WallTime{Moment(date).time_since_epoch().count() +
                  ((hour * 60 + minute) * 60 + second) * std::int64_t{1000} + ms};
}

}  // namespace

void wrong_column(std::string_view what) {
  throw Failure{std::string(kWrongColumn), fmt::format("a column does not hold {}", what)};
}

Text Parameters::text(std::uint64_t value) const {
  check(std::in_range<std::int64_t>(value), "a counter fits the database's integers");
  return std::to_string(value);
}

Text Parameters::text(const Digest& value) const {
  std::string text = "\\x";
  for (const auto byte : value) text += fmt::format("{:02x}", byte);
  return text;
}

Text Parameters::text(WallTime value) const {
  const Moment moment{Duration(value.ms)};
  const auto midnight = floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss time(moment - midnight);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}+00", int(date.year()),
                     unsigned(date.month()), unsigned(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

void Parameters::append_element(std::string& array, const Text& element) {
  if (array.size() > 1) array += ',';
  if (!element) {
    array += "NULL";
    return;
  }
  array += '"';
  for (const char c : *element) {
    if (c == '"' || c == '\\') array += '\\';
    array += c;
  }
  array += '"';
}

void read(std::string_view text, Calendar, std::int64_t& value) {
  read_number(text, value, "an integer");
}
void read(std::string_view text, Calendar, std::uint64_t& value) {
  read_number(text, value, "a count");
}
void read(std::string_view text, Calendar, std::int32_t& value) {
  read_number(text, value, "a small integer");
}
void read(std::string_view text, Calendar, std::uint32_t& value) {
  read_number(text, value, "a small count");
}

void read(std::string_view text, Calendar, bool& value) {
  if (text != "t" && text != "f") wrong_column("true or false");
  value = text == "t";
}

void read(std::string_view text, Calendar, std::string& value) { value = text; }

void read(std::string_view text, Calendar, Uuid& value) {
  const auto uuid = Uuid::parse(text);
  if (!uuid) wrong_column("a uuid");
  value = *uuid;
}

void read(std::string_view text, Calendar, Digest& value) {
  if (!text.starts_with("\\x") || text.size() != 2 + 2 * value.size())
    wrong_column("bytes of the right length");
  for (std::size_t i = 0; i < value.size(); ++i)
    value[i] = static_cast<std::uint8_t>(hex(text[2 + 2 * i]) << 4 | hex(text[3 + 2 * i]));
}

void read(std::string_view text, Calendar calendar, Duration& value) {
  std::int64_t ms = 0;
  read(text, calendar, ms);
  value = Duration(ms);
}

void read(std::string_view text, Calendar calendar, Instant& value) {
  WallTime wall;
  read(text, calendar, wall);
  value = calendar.instant(wall);
}

void read(std::string_view text, Calendar, WallTime& value) {
  const auto wall = parse_instant(text);
  if (!wall) wrong_column("a point in time");
  value = *wall;
}

}  // namespace tarotforge::store::postgres
