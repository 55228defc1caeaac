#include "base/log.h"

#include "base/words.h"

namespace tarotforge {
namespace {

constexpr Words<4> kLevels = {"debug", "info", "warning", "error"};

}  // namespace

std::string_view to_string(LogLevel level) { return kLevels[static_cast<std::size_t>(level)]; }

std::optional<LogLevel> parse_log_level(std::string_view word) {
  return find_word<LogLevel>(kLevels, word);
}

}  // namespace tarotforge
