// How many values fell at or below each of a few bounds, and their sum: what Prometheus calls a
// histogram. One thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tarotforge {

class Histogram {
 public:
  // `bounds` ascend and outlive the histogram; what lies above the last is counted too.
  explicit Histogram(std::span<const double> bounds) : bounds_(bounds), in_(bounds.size() + 1) {}

  void observe(double value) {
    ++in_[static_cast<std::size_t>(std::ranges::lower_bound(bounds_, value) - bounds_.begin())];
    sum_ += value;
  }

  std::span<const double> bounds() const { return bounds_; }
  // Of those at or below bounds()[i]; for i = bounds().size(), of all.
  std::uint64_t at_most(std::size_t i) const {
    std::uint64_t count = 0;
    for (std::size_t each = 0; each <= i; ++each) count += in_[each];
    return count;
  }
  std::uint64_t count() const { return at_most(bounds_.size()); }
  double sum() const { return sum_; }

 private:
  std::span<const double> bounds_;
  std::vector<std::uint64_t> in_;  // (bounds[i-1], bounds[i]]
  double sum_ = 0;
};

}  // namespace tarotforge
