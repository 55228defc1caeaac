// Where the cards of each layout lie: the middle of each card, x to the right and y down, as
// fractions of the table, spaced for cards of up to a quarter of the table's height.
#include <array>

#include "base/check.h"
#include "core/reading.h"

namespace tarotforge::core {
namespace {

constexpr std::array<LayoutPosition, 1> kSingleCard = {{{"card", 0.5, 0.5, 0}}};

constexpr std::array<LayoutPosition, 3> kThreeCard = {{
    {"past", 0.25, 0.5, 0},
    {"present", 0.5, 0.5, 0},
    {"future", 0.75, 0.5, 0},
}};

// The cross on the left, the staff on the right, which is laid from the bottom to the top.
constexpr std::array<LayoutPosition, 10> kCelticCross = {{
    {"present", 0.35, 0.5, 0},
    {"challenge", 0.35, 0.5, 90},
    {"foundation", 0.35, 0.83, 0},
    {"past", 0.13, 0.5, 0},
    {"crown", 0.35, 0.17, 0},
    {"future", 0.57, 0.5, 0},
    {"self", 0.82, 0.855, 0},
    {"environment", 0.82, 0.61, 0},
    {"hopes-fears", 0.82, 0.365, 0},
    {"outcome", 0.82, 0.12, 0},
}};

}  // namespace

std::span<const LayoutPosition> positions(Layout layout) {
  switch (layout) {
    case Layout::single_card:
      return kSingleCard;
    case Layout::three_card:
      return kThreeCard;
    case Layout::celtic_cross:
      return kCelticCross;
    case Layout::freestyle:
      return {};
  }
  fail_check("a layout is one of the four", std::source_location::current());
}

}  // namespace tarotforge::core
