#include "net/channel.h"

#include <algorithm>

#include "app/presence.h"
#include "app/sessions.h"
#include "net/frames.h"
#include "net/site.h"
#include "protocol/json_guard.h"
#include "protocol/json_text.h"

namespace tarotforge::net {

using core::LeaveReason;
using protocol::Object;

namespace {

constexpr std::string_view kSessionPrefix = "session:";
constexpr std::string_view kWaitingPrefix = "waiting:";
constexpr std::string_view kDashboard = "dashboard";
constexpr std::string_view kPresenceState = "presence_state";
constexpr Duration kRelayWindow = std::chrono::seconds(1);

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

std::string_view prefix_of(TopicKind kind) {
  return kind == TopicKind::session ? kSessionPrefix : kWaitingPrefix;
}

}  // namespace

std::string Topic::text() const {
  if (kind == TopicKind::dashboard) return std::string(kDashboard);
  return std::string(prefix_of(kind)) + session.to_string();
}

std::optional<Result<Topic>> parse_topic(std::string_view text) {
  if (text == kDashboard) return Topic{TopicKind::dashboard};
  for (const auto kind : {TopicKind::session, TopicKind::waiting}) {
    const auto prefix = prefix_of(kind);
    if (!text.starts_with(prefix)) continue;
    const auto id = SessionId::parse(text.substr(prefix.size()));
    // Clients compare topics letter by letter: an id in capitals would never hear its answers.
    if (!id || std::ranges::any_of(text, is_capital)) return ErrorCode::session_not_found;
    return Topic{kind, *id};
  }
  return std::nullopt;
}

app::Task<> Channel::enter(const Push& push) {
  auto& realtime = socket_.realtime();
  CO_TRY(realtime.rates.ask(socket_.client(), realtime.house.now()));
  CO_TRY_ASSIGN(const auto payload, protocol::parse_object(push.payload));
  asked_ = &push;
  if (topic_.kind == TopicKind::waiting) {
    auto waits = co_await app::wait_for_restore(house(), topic_.session, *this);
    asked_ = nullptr;
    co_return waits;
  }
  if (topic_.kind == TopicKind::dashboard) {
    auto watches = co_await watch(payload);
    asked_ = nullptr;
    co_return watches;
  }
  CO_TRY_ASSIGN(auto join, protocol::parse_channel_join(payload));
  const auto token = join.token;
  auto joined = co_await app::enter(house(), topic_.session, std::move(join), *this);
  asked_ = nullptr;
  if (!joined) {
    restore_ = restore_for(house(), joined.error(), token);
    co_return std::move(joined).error();
  }
  room_ = std::move(joined->room);
  connection_ = joined->connection;
  participant_ = joined->participant;
  co_return Result<>();
}

app::Task<> Channel::watch(const Object& payload) {
  auto& realtime = socket_.realtime();
  const Instant now = house().now();
  CO_TRY_ASSIGN(const auto token, protocol::parse_watch(payload));
  if (token) {
    CO_TRY(realtime.rates.may_guess(socket_.client(), now));
    if (!realtime.operators.know_token(*token)) {
      realtime.rates.guessed_wrong(socket_.client(), now);
      co_return Error(ErrorCode::unauthorized, "This is not the operator's token (ADMIN_TOKEN).");
    }
  } else {
    watches_by_login_ = true;
    if (!may_watch())
      co_return Error(ErrorCode::unauthorized, "Sign in as operator to see the dashboard.");
  }
  co_return co_await realtime.dashboard.join(*this);
}

bool Channel::may_watch() const {
  if (!watches_by_login_) return true;
  const auto* login = socket_.login();
  const WallTime now = house().wall(house().now());
  return login && socket_.realtime().operators.is_in_force(*login, now);
}

void Channel::leave(LeaveReason why) {
  if (is_over_) return;
  is_over_ = true;
  if (topic_.kind == TopicKind::dashboard)
    socket_.realtime().dashboard.leave(*this);
  else if (topic_.kind == TopicKind::waiting)
    app::stop_waiting(house(), topic_.session, *this);
  else if (room_)
    app::leave(house(), *room_, connection_, why);
}

app::Task<Object> Channel::perform(const Push& push) {
  CO_TRY_ASSIGN(const auto payload, protocol::parse_object(push.payload));
  if (topic_.kind == TopicKind::session) {
    CO_TRY(socket_.realtime().rates.act(participant_, house().now()));
    if (push.event == "operation") co_return co_await operate(payload);
    if (push.event == "activity") co_return co_await report_activity(payload);
    if (push.event == "keep_alive") co_return co_await keep_alive(payload);
    if (push.event == "warning_shown") co_return acknowledge_warning(payload);
  }
  co_return Error(ErrorCode::malformed, "This channel knows no such event.");
}

app::Task<Object> Channel::operate(const Object& payload) {
  CO_TRY_ASSIGN(auto request, protocol::parse_operation(payload));
  auto done = co_await app::operate_session(house(), {room_, participant_}, std::move(request),
                                            operation_hash(payload));
  if (!done) co_return std::move(done).error();
  co_return Object{{"version", done->at("version")}};  // the rest has gone to everyone
}

app::Task<Object> Channel::report_activity(const Object& payload) {
  CO_TRY_ASSIGN(const auto report, protocol::parse_activity(payload));
  CO_TRY(co_await app::report_activity(house(), room_, connection_, report));
  co_return Object();
}

app::Task<Object> Channel::keep_alive(const Object& payload) {
  CO_TRY_ASSIGN(const auto generation, protocol::parse_generation(payload));
  if (generation && *generation != room_->session.data().generation)
    co_return ErrorCode::stale_generation;
  auto kept = co_await app::keep_session_alive(house(), {room_, participant_});
  if (!kept) co_return std::move(kept).error();
  co_return Object();
}

Result<Object> Channel::acknowledge_warning(const Object& payload) {
  TRY_ASSIGN(const auto generation, protocol::parse_warning_shown(payload));
  TRY(app::acknowledge_warning(*room_, connection_, generation));
  return Object();
}

void Channel::relay(std::string_view event, std::string_view payload) {
  const auto& limits = socket_.realtime().limits;
  if (!room_ || payload.size() > limits.relay_bytes) return;
  const Instant now = house().now();
  if (now - relays_since_ >= kRelayWindow) {
    relays_since_ = now;
    relays_ = 0;
  }
  if (relays_ >= limits.relays_per_second) return;
  auto object = protocol::parse_object(payload);
  if (!object) return;
  ++relays_;
  (*object)["by"] = participant_.to_string();
  app::relay(*room_, connection_, event == "cursor" ? "cursor" : "view",
             protocol::to_text(*object));
}

std::string Channel::problem(const Error& error) const {
  const bool is_host = room_ && room_->session.data().host == participant_;
  return problem_text(socket_.realtime().house, error,
                      is_host ? protocol::RestoreAction::offered_where_possible : restore_);
}

void Channel::welcome(const std::string& response) {
  socket_.reply(asked_->address(), protocol::ReplyStatus::ok, response);
}

void Channel::hear(const app::Announcement& announcement) {
  if (is_over_) return;
  if (!may_watch()) {
    leave(LeaveReason::left);
    return socket_.channel_over(*this, LeaveReason::left);
  }
  if (announcement.event == kPresenceState) return push(kPresenceState, announcement.payload);
  if (!announcement.encoded)
    announcement.encoded = text_frame(announcement.payload.size(), [&](std::string& out) {
      protocol::append_broadcast(out, topic_.text(), announcement.event, announcement.payload);
    });
  socket_.send(announcement.encoded);
}

void Channel::push(std::string_view event, std::string_view payload) {
  const auto topic = topic_.text();
  const protocol::Address here{join_ref_, std::nullopt, topic};
  socket_.send(text_frame(
      payload.size(), [&](std::string& out) { protocol::append_push(out, here, event, payload); }));
}

void Channel::dismiss(LeaveReason reason) {
  if (is_over_) return;
  is_over_ = true;
  socket_.channel_over(*this, reason);
}

}  // namespace tarotforge::net
