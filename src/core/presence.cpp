#include "core/presence.h"

#include <array>

#include "base/check.h"
#include "base/marks.h"

namespace tarotforge::core {

namespace {

Duration grace() {
  return TF_PLANTED(shows_for_a_minute) ? Duration(std::chrono::minutes(1)) : kReconnectGrace;
}

}  // namespace

std::string_view to_string(PresenceLevel level) {
  constexpr std::array<std::string_view, 5> kWords = {"offline", "reconnecting", "connected",
                                                      "visible", "active"};
  return kWords[static_cast<std::size_t>(level)];
}

bool may_return(LeaveReason reason) {
  switch (reason) {
    case LeaveReason::closed_tab:
    case LeaveReason::lost:
    case LeaveReason::slow_consumer:
    case LeaveReason::server_draining:
      return true;
    case LeaveReason::left:
    case LeaveReason::kicked:
    case LeaveReason::replaced:
    case LeaveReason::expired:
    case LeaveReason::completed:
      return false;
  }
  return false;
}

Presence Presence::expected(Instant now) {
  Presence presence(now, LeaveReason::lost);
  presence.level_ = PresenceLevel::reconnecting;
  return presence;
}

bool Presence::connect(Instant now, bool visible) {
  if (level_ == PresenceLevel::reconnecting) TF_REACHED(returned_in_grace);
  ++connections_;
  visible_ = static_cast<std::uint16_t>(visible_ + (visible ? 1 : 0));
  return settle(now);
}

bool Presence::disconnect(Instant now, bool was_visible, LeaveReason reason) {
  check(connections_ > 0, "a connection that ends had begun");
  --connections_;
  if (was_visible) --visible_;
  if (TF_PLANTED(counts_presence_by_events)) connections_ = visible_ = 0;
  if (connections_ == 0) {
    lost_at_ = now;
    reason_ = reason;
  }
  return settle(now);
}

bool Presence::show(Instant now) {
  check(visible_ < connections_, "no more pages are in front than there are connections");
  ++visible_;
  return settle(now);
}

bool Presence::hide(Instant now) {
  check(visible_ > 0, "a page that leaves the front had been there");
  --visible_;
  return settle(now);
}

bool Presence::input(Instant now) {
  last_input_ = now;
  return settle(now);
}

bool Presence::settle(Instant now) {
  const PresenceLevel level = judge(now);
  if (level == level_) return false;
  level_ = level;
  since_ = now;
  return true;
}

std::optional<Instant> Presence::last_input() const {
  if (last_input_.ms < 0) return std::nullopt;
  return last_input_;
}

std::optional<Instant> Presence::next_deadline() const {
  if (level_ == PresenceLevel::active) return last_input_ + kActiveFor;
  if (level_ == PresenceLevel::reconnecting) return lost_at_ + grace();
  return std::nullopt;
}

PresenceLevel Presence::judge(Instant now) const {
  if (connections_ == 0) {
    const bool within = may_return(reason_) && level_ != PresenceLevel::offline &&
                        !reached(lost_at_ + grace(), now);
    return within ? PresenceLevel::reconnecting : PresenceLevel::offline;
  }
  if (visible_ == 0) return PresenceLevel::connected;
  return reached(last_input_ + kActiveFor, now) ? PresenceLevel::visible : PresenceLevel::active;
}

}  // namespace tarotforge::core
