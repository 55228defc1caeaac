// The log on standard error, as text or as one JSON object a line.
#pragma once

#include <memory>
#include <string_view>

#include "base/log.h"

namespace spdlog {
class logger;
}

namespace tarotforge {

class ConsoleLog final : public Log {  // thread-safe
 public:
  ConsoleLog(LogLevel level, std::string_view format);
  ~ConsoleLog() override;

  void write(LogLevel level, std::string_view line, const LogFields& fields) override;

 private:
  std::shared_ptr<spdlog::logger> logger_;
  bool json_;
};

}  // namespace tarotforge
