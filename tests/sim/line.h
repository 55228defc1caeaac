// One socket between a client and a server. Frames arrive in order, late, or, once it is cut,
// never; who is cut off learns of it when the other side's silence has lasted.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>

#include "app/presence.h"
#include "tests/sim/server.h"

namespace tarotforge::sim {

class Line final : public app::Listener, public std::enable_shared_from_this<Line> {
 public:
  struct End {  // the client's
    std::function<void(const std::string& event, boost::json::object payload)> hear;
    std::function<void(core::LeaveReason)> closed;  // by the server, or because it is silent
  };

  Line(Ground& ground, Server& server, End client)
      : ground_(ground), server_(&server), client_(std::move(client)) {}

  // --- the client's side
  struct Visitor {
    SessionId session;
    ParticipantId who;
    std::string token;
    bool acknowledges;  // warnings, well before the deadline
  };
  void join(Visitor visitor, std::optional<std::uint64_t> since,
            std::function<void(Error)> refused);
  void shows(bool visible) const { ground_.truth.shows(this, visible); }  // tells only Truth
  // The socket's end as the client wants it: told to the server, if that can still be reached.
  void close(core::LeaveReason reason);
  void cut(bool noticed_at_once);  // by the network
  void sleep(Duration span);       // the client's machine
  bool up() const { return client_open_ && server_open_ && !cut_; }
  bool joined() const { return room_ != nullptr; }
  bool asleep() const { return ground_.schedule.now() < asleep_until_; }
  Duration awake_for() const { return ground_.schedule.now() - asleep_until_; }
  Server& server() { return *server_; }

  // Hears of a restore instead of joining.
  void wait(SessionId session, std::function<void(Error)> refused);

  // Asks over the socket; no answer comes where the line breaks first. The answer says whether
  // its server could vouch for what it heard.
  template <class T>
  void ask(std::function<ports::Task<T>(app::House&, std::shared_ptr<app::Room>, ConnectionId)> use,
           std::function<void(Result<T>, bool)> answered) {
    to_server(
        [this, self = shared_from_this(), use = std::move(use), answered = std::move(answered)] {
          if (!room_) return;
          server_->serve<T>(use(server_->house(), room_, connection_),
                            [this, self, answered](Result<T> result) {
                              const bool vouched = server_->vouches();
                              to_client([answered, result, vouched] { answered(result, vouched); });
                            });
        });
  }

  // --- the server's side
  void welcome(const std::string& response) override { to_client("phx_reply", response); }
  void hear(const app::Announcement& announcement) override {
    to_client(std::string(announcement.event), announcement.payload);
  }
  void dismiss(core::LeaveReason reason) override;
  void drain();
  void server_died();
  // Also while a join is under way, which knows the listener.
  bool heard_by_server() const { return server_open_ || entering_; }

 private:
  void to_client(std::string event, const std::string& payload);
  void to_client(std::function<void()> deliver);
  void to_server(std::function<void()> deliver);
  void let_go(core::LeaveReason reason);  // the server's
  void lose_client();
  Duration latency();

  Ground& ground_;
  Server* server_;
  End client_;
  bool client_open_ = true, server_open_ = true, cut_ = false, entering_ = false;
  Instant asleep_until_{0}, last_down_{0}, last_up_{0};
  std::shared_ptr<app::Room> room_;
  ConnectionId connection_;
  std::optional<SessionId> waiting_;
};

}  // namespace tarotforge::sim
