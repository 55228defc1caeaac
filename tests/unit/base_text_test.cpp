#include "base/text.h"

#include <doctest/doctest.h>

#include "base/random.h"

namespace tarotforge {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string encode(char32_t point) {
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  const auto tail = [&](int shift) { return byte(0x80 | ((point >> shift) & 0x3f)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xc0 | (point >> 6)), tail(0)};
  if (point < 0x10000) return {byte(0xe0 | (point >> 12)), tail(6), tail(0)};
  return {byte(0xf0 | (point >> 18)), tail(12), tail(6), tail(0)};
}

TEST_CASE("TK1 base64url is that of RFC 4648 without padding") {
  struct Row {
    std::string_view plain, coded;
  };
  constexpr Row kRows[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"}};
  for (const auto& row : kRows) {
    CHECK(base64url(bytes_of(row.plain)) == row.coded);
    const auto decoded = base64url_decode(row.coded);
    REQUIRE(decoded);
    CHECK(std::string(decoded->begin(), decoded->end()) == row.plain);
  }
  for (const auto wrong : {"A", "AAAAA", "Zg==", "+/8", "Zm 8", "Zh", "Zm9", "\xc3\xa9"}) {
    CAPTURE(wrong);
    CHECK_FALSE(base64url_decode(wrong));
  }
}

TEST_CASE("WH3 base64 is that of RFC 4648 with padding") {
  struct Row {
    std::string_view plain, coded;
  };
  constexpr Row kRows[] = {{"", ""},        {"f", "Zg=="},          {"fo", "Zm8="},
                           {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "+/8="}};
  for (const auto& row : kRows) {
    CHECK(base64(bytes_of(row.plain)) == row.coded);
    const auto decoded = base64_decode(row.coded);
    REQUIRE(decoded);
    CHECK(std::string(decoded->begin(), decoded->end()) == row.plain);
  }
  for (const auto wrong : {"Zg", "Zg=", "Zg===", "=", "-_8=", "Zm 8", "Zh==", "Zg==Zg=="}) {
    CAPTURE(wrong);
    CHECK_FALSE(base64_decode(wrong));
  }
}

TEST_CASE("TK1 whatever is encoded decodes to itself") {
  Prng random(1);
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<std::uint8_t> bytes(size);
    random.fill(bytes);
    CHECK(base64url_decode(base64url(bytes)) == bytes);
  }
}

TEST_CASE("RD5 hexadecimal is lower case, two digits a byte") {
  constexpr std::uint8_t kBytes[] = {0x00, 0x0f, 0xa0, 0xff};
  CHECK(hex(kBytes) == "000fa0ff");
  CHECK(hex({}).empty());
}

TEST_CASE("ER3 every code point is UTF-8 in its one form, and a surrogate is not") {
  int wrong = 0;
  for (char32_t point = 0; point < 0x110000; ++point) {
    const bool is_surrogate = point >= 0xd800 && point < 0xe000;
    const std::string text = encode(point);
    wrong += is_utf8(text) == is_surrogate;
    // Cut anywhere, a longer form is none.
    for (std::size_t cut = 1; cut < text.size(); ++cut) wrong += is_utf8(text.substr(0, cut));
  }
  CHECK(wrong == 0);
  CHECK_FALSE(is_utf8(encode(0x110000)));
}

TEST_CASE("ER3 bytes that are not UTF-8 are found wherever they stand") {
  constexpr std::string_view kWrong[] = {
      "\x80",
      "\xbf",
      "\xc0\x80",
      "\xc1\xbf",
      "\xc3(",
      "\xe0\x80\x80",
      "\xe0\x9f\xbf",
      "\xed\xa0\x80",
      "\xf0\x80\x80\x80",
      "\xf0\x8f\xbf\xbf",
      "\xf4\x90\x80\x80",
      "\xf5\x80\x80\x80",
      "\xfe",
      "\xff",
      "\xe2\x82",
      "\xf0\x9f\x83",
  };
  for (const auto text : kWrong) {
    CHECK_FALSE(is_utf8(text));
    CHECK_FALSE(is_utf8("before " + std::string(text)));
    CHECK_FALSE(is_utf8(std::string(text) + " after"));
  }
  CHECK(is_utf8(""));
  CHECK(is_utf8(std::string_view("a\0b", 3)));
  CHECK(is_utf8("Zürich, Łódź, 東京, \xf0\x9f\x83\x8f"));
}

TEST_CASE("ER5 lengths are counted in code points") {
  CHECK(code_points("") == 0);
  CHECK(code_points("abc") == 3);
  CHECK(code_points("Zürich") == 6);
  CHECK(code_points("東京") == 2);
  CHECK(code_points("\xf0\x9f\x83\x8f") == 1);
}

TEST_CASE("HT9 times are RFC 3339 in UTC with milliseconds") {
  struct Row {
    std::int64_t ms;
    std::string_view text;
  };
  constexpr Row kRows[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {1, "1970-01-01T00:00:00.001Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {951'782'400'000, "2000-02-29T00:00:00.000Z"},
      {1'769'903'999'042, "2026-01-31T23:59:59.042Z"},
      {4'102'444'800'000, "2100-01-01T00:00:00.000Z"},
  };
  for (const auto& row : kRows) {
    CHECK(rfc3339(WallTime{row.ms}) == row.text);
    CHECK(parse_rfc3339(row.text) == WallTime{row.ms});
  }
}

TEST_CASE("HT9 a time is read with any offset and any fraction") {
  const auto same = [](std::string_view text, std::string_view utc) {
    CAPTURE(text);
    const auto time = parse_rfc3339(text);
    REQUIRE(time);
    CHECK(rfc3339(*time) == utc);
  };
  same("2026-01-31T23:59:59Z", "2026-01-31T23:59:59.000Z");
  same("2026-01-31t23:59:59z", "2026-01-31T23:59:59.000Z");
  same("2026-01-31T23:59:59.5Z", "2026-01-31T23:59:59.500Z");
  same("2026-01-31T23:59:59.123456789Z", "2026-01-31T23:59:59.123Z");
  same("2026-02-01T01:29:59+01:30", "2026-01-31T23:59:59.000Z");
  same("2026-01-31T15:59:59.25-08:00", "2026-01-31T23:59:59.250Z");
  same("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z");
}

TEST_CASE("HT9 what is no time is refused") {
  constexpr std::string_view kWrong[] = {
      "",
      "2026",
      "2026-01-31",
      "2026-01-31T23:59:59",
      "2026-01-31 23:59:59Z",
      "2026-1-31T23:59:59Z",
      "2026-02-30T00:00:00Z",
      "2025-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z",
      "2026-01-00T00:00:00Z",
      "2026-01-31T24:00:00Z",
      "2026-01-31T23:60:00Z",
      "2026-01-31T23:59:61Z",
      "2026-01-31T23:59:59.Z",
      "2026-01-31T23:59:59.5",
      "2026-01-31T23:59:59+0100",
      "2026-01-31T23:59:59+24:00",
      "2026-01-31T23:59:59+01:60",
      "2026-01-31T23:59:59Z ",
      " 2026-01-31T23:59:59Z",
      "+026-01-31T23:59:59Z",
      "2026\r01-31T23:59:59Z",
      "2026-01-31T23\x1a"
      "59:59Z",
      "2026-01-31T23:59:59\x0e"
      "5Z",
  };
  for (const auto text : kWrong) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

}  // namespace
}  // namespace tarotforge
