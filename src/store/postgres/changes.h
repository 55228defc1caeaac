// Whether somebody else has moved a session's revision, without looking at the sessions. Every
// transaction that moves one draws a number of the sequence session_changes; a number that was
// drawn and is not among our own was drawn by another. It is drawn before its transaction commits,
// so that an observer has to look until that has ended.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.h"
#include "store/postgres/pool.h"

namespace tarotforge::store::postgres {

// From drawing to the end of the commit: a call ends at its limit, and the last statement that
// PostgreSQL was sent by then at PostgreSQL's own, which is as long.
constexpr Duration kMayCommit = 2 * kCallLimit;

class Changes {
 public:
  // What one observer has seen.
  struct Mark {
    std::int64_t decided = 0;             // every number up to here has been looked at
    std::int64_t last = 0;                // the last number drawn, when it last looked
    std::optional<Instant> look_until{};  // others' commits may become visible until then
  };
  Mark at_beat, at_look;

  void start(std::int64_t last) { at_beat = at_look = {last, last, std::nullopt}; }

  // A transaction is about to draw; it will call drew() or failed().
  void draws() { ++under_way_; }
  void drew(std::int64_t number) {
    --under_way_;
    ours_.push_back(number);
  }
  void failed() { --under_way_; }

  // `last` is the sequence's last number. While transactions of ours are drawing, numbers since
  // the last look may be theirs, and are decided the next time. A foreign one is told until
  // whoever drew it can commit no more, and once after that.
  bool foreign(Mark& mark, std::int64_t last, Instant now) {
    const std::int64_t horizon = std::max(mark.decided, under_way_ == 0 ? last : mark.last);
    const auto ours = std::ranges::count_if(
        ours_, [&](std::int64_t number) { return number > mark.decided && number <= horizon; });
    if (horizon - mark.decided > ours) mark.look_until = now + kMayCommit;
    mark.decided = horizon;
    mark.last = last;
    const std::int64_t done = std::min(at_beat.decided, at_look.decided);
    std::erase_if(ours_, [&](std::int64_t number) { return number <= done; });
    const bool looks = mark.look_until.has_value();
    if (looks && reached(*mark.look_until, now)) mark.look_until.reset();
    return looks;
  }

 private:
  std::vector<std::int64_t> ours_;
  int under_way_ = 0;
};

}  // namespace tarotforge::store::postgres
