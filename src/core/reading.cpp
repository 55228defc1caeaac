#include "core/reading.h"

#include <fmt/format.h>

#include "base/text.h"
#include "core/deck_shuffle.h"

namespace tarotforge::core {
namespace {

// Unicode's category Cc (U+0000–U+001F, U+007F–U+009F) but newline and tab, in valid UTF-8.
bool has_control_characters(std::string_view text) {
  unsigned char before = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) return true;
    if (before == 0xc2 && byte < 0xa0) return true;
    before = byte;
  }
  return false;
}

}  // namespace

Result<> check_text(const TextRule& rule, std::string_view text, ErrorCode refusal) {
  if (!is_utf8(text)) return Error(refusal, fmt::format("{} must be UTF-8 text.", rule.field));
  const std::size_t length = code_points(text);
  if (length < rule.least || length > rule.most)
    return Error(refusal, fmt::format("{} must have {} to {} characters.", rule.field, rule.least,
                                      rule.most));
  if (has_control_characters(text))
    return Error(refusal,
                 fmt::format("{} must not contain control characters other than newlines and "
                             "tabs.",
                             rule.field));
  return {};
}

Result<Reading> make_reading(std::string_view deck_id, Layout layout, std::string_view question,
                             Random& random) {
  const Deck* deck = find_deck(deck_id);
  if (!deck) return ErrorCode::deck_not_found;
  TRY(check_text(kQuestionRule, question, ErrorCode::invalid_value));
  Reading reading;
  reading.deck_id = deck->id;
  reading.layout = layout;
  reading.question = question;
  take_new_deck(reading, random);
  return reading;
}

}  // namespace tarotforge::core
