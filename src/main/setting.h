// Every setting, once: its name, unit, bounds, default and meaning. Flags, environment, the TOML
// file, `tarotforge config` and the documentation are made from this table.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tarotforge {

enum class SettingKind : std::uint8_t { number, whole, flag, text, secret, choice };

// Of numbers. A timing below safe_floor wants TAROTFORGE_UNSAFE_TIMING.
struct SettingBounds {
  double floor = 0;
  double ceiling = std::numeric_limits<double>::infinity();
  double safe_floor = 0;
};

struct Setting {
  std::string_view name;  // as in the environment
  SettingKind kind;
  std::string_view fallback;  // the default, as text; empty: none
  std::string_view unit;
  std::string_view meaning;
  SettingBounds bounds;
  std::string_view choices;  // "a|b|c"
};

std::span<const Setting> settings_table();
const Setting* find_setting(std::string_view name);

// "SESSION_TIMEOUT_HOURS" -> "--session-timeout-hours", "TAROTFORGE_LISTEN" -> "--listen".
std::string flag_of(const Setting& setting);
// ... and in TOML "session_timeout_hours", "listen".
std::string key_of(const Setting& setting);

}  // namespace tarotforge
