#include "app/event_log.h"

#include <algorithm>

namespace tarotforge::app {

void EventLog::add(protocol::LoggedEvent event) {
  event.number = ++number_;
  if (events_.size() == kEventsKept) events_.pop_front();
  events_.push_back(std::move(event));
  if (on_event) on_event(events_.back());
}

bool EventLog::has(SessionId session, std::uint32_t generation, std::string_view type) const {
  return std::ranges::any_of(events_, [&](const protocol::LoggedEvent& event) {
    return event.session == session && event.generation == generation && event.type == type;
  });
}

}  // namespace tarotforge::app
