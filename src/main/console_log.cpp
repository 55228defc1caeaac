#include "main/console_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json/serialize.hpp>

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

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

std::string json_fields(std::string_view line, const LogFields& fields) {
  auto json = R"("line":)" + quoted(line);
  if (!fields.request.empty()) json += R"(,"requestId":)" + quoted(fields.request);
  if (fields.session) json += R"(,"sessionId":)" + quoted(fields.session->to_string());
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
