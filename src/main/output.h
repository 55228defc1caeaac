// How commands answer: a refusal as one line on standard error, what is asked for as text or JSON.
#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>

#include "base/error.h"

namespace tarotforge {

enum class Output : std::uint8_t { text, json };

inline int failed(const Error& error) {
  fmt::print(stderr, "tarotforge: {}\n", error.sentence());
  return 1;
}

// Tables have headings there alone.
inline bool on_terminal() { return isatty(STDOUT_FILENO) != 0; }

}  // namespace tarotforge
