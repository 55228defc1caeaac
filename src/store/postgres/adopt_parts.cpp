#include "store/postgres/adopt_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "store/postgres/schema_parts.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using Lines = std::vector<std::string>;

// Half a second is what people of the first implementation wait for at most, again and again for
// five minutes: longer transactions than that are its operator's to end.
constexpr Duration kLockWait = std::chrono::milliseconds(500);
constexpr Duration kLockPause = std::chrono::milliseconds(500);
constexpr int kAttempts = 300;

bool is_worth_another_try(const Failure& failure) {
  return failure.sqlstate == "55P03" || is_contention(failure);
}

// {0} the function with the types of its arguments, {1} its definition, {2} what comes after. The
// rights to call it outlive the one that it replaces.
constexpr std::string_view kReplaceFunction = R"(
do $adopt$
declare
  signature constant text := quote_ident(current_schema()) || '.{0}';
  former constant oid := to_regprocedure(signature);
  rights constant aclitem[] := (select proacl from pg_proc where oid = former);
  entry record;
begin
  begin
    execute $definition${1}$definition$;
  exception when invalid_function_definition then
    execute 'drop function ' || signature;
    execute $definition${1}$definition$;
    if rights is not null then
      execute 'revoke all on function ' || signature || ' from public';
      for entry in select grantee from aclexplode(rights) where privilege_type = 'EXECUTE' loop
        execute format('grant execute on function %s to %s', signature, case entry.grantee
          when 0 then 'public' else entry.grantee::regrole::text end);
      end loop;
    end if;
  end;
  {2}
end
$adopt$;)";

// What the tables of the first implementation call by themselves: whoever writes there, calls it.
constexpr std::string_view kCalledByTables = "number_session_audit_entry()";

constexpr std::string_view kForOthers = R"(
  if former is not null or signature like '%.{}' then
    execute 'alter function ' || signature || ' security definer';
  elsif (select prorettype <> 'trigger'::regtype from pg_proc
         where oid = to_regprocedure(signature)) then
    execute 'revoke all on function ' || signature || ' from public';
  end if;)";

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// Whether values of type `from` become those of type `to` without losing anything.
bool is_convertible(const std::string& from, const std::string& to) {
  const auto is = [&](auto... types) { return (from.starts_with(types) || ...); };
  if (from == to || to == "text") return true;
  if (to == "jsonb") return is("json");
  if (to == "timestamp with time zone") return is("timestamp");
  if (to == "real") return is("double precision", "numeric", "smallint", "integer", "bigint");
  if (to == "integer" || to == "bigint") return is("smallint", "integer", "bigint");
  return false;
}

// What keeps a column from becoming another type: views, and policies of other tables.
constexpr std::string_view kUsers = R"(
  select pg_describe_object(classid, objid, 0) from pg_depend
  join pg_attribute on attrelid = refobjid and attnum = refobjsubid
  where refclassid = 'pg_class'::regclass and refobjid = $1::regclass and attname = $2
    and deptype = 'n' and (classid = 'pg_rewrite'::regclass or classid = 'pg_policy'::regclass
      and objid not in (select oid from pg_policy
                        where polrelid::regclass::text = any ($3::text[])))
  limit 1)";

awaitable<void> find_users(Connection& db, const SchemaPart& column, Lines& told) {
  const auto rows = co_await ask(db, kUsers, column.table, column.name, kAdoptedTables);
  if (const auto user = rows.value<std::string>())
    told.push_back(fmt::format(
        "The column {} of {} must become {}, and the {} uses it. Drop that, and make it "
        "again when adopting is finished.",
        column.name, column.table, type_of(column.definition), *user));
}

awaitable<void> find_odd_columns(Connection& db, const Differences& differing, Lines& told) {
  for (const auto& [wanted, found] : differing) {
    if (wanted.kind != "column" || !is_adopted(wanted.table)) continue;
    const auto type = type_of(wanted.definition);
    if (found && !is_convertible(type_of(*found), type))
      told.push_back(
          fmt::format("The column {} of {} is of the type {}, which cannot become {}. "
                      "Convert it, or rename it.",
                      wanted.name, wanted.table, type_of(*found), type));
    else if (found && type_of(*found) != type)
      co_await find_users(db, wanted, told);
    const bool has_value = wanted.definition.contains(" default ");
    if (!found && wanted.definition.contains(" not null") && !has_value && wanted.name != "ordinal")
      told.push_back(
          fmt::format("The column {} of {} is missing, and nothing can stand in for it. "
                      "Add it ({}) with its values.",
                      wanted.name, wanted.table, wanted.definition));
  }
}

