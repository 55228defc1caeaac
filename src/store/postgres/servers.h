// This server's own row: how it registers, beats and retires, and what it publishes.
#pragma once

#include <map>

#include "ports/store.h"
#include "store/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// The caller takes `id` into its context once this is committed. Other servers may be alive: those
// that are not are settled, and this store's earlier incarnation is.
boost::asio::awaitable<ports::BeatResult> register_server(Transaction& db, const Context& context,
                                                          ServerId id, const std::string& version);
boost::asio::awaitable<ports::BeatResult> beat(Transaction& db, const Context& context,
                                               const ports::Beat& beat);
boost::asio::awaitable<void> retire(Transaction& db, const Context& context,
                                    const ports::Beat& last);
void publish_settings(Transaction& db, const std::map<std::string, std::string>& settings);
boost::asio::awaitable<std::map<std::string, std::string>> load_settings(Transaction& db);

}  // namespace tarotforge::store::postgres
