#include "base/log.h"

namespace tarotforge {

std::string_view to_string(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      break;
  }
  return "error";
}

std::optional<LogLevel> parse_log_level(std::string_view word) {
  using enum LogLevel;
  for (const auto level : {debug, info, warning, error})
    if (to_string(level) == word) return level;
  return std::nullopt;
}

}  // namespace tarotforge
