// One WebSocket after its upgrade: bytes to frames to channels, and back through a bounded outbox.
// It keeps the peer proven alive, performs the requests of its channels in the order in which they
// came, and ends with a code that tells the client what to do next. What a request means is the
// channel's to know. At rest it takes some hundred bytes: no buffers, no timer of its own.
//
// Its life: open, then closing (the close frame is queued, its channels have left their rooms),
// then closed. doomed is open but condemned at the end of the turn, because a room is speaking.
// Thread safety: one strand.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/participant.h"
#include "net/operators.h"
#include "net/outbox.h"
#include "net/realtime.h"
#include "net/transport.h"
#include "protocol/phoenix.h"
#include "protocol/websocket.h"

namespace tarotforge::net {

// A client's push that waits for its turn, with texts of its own.
struct Push {
  std::optional<std::string> join_ref{}, ref{};
  std::string topic, event, payload;

  protocol::Address address() const { return {join_ref, ref, topic}; }
};

class Socket : public std::enable_shared_from_this<Socket> {
 public:
  // `login`: the operator's whose cookie came with the upgrade.
  Socket(Realtime& realtime, Transport transport, Place place, std::optional<Login> login);
  ~Socket();

  void start(std::string already_read);

  // Queues frames; the outbox is sent at the end of the turn. A full one dooms the socket.
  void send(SharedFrame frame);
  void reply(const protocol::Address& to, protocol::ReplyStatus status, std::string_view response);

  // Leaves the rooms, says why, and closes. Not while a room is speaking: then doom().
  void close(protocol::CloseCode code, core::LeaveReason why);
  void doom(protocol::CloseCode code, core::LeaveReason why);
  void abort(core::LeaveReason why);  // without a word

  void serve(bool readable, bool writable);
  void settle();       // the turn's end: what was queued goes out
  void deadline_up();  // of the wheel
  // Nobody could be heard for so long: what its client owes is due later.
  void excuse(Duration standstill);
  void drain();
  // The room has let go of one of its channels.
  void channel_over(Channel& channel, core::LeaveReason why);

  Realtime& realtime() { return realtime_; }
  const Address& client() const { return place_.address(); }
  const Login* login() const { return login_.get(); }  // none: it came without
  std::uint32_t index = 0;                             // among all sockets

 private:
  enum class State : std::uint8_t { open, doomed, closing, closed };
  enum class Watch : std::uint8_t { join, ping, pong, close };  // what the deadline is for

  void read();
  void take(std::span<char> bytes);
  void handle(const protocol::Event& event);
  void proven_alive();
  bool is_flood();

  void settle_soon();
  void flush();
  void count_unread();  // after the outbox has changed
  bool is_over_share() const;
  void want_write(bool wanted);
  void finish(protocol::CloseCode code, std::string_view reason, core::LeaveReason why);
  void leave_all(core::LeaveReason why);
  void watch(Watch what, Duration after);
  void watch_first_ping();

  void on_text(std::string_view text);
  void enqueue(const protocol::Frame& frame);
  boost::asio::awaitable<void> work();
  boost::asio::awaitable<void> perform(const Push& push);
  boost::asio::awaitable<void> join(const Push& push);
  void leave(const Push& push, Channel* channel);
  void refuse(const Push& push, std::string_view reason);
  Channel* find(std::string_view topic);
  void release(Channel& channel);
  void send_channel_close(const Channel& channel);
  void send_channel_error(const Channel& channel);

  Realtime& realtime_;
  Transport transport_;
  Place place_;
  std::unique_ptr<const Login> login_;
  protocol::FrameReader reader_;
  Outbox outbox_;
  std::vector<std::shared_ptr<Channel>> channels_;
  std::unique_ptr<std::deque<Push>> pushes_;  // there while someone works on them
  core::Deadlines::Handle deadline_;
  Instant counted_since_;
  std::uint32_t counted_ = 0;  // frames, in the second since then
  std::uint32_t unread_ = 0;   // bytes that the realtime counts of its outbox
  Instant blocked_since_;      // while it waits until more can be written
  protocol::CloseCode doom_code_{};
  State state_ = State::open;
  Watch watch_ = Watch::join;
  core::LeaveReason left_as_ = core::LeaveReason::lost;  // for a join that comes too late
  bool settling_ = false;                                // settle() is on its way
  bool writing_ = false;                                 // waits until more can be written
};

}  // namespace tarotforge::net
