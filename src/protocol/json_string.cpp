#include "protocol/json_string.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace tarotforge::protocol {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kShortEscapes = "\"\\/bfnrt";
constexpr std::string_view kShortMeanings = "\"\\/\b\f\n\r\t";

bool must_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void append_escaped(std::string& out, char c) {
  out += '\\';
  if (const auto at = kShortMeanings.find(c); at != std::string_view::npos) {
    out += kShortEscapes[at];
    return;
  }
  out += "u00";
  out += kHexDigits[static_cast<unsigned char>(c) >> 4];
  out += kHexDigits[static_cast<unsigned char>(c) & 15];
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((point >> shift) & 0x3f)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | (point >> 6));
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | (point >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | (point >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

// Takes "XXXX" of a \u escape from the front.
std::optional<std::uint32_t> take_hex4(std::string_view& text) {
  std::uint32_t value = 0;
  if (text.size() < 4) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + 4, value, 16);
  if (error != std::errc() || end != text.data() + 4) return std::nullopt;
  text.remove_prefix(4);
  return value;
}

// Takes what follows "\u": one unit, or two that make a surrogate pair.
std::optional<std::uint32_t> take_point(std::string_view& text) {
  const auto unit = take_hex4(text);
  if (!unit || *unit < 0xd800 || *unit > 0xdfff) return unit;
  if (*unit > 0xdbff || !text.starts_with("\\u")) return std::nullopt;
  text.remove_prefix(2);
  const auto second = take_hex4(text);
  if (!second || *second < 0xdc00 || *second > 0xdfff) return std::nullopt;
  return 0x10000 + ((*unit - 0xd800) << 10) + (*second - 0xdc00);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (true) {
    const auto plain = std::ranges::find_if(text, must_escape) - text.begin();
    out += text.substr(0, static_cast<std::size_t>(plain));
    text.remove_prefix(static_cast<std::size_t>(plain));
    if (text.empty()) break;
    append_escaped(out, text.front());
    text.remove_prefix(1);
  }
  out += '"';
}

bool append_unescaped(std::string& out, std::string_view escaped) {
  while (true) {
    const auto plain = std::min(escaped.find('\\'), escaped.size());
    out += escaped.substr(0, plain);
    escaped.remove_prefix(plain);
    if (escaped.empty()) return true;
    if (escaped.size() < 2) return false;
    const char kind = escaped[1];
    escaped.remove_prefix(2);
    if (kind == 'u') {
      const auto point = take_point(escaped);
      if (!point) return false;
      append_utf8(out, *point);
      continue;
    }
    const auto at = kShortEscapes.find(kind);
    if (at == std::string_view::npos) return false;
    out += kShortMeanings[at];
  }
}

}  // namespace tarotforge::protocol
