#include "net/socket.h"

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

}  // namespace

Socket::Socket(Realtime& realtime, Transport transport, Place place, std::optional<Login> login)
    : realtime_(realtime),
      transport_(std::move(transport)),
      place_(std::move(place)),
      login_(login ? std::make_unique<const Login>(*login) : nullptr),
      deadline_(realtime.deadlines.add(reinterpret_cast<std::uintptr_t>(this),
                                       realtime.house.now() + realtime.limits.join)) {}

Socket::~Socket() = default;

void Socket::start(std::string already_read) {
  take(already_read);
  if (state_ == State::closed) return;
  if (!realtime_.poller.add(transport_.descriptor(), *this)) return abort(LeaveReason::lost);
  if (transport_.is_tls()) read();  // TLS may hold what the system has given it already
}

void Socket::serve(bool readable, bool writable) {
  if (state_ == State::closed) return;  // by what another did in this turn
  if (readable) read();
  if (!writable || state_ == State::closed) return;
  want_write(false);
  flush();
}

// --- reading ---

void Socket::read() {
  const auto buffer = realtime_.read_buffer();
  const auto got = transport_.read(buffer);
  if (got == 0 || (got < 0 && !would_block(errno))) return abort(LeaveReason::lost);
  if (got > 0) take(buffer.first(static_cast<std::size_t>(got)));
  if (transport_.has_unsent()) settle_soon();  // TLS has an answer of its own
}

void Socket::take(std::span<char> bytes) {
  bool any = false;
  while (state_ == State::open) {
    const auto event = reader_.next(bytes);
    if (!event) break;
    any = true;
    if (is_flood())
      return finish(CloseCode::policy_violation, "too many frames", LeaveReason::lost);
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

bool Socket::is_flood() {
  const auto most = realtime_.limits.rates.frames;
  if (most == 0) return false;
  const Instant now = realtime_.house.now();
  if (now - counted_since_ >= std::chrono::seconds(1)) {
    counted_since_ = now;
    counted_ = 0;
  }
  return ++counted_ > most;
}

void Socket::proven_alive() {
  const Instant now = realtime_.house.now();
  // It speaks, and reads nothing.
  if (writing_ && reached(blocked_since_ + realtime_.limits.blocked, now))
    doom(CloseCode::slow_consumer, LeaveReason::slow_consumer);
  const Instant due = now + realtime_.limits.ping;
  if (watch_ == Watch::ping) realtime_.deadlines.touch(deadline_, due);
  if (watch_ == Watch::pong) watch(Watch::ping, realtime_.limits.ping);
}

// --- writing ---

void Socket::send(SharedFrame frame) {
  if (state_ != State::open) return;
  const auto& limits = realtime_.limits;
  // One frame of any size is let in: a join's reply may carry a long reading.
  if (outbox_.frames() >= limits.outbox_frames || outbox_.bytes() > limits.outbox_bytes ||
      is_over_share())
    return doom(CloseCode::slow_consumer, LeaveReason::slow_consumer);
  outbox_.push(std::move(frame));
  count_unread();
  settle_soon();
}

bool Socket::is_over_share() const {
  const auto& limits = realtime_.limits;
  return realtime_.unread > limits.outboxes_bytes && outbox_.bytes() > limits.outbox_share;
}

void Socket::count_unread() {
  const auto bytes = static_cast<std::uint32_t>(outbox_.bytes());
  realtime_.unread = realtime_.unread - std::exchange(unread_, bytes) + bytes;
}

void Socket::reply(const protocol::Address& to, protocol::ReplyStatus status,
                   std::string_view response) {
  send(text_frame(response.size(),
                  [&](std::string& out) { protocol::append_reply(out, to, status, response); }));
}

void Socket::settle_soon() {
  if (!std::exchange(settling_, true)) realtime_.settle_soon(shared_from_this());
}

void Socket::settle() {
  settling_ = false;
  if (state_ == State::doomed) {
    state_ = State::open;
    if (doom_code_ == CloseCode::slow_consumer) outbox_.drop_unsent();
    count_unread();
    close(doom_code_, left_as_);
  }
  flush();
}

void Socket::flush() {
  if (state_ == State::closed || writing_) return;
  if (!outbox_.empty())
    realtime_.house.counters.outbox.observe(static_cast<double>(outbox_.bytes()));
  while (!outbox_.empty() || transport_.has_unsent()) {
    std::array<iovec, kPieces> pieces;
    const auto sent = transport_.write(std::span(pieces).first(outbox_.pieces(pieces)));
    if (sent < 0) {
      if (would_block(errno)) return want_write(true);
      return abort(LeaveReason::lost);
    }
    outbox_.sent(static_cast<std::size_t>(sent));
    count_unread();
  }
  if (state_ != State::closing) return;
  transport_.end();  // the peer's end is waited for
}

void Socket::want_write(bool wanted) {
  writing_ = wanted;
  if (wanted) blocked_since_ = realtime_.house.now();
  if (!realtime_.poller.want_write(transport_.descriptor(), *this, wanted))
    abort(LeaveReason::lost);
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
  realtime_.unread -= std::exchange(unread_, 0);
  realtime_.deadlines.remove(deadline_);
  transport_.close();
  place_ = Place();
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

void Socket::excuse(Duration standstill) {
  if (watch_ == Watch::ping) return;  // the server's own turn
  realtime_.deadlines.set(deadline_, realtime_.deadlines.due(deadline_) + standstill);
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
