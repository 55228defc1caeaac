// Whether somebody else has moved a session's revision, without looking at the sessions. Every
// transaction that moves one draws a number of the sequence session_changes; a number that was
// drawn and is not among our own was drawn by another.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tarotforge::store::postgres {

class Changes {
 public:
  // What one observer has seen; each number is told to it once.
  struct Mark {
    std::int64_t decided = 0;  // every number up to here has been looked at
    std::int64_t last = 0;     // the last number drawn, when it last looked
  };
  Mark at_beat, at_look;

  void start(std::int64_t last) { at_beat = at_look = {last, last}; }

  // A transaction is about to draw; it will call drew() or failed().
  void draws() { ++under_way_; }
  void drew(std::int64_t number) {
    --under_way_;
    ours_.push_back(number);
  }
  void failed() { --under_way_; }

  // `last` is the sequence's last number. While transactions of ours are drawing, numbers since
  // the last look may be theirs, and are decided the next time.
  bool foreign(Mark& mark, std::int64_t last) {
    const std::int64_t horizon = std::max(mark.decided, under_way_ == 0 ? last : mark.last);
    const auto ours = std::ranges::count_if(
        ours_, [&](std::int64_t number) { return number > mark.decided && number <= horizon; });
    const bool found = horizon - mark.decided > ours;
    mark = {horizon, last};
    const std::int64_t done = std::min(at_beat.decided, at_look.decided);
    std::erase_if(ours_, [&](std::int64_t number) { return number <= done; });
    return found;
  }

 private:
  std::vector<std::int64_t> ours_;
  int under_way_ = 0;
};

}  // namespace tarotforge::store::postgres
