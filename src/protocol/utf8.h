// Checks UTF-8 that arrives in pieces, and says no at the first byte that cannot continue a
// well-formed text (Unicode 15, table 3-7: no surrogates, no overlong forms, at most U+10FFFF).
// One byte of state. base/text.h's is_utf8 answers the same for a text that is whole.
#pragma once

#include <cstdint>
#include <string_view>

namespace tarotforge::protocol {

class Utf8Check {
 public:
  // False when the text cannot become well-formed any more; it stays false from then on.
  bool feed(std::string_view piece);

  // Whether what was fed so far ends at the end of a character.
  bool complete() const { return state_ == 0; }

 private:
  std::uint8_t state_ = 0;
};

// The longest beginning of a well-formed text that has at most `bytes` bytes and ends with a
// whole character.
std::string_view cut_utf8(std::string_view text, std::size_t bytes);

}  // namespace tarotforge::protocol
