#include "store/sqlite/diagnose.h"

#include <fmt/format.h>

#include <charconv>

#include "store/sqlite/schema.h"
#include "store/sqlite/servers.h"

namespace tarotforge::store::sqlite {
namespace {

using Lines = std::vector<std::string>;

void check_file(Connection& db, Lines& lines) {
  auto select = db.prepare("pragma quick_check");
  while (select.step()) {
    std::string line;
    select.row(line);
    if (line != "ok") lines.push_back(fmt::format("The file is damaged: {}", line));
  }
}

void check_references(Connection& db, Lines& lines) {
  auto select = db.prepare(R"(
    select "table", parent, count(*) from pragma_foreign_key_check group by 1, 2)");
  while (select.step()) {
    std::string table, parent;
    std::uint64_t count = 0;
    select.row(table, parent, count);
    lines.push_back(
        fmt::format("{} rows of {} refer to rows of {} that are missing; a cleanup "
                    "removes them",
                    count, table, parent));
  }
}

void check_schema(Connection& db, std::span<const EmbeddedMigration> embedded, Lines& lines) {
  const auto missing = pending(db, embedded);
  if (!missing) {
    lines.emplace_back(missing.error().sentence());
    return;
  }
  for (const auto& migration : *missing)
    lines.push_back(
        fmt::format("Migration {} is not applied; run `tarotforge migrate up`", title(migration)));
}

bool is_measure(std::string_view name) {
  return name.ends_with("_HOURS") || name.ends_with("_MINUTES") || name.ends_with("_SECONDS");
}

void check_settings(Connection& db, Lines& lines) {
  for (const auto& [name, value] : load_settings(db)) {
    if (!is_measure(name)) continue;
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || !(number >= 0))
      lines.push_back(
          fmt::format("The setting {} is \"{}\", which is no number; start "
                      "`tarotforge serve` once to write it anew",
                      name, value));
  }
}

void check_quarantine(Connection& db, Lines& lines) {
  auto select = db.prepare(R"(
    select id from reading_sessions where purge_failed_at is not null and purged_at is null)");
  while (select.step()) {
    SessionId id;
    select.row(id);
    lines.push_back(fmt::format("Session {} could not be purged; see the log", id.to_string()));
  }
}

}  // namespace

Lines diagnose(Connection& db, std::span<const EmbeddedMigration> embedded) {
  Lines lines;
  const auto attempt = [&](auto check) {
    try {
      check();
    } catch (const Failure& failure) {
      lines.push_back(fmt::format("The file could not be read through: {}", failure.message));
    }
  };
  attempt([&] { check_file(db, lines); });
  attempt([&] { check_references(db, lines); });
  attempt([&] { check_schema(db, embedded, lines); });
  attempt([&] { check_settings(db, lines); });
  attempt([&] { check_quarantine(db, lines); });
  return lines;
}

std::optional<std::string> first_damage(Connection& db) {
  auto found = db.value<std::string>("pragma quick_check(1)");
  return found == "ok" ? std::nullopt : std::move(found);
}

}  // namespace tarotforge::store::sqlite
