// What a schema is made of, in its database's own words, and how it differs from the one that the
// migrations make. What a database has beside that is nobody's business here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tarotforge::store {

struct SchemaPart {
  std::string kind;        // a word for people: "table", "column", "index", …
  std::string table;       // whose part it is; empty where it stands for itself
  std::string name;        // unlike that of any other part of this kind and table
  std::string definition;  // empty where the name says all
};

struct SchemaDifference {
  SchemaPart wanted;
  std::optional<std::string> found;  // its other definition; none where it is missing

  bool is_missing_table() const { return wanted.kind == "table" && !found; }
};

// In the order of `wanted`.
std::vector<SchemaDifference> differences(std::span<const SchemaPart> wanted,
                                          std::span<const SchemaPart> found);

// One sentence each; what is missing with its table is not named by itself.
std::vector<std::string> sentences(std::span<const SchemaDifference> differences);

}  // namespace tarotforge::store