// Tables that are new have the columns of ours, or are somebody else's.
void find_taken_names(const Differences& differing, Lines& told) {
  for (const auto& [wanted, found] : differing) {
    if (wanted.kind != "column" || is_adopted(wanted.table)) continue;
    const bool is_new = std::ranges::any_of(differing, [&](const SchemaDifference& each) {
      return each.is_missing_table() && each.wanted.name == wanted.table;
    });
    auto sentence = fmt::format(
        "The table {} is another program's, and ours is to have that name. "
        "Rename it.",
        wanted.table);
    if (!is_new && (told.empty() || told.back() != sentence)) told.push_back(std::move(sentence));
  }
}

// Who makes no table may not change it either, and servers must be above its row security.
awaitable<void> find_owners(Connection& db, Lines& told) {
  const auto rows = co_await ask(db, R"(
    select relname, relowner::regrole::text from pg_class
    where relnamespace = current_schema()::regnamespace and relname = any ($1::text[])
      and not pg_has_role(relowner, 'usage'))",
                                 kAdoptedTables);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string table, owner;
    rows.row(i, table, owner);
    told.push_back(
        fmt::format("The table {0} belongs to {1}. Name {1} in DATABASE_URL.", table, owner));
  }
  const auto forced = co_await ask(db, R"(
    select relname from pg_class join pg_roles on rolname = current_user
    where relnamespace = current_schema()::regnamespace and relname = any ($1::text[])
      and relforcerowsecurity and not rolsuper and not rolbypassrls)",
                                   kAdoptedTables);
  for (std::size_t i = 0; i < forced.size(); ++i) {
    std::string table;
    forced.row(i, table);
    told.push_back(fmt::format(
        "The table {0} holds its owner to its policies, and servers are its owner. Run: "
        "alter table {0} no force row level security;",
        table));
  }
}

// Rows that belong to no session could not be written by us, and are not ours to remove.
awaitable<void> find_orphans(Connection& db, const Differences& differing, Lines& told) {
  for (const auto& table : kAdoptedTables) {
    const bool is_there = std::ranges::none_of(differing, [&](const SchemaDifference& each) {
      return each.is_missing_table() && each.wanted.name == table;
    });
    if (!is_there || table == "reading_sessions" || table == "session_audit_log") continue;
    const auto where = fmt::format(
        "from {} where not exists (select 1 from reading_sessions where id = {}.session_id)", table,
        table);
    const auto rows = co_await ask(db, "select count(*) " + where);
    const auto count = rows.value<std::int64_t>().value_or(0);
    if (count > 0)
      told.push_back(
          fmt::format("{} rows of {} belong to no session. Look at them, and delete them: "
                      "delete {};",
                      count, table, where));
  }
}

// The functions are replaced once, and that is undone: what uses them is found so.
awaitable<void> rehearse_functions(Connection& db, const Differences& differing, Lines& told) {
  std::optional<Failure> failure;
  try {
    co_await db.execute("begin; " + co_await function_script(db, differing, true));
  } catch (const Failure& caught) {
    failure = caught;
  }
  co_await db.execute("rollback");
  if (failure)
    told.push_back(
        fmt::format("A function cannot be replaced by ours: {}. Drop what uses it, or "
                    "rename it.",
                    failure->message));
}

}  // namespace

bool is_adopted(const std::string& table) {
  return std::ranges::find(kAdoptedTables, table) != kAdoptedTables.end();
}

std::string type_of(std::string_view column) {
  for (const auto* behind : {" not null", " generated ", " default "})
    column = column.substr(0, column.find(behind));
  return std::string(column);
}

awaitable<void> change_shortly(Connection& db, std::string script) {
  script = fmt::format("begin; set local lock_timeout = {}; {}; commit", kLockWait.count(), script);
  for (int left = kAttempts;; --left) {
    std::optional<Failure> failure;
    try {
      co_await db.execute(script);
      co_return;
    } catch (const Failure& caught) {
      failure = caught;
    }
    if (!db.is_lost()) co_await db.execute("rollback");
    if (left == 0 || !is_worth_another_try(*failure)) throw *std::move(failure);
    co_await pause_for(kLockPause);
  }
}

awaitable<std::string> function_script(Connection& db, const Differences& differing,
                                       bool for_others) {
  const auto rows = co_await ask(db, "select quote_literal(current_schema())");
  const auto home = rows.value<std::string>().value_or("");
  std::string script = "set local check_function_bodies = off; ";
  for (const auto& [wanted, found] : differing) {
    if (wanted.kind != "function") continue;
    script +=
        fmt::format(kReplaceFunction, wanted.name, replaced(wanted.definition, kHomeSchema, home),
                    for_others ? fmt::format(kForOthers, kCalledByTables) : "");
  }
  co_return script;
}

awaitable<Lines> obstacles(Connection& db, const Differences& differing) {
  Lines told;
  co_await find_owners(db, told);
  if (!told.empty()) co_return told;
  find_taken_names(differing, told);
  co_await find_odd_columns(db, differing, told);
  co_await find_orphans(db, differing, told);
  co_await rehearse_functions(db, differing, told);
  co_return told;
}

}  // namespace tarotforge::store::postgres
