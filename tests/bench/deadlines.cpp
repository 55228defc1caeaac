// What a deadline costs: touches per second and bytes per session at 10 k, 1 M and 10 M sessions,
// beside a bare store to a plain array (what the memory itself allows) and beside ordered maps and
// a binary heap. Every figure is the median of interleaved rounds in this one process.
#include "core/deadlines.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "tests/bench/deadline_rivals.h"

namespace {

using namespace tarotforge;
using core::Deadlines;
using Handle = Deadlines::Handle;
using Order = std::vector<Handle>;

constexpr std::size_t kSizes[] = {10'000, 1'000'000, 10'000'000};
constexpr int kRounds = 7;
constexpr int kWheelRounds = 3;               // one takes ten seconds at ten million sessions
constexpr std::size_t kTouches = 10'000'000;  // per round and variant
constexpr std::size_t kRivalMoves = 500'000;  // per round and rival: they are a lot slower
constexpr Instant kStart{1'700'000'000'000};
constexpr Duration kHour{3'600'000};
constexpr Duration kMinute{60'000};

volatile std::int64_t sink;

// The compiler must assume that everything in memory was read and written here.
void use_memory() { asm volatile("" : : : "memory"); }

template <class Work>
double seconds(Work&& work) {
  use_memory();
  const auto from = std::chrono::steady_clock::now();
  work();
  use_memory();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Named measurements in nanoseconds per operation, one value per round.
class Samples {
 public:
  void add(const std::string& name, double ns) { values_[name].push_back(ns); }
  double ns(const std::string& name) const { return median(values_.at(name)); }
  double millions(const std::string& name) const { return 1e3 / ns(name); }

 private:
  std::map<std::string, std::vector<double>> values_;
};

Order in_sequence(std::size_t n) {
  Order order(n);
  std::iota(order.begin(), order.end(), 0u);
  return order;
}

Order shuffled(std::size_t n, Prng& random) {
  Order order = in_sequence(n);
  for (std::size_t i = n; i > 1; --i)
    std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  return order;
}

// Calls move(handle, due) with handles in the given order, going round, and a due time that rises
// by a millisecond every 1024 moves, as it would at a million moves per second.
class Stream {
 public:
  explicit Stream(const Order& order) : order_(order) {}

  template <class Move>
  double ns_per_move(std::size_t count, std::int64_t& due, Move&& move) {
    const double spent = seconds([&] {
      for (std::size_t left = count; left > 0;) {
        const std::size_t run = std::min({left, std::size_t{1024}, order_.size() - at_});
        for (const Handle handle : std::span(order_).subspan(at_, run)) move(handle, due);
        ++due;
        left -= run;
        at_ = (at_ + run) % order_.size();
      }
    });
    return spent * 1e9 / static_cast<double>(count);
  }

 private:
  const Order& order_;
  std::size_t at_ = 0;
};

std::size_t resident_bytes() {
  std::size_t total = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

Deadlines filled(std::size_t n) {
  Deadlines wheel(kStart);
  for (std::size_t i = 0; i < n; ++i) wheel.add(i, kStart + kHour);
  return wheel;
}

// ------------------------------------------------------------------------------- touches, memory

struct Entry {  // as large as an entry of Deadlines, all of it
  std::int64_t due = 0;
  std::uint64_t payload = 0;
  std::uint32_t next = 0;
  std::uint32_t prev = 0;
};
static_assert(sizeof(Entry) == 24);

Samples measure_touches(std::size_t n, const Order& random_order) {
  Samples samples;
  Deadlines wheel = filled(n);
  std::vector<Entry> entries(n);
  std::vector<std::int64_t> dues(n);
  const Order sequence = in_sequence(n);
  Stream streams[] = {Stream(random_order), Stream(sequence)};
  const char* const names[] = {"random", "sequential"};
  std::int64_t due = (kStart + kHour).ms;
  for (int round = 0; round < kRounds; ++round)
    for (int i = 0; i < 2; ++i) {
      const std::string name = names[i];
      Stream& stream = streams[i];
      samples.add(name + " touch", stream.ns_per_move(kTouches, due, [&](Handle h, std::int64_t t) {
        wheel.touch(h, Instant{t});
      }));
      samples.add(name + " checked 8",
                  stream.ns_per_move(kTouches, due, [&](Handle h, std::int64_t t) {
                    check(t >= dues[h], "time rises");
                    dues[h] = t;
                  }));
      samples.add(
          name + " bare 24",
          stream.ns_per_move(kTouches, due, [&](Handle h, std::int64_t t) { entries[h].due = t; }));
      samples.add(
          name + " bare 8",
          stream.ns_per_move(kTouches, due, [&](Handle h, std::int64_t t) { dues[h] = t; }));
    }
  sink = wheel.due(random_order[0]).ms + entries[random_order[0]].due + dues[random_order[0]];
  return samples;
}

void print_touches(const std::map<std::size_t, Samples>& all) {
  fmt::print(
      "\n## Pushing a deadline later\n\nMillion per second on one core. \"Bare\" is a plain store "
      "to "
      "an array of entries of 24 bytes (as large as\none of ours) or of 8 (as large as the part "
      "that "
      "a touch uses): what the caches allow. \"Checked\" also\ncompares with the value before, as "
      "a "
      "touch does to catch misuse and entries that have fired: the\nprocessor then has to wait for "
      "the line that a store alone need not wait for.\n\n"
      "| sessions | order | touch | ns | bare, 24 B | bare, 8 B | checked, 8 B | touch / bare 24 B "
      "| "
      "touch / bare 8 B | touch / checked |\n|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  for (const auto& [n, samples] : all)
    for (const std::string order : {"random", "sequential"}) {
      const double touch = samples.millions(order + " touch");
      const double bare24 = samples.millions(order + " bare 24");
      const double bare8 = samples.millions(order + " bare 8");
      const double checked = samples.millions(order + " checked 8");
      fmt::print(
          "| {} | {} | {:.0f} | {:.2f} | {:.0f} | {:.0f} | {:.0f} | {:.2f} | {:.2f} | {:.2f} |\n",
          n, order, touch, 1e3 / touch, bare24, bare8, checked, touch / bare24, touch / bare8,
          touch / checked);
    }
}

struct Memory {
  double entry, slots, resident;  // bytes per session
};

Memory measure_memory(std::size_t n) {
  const double count = static_cast<double>(n);
  const std::size_t empty = Deadlines(kStart).memory_bytes();
  malloc_trim(0);  // else the new entries may land in pages that are resident already
  const std::size_t before = resident_bytes();
  const Deadlines wheel = filled(n);
  const std::size_t after = resident_bytes();
  return {static_cast<double>(wheel.memory_bytes() - empty) / count,
          static_cast<double>(empty) / count, static_cast<double>(after - before) / count};
}

void print_memory(const std::map<std::size_t, Memory>& all) {
  fmt::print(
      "\n## Bytes per session\n\nWith the default wheel of 2^19 slots.\n\n"
      "| sessions | entry | share of the slots | together | seen by the kernel |\n"
      "|---:|---:|---:|---:|---:|\n");
  for (const auto& [n, memory] : all)
    fmt::print("| {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", n, memory.entry, memory.slots,
               memory.entry + memory.slots, memory.resident);
}

// ------------------------------------------------------------------------- the rest of the wheel

// Advances tick by tick over a minute, in which every entry's slot comes up.
template <class OnDue>
double walk_a_minute(Deadlines& wheel, Instant& now, OnDue&& on_due) {
  return seconds([&] {
    for (const Instant end = now + kMinute; now < end;) {
      now += Duration(10);
      wheel.advance(now, on_due);
    }
  });
}

void measure_wheel(const Order& order, const std::vector<std::uint32_t>& within_minute,
                   Samples& samples) {
  const std::size_t n = order.size();
  const auto add = [&](const char* name, double spent) {
    samples.add(name, spent * 1e9 / static_cast<double>(n));
  };
  Deadlines wheel(kStart);
  Instant now = kStart;
  std::size_t fired = 0;
  const auto count = [&](Handle, std::uint64_t) { ++fired; };
  const auto set_all = [&] {
    for (const Handle h : order) wheel.set(h, now + Duration(1 + within_minute[h]));
  };
  add("add", seconds([&] {
        for (std::size_t i = 0; i < n; ++i) wheel.add(i, now + Duration(1 + within_minute[i]));
      }));
  for (const Handle h : order) wheel.touch(h, now + kHour + Duration(within_minute[h]));
  add("re-arm", walk_a_minute(wheel, now, count));
  check(fired == 0, "a touched deadline does not fire at its old time");
  add("set earlier", seconds(set_all));
  add("fire", walk_a_minute(wheel, now, count));
  check(fired == n, "every deadline fires once");
  add("arm again", seconds(set_all));
  add("fire and remove", walk_a_minute(wheel, now, [&](Handle h, std::uint64_t payload) {
        wheel.remove(h);
        fired += payload < n;
      }));
  check(fired == 2 * n && wheel.size() == 0, "every deadline fires once");
  sink = static_cast<std::int64_t>(fired);
}

void print_wheel(const std::map<std::size_t, Samples>& all) {
  const char* const names[] = {"add",    "set earlier", "arm again",
                               "re-arm", "fire",        "fire and remove"};
  fmt::print(
      "\n## Everything else\n\nNanoseconds per entry, handles in random order, deadlines "
      "spread over a minute of 10 ms ticks.\n\"Re-arm\" is what a touched deadline costs "
      "when its old slot comes up: once an hour per session.\n\n| sessions |");
  for (const char* name : names) fmt::print(" {} |", name);
  fmt::print("\n|---:|---:|---:|---:|---:|---:|---:|\n");
  for (const auto& [n, samples] : all) {
    fmt::print("| {} |", n);
    for (const char* name : names) fmt::print(" {:.0f} |", samples.ns(name));
    fmt::print("\n");
  }
}

// ---------------------------------------------------------------------------------------- rivals

template <class Rival>
void measure_pops(const char* name, Rival& rival, std::size_t n, Samples& samples) {
  std::int64_t sum = 0;
  const double spent = seconds([&] {
    for (std::size_t i = 0; i < n; ++i) sum += rival.pop();
  });
  check(sum == static_cast<std::int64_t>(n * (n - 1) / 2), "a rival fires every deadline once");
  samples.add(std::string(name) + " fire", spent * 1e9 / static_cast<double>(n));
}

Samples measure_rivals(std::size_t n, const Order& order, const Order& settling) {
  Samples samples;
  Deadlines wheel = filled(n);
  bench::OrderedSet set(n, (kStart + kHour).ms);
  bench::OrderedMultimap multimap(n, (kStart + kHour).ms);
  bench::Heap heap(n, (kStart + kHour).ms);
  std::int64_t due = (kStart + kHour).ms + 1;
  for (const Handle h : settling) {  // so that neighbours in time are not neighbours in memory
    due += h % 1024 == 0;
    wheel.touch(h, Instant{due});
    set.move(h, due);
    multimap.move(h, due);
    heap.move(h, due);
  }
  std::vector<Stream> streams(4, Stream(order));
  const auto measure = [&](int i, const char* name, auto&& move) {
    samples.add(name, streams[static_cast<std::size_t>(i)].ns_per_move(kRivalMoves, due, move));
  };
  for (int round = 0; round < kRounds; ++round) {
    measure(0, "wheel", [&](Handle h, std::int64_t t) { wheel.touch(h, Instant{t}); });
    measure(1, "set", [&](Handle h, std::int64_t t) { set.move(h, t); });
    measure(2, "multimap", [&](Handle h, std::int64_t t) { multimap.move(h, t); });
    measure(3, "heap", [&](Handle h, std::int64_t t) { heap.move(h, t); });
  }
  measure_pops("set", set, n, samples);
  measure_pops("multimap", multimap, n, samples);
  measure_pops("heap", heap, n, samples);
  return samples;
}

void print_rivals(const std::map<std::size_t, Samples>& all,
                  const std::map<std::size_t, Samples>& wheel) {
  fmt::print(
      "\n## Beside other structures\n\nNanoseconds for pushing a random deadline later, and "
      "for taking out one that is reached, in the\nsame process and with caches that the others "
      "have used in between. The multimap is at its best:\n"
      "found by iterator, node used again, end known. The heap knows every entry's place."
      "\n\n| sessions | what | wheel | `std::set` | `std::multimap` | binary heap |\n"
      "|---:|---|---:|---:|---:|---:|\n");
  for (const auto& [n, samples] : all) {
    fmt::print("| {} | push later | {:.1f} | {:.0f} | {:.0f} | {:.0f} |\n", n, samples.ns("wheel"),
               samples.ns("set"), samples.ns("multimap"), samples.ns("heap"));
    fmt::print("| {} | fire and remove | {:.0f} | {:.0f} | {:.0f} | {:.0f} |\n", n,
               wheel.at(n).ns("fire and remove"), samples.ns("set fire"),
               samples.ns("multimap fire"), samples.ns("heap fire"));
  }
}

// -------------------------------------------------------------------------------------- verdicts

void print_verdicts(const std::map<std::size_t, Samples>& touches,
                    const std::map<std::size_t, Memory>& memory,
                    const std::map<std::size_t, Samples>& rivals) {
  const auto verdict = [](bool met, const std::string& text) {
    fmt::print("- {}: {}\n", met ? "met" : "NOT MET", text);
  };
  fmt::print("\n## Aims\n\n");
  const double million = touches.at(1'000'000).millions("random touch");
  verdict(million >= 20, fmt::format("at least 20 M touches/s at 1 M sessions in random order "
                                     "({:.0f} M/s)",
                                     million));
  const auto slowdown = [&](const char* name) {
    return touches.at(10'000'000).ns(name) / touches.at(10'000).ns(name);
  };
  const double touch = slowdown("random touch");
  const auto apart_from = [&](const char* store, const char* name) {
    const double own = slowdown(name);
    verdict(touch <= 2 * own,
            fmt::format("from 10 k to 10 M within 2x apart from what {} loses to cache misses "
                        "(touch {:.1f}x slower, the store {:.1f}x: {:.2f}x apart)",
                        store, touch, own, touch / own));
  };
  apart_from("a bare 8 B store", "random bare 8");
  apart_from("a bare 24 B store", "random bare 24");
  apart_from("an 8 B store that reads first, as a touch does,", "random checked 8");
  const double bytes = memory.at(10'000'000).entry;
  verdict(bytes <= 24.1, fmt::format("at most 24 bytes per entry beside the slots ({:.2f} at 10 M, "
                                     "the rest is the last chunk's free places)",
                                     bytes));
  const Samples& peers = rivals.at(1'000'000);
  const double best = std::min({peers.ns("set"), peers.ns("multimap"), peers.ns("heap")});
  verdict(best >= 10 * peers.ns("wheel"),
          fmt::format("at least 10x cheaper than the best ordered structure at 1 M ({:.0f}x)",
                      best / peers.ns("wheel")));
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Prng random(20'260'101);
  std::map<std::size_t, Samples> touches, wheel, rivals;
  std::map<std::size_t, Memory> memory;
  for (const std::size_t n : kSizes) {
    std::fprintf(stderr, "measuring %zu sessions\n", n);
    const Order order = shuffled(n, random);
    memory[n] = measure_memory(n);
    touches[n] = measure_touches(n, order);
    std::vector<std::uint32_t> within_minute(n);
    for (auto& ms : within_minute) ms = random.below(static_cast<std::uint32_t>(kMinute.count()));
    for (int round = 0; round < kWheelRounds; ++round)
      measure_wheel(order, within_minute, wheel[n]);
    rivals[n] = measure_rivals(n, order, shuffled(n, random));
  }
  fmt::print("# Deadlines\n\nMedians of {} interleaved rounds.\n", kRounds);
  print_touches(touches);
  print_memory(memory);
  print_wheel(wheel);
  print_rivals(rivals, wheel);
  print_verdicts(touches, memory, rivals);
}
