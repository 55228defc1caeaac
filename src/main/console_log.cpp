#include "main/console_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "protocol/json_string.h"

namespace tarotforge {
namespace {

spdlog::level::level_enum of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string json_fields(std::string_view line, const LogFields& fields) {
  std::string json;
  const auto add = [&](std::string_view name, std::string_view text) {
    if (!json.empty()) json += ',';
    protocol::append_json_string(json, name);
    json += ':';
    protocol::append_json_string(json, text);
  };
  add("line", line);
  if (!fields.request.empty()) add("requestId", fields.request);
  if (fields.session) add("sessionId", fields.session->to_string());
  return json;
}

}  // namespace

ConsoleLog::ConsoleLog(LogLevel level, std::string_view format)
    : Log(level),
      logger_(
          std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>())),
      json_(format == "json") {
  logger_->set_level(spdlog::level::debug);  // what is less than level() does not come here
  logger_->set_pattern(
      json_ ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
      spdlog::pattern_time_type::utc);
  logger_->flush_on(spdlog::level::debug);
}

ConsoleLog::~ConsoleLog() = default;

void ConsoleLog::write(LogLevel level, std::string_view line, const LogFields& fields) {
  if (json_)
    logger_->log(of(level), json_fields(line, fields));
  else
    logger_->log(of(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace tarotforge
