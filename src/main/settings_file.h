// The settings file, from its bytes to texts: the part of TOML that settings need, which is lines
// of `name = value` and comments, the values texts in quotes, numbers, true and false. What a name
// means, and which values will do, is decided in configuration.h.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tarotforge {

using SettingsLines = std::vector<std::pair<std::string, std::string>>;  // name, value

// invalid_value with a sentence that names the line.
Result<SettingsLines> parse_settings(std::string_view text);

// The same of a file; the sentence names it too.
Result<SettingsLines> read_settings_file(const std::string& path);

}  // namespace tarotforge
