// A deadline for each of up to tens of millions of things, in one flat timing wheel: sessions,
// presence levels, pings. Pushing a deadline later is one store; the wheel does not move, and the
// entry is armed anew when its old slot comes up. This is no clock: it is told the time and never
// runs early (DL1). Not thread-safe; one owner.
//
// Invariants between calls: every armed entry is in exactly one list, the overdue one if it was
// already reached when armed, else that of a slot whose tick is not after the deadline's. Entries
// live in chunks that never move, so that adding one never stops to copy the others.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/instant.h"

namespace tarotforge::core {

class Deadlines {
 public:
  using Handle = std::uint32_t;  // valid from add() to remove(); then it may be given out again

  // One turn of the wheel, tick times slots, is best longer than the usual deadline: an entry due
  // beyond it waits in the farthest slot and costs one re-arming per turn. The default, 10 ms by
  // 2^19 (87 min in 2 MiB), suits the default timeout of an hour.
  struct Options {
    Duration tick{10};
    std::uint32_t slots = 1u << 19;  // a power of two, at most 2^30
  };

  explicit Deadlines(Instant start) : Deadlines(start, Options{}) {}
  Deadlines(Instant start, Options options);  // start: not before the Epoch

  Handle add(std::uint64_t payload, Instant due);

  // In any direction; arms an idle entry. Later is a store, earlier moves the entry in the wheel.
  void set(Handle handle, Instant due);

  // As set(), but never earlier than the present deadline, even where that was reached. One store.
  void touch(Handle handle, Instant due) {
    std::int64_t& stored = due_ms(handle);
    const std::int64_t later = std::min(due.ms, kNever);
    if (later < stored) [[unlikely]]
      return touch_idle(handle, later);
    stored = later;
  }

  // What was last set, in [the Epoch, kNever]; of an idle entry, the deadline that was reached.
  Instant due(Handle handle) const;
  std::uint64_t payload(Handle handle) const;
  void set_payload(Handle handle, std::uint64_t payload);
  void remove(Handle handle);

  // Calls on_due(handle, payload) for every deadline reached at now, tick by tick in order; within
  // one tick, and more than one turn after the last call, in any order. The entry is then idle
  // until set() or touch() arms it again. The callback may use every method but advance(), on any
  // handle; what it arms at a time already reached fires in the next advance(). `now` never goes
  // back. Returns how many fired.
  template <class OnDue>
  std::size_t advance(Instant now, OnDue&& on_due) {
    Pass pass = begin_pass(now);
    std::size_t fired = 0;
    for (Handle handle; (handle = next_reached(pass)) != kNone; ++fired)
      on_due(handle, links(handle).payload);
    in_pass_ = false;
    return fired;
  }

  // Before this instant advance() has nothing to fire, and a timer set for it never spins: having
  // advanced to it, the next answer is later. nullopt when nothing is armed.
  std::optional<Instant> next_wake() const;

  // How many armed deadlines lie after `from` and not after each of the limits. Looks at all of
  // them: a million take a millisecond.
  template <std::size_t N>
  std::array<std::size_t, N> count_after(Instant from, const std::array<Instant, N>& limits) const {
    std::array<std::size_t, N> counts{};
    for (const auto& chunk : chunks_)
      for (const auto due : chunk->due_ms)
        if (due > from.ms)
          for (std::size_t i = 0; i < N; ++i) counts[i] += due <= limits[i].ms;
    return counts;
  }

  std::size_t size() const { return size_; }  // entries, armed or idle
  std::size_t memory_bytes() const;

 private:
  using Tick = std::uint64_t;  // counted from start_
  using List = std::uint32_t;  // a slot, or overdue_list() or visiting_list()

  // An entry's deadline is apart from the rest of it: a touch then reads and writes 8 bytes and
  // eight neighbours share its cache line. It is kIdleBit higher while the entry is idle and kFree
  // while the handle is not given out, so that one comparison in touch() finds all rare cases.
  static constexpr std::int64_t kIdleBit = std::int64_t{1} << 62;
  static constexpr std::int64_t kNever = kIdleBit - 1;  // later deadlines count as this one
  static constexpr std::int64_t kFree = std::numeric_limits<std::int64_t>::max();

  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  static constexpr std::uint32_t kHeadBit = 1u << 31;

  struct Links {
    std::uint64_t payload;
    Handle next;         // in its list, or of the free handles; kNone at the end
    std::uint32_t prev;  // a Handle; of the first entry, kHeadBit | its list
  };

  // 2^13 entries are 192 KiB: little to waste in a small server, and at ten million entries the
  // table of chunks (10 KB) still sits in the first-level cache.
  static constexpr std::uint32_t kChunkBits = 13;
  static constexpr std::uint32_t kChunkSize = 1u << kChunkBits;
  struct Chunk {
    std::int64_t due_ms[kChunkSize];
    Links links[kChunkSize];
  };

  // The slots that hold entries: a bit each, and a bit for each word of those.
  class SlotSet {
   public:
    explicit SlotSet(std::uint32_t slots);
    void insert(std::uint32_t slot);
    void erase(std::uint32_t slot);
    std::uint32_t first_from(std::uint32_t slot) const;  // going round; kNone when empty
    std::size_t memory_bytes() const;

   private:
    std::uint32_t first_at_or_after(std::uint32_t slot) const;
    std::vector<std::uint64_t> words_, summary_;
  };

  // One advance(): the slots' ticks from the last call's to now's, at most one turn.
  struct Pass {
    Tick tick;  // of the entries being visited
    Tick next;
    Tick last;
  };

  std::int64_t& due_ms(Handle h) { return chunks_[h >> kChunkBits]->due_ms[h % kChunkSize]; }
  std::int64_t due_ms(Handle h) const { return chunks_[h >> kChunkBits]->due_ms[h % kChunkSize]; }
  Links& links(Handle h) { return chunks_[h >> kChunkBits]->links[h % kChunkSize]; }
  const Links& links(Handle h) const { return chunks_[h >> kChunkBits]->links[h % kChunkSize]; }

  List overdue_list() const { return slots_; }
  List visiting_list() const { return slots_ + 1; }
  List slot_of(Tick tick) const { return static_cast<List>(tick & (slots_ - 1)); }
  Tick tick_of(std::int64_t due) const;
  void check_in_use(Handle handle) const;

  void touch_idle(Handle handle, std::int64_t due);
  void arm(Handle handle, std::int64_t due);  // into the list for its deadline
  void link(Handle handle, List list);
  void unlink(Handle handle);
  void visit(List list);
  void add_chunk();

  Pass begin_pass(Instant now);
  Handle next_reached(Pass& pass);  // made idle; kNone at the end of the pass
  bool visit_next_slot(Pass& pass);

  const Instant start_;
  const std::uint64_t tick_ms_;
  const std::uint32_t slots_;
  Instant now_;
  Tick current_ = 0;  // the tick of now_; its slot is visited until now_ is past it
  std::int64_t current_due_ = kNever;  // no deadline in the slot of current_ is before this
  bool in_pass_ = false;
  Handle free_ = kNone;
  std::size_t size_ = 0;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::vector<Handle> heads_;  // of each List
  SlotSet occupied_;
};

}  // namespace tarotforge::core
