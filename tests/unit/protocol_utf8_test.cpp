#include "protocol/utf8.h"

#include <doctest/doctest.h>

#include <string>

#include "base/random.h"
#include "base/text.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

bool is_whole(std::string_view text) {
  Utf8Check check;
  return check.feed(text) && check.complete();
}

// How many bytes are taken before the check says no; npos where it never does.
std::size_t fails_at(std::string_view text) {
  Utf8Check check;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!check.feed(text.substr(i, 1))) return i;
  return std::string_view::npos;
}

}  // namespace

TEST_CASE("WS6 every sequence of up to three bytes is judged as the standard says") {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string two = {static_cast<char>(a), static_cast<char>(b)};
      if (is_whole(two) != is_utf8(two)) FAIL("bytes ", a, " ", b);
      if (a < 0xe0) continue;
      for (int c = 0x70; c < 0xd0; ++c) {
        const auto three = two + static_cast<char>(c);
        if (is_whole(three) != is_utf8(three)) FAIL("bytes ", a, " ", b, " ", c);
      }
    }
  }
}

TEST_CASE("WS6 every lead and second byte of four is judged as the standard says") {
  for (int a = 0xf0; a < 256; ++a) {
    for (int b = 0x70; b < 0xd0; ++b) {
      for (const char* tail : {"\x80\x80", "\xbf\xbf", "\x7f\x80", "\x80\x7f", "\x80", ""}) {
        const auto four = std::string{static_cast<char>(a), static_cast<char>(b)}.append(tail);
        if (is_whole(four) != is_utf8(four)) FAIL("bytes ", a, " ", b);
      }
    }
  }
}

TEST_CASE("WS6 the first byte that cannot continue the text is the one refused") {
  CHECK(fails_at("\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80"
                 "edited") == 12);               // a surrogate fails at its second byte
  CHECK(fails_at("\xf4\x90\x80\x80") == 1);      // above U+10FFFF
  CHECK(fails_at("\xc0\xaf") == 0);              // overlong by its first byte
  CHECK(fails_at("\xe0\x80\xaf") == 1);          // overlong by its second
  CHECK(fails_at("\xf8\x88\x80\x80\x80") == 0);  // a form of five bytes
  CHECK(fails_at("abc\x80") == 3);               // a continuation of nothing
  CHECK(fails_at("\xf0\x9f\x83\x8f") == std::string_view::npos);
  CHECK(fails_at("\xf0\x9f") == std::string_view::npos);  // may still become well-formed
}

TEST_CASE("WS6 random bytes in random pieces are judged like the whole") {
  Prng random(6);
  const std::string_view pieces[] = {"a",
                                     "text of eight bytes",
                                     "é",
                                     "€",
                                     "🃏",
                                     "\xed\x9f\xbf",
                                     "\xef\xbf\xbf",
                                     "\x80",
                                     "\xe2\x82",
                                     "\xff"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto n = random.below(12); n > 0; --n) {
      const auto usual = random.below(20) > 0;  // mostly well-formed, so that both happen
      text += pieces[usual ? random.below(7) : random.below(10)];
    }
    Utf8Check check;
    bool is_good = true;
    for (std::size_t at = 0; at < text.size();) {
      const auto length = 1 + random.below(9);
      is_good = check.feed(std::string_view(text).substr(at, length));
      at += length;
    }
    if ((is_good && check.complete()) != is_utf8(text)) FAIL("round ", round);
  }
}

TEST_CASE("WS9 a text is cut at the end of a character") {
  CHECK(cut_utf8("abc", 3) == "abc");
  CHECK(cut_utf8("abc", 2) == "ab");
  CHECK(cut_utf8("a🃏", 4) == "a");
  CHECK(cut_utf8("a🃏", 5) == "a🃏");
  CHECK(cut_utf8("🃏", 3) == "");
  CHECK(cut_utf8("", 3) == "");
}
