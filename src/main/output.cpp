#include "main/output.h"

#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <iterator>

namespace tarotforge {
namespace {

// Select Graphic Rendition (ECMA-48), in the colours of the terminal's own theme.
constexpr std::string_view kBold = "1", kFaint = "2", kRed = "31", kGreen = "32", kYellow = "33",
                           kBlue = "34", kCyan = "36";

std::string_view code_of(std::string_view word) {
  struct Row {
    std::string_view word, code;
  };
  static constexpr Row kRows[] = {
      {"active", kGreen},     {"expired", kYellow}, {"completed", kCyan}, {"purged", kFaint},
      {"created", kGreen},    {"joined", kGreen},   {"left", kFaint},     {"warned", kYellow},
      {"extended", kBlue},    {"restored", kGreen}, {"invited", kBlue},   {"invite_revoked", kRed},
      {"host_changed", kBlue}};
  for (const auto& row : kRows)
    if (row.word == word) return row.code;
  return {};
}

}  // namespace

void print_json(const boost::json::object& object) {
  fmt::print("{}\n", boost::json::serialize(object));
}

std::string text_of(const boost::json::value& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_double()) return fmt::format("{}", value.get_double());
  if (!value.is_object()) return boost::json::serialize(value);
  std::string pairs;
  for (const auto& [key, each] : value.get_object())
    pairs += fmt::format("{}{}={}", pairs.empty() ? "" : " ", std::string_view(key), text_of(each));
  return pairs;
}

std::string lines_of(const boost::json::object& object, const std::string& prefix) {
  std::string lines;
  for (const auto& [key, value] : object) {
    const auto name = prefix + std::string(key);
    if (value.is_object())
      lines += lines_of(value.get_object(), name + ".");
    else if (value.is_array())
      for (const auto& each : value.get_array())
        fmt::format_to(std::back_inserter(lines), "{:<36} {}\n", name, text_of(each));
    else if (!value.is_null())
      fmt::format_to(std::back_inserter(lines), "{:<36} {}\n", name, text_of(value));
  }
  return lines;
}

Paint::Paint(std::string_view wanted) {
  const char* no_color = std::getenv("NO_COLOR");  // see no-color.org
  is_on_ = wanted == "always" || (wanted == "auto" && on_terminal() && !(no_color && *no_color));
}

std::string Paint::in(std::string_view code, std::string_view text) const {
  if (!is_on_ || code.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

std::string Paint::heading(std::string_view text) const { return in(kBold, text); }
std::string Paint::faint(std::string_view text) const { return in(kFaint, text); }
std::string Paint::word(std::string_view text, std::size_t width) const {
  return in(code_of(text), fmt::format("{:<{}}", text, width));
}

}  // namespace tarotforge
