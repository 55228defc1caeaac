#include "core/deadlines.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "base/random.h"

namespace tarotforge::core {
namespace {

using Handle = Deadlines::Handle;

constexpr Instant start{1'700'000'000'003};  // not a multiple of any tick below

Instant at(std::int64_t ms) { return start + Duration(ms); }

std::vector<std::uint64_t> advance(Deadlines& deadlines, std::int64_t ms) {
  std::vector<std::uint64_t> fired;
  const std::size_t count =
      deadlines.advance(at(ms), [&](Handle, std::uint64_t payload) { fired.push_back(payload); });
  CHECK(count == fired.size());
  return fired;
}

using Payloads = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("DL1 a deadline fires at its millisecond and not one before") {
  for (const std::int64_t tick : {1, 10, 50})
    for (std::int64_t due = 1; due <= 120; ++due) {
      Deadlines deadlines(start, {.tick = Duration(tick), .slots = 64});
      deadlines.add(7, at(due));
      for (std::int64_t ms = 0; ms < due; ++ms) REQUIRE(advance(deadlines, ms).empty());
      CHECK(advance(deadlines, due) == Payloads{7});
      CHECK(!deadlines.next_wake());
    }
}

TEST_CASE("DL1 advanced once per tick, no deadline is early or more than a tick late") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 128});
  Prng random(1);
  constexpr std::uint32_t span_ms = 5'000;
  for (int i = 0; i < 20'000; ++i) {
    const Instant due = at(random.below(span_ms));
    deadlines.add(static_cast<std::uint64_t>(due.ms), due);
  }
  std::size_t fired = 0;
  for (std::int64_t ms = 6; ms < span_ms + 10; ms += 10)
    fired += deadlines.advance(at(ms), [&](Handle, std::uint64_t due_ms) {
      const std::int64_t late = at(ms).ms - static_cast<std::int64_t>(due_ms);
      REQUIRE(late >= 0);
      REQUIRE(late < 10);
    });
  CHECK(fired == 20'000);
}

