#include "net/realtime.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "net/channel.h"
#include "net/socket.h"

namespace tarotforge::net {
namespace {

// Pings come after 25 s and need no precision: ticks of 50 ms, and 51 s for one turn.
constexpr core::Deadlines::Options kWheel{Duration(50), 1u << 10};

}  // namespace

Realtime::Realtime(app::House& the_house, app::Dashboard& the_dashboard, app::Scope& the_scope,
                   const Limits& the_limits, RateLimits& the_rates, const Operators& the_operators,
                   boost::asio::io_context& context)
    : house(the_house),
      dashboard(the_dashboard),
      scope(the_scope),
      limits(the_limits),
      rates(the_rates),
      operators(the_operators),
      deadlines(the_house.now(), kWheel),
      poller(context),
      context_(context),
      read_buffer_(std::make_unique<char[]>(kReadBytes)),
      self_(std::make_shared<Realtime*>(this)) {}

Realtime::~Realtime() { abort_all(); }

void Realtime::adopt(Transport transport, Place place, std::string already_read,
                     std::optional<Login> login) {
  auto adopted = std::make_shared<Socket>(*this, std::move(transport), std::move(place), login);
  adopted->index = static_cast<std::uint32_t>(sockets_.size());
  sockets_.push_back(adopted);
  adopted->start(std::move(already_read));
  wait();
}

void Realtime::wait() {
  if (sockets_.empty() || std::exchange(waiting_, true)) return;
  poller.wait([weak = std::weak_ptr(self_)] {
    if (const auto self = weak.lock()) (*self)->serve_ready();
  });
}

// All that are ready are read first and written to afterwards, so that what several clients of a
// room said goes to each of its others in one piece.
void Realtime::serve_ready() {
  waiting_ = false;
  turn_ends_soon_ = true;  // below, rather than in a round of the event loop of its own
  for (const auto& ready : poller.take()) ready.socket->serve(ready.readable, ready.writable);
  end_turn();
  wait();
}

boost::asio::awaitable<void> Realtime::keep_deadlines() {
  Instant next = house.now();
  while (!scope.closing()) {
    const Instant now = house.now();
    if (now - next > app::kStandstill)
      for (const auto& socket : sockets_) socket->excuse(now - next);
    deadlines.advance(now, [](core::Deadlines::Handle, std::uint64_t socket) {
      reinterpret_cast<Socket*>(socket)->deadline_up();
    });
    next = house.now() + kWheel.tick;
    co_await house.world.clock.sleep_until(next);
  }
}

void Realtime::drain() {
  const auto all = sockets_;
  for (const auto& socket : all) socket->drain();
}

void Realtime::abort_all() {
  const auto all = sockets_;
  for (const auto& socket : all) socket->abort(core::LeaveReason::server_draining);
}

void Realtime::settle_soon(std::shared_ptr<Socket> socket) {
  unsettled_.push_back(std::move(socket));
  end_turn_soon();
}

void Realtime::bury(std::shared_ptr<Channel> channel) {
  buried_.push_back(std::move(channel));
  end_turn_soon();
}

void Realtime::forget(Socket& socket) {
  auto& place = sockets_[socket.index];
  gone_.push_back(std::move(place));
  if (&place != &sockets_.back()) {
    place = std::move(sockets_.back());
    place->index = socket.index;
  }
  sockets_.pop_back();
  if (sockets_.empty()) poller.stop();  // a loop without work may end
  end_turn_soon();
}

void Realtime::end_turn_soon() {
  if (std::exchange(turn_ends_soon_, true)) return;
  boost::asio::post(context_, [weak = std::weak_ptr(self_)] {
    if (const auto self = weak.lock()) (*self)->end_turn();
  });
}

void Realtime::end_turn() {
  turn_ends_soon_ = false;
  const auto unsettled = std::exchange(unsettled_, {});
  for (const auto& socket : unsettled) socket->settle();
  buried_.clear();
  gone_.clear();
}

}  // namespace tarotforge::net
