// Somebody who stands in a room and writes down what they hear, with times in seconds since a
// given instant. What they do about it is the test's to say.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <functional>
#include <string>
#include <vector>

#include "app/listener.h"
#include "ports/clock.h"

namespace tarotforge::test {

class Visitor final : public app::Listener {
 public:
  struct Heard {
    std::string event;
    boost::json::object payload;
    Instant at;
  };

  explicit Visitor(const ports::Clock& clock) : clock_(clock) {}

  void welcome(const std::string& response) override {
    welcomed = boost::json::parse(response).as_object();
  }
  void hear(const app::Announcement& announcement) override {
    heard.push_back({std::string(announcement.event),
                     boost::json::parse(announcement.payload).as_object(), clock_.now()});
    if (on_hear) on_hear(announcement);
  }
  void dismiss(core::LeaveReason reason) override {
    dismissed = reason;
    dismissed_at = clock_.now();
    if (on_dismiss) on_dismiss();
  }

  std::size_t count(std::string_view event) const {
    std::size_t found = 0;
    for (const auto& each : heard) found += each.event == event;
    return found;
  }
  const Heard* last(std::string_view event) const {
    const Heard* found = nullptr;
    for (const auto& each : heard)
      if (each.event == event) found = &each;
    return found;
  }
  // "presence_state operation session_expired"
  std::string events() const {
    std::string all;
    for (const auto& each : heard) all += (all.empty() ? "" : " ") + each.event;
    return all;
  }

  boost::json::object welcomed;
  std::vector<Heard> heard;
  std::optional<core::LeaveReason> dismissed;
  Instant dismissed_at;
  std::function<void(const app::Announcement&)> on_hear;
  std::function<void()> on_dismiss;

 private:
  const ports::Clock& clock_;
};

}  // namespace tarotforge::test
