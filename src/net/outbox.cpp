#include "net/outbox.h"

#include <algorithm>

namespace tarotforge::net {

void Outbox::push(SharedFrame frame) {
  bytes_ += frame->size();
  if (first_)
    rest_.push_back(std::move(frame));
  else
    first_ = std::move(frame);
}

std::size_t Outbox::pieces(std::span<iovec> out) const {
  const auto count = std::min(frames(), out.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto& frame = i == 0 ? *first_ : *rest_[taken_ + i - 1];
    const std::size_t skipped = i == 0 ? offset_ : 0;
    out[i] = {const_cast<char*>(frame.data()) + skipped, frame.size() - skipped};
  }
  return count;
}

void Outbox::sent(std::size_t bytes) {
  bytes_ -= bytes;
  while (first_ && bytes >= first_->size() - offset_) {
    bytes -= first_->size() - offset_;
    offset_ = 0;
    first_ = taken_ < rest_.size() ? std::move(rest_[taken_++]) : nullptr;
  }
  offset_ += static_cast<std::uint32_t>(bytes);
  if (first_ || rest_.empty()) return;
  rest_ = {};
  taken_ = 0;
}

void Outbox::drop_unsent() {
  if (offset_ == 0) first_ = nullptr;
  rest_ = {};
  taken_ = 0;
  bytes_ = first_ ? first_->size() - offset_ : 0;
}

}  // namespace tarotforge::net
