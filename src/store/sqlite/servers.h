// This server's own row: how it registers, beats and retires, and what it publishes.
#pragma once

#include <map>

#include "ports/store.h"
#include "store/context.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// Whoever has the file's lock knows that no other server lives; who has not asks how long they
// have been silent.
enum class Others { dead, may_live };

Result<ports::BeatResult> register_server(Connection& db, Context& context, ServerId id,
                                          const std::string& version, Others others);
Result<ports::BeatResult> beat(Connection& db, Context& context, const ports::Beat& beat);
Result<> retire(Connection& db, Context& context, const ports::Beat& last);
void publish_settings(Connection& db, const std::map<std::string, std::string>& settings);
std::map<std::string, std::string> load_settings(Connection& db);

// Changes whenever another connection has committed since; compare two of the same connection.
std::int64_t data_version(Connection& db);

}  // namespace tarotforge::store::sqlite
