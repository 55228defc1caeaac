#include "net/socket.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "net/channel.h"
#include "net/frames.h"
#include "protocol/json_text.h"
#include "protocol/lifecycle_json.h"

namespace tarotforge::net {

using core::LeaveReason;
using protocol::CloseCode;
using protocol::EventKind;

namespace {

constexpr std::size_t kPieces = 64;  // in one call; a full outbox takes four
constexpr std::uint16_t kStayAway = 4500;

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

Socket::Socket(Realtime& realtime, TcpSocket socket)
    : realtime_(realtime),
      socket_(std::move(socket)),
      deadline_(realtime.deadlines.add(reinterpret_cast<std::uintptr_t>(this),
                                       realtime.house.now() + realtime.limits.join)) {
  boost::system::error_code ignored;
  socket_.non_blocking(true, ignored);
}

Socket::~Socket() = default;

void Socket::start(std::string already_read) {
  take(already_read);
  if (state_ != State::closed) read_when_ready();
}

// --- reading ---

void Socket::read_when_ready() {
  socket_.async_wait(TcpSocket::wait_read, [self = shared_from_this()](auto error) {
    if (self->state_ == State::closed) return;
    if (error) return self->abort(LeaveReason::lost);
    self->on_readable();
  });
}

void Socket::on_readable() {
  const auto buffer = realtime_.read_buffer();
  const auto got = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (got == 0 || (got < 0 && !would_block(errno))) return abort(LeaveReason::lost);
  if (got > 0) take(buffer.first(static_cast<std::size_t>(got)));
  if (state_ != State::closed) read_when_ready();
}

void Socket::take(std::span<char> bytes) {
  bool any = false;
  while (state_ == State::open) {
    const auto event = reader_.next(bytes);
    if (!event) break;
    any = true;
    handle(*event);
  }
  if (any) proven_alive();
}

void Socket::handle(const protocol::Event& event) {
  switch (event.kind) {
    case EventKind::text:
      return on_text(event.data);
    case EventKind::binary:
    case EventKind::pong:
      return;
    case EventKind::ping:
      return send(control_frame(protocol::Opcode::pong, event.data));
    case EventKind::close: {
      // Without a status is how the stock Phoenix client closes when its page goes away.
      const bool page_gone =
          event.code == CloseCode::going_away || event.code == CloseCode::no_status;
      return finish(event.code, {}, page_gone ? LeaveReason::closed_tab : LeaveReason::lost);
    }
    case EventKind::violation:
      return finish(event.code, event.data, LeaveReason::lost);
  }
}

void Socket::proven_alive() {
  const Instant due = realtime_.house.now() + realtime_.limits.ping;
  if (watch_ == Watch::ping) realtime_.deadlines.touch(deadline_, due);
  if (watch_ == Watch::pong) watch(Watch::ping, realtime_.limits.ping);
}

// --- writing ---

void Socket::send(SharedFrame frame) {
  if (state_ != State::open) return;
  const auto& limits = realtime_.limits;
  // One frame of any size is let in: a join's reply may carry a long reading.
  if (outbox_.frames() >= limits.outbox_frames || outbox_.bytes() > limits.outbox_bytes)
    return doom(CloseCode::slow_consumer, LeaveReason::slow_consumer);
  outbox_.push(std::move(frame));
  settle_soon();
}

void Socket::reply(const protocol::Address& to, protocol::ReplyStatus status,
                   std::string_view response) {
  send(text_frame([&](std::string& out) { protocol::append_reply(out, to, status, response); }));
}

void Socket::settle_soon() {
  if (!std::exchange(settling_, true)) realtime_.settle_soon(shared_from_this());
}

void Socket::settle() {
  settling_ = false;
  if (state_ == State::doomed) {
    state_ = State::open;
    if (doom_code_ == CloseCode::slow_consumer) outbox_.drop_unsent();
    close(doom_code_, left_as_);
  }
  flush();
}

void Socket::flush() {
  if (state_ == State::closed || writing_) return;
  while (!outbox_.empty()) {
    std::array<iovec, kPieces> pieces;
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = outbox_.pieces(pieces);
    const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) {
      if (would_block(errno)) return write_when_ready();
      return abort(LeaveReason::lost);
    }
    outbox_.sent(static_cast<std::size_t>(sent));
  }
  if (state_ != State::closing) return;
  boost::system::error_code ignored;
  socket_.shutdown(TcpSocket::shutdown_send, ignored);  // the peer's end is waited for
}

void Socket::write_when_ready() {
  writing_ = true;
  socket_.async_wait(TcpSocket::wait_write, [self = shared_from_this()](auto error) {
    self->writing_ = false;
    if (self->state_ == State::closed) return;
    if (error) return self->abort(LeaveReason::lost);
    self->flush();
  });
}

// --- ending ---

void Socket::close(CloseCode code, LeaveReason why) {
  finish(code, protocol::reason_word(code), why);
}

void Socket::finish(CloseCode code, std::string_view reason, LeaveReason why) {
  if (state_ == State::closing || state_ == State::closed) return;
  if (static_cast<std::uint16_t>(code) >= kStayAway)
    for (const auto& channel : channels_) send_channel_close(*channel);
  state_ = State::closing;
  leave_all(why);
  auto frame = std::make_shared<std::string>();
  protocol::append_close(*frame, code, reason);
  outbox_.push(std::move(frame));
  watch(Watch::close, realtime_.limits.close);
  settle_soon();
}

void Socket::doom(CloseCode code, LeaveReason why) {
  if (state_ != State::open) return;
  state_ = State::doomed;
  doom_code_ = code;
  left_as_ = why;
  settle_soon();
}

void Socket::abort(LeaveReason why) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  leave_all(why);
  realtime_.deadlines.remove(deadline_);
  boost::system::error_code ignored;
  socket_.close(ignored);
  realtime_.forget(*this);
}

void Socket::leave_all(LeaveReason why) {
  left_as_ = why;
  for (auto& channel : std::exchange(channels_, {})) {
    channel->leave(why);
    realtime_.bury(std::move(channel));
  }
}

void Socket::drain() {
  const auto& limits = realtime_.limits;
  const auto spread = (limits.reconnect_most - limits.reconnect_least).count() + 1;
  const Duration delay =
      limits.reconnect_least +
      Duration(realtime_.house.world.random.below(static_cast<std::uint32_t>(spread)));
  const auto payload = protocol::to_text(protocol::draining_json(delay));
  for (const auto& channel : channels_) channel->push("server_draining", payload);
  close(CloseCode::server_draining, LeaveReason::server_draining);
}

// --- time ---

void Socket::watch(Watch what, Duration after) {
  watch_ = what;
  realtime_.deadlines.set(deadline_, realtime_.house.now() + after);
}

void Socket::deadline_up() {
  switch (watch_) {
    case Watch::join:
      return close(CloseCode::join_timeout, LeaveReason::lost);
    case Watch::ping:
      watch(Watch::pong, realtime_.limits.pong);
      return send(control_frame(protocol::Opcode::ping, {}));
    case Watch::pong:
      return close(CloseCode::lost, LeaveReason::lost);
    case Watch::close:
      return abort(LeaveReason::lost);
  }
}

}  // namespace tarotforge::net
