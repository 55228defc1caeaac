#include "main/workshop.h"

namespace tarotforge {

Workshop::Workshop(const Configuration& configuration)
    : log(configuration.text("LOG_LEVEL") == "debug" ? LogLevel::debug : LogLevel::warning,
          configuration.text("LOG_FORMAT")) {}

Result<> Workshop::open(const Configuration& configuration) {
  TRY_ASSIGN(auto opened,
             open_database(configuration, Access::command_line, {context, clock, log, random}));
  store = std::move(opened.store);
  house = std::make_unique<app::House>(app::World{clock, *store, random, log},
                                       configuration.app_settings(), context.get_executor());
  // Whoever only looks in has listened to nobody: what the store's rows say is all there is.
  house->listening_since = {INT64_MIN / 2};
  return {};
}

Result<SessionId> session_id(const std::string& text) {
  if (const auto id = SessionId::parse(text)) return *id;
  return Error(
      ErrorCode::session_not_found,
      fmt::format("\"{}\" is not the id of a session. `tarotforge sessions` lists them.", text));
}

}  // namespace tarotforge
