// A log that keeps its lines for a test to look at.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/log.h"

namespace tarotforge::test {

class TestLog final : public Log {
 public:
  struct Line {
    LogLevel level;
    std::string text;
    std::optional<SessionId> session;
  };

  TestLog() : Log(LogLevel::debug) {}

  void write(LogLevel level, std::string_view line, const LogFields& fields) override {
    const std::lock_guard lock(mutex_);
    lines_.push_back({level, std::string(line), fields.session});
  }
  std::size_t count(LogLevel level, std::string_view part) const {
    const std::lock_guard lock(mutex_);
    std::size_t found = 0;
    for (const auto& line : lines_)
      found += line.level == level && line.text.find(part) != std::string::npos;
    return found;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Line> lines_;
};

}  // namespace tarotforge::test
