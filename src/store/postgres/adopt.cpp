#include "store/postgres/adopt.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/postgres/adopt_begin.h"
#include "store/postgres/adopt_finish.h"
#include "store/postgres/schema_parts.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::Task;

// Tables of a hundred million rows take hours to fill; whoever waits may interrupt it.
constexpr Duration kAdoptionLimit = std::chrono::hours(12);

// Until here migrations make nothing that could not be compared. Later ones are applied as they
// stand, when the database is adopted.
constexpr std::size_t kCompared = 6;

std::span<const EmbeddedMigration> compared(std::span<const EmbeddedMigration> all) {
  return all.first(std::min(all.size(), kCompared));
}

awaitable<void> perform(Connection& db, std::vector<AdoptionPart> parts, Tell tell) {
  for (auto& part : parts) {
    if (!part.told.empty()) tell(part.told);
    for (auto& script : part.scripts) {
      if (part.is_long)
        co_await db.execute(std::move(script));
      else
        co_await change_shortly(db, std::move(script));
    }
  }
}

// From here on this is an ordinary database, which servers only read.
awaitable<void> record_half(Connection& db, std::span<const EmbeddedMigration> migrations) {
  co_await ask(db, "begin");
  co_await make_record(db);
  co_await db.execute("alter table schema_migrations enable row level security");
  for (const auto& migration : migrations) co_await record(db, migration);
  co_await ask(db, "insert into settings (name, value) values ($1, 'unfinished')",
               kAdoptionSetting);
  co_await ask(db, "select pg_notify('pgrst', 'reload schema')");  // PostgREST keeps a copy of it
  co_await ask(db, "commit");
}

Task<> refuse_all(std::vector<std::string> told, Tell tell) {
  for (const auto& sentence : told) tell(sentence);
  co_return Error(
      ErrorCode::internal,
      fmt::format("The database cannot be adopted as it is: {} things stand in the way, "
                  "which are told above. Nothing was changed.",
                  told.size()));
}

Task<> begin(Connection& db, std::string place, AdoptionOptions options) {
  const auto known = co_await applied(db);
  if (!known.empty() && co_await is_half_adopted(db)) {
    options.tell("Everything is added. Next: `tarotforge migrate adopt --finish`.");
    co_return Result<>();
  }
  if (!known.empty() || !co_await holds_readings(db))
    co_return Error(ErrorCode::internal,
                    fmt::format("The {} holds no readings of the first implementation: there is "
                                "nothing to adopt. `tarotforge migrate status` says what it is.",
                                place));
  auto wanted = co_await reference_parts(db, compared(options.migrations));
  if (!wanted) co_return std::move(wanted).error();
  const auto differing = differences(*wanted, co_await schema_parts(db));
  auto told = co_await obstacles(db, differing);
  if (!told.empty()) co_return co_await refuse_all(std::move(told), options.tell);
  auto before = parts_before_rows(differing);
  auto after = parts_after_rows(differing);
  constexpr auto kFunctions = "Replacing functions, and adding ours.";
  constexpr auto kRows = "Filling the new columns of the rows that are there.";
  if (options.step == Adoption::look) {
    for (const auto& part : before)
      if (!part.told.empty()) options.tell(part.told);
    options.tell(kFunctions);
    options.tell(kRows);
    for (const auto& part : after) options.tell(part.told);
    options.tell("This is what `tarotforge migrate adopt` would do. Nothing was changed.");
    co_return Result<>();
  }
  co_await perform(db, std::move(before), options.tell);
  options.tell(kFunctions);
  co_await change_shortly(db, co_await function_script(db, differing, true));
  options.tell(kRows);
  co_await fill_rows(db);
  co_await perform(db, std::move(after), options.tell);
  co_await record_half(db, compared(options.migrations));
  options.tell(
      "Everything is added. Servers read only until `tarotforge migrate adopt --finish`, which "
      "shuts the first implementation out.");
  co_return Result<>();
}

Task<> end(Connection& db, std::string place, AdoptionOptions options) {
  const auto known = co_await applied(db);
  if (known.empty() || !co_await is_half_adopted(db))
    co_return Error(
        ErrorCode::internal,
        fmt::format("No adopting of the {} is under way. `tarotforge migrate status` says "
                    "what it is; `tarotforge migrate adopt` begins.",
                    place));
  CO_TRY(pending_migrations(options.migrations, known));
  auto wanted = co_await reference_parts(db, compared(options.migrations));
  if (!wanted) co_return std::move(wanted).error();
  CO_TRY(co_await finish_adoption(db, *std::move(wanted), options));
  CO_TRY_ASSIGN(const auto later, co_await apply_missing(db, options.migrations));
  for (const auto& title : later) options.tell(fmt::format("Applied {}.", title));
  options.tell("The database is adopted. Start the server, or start it anew, and it writes.");
  co_return Result<>();
}

Task<> run(Connection& db, std::string place, AdoptionOptions options) {
  CO_TRY(co_await require_version(db, place));
  co_await lock_schema(db);
  if (options.step == Adoption::finish) co_return co_await end(db, place, std::move(options));
  co_return co_await begin(db, place, std::move(options));
}

// An outage and a wrong password are what they are at any start.
Error refusal(const std::string& url, const Failure& failure) {
  auto error = refusal_at_start(url, failure);
  if (error.code == ErrorCode::internal && !is_mistake(failure))
    error.detail = fmt::format(
        "Adopting the {} stopped: {} (SQLSTATE {}). Whatever was done harms "
        "nobody. Mend what is named, and run the same again.",
        describe(url), failure.message, failure.sqlstate);
  return error;
}

}  // namespace

Result<> adopt(const std::string& url, AdoptionOptions options) {
  return on_own_connection<void>(
      url, kAdoptionLimit,
      [&](Connection& db) { return run(db, describe(url), std::move(options)); }, refusal);
}

}  // namespace tarotforge::store::postgres
