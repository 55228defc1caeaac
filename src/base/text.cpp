#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace tarotforge {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> kValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  return values;
}();

// Reads exactly `digits` decimal digits at `at`, moving it; nullopt where they are not there.
std::optional<int> read_number(std::string_view text, std::size_t& at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  at += digits;
  return value;
}

// One of the two characters: letters count in either case.
bool read_char(std::string_view text, std::size_t& at, char wanted, char or_else) {
  if (at >= text.size() || (text[at] != wanted && text[at] != or_else)) return false;
  ++at;
  return true;
}

bool read_char(std::string_view text, std::size_t& at, char wanted) {
  return read_char(text, at, wanted, wanted);
}

bool is_digit_at(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// Milliseconds of a fraction such as ".5"; 0 where there is none; digits past the third are cut;
// nullopt where no digit follows the point.
std::optional<int> read_fraction(std::string_view text, std::size_t& at) {
  if (!read_char(text, at, '.')) return 0;
  if (!is_digit_at(text, at)) return std::nullopt;
  int ms = 0;
  int scale = 100;
  for (; is_digit_at(text, at); ++at, scale /= 10) ms += (text[at] - '0') * scale;
  return ms;
}

std::optional<std::chrono::minutes> read_offset(std::string_view text, std::size_t& at) {
  if (read_char(text, at, 'Z', 'z')) return std::chrono::minutes(0);
  if (at >= text.size() || (text[at] != '+' && text[at] != '-')) return std::nullopt;
  const int sign = text[at++] == '-' ? -1 : 1;
  const auto hours = read_number(text, at, 2);
  if (!hours || !read_char(text, at, ':')) return std::nullopt;
  const auto minutes = read_number(text, at, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return std::chrono::minutes(sign * (*hours * 60 + *minutes));
}

}  // namespace

std::string base64url(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const auto byte : bytes) {
    buffer = (buffer << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += kAlphabet[(buffer >> (bits - 6)) & 63];
  }
  if (bits > 0) text += kAlphabet[(buffer << (6 - bits)) & 63];
  return text;
}

std::optional<std::vector<std::uint8_t>> base64url_decode(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = kValues[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    buffer = (buffer << 6) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(buffer >> bits));
    }
  }
  if (buffer & ((1u << bits) - 1)) return std::nullopt;
  return bytes;
}

std::string base64(std::span<const std::uint8_t> bytes) {
  auto text = base64url(bytes);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text) {
  auto url = std::string(text.substr(0, text.find('=')));
  std::ranges::replace(url, '+', '-');
  std::ranges::replace(url, '/', '_');
  auto bytes = base64url_decode(url);
  if (!bytes || base64(*bytes) != text) return std::nullopt;
  return bytes;
}

std::string hex(std::span<const std::uint8_t> bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i++]);
    if (lead < 0x80) continue;
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4) return false;
    unsigned low = 0x80, high = 0xbf;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    for (; more > 0; --more, low = 0x80, high = 0xbf) {
      if (i >= text.size()) return false;
      const auto next = static_cast<unsigned char>(text[i++]);
      if (next < low || next > high) return false;
    }
  }
  return true;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

std::string rfc3339(WallTime t) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds(t.ms)};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::string month_text(std::chrono::year_month month) {
  return fmt::format("{:04}-{:02}", static_cast<int>(month.year()),
                     static_cast<unsigned>(month.month()));
}

std::optional<WallTime> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  std::size_t at = 0;
  const auto year_n = read_number(text, at, 4);
  if (!year_n || !read_char(text, at, '-')) return std::nullopt;
  const auto month_n = read_number(text, at, 2);
  if (!month_n || !read_char(text, at, '-')) return std::nullopt;
  const auto day_n = read_number(text, at, 2);
  if (!day_n || !read_char(text, at, 'T', 't')) return std::nullopt;
  const auto hour_n = read_number(text, at, 2);
  if (!hour_n || !read_char(text, at, ':')) return std::nullopt;
  const auto minute_n = read_number(text, at, 2);
  if (!minute_n || !read_char(text, at, ':')) return std::nullopt;
  const auto second_n = read_number(text, at, 2);
  if (!second_n) return std::nullopt;
  const auto ms = read_fraction(text, at);
  const auto offset = read_offset(text, at);
  if (!ms || !offset || at != text.size()) return std::nullopt;
  const year_month_day date{year(*year_n), month(static_cast<unsigned>(*month_n)),
                            day(static_cast<unsigned>(*day_n))};
  if (!date.ok() || *hour_n > 23 || *minute_n > 59 || *second_n > 60) return std::nullopt;
  const auto time = sys_days(date) + hours(*hour_n) + minutes(*minute_n) + seconds(*second_n) -
                    *offset + milliseconds(*ms);
  return WallTime{duration_cast<milliseconds>(time.time_since_epoch()).count()};
}

}  // namespace tarotforge
