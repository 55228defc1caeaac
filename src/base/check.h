// What must never happen. A failed check logs one line and aborts, in release too: a broken
// invariant must stop the process before it can cut off the living or lose what was promised.
#pragma once

#include <source_location>
#include <string_view>

namespace tarotforge {

[[noreturn]] void fail_check(std::string_view condition, std::source_location where);

inline void check(bool holds, std::string_view condition,
                  std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    fail_check(condition, where);
}

}  // namespace tarotforge
