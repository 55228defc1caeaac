#include "core/deadlines.h"

#include <bit>

namespace tarotforge::core {

namespace {

constexpr std::uint32_t kWordBits = 64;

std::size_t words_for(std::size_t bits) { return (bits + kWordBits - 1) / kWordBits; }

std::uint64_t bit(std::uint32_t index) { return std::uint64_t{1} << (index % kWordBits); }

}  // namespace

Deadlines::SlotSet::SlotSet(std::uint32_t slots)
    : words_(words_for(slots)), summary_(words_for(words_.size())) {}

void Deadlines::SlotSet::insert(std::uint32_t slot) {
  const std::uint32_t word = slot / kWordBits;
  words_[word] |= bit(slot);
  summary_[word / kWordBits] |= bit(word);
}

void Deadlines::SlotSet::erase(std::uint32_t slot) {
  const std::uint32_t word = slot / kWordBits;
  words_[word] &= ~bit(slot);
  if (words_[word] == 0) summary_[word / kWordBits] &= ~bit(word);
}

std::uint32_t Deadlines::SlotSet::first_from(std::uint32_t slot) const {
  const std::uint32_t ahead = first_at_or_after(slot);
  return ahead != kNone ? ahead : first_at_or_after(0);
}

std::uint32_t Deadlines::SlotSet::first_at_or_after(std::uint32_t slot) const {
  const std::uint32_t word = slot / kWordBits;
  // -bit(n) has the bits from n up.
  if (const std::uint64_t bits = words_[word] & -bit(slot))
    return word * kWordBits + static_cast<std::uint32_t>(std::countr_zero(bits));
  std::uint32_t upper = word / kWordBits;
  std::uint64_t bits = summary_[upper] & -bit(word) & ~bit(word);
  while (bits == 0) {
    if (++upper == summary_.size()) return kNone;
    bits = summary_[upper];
  }
  const std::uint32_t found =
      upper * kWordBits + static_cast<std::uint32_t>(std::countr_zero(bits));
  return found * kWordBits + static_cast<std::uint32_t>(std::countr_zero(words_[found]));
}

std::size_t Deadlines::SlotSet::memory_bytes() const {
  return (words_.capacity() + summary_.capacity()) * sizeof(std::uint64_t);
}

Deadlines::Deadlines(Instant start, Options options)
    : start_(start),
      tick_ms_(static_cast<std::uint64_t>(options.tick.count())),
      slots_(options.slots),
      now_(start),
      heads_(std::size_t{options.slots} + 2, kNone),
      occupied_(options.slots) {
  check(start.ms >= 0 && start.ms <= kNever, "deadlines start after the Epoch");
  check(options.tick.count() > 0, "a tick has a length");
  check(std::has_single_bit(slots_) && slots_ >= 2 && slots_ <= 1u << 30,
        "the slots are a power of two");
}

Deadlines::Handle Deadlines::add(std::uint64_t payload, Instant due) {
  if (free_ == kNone) add_chunk();
  const Handle handle = free_;
  Links& entry = links(handle);
  free_ = entry.next;
  entry.payload = payload;
  ++size_;
  arm(handle, std::clamp<std::int64_t>(due.ms, 0, kNever));
  return handle;
}

void Deadlines::set(Handle handle, Instant due) {
  check_in_use(handle);
  std::int64_t& stored = due_ms(handle);
  const std::int64_t wanted = std::clamp<std::int64_t>(due.ms, 0, kNever);
  if (stored & kIdleBit) return arm(handle, wanted);
  // A deadline that is reached already fires in the pass at hand, or first thing in the next.
  if (wanted >= stored || stored <= now_.ms) {
    stored = wanted;
    return;
  }
  unlink(handle);
  arm(handle, wanted);
}

void Deadlines::touch_idle(Handle handle, std::int64_t due) {
  check_in_use(handle);
  const std::int64_t stored = due_ms(handle);
  check((stored & kIdleBit) && due >= (stored & kNever), "a touch never makes a deadline earlier");
  arm(handle, due);
}

Instant Deadlines::due(Handle handle) const {
  check_in_use(handle);
  return Instant{due_ms(handle) & kNever};
}

std::uint64_t Deadlines::payload(Handle handle) const {
  check_in_use(handle);
  return links(handle).payload;
}

void Deadlines::set_payload(Handle handle, std::uint64_t payload) {
  check_in_use(handle);
  links(handle).payload = payload;
}

void Deadlines::remove(Handle handle) {
  check_in_use(handle);
  std::int64_t& stored = due_ms(handle);
  if (!(stored & kIdleBit)) unlink(handle);
  stored = kFree;
  links(handle).next = std::exchange(free_, handle);
  --size_;
}

std::optional<Instant> Deadlines::next_wake() const {
  if (in_pass_ || heads_[overdue_list()] != kNone) return now_;
  const List current = slot_of(current_);
  const List slot = occupied_.first_from(current);
  if (slot == kNone) return std::nullopt;
  if (slot == current) return Instant{current_due_};
  const Tick tick = current_ + ((slot - current) & (slots_ - 1));
  return Instant{start_.ms + static_cast<std::int64_t>(tick * tick_ms_)};
}

std::size_t Deadlines::memory_bytes() const {
  return chunks_.size() * sizeof(Chunk) + chunks_.capacity() * sizeof(chunks_[0]) +
         heads_.capacity() * sizeof(Handle) + occupied_.memory_bytes();
}

Deadlines::Tick Deadlines::tick_of(std::int64_t due) const {
  return due <= start_.ms ? 0 : static_cast<std::uint64_t>(due - start_.ms) / tick_ms_;
}

void Deadlines::check_in_use(Handle handle) const {
  check((handle >> kChunkBits) < chunks_.size() && due_ms(handle) != kFree, "a handle is in use");
}

void Deadlines::arm(Handle handle, std::int64_t due) {
  due_ms(handle) = due;
  if (due <= now_.ms) return link(handle, overdue_list());
  const Tick tick = tick_of(due);
  if (tick == current_) current_due_ = std::min(current_due_, due);
  link(handle, slot_of(std::min(tick, current_ + slots_ - 1)));
}

void Deadlines::link(Handle handle, List list) {
  Links& entry = links(handle);
  entry.next = std::exchange(heads_[list], handle);
  entry.prev = kHeadBit | list;
  if (entry.next != kNone)
    links(entry.next).prev = handle;
  else if (list < slots_)
    occupied_.insert(list);
}

void Deadlines::unlink(Handle handle) {
  const Links& entry = links(handle);
  if (entry.next != kNone) links(entry.next).prev = entry.prev;
  if (!(entry.prev & kHeadBit)) {
    links(entry.prev).next = entry.next;
    return;
  }
  const List list = entry.prev & ~kHeadBit;
  heads_[list] = entry.next;
  if (entry.next == kNone && list < slots_) occupied_.erase(list);
}

// Moves a whole list to where next_reached() takes entries from. Callbacks may change either.
void Deadlines::visit(List list) {
  const Handle first = std::exchange(heads_[list], kNone);
  if (first == kNone) return;
  if (list < slots_) occupied_.erase(list);
  heads_[visiting_list()] = first;
  links(first).prev = kHeadBit | visiting_list();
}

void Deadlines::add_chunk() {
  const auto first = static_cast<Handle>(chunks_.size() << kChunkBits);
  check(first < kHeadBit, "at most 2^31 deadlines");
  auto chunk = std::make_unique_for_overwrite<Chunk>();
  std::fill_n(chunk->due_ms, kChunkSize, kFree);
  for (std::uint32_t i = 0; i < kChunkSize; ++i)
    chunk->links[i].next = i + 1 < kChunkSize ? first + i + 1 : kNone;
  chunks_.push_back(std::move(chunk));
  free_ = first;
}

Deadlines::Pass Deadlines::begin_pass(Instant now) {
  check(!in_pass_, "advance is not called from its own callback");
  check(now >= now_ && now.ms <= kNever, "time does not go back");
  in_pass_ = true;
  const Tick first = std::exchange(current_, tick_of(now.ms));
  now_ = now;
  visit(overdue_list());
  // Within one tick its slot need not be walked for nothing.
  if (first == current_ && now.ms < current_due_) return {first, first + 1, first};
  current_due_ = kNever;
  return {first, first, std::min(current_, first + slots_ - 1)};
}

Deadlines::Handle Deadlines::next_reached(Pass& pass) {
  do {
    for (Handle handle; (handle = heads_[visiting_list()]) != kNone;) {
      unlink(handle);
      if (const Handle next = heads_[visiting_list()]; next != kNone)
        __builtin_prefetch(&due_ms(next));
      std::int64_t& due = due_ms(handle);
      if (due > now_.ms) {
        arm(handle, due);
      } else if (pass.tick == pass.last || tick_of(due) <= pass.tick) {
        due |= kIdleBit;
        return handle;
      } else {  // it was moved later, within this pass: it waits for its turn
        link(handle, slot_of(std::min(tick_of(due), pass.last)));
      }
    }
  } while (visit_next_slot(pass));
  return kNone;
}

bool Deadlines::visit_next_slot(Pass& pass) {
  const List from = slot_of(pass.next);
  const List slot = occupied_.first_from(from);
  if (slot == kNone) return false;
  pass.tick = pass.next + ((slot - from) & (slots_ - 1));
  if (pass.tick > pass.last) return false;
  pass.next = pass.tick + 1;
  visit(slot);
  return true;
}

}  // namespace tarotforge::core
