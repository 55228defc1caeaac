// Where lines for operators go. The floors below main write to this interface; main decides the
// format and the level. Never log a token, an invite code, a name or a question.
#pragma once

#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/ids.h"

namespace tarotforge {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

std::string_view to_string(LogLevel level);
std::optional<LogLevel> parse_log_level(std::string_view word);

struct RequestId {
  std::string_view text;
};

// What a line is about, beside its sentence, for formats that have fields.
struct LogFields {
  std::string_view request{};  // empty: of none
  std::optional<SessionId> session{};
};

// A SessionId and a RequestId among a line's values are its fields too.
class Log {
 public:
  explicit Log(LogLevel level = LogLevel::error) : level_(level) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  virtual ~Log() = default;
  virtual void write(LogLevel level, std::string_view line, const LogFields& fields) = 0;

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

  template <class... Args>
  void line(LogLevel level, fmt::format_string<Args...> text, Args&&... args) {
    if (!enabled(level)) return;
    LogFields fields;
    (note(fields, args), ...);
    write(level, fmt::format(text, std::forward<Args>(args)...), fields);
  }

 private:
  static void note(LogFields& fields, const RequestId& id) { fields.request = id.text; }
  static void note(LogFields& fields, const SessionId& id) { fields.session = id; }
  template <class Value>
  static void note(LogFields&, const Value&) {}

  std::atomic<LogLevel> level_;
};

}  // namespace tarotforge

template <>
struct fmt::formatter<tarotforge::RequestId> : fmt::formatter<std::string_view> {
  auto format(const tarotforge::RequestId& id, fmt::format_context& context) const {
    return fmt::formatter<std::string_view>::format(id.text, context);
  }
};
template <>
struct fmt::formatter<tarotforge::SessionId> : fmt::formatter<std::string_view> {
  auto format(const tarotforge::SessionId& id, fmt::format_context& context) const {
    return fmt::formatter<std::string_view>::format(id.to_string(), context);
  }
};
