#include "store/postgres/diagnose.h"

#include <fmt/format.h>

#include <charconv>

#include "store/migrate/plan.h"
#include "store/postgres/servers.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using Lines = std::vector<std::string>;

awaitable<void> check_schema(Transaction& db, std::span<const EmbeddedMigration> embedded,
                             Lines& lines) {
  const auto rows =
      co_await db.query("select number, name, sha256 from schema_migrations order by number");
  std::vector<AppliedMigration> applied(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.row(i, applied[i].number, applied[i].name, applied[i].sha256);
  const auto missing = pending_migrations(embedded, applied);
  if (!missing) {
    lines.emplace_back(missing.error().sentence());
    co_return;
  }
  for (const auto& migration : *missing)
    lines.push_back(
        fmt::format("Migration {} is not applied; run `tarotforge migrate up`", title(migration)));
}

// References are enforced, unless somebody switched that off.
awaitable<void> check_references(Transaction& db, Lines& lines) {
  const auto rows = co_await db.query(R"(
    select 'session_participants', count(*) from session_participants
      where not exists (select 1 from reading_sessions where id = session_id) having count(*) > 0
    union all
    select 'session_invites', count(*) from session_invites
      where not exists (select 1 from reading_sessions where id = session_id) having count(*) > 0
    union all
    select 'session_operations', count(*) from session_operations
      where not exists (select 1 from reading_sessions where id = session_id)
      having count(*) > 0)");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string table;
    std::uint64_t count = 0;
    rows.row(i, table, count);
    lines.push_back(
        fmt::format("{} rows of {} refer to rows of reading_sessions that are missing; a cleanup "
                    "removes them",
                    count, table));
  }
}

bool is_measure(std::string_view name) {
  return name.ends_with("_HOURS") || name.ends_with("_MINUTES") || name.ends_with("_SECONDS");
}

awaitable<void> check_settings(Transaction& db, Lines& lines) {
  for (const auto& [name, value] : co_await load_settings(db)) {
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

awaitable<void> check_quarantine(Transaction& db, Lines& lines) {
  const auto rows = co_await db.query(R"(
    select id from reading_sessions where purge_failed_at is not null and purged_at is null)");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SessionId id;
    rows.row(i, id);
    lines.push_back(fmt::format("Session {} could not be purged; see the log", id.to_string()));
  }
}

}  // namespace

awaitable<Lines> diagnose(Transaction& db, std::span<const EmbeddedMigration> embedded) {
  Lines lines;
  co_await check_schema(db, embedded, lines);
  co_await check_references(db, lines);
  co_await check_settings(db, lines);
  co_await check_quarantine(db, lines);
  co_return lines;
}

}  // namespace tarotforge::store::postgres
