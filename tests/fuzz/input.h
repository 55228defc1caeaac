// What the fuzz targets share: taking an input apart into a few choices and the bytes under test,
// and cutting those bytes into pieces as a network would.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/random.h"

namespace tarotforge::fuzz {

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  // The next byte, 0 at the end.
  std::uint8_t choice() {
    if (rest_.empty()) return 0;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return static_cast<std::uint8_t>(c);
  }
  // Up to the mark, which is passed over, or to the end.
  std::string_view part(char mark) {
    const auto end = rest_.find(mark);
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return taken;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// Calls take(piece) for pieces of 1 to `longest` bytes, which together are the bytes.
template <class Take>
void in_pieces(std::string_view bytes, std::uint64_t seed, std::size_t longest, Take&& take) {
  Prng random(seed);
  while (!bytes.empty()) {
    const auto length = std::min<std::size_t>(bytes.size(), 1 + random.next() % longest);
    take(std::string(bytes.substr(0, length)));
    bytes.remove_prefix(length);
  }
}

}  // namespace tarotforge::fuzz
