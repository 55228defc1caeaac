#include "store/postgres/listener.h"

#include <algorithm>
#include <boost/asio/use_awaitable.hpp>

namespace tarotforge::store::postgres {
namespace {

constexpr Duration kLimit = std::chrono::seconds(5);  // of an answer, as everywhere
// What lies between may forget a connection on which nothing is said, and tell neither end.
constexpr Duration kQuiet = std::chrono::seconds(30);

}  // namespace

Listener::Listener(boost::asio::any_io_executor executor, std::string url, Log& log)
    : executor_(std::move(executor)), url_(std::move(url)), log_(log) {}

boost::asio::awaitable<std::vector<SessionId>> Listener::next() {
  for (;;) {
    try {
      if (connection_) co_return co_await heard();
      co_await listen();
      co_return std::vector<SessionId>();
    } catch (const Failure& failure) {
      note_away(failure);
    }
    connection_.reset();
    boost::asio::steady_timer pause(executor_, pause_);
    co_await pause.async_wait(boost::asio::use_awaitable);
  }
}

boost::asio::awaitable<void> Listener::listen() {
  auto connection = std::make_unique<Connection>(executor_);
  connection->limit(std::chrono::steady_clock::now() + kLimit);
  co_await connection->open(url_, kLimit);
  connection->push("listen tarotforge_sessions", Parameters());
  co_await connection->round();
  if (pause_ > Duration(0)) log_.info("Announcements of the {} are heard again.", describe(url_));
  connection_ = std::move(connection);
  pause_ = Duration(0);
}

boost::asio::awaitable<std::vector<SessionId>> Listener::heard() {
  for (;;) {
    std::vector<SessionId> ids;
    const auto texts = co_await connection_->notified(std::chrono::steady_clock::now() + kQuiet);
    for (const auto& text : texts)  // anybody may say anything there
      if (const auto id = SessionId::parse(text)) ids.push_back(*id);
    if (!ids.empty()) co_return ids;
    if (!texts.empty()) continue;
    connection_->limit(std::chrono::steady_clock::now() + kLimit);
    connection_->push("select 1", Parameters());
    co_await connection_->round();
  }
}

void Listener::note_away(const Failure& failure) {
  if (pause_ == Duration(0))
    log_.warning("Announcements of the {} are not heard ({}). Its rows are asked each second.",
                 describe(url_), failure.message);
  pause_ = longer_pause(pause_);
}

}  // namespace tarotforge::store::postgres
