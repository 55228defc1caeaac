// What a socket does with Phoenix frames: which channel they are for, in which order they are
// performed, and what is answered where no channel is.
#include <exception>
#include <utility>

#include "net/channel.h"
#include "net/frames.h"
#include "net/site.h"
#include "protocol/json_text.h"

namespace tarotforge::net {

using core::LeaveReason;
using protocol::ReplyStatus;

namespace {

bool is_relayed(std::string_view event) { return event == "cursor" || event == "view"; }

Push copy_of(const protocol::Frame& frame) {
  Push push{.topic = std::string(frame.topic),
            .event = std::string(frame.event),
            .payload = std::string(frame.payload)};
  if (frame.join_ref) push.join_ref = *frame.join_ref;
  if (frame.ref) push.ref = *frame.ref;
  return push;
}

}  // namespace

void Socket::on_text(std::string_view text) {
  const auto frame = protocol::parse_text(text, realtime_.scratch);
  if (!frame) return;  // dropped, and the socket stays (PH9)
  if (protocol::is_heartbeat(*frame)) {
    ++realtime_.house.counters.heartbeats;
    return reply(*frame, ReplyStatus::ok, protocol::kEmptyObject);
  }
  if (is_relayed(frame->event)) {
    auto* channel = find(frame->topic);
    const bool is_live =
        channel && frame->join_ref.value_or(channel->join_ref()) == channel->join_ref();
    if (is_live) return channel->relay(frame->event, frame->payload);
  }
  enqueue(*frame);
}

void Socket::enqueue(const protocol::Frame& frame) {
  if (pushes_ && pushes_->size() >= realtime_.limits.requests_in_flight)
    return reply(
        frame, ReplyStatus::error,
        problem_text(realtime_.house, ErrorCode::overloaded, protocol::RestoreAction::withheld));
  const bool is_idle = !pushes_;
  if (is_idle) pushes_ = std::make_unique<std::deque<Push>>();
  pushes_->push_back(copy_of(frame));
  if (is_idle) realtime_.scope.spawn([self = shared_from_this()] { return self->work(); });
}

boost::asio::awaitable<void> Socket::work() {
  while (state_ == State::open && !pushes_->empty()) {
    const Push& push = pushes_->front();
    // The libraries below throw where memory ends or something is broken; no floor hands it on.
    try {
      co_await perform(push);
    } catch (const std::exception& broken) {
      const auto topic = parse_topic(push.topic);  // what it holds else is not ours to write down
      if (!realtime_.scope.closing())
        realtime_.house.world.log.error("A push to {} failed: {}",
                                        topic && *topic ? (*topic)->text() : "no topic",
                                        broken.what());
    }
    pushes_->pop_front();
  }
  pushes_.reset();
}

Channel* Socket::find(std::string_view text) {
  const auto topic = parse_topic(text);
  if (!topic || !*topic) return nullptr;
  for (const auto& channel : channels_)
    if (channel->topic() == **topic) return channel.get();
  return nullptr;
}

boost::asio::awaitable<void> Socket::perform(const Push& push) {
  if (push.event == protocol::kJoinEvent) co_return co_await join(push);
  auto* found = find(push.topic);
  if (found && push.join_ref && *push.join_ref != found->join_ref()) co_return;  // an older one's
  if (push.event == protocol::kLeaveEvent) co_return leave(push, found);
  if (!found) co_return refuse(push, "unmatched topic");
  const auto channel = found->shared_from_this();  // it may be dismissed meanwhile
  auto answer = co_await channel->perform(push);
  if (answer)
    reply(push.address(), ReplyStatus::ok, protocol::to_text(*answer));
  else
    reply(push.address(), ReplyStatus::error, channel->problem(answer.error()));
}

boost::asio::awaitable<void> Socket::join(const Push& push) {
  const auto topic = parse_topic(push.topic);
  if (!topic) co_return refuse(push, "unmatched topic");
  if (!find(push.topic) && channels_.size() >= realtime_.limits.channels)
    co_return refuse(push, "too many channels joined");
  auto reference = push.join_ref ? *push.join_ref : push.ref.value_or(std::string());
  Result<> entered = ErrorCode::session_not_found;
  std::shared_ptr<Channel> channel;
  if (*topic) {
    channel = std::make_shared<Channel>(*this, **topic, std::move(reference));
    entered = co_await channel->enter(push);
  }
  // The topic's older incarnation is over either way; without a newer one it may have the grace.
  if (auto* older = find(push.topic)) {
    older->leave(entered ? LeaveReason::replaced : LeaveReason::lost);
    send_channel_close(*older);
    release(*older);
  }
  if (!entered) {
    const auto problem =
        channel ? channel->problem(entered.error())
                : problem_text(realtime_.house, entered.error(), protocol::RestoreAction::withheld);
    co_return reply(push.address(), ReplyStatus::error, problem);
  }
  if (state_ != State::open) {  // the socket went while the join was under way
    channel->leave(left_as_);
    co_return realtime_.bury(std::move(channel));
  }
  channels_.push_back(std::move(channel));
  if (watch_ == Watch::join) watch_first_ping();
}

// Spread over the second half of the interval, so that a restart's clients are not pinged at once.
void Socket::watch_first_ping() {
  const auto half = realtime_.limits.ping / 2;
  const auto jitter =
      realtime_.house.world.random.below(static_cast<std::uint32_t>(half.count()) + 1);
  watch(Watch::ping, half + Duration(jitter));
}

void Socket::leave(const Push& push, Channel* channel) {
  reply(push.address(), ReplyStatus::ok, protocol::kEmptyObject);
  if (!channel) return;
  channel->leave(LeaveReason::left);
  send_channel_close(*channel);
  release(*channel);
}

void Socket::channel_over(Channel& channel, LeaveReason why) {
  // Phoenix clients join again after phx_error and stay away after phx_close.
  if (why == LeaveReason::lost)
    send_channel_error(channel);
  else
    send_channel_close(channel);
  release(channel);
  if (why == LeaveReason::kicked)
    doom(protocol::CloseCode::kicked, LeaveReason::lost);  // from other rooms it was not removed
}

void Socket::release(Channel& channel) {
  std::erase_if(channels_, [&](std::shared_ptr<Channel>& each) {
    if (each.get() != &channel) return false;
    realtime_.bury(std::move(each));
    return true;
  });
}

void Socket::send_channel_close(const Channel& channel) {
  const auto topic = channel.topic().text();
  const protocol::Address incarnation{channel.join_ref(), std::nullopt, topic};
  send(text_frame(0, [&](std::string& out) { protocol::append_channel_close(out, incarnation); }));
}

void Socket::send_channel_error(const Channel& channel) {
  const auto topic = channel.topic().text();
  const protocol::Address incarnation{channel.join_ref(), std::nullopt, topic};
  send(text_frame(0, [&](std::string& out) {
    protocol::append_channel_error(out, incarnation, protocol::kEmptyObject);
  }));
}

void Socket::refuse(const Push& push, std::string_view reason) {
  const protocol::Address nobody{std::nullopt, push.ref, push.topic};
  reply(nobody, ReplyStatus::error,
        protocol::to_text(protocol::Object{{"reason", std::string(reason)}}));
}

}  // namespace tarotforge::net
