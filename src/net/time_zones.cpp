#include "net/time_zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace tarotforge::net {
namespace {

constexpr std::string_view kFolder = "/usr/share/zoneinfo/";  // tzset(3)
constexpr std::size_t kLongestName = 64;                      // the longest of 2025 has 32
constexpr std::streamsize kLargestFile = 64 << 10;            // the largest of 2025 has 4 KB

bool is_name(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return name.size() <= kLongestName && !name.starts_with('/') &&
         std::ranges::all_of(name, is_allowed);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content(static_cast<std::size_t>(kLargestFile), '\0');
  file.read(content.data(), kLargestFile);
  content.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
  return content;
}

}  // namespace

Result<TimeZone> find_time_zone(std::string_view name) {
  if (name.empty() || name == "UTC") return TimeZone();
  if (is_name(name))
    if (auto zone = TimeZone::parse(content_of(std::string(kFolder).append(name))))
      return *std::move(zone);
  return Error(ErrorCode::invalid_value,
               "zone must be the name of a time zone that this server's system knows, such as UTC "
               "or Europe/Berlin. If it knows no other than UTC, install the package tzdata.");
}

}  // namespace tarotforge::net
