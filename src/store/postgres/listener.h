// Hears what SQL callers announce on the channel tarotforge_sessions, on a connection of its own,
// which is opened anew with growing pauses whenever it is lost. Who announces while there is none
// is not heard: after each opening next() answers with nothing, so that the rows are asked.
#pragma once

#include <memory>
#include <string>

#include "base/log.h"
#include "ports/announcements.h"
#include "store/postgres/connection.h"

namespace tarotforge::store::postgres {

class Listener final : public ports::Announcements {
 public:
  // On this executor, which next() is called on too: a loop of one thread.
  Listener(boost::asio::any_io_executor executor, std::string url, Log& log);

  boost::asio::awaitable<std::vector<SessionId>> next() override;

 private:
  boost::asio::awaitable<void> listen();
  boost::asio::awaitable<std::vector<SessionId>> heard();
  void note_away(const Failure& failure);

  boost::asio::any_io_executor executor_;
  std::string url_;
  Log& log_;
  std::unique_ptr<Connection> connection_;
  Duration pause_{0};  // before the next attempt; none while all is well
};

}  // namespace tarotforge::store::postgres
