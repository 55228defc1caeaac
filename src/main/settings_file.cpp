#include "main/settings_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

#include "base/text.h"

namespace tarotforge {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

// A surrogate gives bytes that are not UTF-8, which the whole value is checked for.
void append_utf8(std::string& out, std::uint32_t c) {
  const int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  constexpr std::uint8_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[more] | c >> (6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
}

// What is left of one line.
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view take_word(std::string_view also = {}) {
    const auto end = std::ranges::find_if(
        rest_, [&](char c) { return !is_word(c) && also.find(c) == std::string_view::npos; });
    const auto word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    return word;
  }
  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  bool is_over() const { return rest_.empty() || rest_.front() == '#'; }

  std::optional<std::string> take_value();

 private:
  std::optional<std::string> take_literal();  // after its first quote, as the next
  std::optional<std::string> take_text();
  bool take_escape(std::string& out);
  bool take_character(std::size_t digits, std::string& out);

  std::string_view rest_;
};

std::optional<std::string> Line::take_literal() {
  const auto end = rest_.find('\'');
  if (end == std::string_view::npos) return std::nullopt;
  std::string text(rest_.substr(0, end));
  rest_.remove_prefix(end + 1);
  return text;
}

std::optional<std::string> Line::take_text() {
  std::string text;
  while (!take('"')) {
    if (rest_.empty()) return std::nullopt;
    if (take('\\')) {
      if (!take_escape(text)) return std::nullopt;
    } else {
      text += rest_.front();
      rest_.remove_prefix(1);
    }
  }
  return text;
}

bool Line::take_escape(std::string& out) {
  if (take('u')) return take_character(4, out);
  if (take('U')) return take_character(8, out);
  constexpr std::string_view kLetters = "btnfr\"\\", kMeanings = "\b\t\n\f\r\"\\";
  const auto at = rest_.empty() ? std::string_view::npos : kLetters.find(rest_.front());
  if (at == std::string_view::npos) return false;
  out += kMeanings[at];
  rest_.remove_prefix(1);
  return true;
}

bool Line::take_character(std::size_t digits, std::string& out) {
  std::uint32_t c = 0;
  const auto* const begin = rest_.data();
  const auto [end, error] = std::from_chars(begin, begin + std::min(digits, rest_.size()), c, 16);
  if (error != std::errc() || end != begin + digits || c > 0x10FFFF) return false;
  rest_.remove_prefix(digits);
  append_utf8(out, c);
  return true;
}

// Whether it may be a number, with "_" between digits: what kind of one, is the setting's to say.
bool is_number(std::string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool between =
        i > 0 && i + 1 < word.size() && is_digit(word[i - 1]) && is_digit(word[i + 1]);
    if (word[i] == '_' && !between) return false;
  }
  return word.find_first_of("0123456789") != std::string_view::npos;
}

std::optional<std::string> Line::take_value() {
  if (take('"')) return take_text();
  if (take('\'')) return take_literal();
  std::string word(take_word("+."));
  if (word == "true" || word == "false") return word;
  if (!is_number(word)) return std::nullopt;
  std::erase(word, '_');
  if (word.front() == '+') word.erase(0, 1);
  return word;
}

Error bad_line(std::size_t number, std::string_view what) {
  return Error(ErrorCode::invalid_value, fmt::format("{} (line {})", what, number));
}

constexpr std::string_view kForm =
    "each line must be name = value, with texts in quotes and on one line";

// Nothing of a line that is empty or a comment.
Result<std::optional<SettingsLines::value_type>> parse_line(std::string_view text,
                                                            std::size_t number) {
  if (!is_utf8(text)) return bad_line(number, "it is not UTF-8");
  Line line(text);
  line.skip_space();
  if (line.is_over()) return std::optional<SettingsLines::value_type>();
  const auto name = line.take_word();
  line.skip_space();
  if (name.empty() || !line.take('=')) return bad_line(number, kForm);
  line.skip_space();
  auto value = line.take_value();
  line.skip_space();
  if (!value || !line.is_over() || !is_utf8(*value)) return bad_line(number, kForm);
  return std::optional(SettingsLines::value_type(name, *std::move(value)));
}

}  // namespace

Result<SettingsLines> parse_settings(std::string_view text) {
  SettingsLines lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    TRY_ASSIGN(auto parsed, parse_line(line, number));
    if (!parsed) continue;
    if (std::ranges::find(lines, parsed->first, &SettingsLines::value_type::first) != lines.end())
      return bad_line(number, fmt::format("{} is set twice", parsed->first));
    lines.push_back(*std::move(parsed));
  }
  return lines;
}

Result<SettingsLines> read_settings_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad())
    return Error(ErrorCode::invalid_value,
                 fmt::format("{} cannot be read. Check that it is there and may be read.", path));
  auto lines = parse_settings(text);
  if (lines) return lines;
  return Error(ErrorCode::invalid_value,
               fmt::format("{} cannot be read: {}.", path, lines.error().sentence()));
}

}  // namespace tarotforge
