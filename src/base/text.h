// Small questions about text: encodings that the wire needs, and whether bytes are valid UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace tarotforge {

// RFC 4648, section 5, without padding. Decoding refuses any other character and stray bits.
std::string base64url(std::span<const std::uint8_t> bytes);
std::optional<std::vector<std::uint8_t>> base64url_decode(std::string_view text);

// RFC 4648, section 4, with padding. Decoding refuses what encoding does not make.
std::string base64(std::span<const std::uint8_t> bytes);
std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text);

std::string hex(std::span<const std::uint8_t> bytes);

// Without the spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

// Well-formed per Unicode 15, table 3-7: no surrogates, no overlong forms, at most U+10FFFF.
bool is_utf8(std::string_view text);

// Number of code points; the text must be valid UTF-8.
std::size_t code_points(std::string_view text);

// RFC 3339 in UTC with milliseconds ("2026-01-31T23:59:59.000Z"), and back. parse accepts any
// offset and any number of fractional digits; nullopt where the text is no such time.
std::string rfc3339(WallTime t);
std::optional<WallTime> parse_rfc3339(std::string_view text);

std::string month_text(std::chrono::year_month month);  // "2026-11"

}  // namespace tarotforge
