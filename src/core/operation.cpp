#include "core/operation.h"

#include "base/words.h"

namespace tarotforge::core {
namespace {

constexpr Words<4> kLayouts = {"single-card", "three-card", "celtic-cross", "freestyle"};
constexpr Words<4> kSteps = {"setup", "ask-question", "drawing", "interpretation"};

// In the order of the variant's alternatives.
constexpr Words<std::variant_size_v<Operation>> kKinds = {"choose_deck",  "choose_layout",
                                                          "set_question", "set_step",
                                                          "shuffle",      "draw",
                                                          "flip",         "move",
                                                          "rotate",       "return_card",
                                                          "focus",        "interpret",
                                                          "lock_table",   "remove_participant",
                                                          "reset"};

}  // namespace

std::string_view to_string(Layout layout) { return kLayouts[static_cast<std::size_t>(layout)]; }
std::string_view to_string(Step step) { return kSteps[static_cast<std::size_t>(step)]; }
std::optional<Layout> parse_layout(std::string_view word) {
  return find_word<Layout>(kLayouts, word);
}
std::optional<Step> parse_step(std::string_view word) { return find_word<Step>(kSteps, word); }

std::string_view kind_of(const Operation& operation) { return kKinds[operation.index()]; }

}  // namespace tarotforge::core
