// Where lines for operators go. The floors below main write to this interface; main decides the
// format and the level. Never log a token, an invite code, a name or a question.
#pragma once

#include <fmt/format.h>

#include <string_view>

namespace tarotforge {

enum class LogLevel { debug, info, warning, error };

class Log {
 public:
  virtual ~Log() = default;
  virtual bool enabled(LogLevel level) const = 0;
  virtual void write(LogLevel level, std::string_view line) = 0;

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
};

}  // namespace tarotforge
