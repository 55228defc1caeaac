#include "store/migrate/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace tarotforge::store {
namespace {

bool is_one_line(std::string_view text) { return !text.empty() && !text.contains('\n'); }

std::string named(const SchemaPart& part) {
  if (part.table.empty()) return fmt::format("The {} {}", part.kind, part.name);
  return fmt::format("The {} {} of {}", part.kind, part.name, part.table);
}

std::string sentence(const SchemaDifference& difference) {
  const auto& [wanted, found] = difference;
  if (!found && is_one_line(wanted.definition))
    return fmt::format("{} is missing; it should be: {}.", named(wanted), wanted.definition);
  if (!found) return fmt::format("{} is missing.", named(wanted));
  if (is_one_line(wanted.definition) && is_one_line(*found))
    return fmt::format("{} is: {}; it should be: {}.", named(wanted), *found, wanted.definition);
  return fmt::format("{} is not as the migrations make it.", named(wanted));
}

}  // namespace

std::vector<SchemaDifference> differences(std::span<const SchemaPart> wanted,
                                          std::span<const SchemaPart> found) {
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, const SchemaPart*> by;
  for (const auto& part : found) by[{part.kind, part.table, part.name}] = &part;
  std::vector<SchemaDifference> differing;
  for (const auto& part : wanted) {
    const auto same = by.find({part.kind, part.table, part.name});
    if (same == by.end())
      differing.push_back({part, std::nullopt});
    else if (same->second->definition != part.definition)
      differing.push_back({part, same->second->definition});
  }
  return differing;
}

std::vector<std::string> sentences(std::span<const SchemaDifference> differences) {
  std::vector<std::string> told;
  for (const auto& difference : differences) {
    const bool without_table = std::ranges::any_of(differences, [&](const SchemaDifference& other) {
      return other.wanted.kind == "table" && !other.found &&
             other.wanted.name == difference.wanted.table;
    });
    if (!without_table) told.push_back(sentence(difference));
  }
  return told;
}

}  // namespace tarotforge::store
