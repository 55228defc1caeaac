// What one would use for deadlines otherwise, each with move() for pushing one later and pop() for
// the next that is reached. The bench's own; kept as fast as its kind can be.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace tarotforge::bench {

using Handle = std::uint32_t;

// Erase and insert, as with any ordered index.
class OrderedSet {
 public:
  OrderedSet(std::size_t n, std::int64_t due) : dues_(n, due) {
    for (std::size_t i = 0; i < n; ++i) set_.emplace_hint(set_.end(), dues_[i], i);
  }
  void move(Handle h, std::int64_t due) {
    set_.erase({dues_[h], h});
    set_.emplace(dues_[h] = due, h);
  }
  Handle pop() {
    const Handle h = set_.begin()->second;
    set_.erase(set_.begin());
    return h;
  }

 private:
  std::vector<std::int64_t> dues_;
  std::set<std::pair<std::int64_t, Handle>> set_;
};

// At its very best: the node is found by its iterator, used again, and known to go to the end.
class OrderedMultimap {
 public:
  OrderedMultimap(std::size_t n, std::int64_t due) : where_(n) {
    for (std::size_t i = 0; i < n; ++i)
      where_[i] = map_.emplace_hint(map_.end(), due, static_cast<Handle>(i));
  }
  void move(Handle h, std::int64_t due) {
    auto node = map_.extract(where_[h]);
    node.key() = due;
    where_[h] = map_.insert(map_.end(), std::move(node));
  }
  Handle pop() {
    const Handle h = map_.begin()->second;
    map_.erase(map_.begin());
    return h;
  }

 private:
  std::multimap<std::int64_t, Handle> map_;
  std::vector<std::multimap<std::int64_t, Handle>::iterator> where_;
};

// A binary heap whose entries know their places, as timer queues of event loops have it.
class Heap {
 public:
  Heap(std::size_t n, std::int64_t due) : heap_(n), place_(n) {
    for (std::size_t i = 0; i < n; ++i) put(i, {due, static_cast<Handle>(i)});
  }
  void move(Handle h, std::int64_t due) { sink_down(place_[h], {due, h}); }
  Handle pop() {
    const Handle h = heap_[0].handle;
    const Item last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sink_down(0, last);
    return h;
  }

 private:
  struct Item {
    std::int64_t due;
    Handle handle;
  };
  void put(std::size_t at, Item item) {
    heap_[at] = item;
    place_[item.handle] = static_cast<std::uint32_t>(at);
  }
  void sink_down(std::size_t at, Item item) {
    for (std::size_t child; (child = 2 * at + 1) < heap_.size(); at = child) {
      if (child + 1 < heap_.size() && heap_[child + 1].due < heap_[child].due) ++child;
      if (item.due <= heap_[child].due) break;
      put(at, heap_[child]);
    }
    put(at, item);
  }
  std::vector<Item> heap_;
  std::vector<std::uint32_t> place_;
};

}  // namespace tarotforge::bench
