#include "net/outbox.h"

#include <algorithm>

namespace tarotforge::net {

void Outbox::push(SharedFrame frame) {
  bytes_ += frame->size();
  frames_.push_back(std::move(frame));
}

std::size_t Outbox::pieces(std::span<iovec> out) const {
  const auto count = std::min(frames(), out.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto& frame = *frames_[first_ + i];
    const std::size_t skipped = i == 0 ? offset_ : 0;
    out[i] = {const_cast<char*>(frame.data()) + skipped, frame.size() - skipped};
  }
  return count;
}

void Outbox::sent(std::size_t bytes) {
  bytes_ -= bytes;
  while (bytes > 0) {
    const auto rest = frames_[first_]->size() - offset_;
    if (bytes < rest) {
      offset_ += static_cast<std::uint32_t>(bytes);
      break;
    }
    bytes -= rest;
    offset_ = 0;
    frames_[first_++].reset();
  }
  if (first_ < frames_.size()) return;
  frames_ = {};
  first_ = 0;
}

void Outbox::drop_unsent() {
  const std::size_t kept = first_ + (offset_ > 0 ? 1u : 0u);
  frames_.resize(kept);
  bytes_ = offset_ > 0 ? frames_.back()->size() - offset_ : 0;
  if (offset_ > 0) return;
  frames_ = {};
  first_ = 0;
}

}  // namespace tarotforge::net
