// JSON strings, written and read without a document around them (RFC 8259, section 7).
#pragma once

#include <string>
#include <string_view>

namespace tarotforge::protocol {

// Appends the text in quotes, escaped. The text must be well-formed UTF-8.
void append_json_string(std::string& out, std::string_view text);

// Appends what the inside of a JSON string stands for, which is never longer than it. False, with
// part of it appended, on an unknown escape or half a surrogate pair.
bool append_unescaped(std::string& out, std::string_view escaped);

}  // namespace tarotforge::protocol
