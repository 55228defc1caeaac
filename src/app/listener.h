// The far end of one joined channel, as the use cases see it: something that hears announcements
// and can be told to go. Implemented where the sockets are, and by tests that stand in a room.
// The listener outlives its connection in the room: it leaves before it is destroyed.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "core/participant.h"

namespace tarotforge::app {

// Something said to everyone in a room. The text is made once; a listener may keep the form it
// puts on its wire in `encoded`, so that the room's other listeners share it.
struct Announcement {
  std::string_view event;  // a literal
  std::string payload;     // a JSON object
  mutable std::shared_ptr<const std::string> encoded{};
};

class Listener {
 public:
  virtual ~Listener() = default;
  // The join is accepted: the reply, before anything that is heard.
  virtual void welcome(const std::string& response) = 0;
  virtual void hear(const Announcement& announcement) = 0;
  // The channel is over for good; `reason` says why. The room has already let go of it.
  virtual void dismiss(core::LeaveReason reason) = 0;
};

}  // namespace tarotforge::app