TEST_CASE("DL1 woken only at next_wake, every deadline fires in its millisecond without spinning") {
  Deadlines deadlines(start, {.tick = Duration(50), .slots = 64});
  Prng random(2);
  for (int i = 0; i < 500; ++i) {
    const Instant due = at(1 + random.below(20'000));
    deadlines.add(static_cast<std::uint64_t>(due.ms), due);
  }
  std::size_t fired = 0;
  std::size_t wakes = 0;
  Instant now = start;
  while (const auto wake = deadlines.next_wake()) {
    REQUIRE(*wake > now);
    now = *wake;
    ++wakes;
    fired += deadlines.advance(now, [&](Handle, std::uint64_t due_ms) {
      REQUIRE(static_cast<std::int64_t>(due_ms) == now.ms);
    });
  }
  CHECK(fired == 500);
  // One per deadline, one per tick, and one per slot for each turn of what was parked there.
  CHECK(wakes <= 500 + 400 + 20'000 / 3'200 * 64);
}

TEST_CASE("DL2 a touched deadline does not fire at its old time but at the new") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  const Handle handle = deadlines.add(1, at(100));
  for (std::int64_t due = 110; due <= 3'000; due += 10) deadlines.touch(handle, at(due));
  CHECK(deadlines.due(handle) == at(3'000));
  CHECK(*deadlines.next_wake() == at(100));  // the wheel has not moved
  CHECK(advance(deadlines, 2'999).empty());
  CHECK(advance(deadlines, 3'000) == Payloads{1});
}

TEST_CASE("DL3 a deadline that was made earlier fires at the earlier time, and only then") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  const Handle handle = deadlines.add(1, at(600));
  deadlines.add(2, at(600));
  deadlines.set(handle, at(55));
  CHECK(advance(deadlines, 54).empty());
  CHECK(advance(deadlines, 55) == Payloads{1});
  CHECK(advance(deadlines, 700) == Payloads{2});

  deadlines.set(handle, at(5'000));
  deadlines.set(handle, at(6'000));
  deadlines.set(handle, at(5'500));  // earlier again, though later than its slot
  CHECK(advance(deadlines, 5'499).empty());
  CHECK(advance(deadlines, 5'500) == Payloads{1});
}

TEST_CASE("DL4 a removed deadline never fires, nor for the one that got its handle") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  const Handle first = deadlines.add(1, at(100));
  deadlines.add(2, at(100));
  deadlines.remove(first);
  const Handle reused = deadlines.add(3, at(200));
  CHECK(reused == first);
  CHECK(advance(deadlines, 199) == Payloads{2});
  CHECK(advance(deadlines, 200) == Payloads{3});
}

TEST_CASE("DL4 the callback may remove its own entry, others and give their handles out again") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  std::vector<Handle> handles;
  for (std::uint64_t i = 0; i < 10; ++i) handles.push_back(deadlines.add(i, at(100)));
  std::size_t calls = 0;
  deadlines.advance(at(100), [&](Handle, std::uint64_t) {
    REQUIRE(++calls == 1);
    for (const Handle handle : handles) deadlines.remove(handle);
    for (std::uint64_t i = 0; i < 10; ++i) deadlines.add(100 + i, at(100 + 10 * (i % 2)));
  });
  CHECK(deadlines.size() == 10);
  CHECK(advance(deadlines, 100).size() == 5);
  CHECK(advance(deadlines, 110).size() == 5);
}

TEST_CASE("DL5 deadlines beyond one turn of the wheel fire at their time") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});  // a turn is 640 ms
  for (const std::int64_t due : {639, 640, 641, 1'280, 6'405, 100'000})
    deadlines.add(static_cast<std::uint64_t>(due), at(due));
  deadlines.add(0, Instant{std::numeric_limits<std::int64_t>::max()});
  Payloads fired;
  for (std::int64_t ms = 0; ms <= 101'000; ++ms)
    for (const std::uint64_t payload : advance(deadlines, ms)) {
      CHECK(payload == static_cast<std::uint64_t>(ms));
      fired.push_back(payload);
    }
  CHECK(fired == Payloads{639, 640, 641, 1'280, 6'405, 100'000});
  CHECK(deadlines.next_wake().has_value());  // the one due never
}

TEST_CASE("DL5 a long gap fires everything due in it exactly once, and in order within one turn") {
  for (const std::int64_t gap : {630, 10'000, 100'000'000}) {
    Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
    Prng random(3);
    std::vector<int> seen(2'000);
    for (std::uint64_t i = 0; i < seen.size(); ++i) {
      const Handle handle = deadlines.add(i, at(random.below(500)));
      deadlines.touch(handle, at(500 + random.below(static_cast<std::uint32_t>(gap))));
    }
    Instant last{0};
    const std::size_t fired = deadlines.advance(at(gap), [&](Handle handle, std::uint64_t i) {
      ++seen[i];
      REQUIRE(reached(deadlines.due(handle), at(gap)));
      if (gap == 630) CHECK(deadlines.due(handle) + Duration(10) > last);
      last = deadlines.due(handle);
      deadlines.remove(handle);
    });
    CHECK(fired == static_cast<std::size_t>(std::count(seen.begin(), seen.end(), 1)));
    CHECK(advance(deadlines, gap + 500).size() == seen.size() - fired);
  }
}

TEST_CASE("DL5 a gap of ten thousand years is one turn of the wheel") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  constexpr std::int64_t gap = 315'569'520'000'000;
  for (std::uint64_t i = 0; i < 100; ++i) deadlines.add(i, at(gap + static_cast<std::int64_t>(i)));
  CHECK(advance(deadlines, gap - 1).empty());
  CHECK(advance(deadlines, gap) == Payloads{0});
  CHECK(advance(deadlines, gap + 99).size() == 99);
}

TEST_CASE("DL6 a deadline set in the past fires in the next advance, once") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  advance(deadlines, 1'000);
  deadlines.add(1, at(-5'000));
  const Handle second = deadlines.add(2, at(3'000));
  deadlines.set(second, at(1'000));
  CHECK(*deadlines.next_wake() == at(1'000));
  CHECK(advance(deadlines, 1'000).size() == 2);
  CHECK(advance(deadlines, 9'000).empty());
}

TEST_CASE("DL6 a callback that re-arms in the past does not keep advance from returning") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  deadlines.add(0, at(100));
  for (std::size_t round = 0; round < 3; ++round) {
    const std::size_t fired = deadlines.advance(at(200), [&](Handle handle, std::uint64_t) {
      deadlines.set(handle, at(150));
      deadlines.add(0, at(0));
    });
    CHECK(fired == std::size_t{1} << round);
  }
}

TEST_CASE("DL7 a fired deadline stays silent until it is set or touched again") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  const Handle handle = deadlines.add(1, at(100));
  CHECK(advance(deadlines, 250) == Payloads{1});
  CHECK(deadlines.size() == 1);
  CHECK(deadlines.due(handle) == at(100));
  CHECK(!deadlines.next_wake());
  CHECK(advance(deadlines, 5'000).empty());
  deadlines.set(handle, at(5'100));
  CHECK(advance(deadlines, 5'100) == Payloads{1});
  deadlines.touch(handle, at(5'200));
  CHECK(advance(deadlines, 5'200) == Payloads{1});
  deadlines.remove(handle);
  CHECK(deadlines.size() == 0);
}

TEST_CASE("DL8 an entry takes 24 bytes beside the slots") {
  const Deadlines::Options options{.tick = Duration(10), .slots = 1u << 11};
  Deadlines deadlines(start, options);
  const std::size_t empty = deadlines.memory_bytes();
  constexpr std::size_t count = 1u << 17;
  for (std::size_t i = 0; i < count; ++i) deadlines.add(i, at(static_cast<std::int64_t>(i)));
  CHECK(deadlines.memory_bytes() - empty <= 24 * count + count / 100);
  for (Handle handle = 0; handle < count; ++handle) deadlines.remove(handle);
  for (std::size_t i = 0; i < count; ++i) deadlines.add(i, at(static_cast<std::int64_t>(i)));
  CHECK(deadlines.memory_bytes() - empty <= 24 * count + count / 100);
}

TEST_CASE("DB9 armed deadlines are counted by how soon they come") {
  Deadlines deadlines(start, {.tick = Duration(10), .slots = 64});
  const std::array limits{at(100), at(1000)};
  using Counts = std::array<std::size_t, 2>;
  CHECK(deadlines.count_after(start, limits) == Counts{0, 0});
  const Handle first = deadlines.add(1, at(50));
  deadlines.add(2, at(100));
  const Handle third = deadlines.add(3, at(101));
  deadlines.add(4, at(100'000));
  CHECK(deadlines.count_after(start, limits) == Counts{2, 3});
  CHECK(deadlines.count_after(at(50), limits) == Counts{1, 2});
  advance(deadlines, 60);  // the first is idle
  CHECK(deadlines.count_after(start, limits) == Counts{1, 2});
  deadlines.set(first, at(200));
  deadlines.remove(third);
  CHECK(deadlines.count_after(start, limits) == Counts{1, 2});
}

}  // namespace tarotforge::core
