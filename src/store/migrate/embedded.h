// The SQL files of migrations/ inside the binary, in ascending order of their number.
// The table is written by tools/embed, which refuses a gap, a repeated number or a wrong name.
#pragma once

#include <span>
#include <string_view>

namespace tarotforge::store {

struct EmbeddedMigration {
  int number;             // 1 for 0001_create_sessions.sql
  std::string_view name;  // "create_sessions"
  std::string_view sql;
};

std::span<const EmbeddedMigration> sqlite_migrations();
std::span<const EmbeddedMigration> postgresql_migrations();

}  // namespace tarotforge::store
