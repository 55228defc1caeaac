// Where lines for operators go. The floors below main write to this interface; main decides the
// format and the level. Never log a token, an invite code, a name or a question.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tarotforge {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

std::string_view to_string(LogLevel level);
std::optional<LogLevel> parse_log_level(std::string_view word);

class Log {
 public:
  explicit Log(LogLevel level = LogLevel::error) : level_(level) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view line) = 0;

  // The least that is written; thread-safe.
  LogLevel level() const { return level_; }
  void set_level(LogLevel level) { level_ = level; }
  bool enabled(LogLevel asked) const { return asked >= level(); }

  template <class... Args>
  void debug(fmt::format_string<Args...> text, Args&&... args) {
    line(LogLevel::debug, text, std::forward<Args>(args)...);
  }
  template <class... Args>
  void info(fmt::format_string<Args...> text, Args&&... args) {
    line(LogLevel::info, text, std::forward<Args>(args)...);
  }
  template <class... Args>
  void warning(fmt::format_string<Args...> text, Args&&... args) {
    line(LogLevel::warning, text, std::forward<Args>(args)...);
  }
  template <class... Args>
  void error(fmt::format_string<Args...> text, Args&&... args) {
    line(LogLevel::error, text, std::forward<Args>(args)...);
  }

 private:
  template <class... Args>
  void line(LogLevel level, fmt::format_string<Args...> text, Args&&... args) {
    if (enabled(level)) write(level, fmt::format(text, std::forward<Args>(args)...));
  }

  std::atomic<LogLevel> level_;
};

}  // namespace tarotforge
