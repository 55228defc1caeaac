// The words by which an enumeration is known in JSON, SQL and logs, in the order of its values.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tarotforge {

template <std::size_t N>
using Words = std::array<std::string_view, N>;

template <class Enum, std::size_t N>
std::optional<Enum> find_word(const Words<N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace tarotforge
