#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "core/deadlines.h"

namespace tarotforge::core {
namespace {

using Handle = Deadlines::Handle;

constexpr Instant start{1'700'000'000'003};  // not a multiple of any tick below

Instant at(std::int64_t ms) { return start + Duration(ms); }

// The same deadlines in a std::multimap, driven by random operations, also from inside callbacks.
class Model {
 public:
  Model(std::uint64_t seed, Deadlines::Options options)
      : options_(options), random_(seed), deadlines_(start, options) {}

  void run(std::int64_t until_ms) {
    while (now_ < at(until_ms)) {
      for (std::uint32_t n = random_.below(12); n > 0; --n) operate();
      check_wake();
      step();
    }
    while (!entries_.empty()) remove(any());
    CHECK(deadlines_.size() == 0);
    CHECK(!deadlines_.next_wake());
    CHECK(fired_ > 0);
  }

 private:
  struct Entry {
    Instant due;
    std::uint64_t payload;
    bool armed = true;
    bool deferred = false;   // armed in a callback at a time already reached: not in this pass
    bool unordered = false;  // made earlier in a callback after it was reached
    std::size_t index = 0;   // in handles_
  };

  Handle any() { return handles_[random_.below(static_cast<std::uint32_t>(handles_.size()))]; }

  std::int64_t turn_ms() const { return options_.tick.count() * options_.slots; }

