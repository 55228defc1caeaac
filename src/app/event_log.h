// The newest events of the house, for operators who watch: what was committed here, and what was
// noticed of others, numbered as they came. It is no record: the audit log is.
// Thread safety: one strand.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <string_view>

#include "protocol/dashboard_json.h"

namespace tarotforge::app {

inline constexpr std::size_t kEventsKept = 200;

class EventLog {
 public:
  void add(protocol::LoggedEvent event);  // which gets the next number

  const std::deque<protocol::LoggedEvent>& events() const { return events_; }  // oldest first
  bool has(SessionId session, std::uint32_t generation, std::string_view type) const;

  std::function<void(const protocol::LoggedEvent&)> on_event{};  // of whoever tells them on

 private:
  std::deque<protocol::LoggedEvent> events_;
  std::uint64_t number_ = 0;
};

}  // namespace tarotforge::app
