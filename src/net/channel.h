// One topic that a socket has joined: a place in a session's room, among those who wait for its
// restore, or among the operators who watch the dashboard. An incarnation is known by its join_ref;
// a later join of the topic is another channel.
// Thread safety: one strand. Invariant: after leave() or dismiss() it is deaf.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/access.h"
#include "app/listener.h"
#include "net/socket.h"
#include "protocol/json.h"
#include "protocol/problem.h"

namespace tarotforge::net {

enum class TopicKind : std::uint8_t { session, waiting, dashboard };

struct Topic {
  TopicKind kind;
  SessionId session{};  // none of the dashboard

  std::string text() const;
  friend bool operator==(const Topic&, const Topic&) = default;
};
// nullopt where no channel has such a name; session_not_found where it names none that can be.
std::optional<Result<Topic>> parse_topic(std::string_view text);

class Channel final : public app::Listener, public std::enable_shared_from_this<Channel> {
 public:
  Channel(Socket& socket, Topic topic, std::string join_ref)
      : socket_(socket), topic_(topic), join_ref_(std::move(join_ref)) {}

  const std::string& join_ref() const { return join_ref_; }
  const Topic& topic() const { return topic_; }

  // Joins; the reply has been sent when this answers with a value.
  app::Task<> enter(const Push& push);
  // What a push is answered with.
  app::Task<protocol::Object> perform(const Push& push);
  void relay(std::string_view event, std::string_view payload);  // cursor, view
  void push(std::string_view event, std::string_view payload);   // to this client alone
  void leave(core::LeaveReason why);

  // A refusal as this channel's client may see it.
  std::string problem(const Error& error) const;

  void welcome(const std::string& response) override;
  void hear(const app::Announcement& announcement) override;
  void dismiss(core::LeaveReason reason) override;

 private:
  app::House& house() const { return socket_.realtime().house; }
  app::Task<> watch(const protocol::Object& payload);
  bool may_watch() const;  // still
  app::Task<protocol::Object> operate(const protocol::Object& payload);
  app::Task<protocol::Object> report_activity(const protocol::Object& payload);
  app::Task<protocol::Object> keep_alive(const protocol::Object& payload);
  Result<protocol::Object> acknowledge_warning(const protocol::Object& payload);

  Socket& socket_;
  Topic topic_;
  bool is_over_ = false;
  bool watches_by_login_ = false;  // by a cookie, which may end
  protocol::RestoreAction restore_ = protocol::RestoreAction::withheld;  // to one not let in
  std::uint16_t relays_ = 0;
  std::string join_ref_;
  std::shared_ptr<app::Room> room_;  // none while entering, and for those who wait
  ConnectionId connection_;
  ParticipantId participant_;
  Instant relays_since_;
  const Push* asked_ = nullptr;  // the join that is under way
};

}  // namespace tarotforge::net
