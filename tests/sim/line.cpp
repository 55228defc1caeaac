#include "tests/sim/line.h"

#include <boost/json/parse.hpp>

#include "app/sessions.h"

namespace tarotforge::sim {

using core::LeaveReason;

namespace {

// A server pings 25 s after the last frame it got and closes 10 s later (RT2, RT3).
constexpr Duration kSilentLeast = std::chrono::seconds(25), kSilentMost = std::chrono::seconds(35);

}  // namespace

Duration Line::latency() {
  if (one_in(ground_.random, ground_.weather.slow_packet))
    return between(ground_.random, Duration(50), ground_.weather.slowest);
  return Duration(1 + ground_.random.below(40));
}

void Line::to_client(std::string event, const std::string& payload) {
  auto json = boost::json::parse(payload);
  ground_.truth.shown(json);
  to_client([this, event = std::move(event), json = std::move(json.as_object())] {
    client_.hear(event, json);
  });
}

void Line::to_client(std::function<void()> deliver) {
  if (!server_open_ || cut_) return;
  last_down_ = std::max(last_down_, ground_.schedule.now() + latency());
  ground_.schedule.at(last_down_, [this, self = shared_from_this(), deliver = std::move(deliver)] {
    if (asleep())
      return ground_.schedule.at(asleep_until_, [this, self, deliver] {
        if (client_open_ && !cut_) deliver();
      });
    if (client_open_ && !cut_) deliver();
  });
}

void Line::to_server(std::function<void()> deliver) {
  if (!client_open_ || cut_) return;
  last_up_ = std::max(last_up_, ground_.schedule.now() + latency());
  ground_.schedule.at(last_up_, [this, self = shared_from_this(), deliver = std::move(deliver)] {
    if (!server_open_ || cut_ || !server_->running()) return;
    if (server_->clock().frozen())
      return ground_.schedule.at(server_->clock().frozen_until(), [this, self, deliver] {
        if (server_open_ && !cut_ && server_->running()) deliver();
      });
    deliver();
  });
}

void Line::join(Visitor visitor, std::optional<std::uint64_t> since,
                std::function<void(Error)> refused) {
  if (!server_->ready()) return lose_client();
  server_->add(shared_from_this());
  to_server([this, self = shared_from_this(), visitor = std::move(visitor), since, refused] {
    if (!server_->ready()) return lose_client();
    entering_ = true;
    ground_.truth.sits(this, {.session = visitor.session,
                              .who = visitor.who,
                              .server = server_->number(),
                              .acknowledges = visitor.acknowledges});
    auto entering = app::enter(server_->house(), visitor.session, {visitor.token, since}, *this);
    server_->serve<app::Entered>(std::move(entering), [this, self, refused](auto joined) {
      entering_ = false;
      if (!joined) {
        ground_.truth.rises(this);
        return to_client([refused, error = joined.error()] { refused(error); });
      }
      room_ = joined->room;
      connection_ = joined->connection;
      if (server_open_) return;
      app::leave(server_->house(), *room_, connection_, LeaveReason::lost);
      ground_.truth.rises(this);
    });
  });
}

void Line::wait(SessionId session, std::function<void(Error)> refused) {
  if (!server_->ready()) return lose_client();
  server_->add(shared_from_this());
  to_server([this, self = shared_from_this(), session, refused] {
    if (!server_->ready()) return lose_client();
    waiting_ = session;
    server_->serve<void>(app::wait_for_restore(server_->house(), session, *this),
                         [this, self, session, refused](Result<> done) {
                           if (!server_open_) app::stop_waiting(server_->house(), session, *this);
                           if (!done)
                             to_client([refused, error = done.error()] { refused(error); });
                         });
  });
}

void Line::close(LeaveReason reason) {
  if (!client_open_) return;
  to_server([this, self = shared_from_this(), reason] { let_go(reason); });
  client_open_ = false;
}

void Line::cut(bool noticed_at_once) {
  if (cut_ || !client_open_) return;
  cut_ = true;
  ground_.truth.disturbed();
  const auto silence = [&] {
    return noticed_at_once ? latency() : between(ground_.random, kSilentLeast, kSilentMost);
  };
  ground_.schedule.after(silence(),
                         [this, self = shared_from_this()] { let_go(LeaveReason::lost); });
  ground_.schedule.after(silence(), [this, self = shared_from_this()] { lose_client(); });
}

// While its client sleeps nothing is read and no pong sent: past the silence the server hangs up.
void Line::sleep(Duration span) {
  asleep_until_ = std::max(asleep_until_, ground_.schedule.now() + span);
  ground_.truth.disturbed();
  const Duration silence = between(ground_.random, kSilentLeast, kSilentMost);
  if (span <= silence) return;
  ground_.schedule.after(silence, [this, self = shared_from_this()] {
    cut_ = true;
    let_go(LeaveReason::lost);
  });
  ground_.schedule.after(span, [this, self = shared_from_this()] { lose_client(); });
}

void Line::dismiss(LeaveReason reason) {
  if (!server_open_) return;
  ground_.truth.rises(this);
  to_client([this, reason] {
    client_open_ = false;
    client_.closed(reason);
  });
  server_open_ = false;
}

void Line::drain() {
  if (!server_open_) return;
  to_client([this] {
    client_open_ = false;
    client_.closed(LeaveReason::server_draining);
  });
  let_go(LeaveReason::server_draining);
}

void Line::let_go(LeaveReason reason) {
  if (!server_open_) return;
  server_open_ = false;
  if (!server_->running()) return;
  if (room_) {
    app::leave(server_->house(), *room_, connection_, reason);
    ground_.truth.rises(this);
  }
  if (waiting_) app::stop_waiting(server_->house(), *waiting_, *this);
}

void Line::lose_client() {
  if (!client_open_) return;
  client_open_ = false;
  client_.closed(LeaveReason::lost);
}

void Line::server_died() {
  const bool was_open = std::exchange(server_open_, false);
  ground_.truth.rises(this);
  room_.reset();
  if (was_open && !cut_)
    ground_.schedule.after(latency(), [this, self = shared_from_this()] { lose_client(); });
}

}  // namespace tarotforge::sim
