#include "protocol/utf8.h"

#include <array>
#include <cstring>

namespace tarotforge::protocol {
namespace {

// What may come next: a first byte, or so many continuation bytes of which the next is limited
// after the first bytes E0 (no overlong form), ED (no surrogate), F0 (no overlong form) and
// F4 (not above U+10FFFF).
enum State : std::uint8_t {
  start,
  one,
  two,
  three,
  after_e0,
  after_ed,
  after_f0,
  after_f4,
  broken
};
constexpr std::size_t kStates = 9;

// Bytes that every state treats alike. The three classes of continuation bytes are the bounds
// that the limited states need: 80-8F, 90-9F, A0-BF.
enum Class : std::uint8_t { ascii, low, middle, high, c2, e0, e1, ed, f0, f1, f4, never };
constexpr std::size_t kClasses = 12;

constexpr Class class_of(int byte) {
  if (byte < 0x80) return ascii;
  if (byte < 0x90) return low;
  if (byte < 0xa0) return middle;
  if (byte < 0xc0) return high;
  if (byte < 0xc2) return never;
  if (byte < 0xe0) return c2;
  if (byte == 0xe0) return e0;
  if (byte == 0xed) return ed;
  if (byte < 0xf0) return e1;
  if (byte == 0xf0) return f0;
  if (byte < 0xf4) return f1;
  return byte == 0xf4 ? f4 : never;
}

constexpr auto kClassOf = [] {
  std::array<std::uint8_t, 256> classes{};
  for (int byte = 0; byte < 256; ++byte) classes[static_cast<std::size_t>(byte)] = class_of(byte);
  return classes;
}();

constexpr auto kNext = [] {
  std::array<std::array<std::uint8_t, kClasses>, kStates> next{};
  for (auto& row : next) row.fill(broken);
  next[start][ascii] = start;
  next[start][c2] = one;
  next[start][e0] = after_e0;
  next[start][e1] = two;
  next[start][ed] = after_ed;
  next[start][f0] = after_f0;
  next[start][f1] = three;
  next[start][f4] = after_f4;
  for (const auto continuation : {low, middle, high}) {
    next[one][continuation] = start;
    next[two][continuation] = one;
    next[three][continuation] = two;
  }
  next[after_e0][high] = one;
  next[after_ed][low] = next[after_ed][middle] = one;
  next[after_f0][middle] = next[after_f0][high] = two;
  next[after_f4][low] = two;
  return next;
}();

constexpr std::uint64_t kHighBits = 0x8080808080808080;

}  // namespace

bool Utf8Check::feed(std::string_view piece) {
  const char* at = piece.data();
  const char* const end = at + piece.size();
  while (at < end) {
    if (state_ == start) {
      for (std::uint64_t eight; end - at >= 8; at += 8) {
        std::memcpy(&eight, at, 8);
        if (eight & kHighBits) break;
      }
      if (at == end) break;
    }
    state_ = kNext[state_][kClassOf[static_cast<unsigned char>(*at++)]];
    if (state_ == broken) return false;
  }
  return state_ != broken;
}

std::string_view cut_utf8(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

}  // namespace tarotforge::protocol