  Duration some_duration() {
    const auto upto = [&](std::int64_t ms) {
      return Duration(
          random_.below(static_cast<std::uint32_t>(std::min<std::int64_t>(ms, 1'000'000'000))));
    };
    switch (random_.below(8)) {
      case 0:
        return Duration(0);
      case 1:
        return -upto(3 * turn_ms());
      case 2:
        return upto(5 * turn_ms());
      case 3:
        return upto(3 * options_.tick.count() + 1);
      default:
        return upto(turn_ms() + 1);
    }
  }

  void operate() {
    if (handles_.size() < 4) return add();
    switch (random_.below(10)) {
      case 0:
        return handles_.size() < 300 ? add() : remove(any());
      case 1:
        return remove(any());
      case 2:
      case 3:
        return set(any(), now_ + some_duration());
      case 4:
        return check_entry(any());
      default:
        return touch(any());
    }
  }

  void add() {
    const Instant due = now_ + some_duration();
    const std::uint64_t payload = random_.next();
    const Handle handle = deadlines_.add(payload, due);
    REQUIRE(!entries_.contains(handle));
    Entry entry{.due = due, .payload = payload, .index = handles_.size()};
    entry.deferred = in_pass_ && reached(due, now_);
    entries_.emplace(handle, entry);
    handles_.push_back(handle);
    order_.emplace(due, handle);
  }

  void remove(Handle handle) {
    deadlines_.remove(handle);
    disarm(handle);
    const std::size_t index = entries_.at(handle).index;
    handles_[index] = handles_.back();
    entries_.at(handles_[index]).index = index;
    handles_.pop_back();
    entries_.erase(handle);
  }

  void set(Handle handle, Instant due) {
    deadlines_.set(handle, due);
    rearm(handle, due);
  }

  void touch(Handle handle) {
    const Instant later = entries_.at(handle).due + std::max(some_duration(), Duration(0));
    deadlines_.touch(handle, later);
    rearm(handle, later);
  }

  void rearm(Handle handle, Instant due) {
    Entry& entry = entries_.at(handle);
    const bool was_due = entry.armed && reached(entry.due, now_);
    if (!reached(due, now_))
      entry.deferred = entry.unordered = false;
    else if (in_pass_ && !was_due)
      entry.deferred = true;
    else if (in_pass_ && due < entry.due)
      entry.unordered = true;
    disarm(handle);
    entry.due = due;
    entry.armed = true;
    order_.emplace(due, handle);
  }

  void disarm(Handle handle) {
    const Entry& entry = entries_.at(handle);
    if (!entry.armed) return;
    auto [it, end] = order_.equal_range(entry.due);
    while (it != end && it->second != handle) ++it;
    REQUIRE(it != end);
    order_.erase(it);
  }

  void check_entry(Handle handle) {
    Entry& entry = entries_.at(handle);
    CHECK(deadlines_.due(handle) == entry.due);
    CHECK(deadlines_.payload(handle) == entry.payload);
    deadlines_.set_payload(handle, entry.payload = random_.next());
    CHECK(deadlines_.size() == entries_.size());
  }

  void check_wake() {
    const auto wake = deadlines_.next_wake();
    REQUIRE(wake.has_value() == !order_.empty());
    if (wake) CHECK(*wake <= std::max(order_.begin()->first, now_));
  }

  std::int64_t tick_of(Instant t) const {
    return std::max<std::int64_t>((t - start).count(), 0) / options_.tick.count();
  }

  void step() {
    const std::int64_t tick = options_.tick.count();
    Duration by{tick};
    switch (random_.below(16)) {
      case 0:
        by = Duration(random_.below(static_cast<std::uint32_t>(4 * turn_ms())));
        break;
      case 1:
        by = Duration(random_.below(static_cast<std::uint32_t>(turn_ms())));
        break;
      case 2:
        by = Duration(0);
        break;
      case 3:
        by = Duration(turn_ms() - tick + random_.below(static_cast<std::uint32_t>(2 * tick)));
        break;
      case 4:
      case 5:
        by = Duration(1);
        break;
      case 6:
        if (const auto wake = deadlines_.next_wake()) by = std::max(*wake - now_, Duration(0));
        break;
      default:
        break;
    }
    const std::int64_t from = tick_of(now_);
    now_ += by;
    const bool ordered = tick_of(now_) - from < options_.slots;
    std::int64_t last = from;
    in_pass_ = true;
    deadlines_.advance(now_, [&](Handle handle, std::uint64_t payload) {
      on_due(handle, payload);
      const Entry& entry = entries_.at(handle);
      const std::int64_t key = std::max(tick_of(entry.due), from);
      if (ordered && !entry.unordered) {
        CHECK(key >= last);
        last = key;
      }
      for (std::uint32_t n = random_.below(4); n > 0; --n) operate();
    });
    in_pass_ = false;
    for (auto it = order_.begin(); it != order_.end() && reached(it->first, now_); ++it) {
      REQUIRE(entries_.at(it->second).deferred);
      entries_.at(it->second).deferred = false;
    }
  }

  void on_due(Handle handle, std::uint64_t payload) {
    ++fired_;
    REQUIRE(entries_.contains(handle));
    Entry& entry = entries_.at(handle);
    REQUIRE(entry.armed);
    REQUIRE(!entry.deferred);
    REQUIRE(reached(entry.due, now_));
    REQUIRE(entry.payload == payload);
    REQUIRE(deadlines_.due(handle) == entry.due);
    disarm(handle);
    entry.armed = false;
  }

  Deadlines::Options options_;
  Prng random_;
  Deadlines deadlines_;
  Instant now_ = start;
  bool in_pass_ = false;
  std::size_t fired_ = 0;
  std::unordered_map<Handle, Entry> entries_;
  std::vector<Handle> handles_;
  std::multimap<Instant, Handle> order_;
};

}  // namespace

TEST_CASE("DL1 random operations fire exactly what a multimap would, also from callbacks") {
  struct Case {
    Deadlines::Options options;
    std::int64_t until_ms;
  };
  for (const auto& [options, until_ms] :
       {Case{{Duration(10), 64}, 2'000'000}, Case{{Duration(1), 2}, 50'000},
        Case{{Duration(7), 128}, 4'000'000}, Case{{Duration(1'000), 4}, 10'000'000},
        Case{{Duration(50), 1u << 11}, 300'000'000},
        Case{{Duration(10), 1u << 19}, 10'000'000'000}})
    for (const std::uint64_t seed : {1, 2}) {
      CAPTURE(options.slots);
      CAPTURE(seed);
      Model(seed, options).run(until_ms);
    }
}

}  // namespace tarotforge::core
