#include "store/postgres/adopt_finish.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/postgres/adopt_rows.h"
#include "store/postgres/schema_parts.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using ports::Task;
using Parts = std::vector<SchemaPart>;

// Rows of what is to be closed: a sentence, and the statement. $1: the tables that were adopted;
// then what of theirs is ours: $2 policies, $3 triggers, $4 constraints, $5 columns, each as the
// table's name, a dot and its own.
constexpr std::string_view kLeftOpen = R"(
  with recursive own as (
    select oid, relname from pg_class
    where relnamespace = current_schema()::regnamespace and relname = any ($1::text[])
  ), view as (
    select ev_class as oid from pg_rewrite
    join pg_depend on objid = pg_rewrite.oid and classid = 'pg_rewrite'::regclass
    join own on refobjid = own.oid where ev_class <> own.oid
    union
    select ev_class from pg_rewrite
    join pg_depend on objid = pg_rewrite.oid and classid = 'pg_rewrite'::regclass
    join view on refobjid = view.oid where ev_class <> view.oid
  ), client as (
    select oid, quote_ident(rolname) as name from pg_roles
    where rolname in ('anon', 'authenticated') union all select 0, 'public'
  )
  select 1, format('Dropping the policy %I of %s (%s for %s).', policyname, tablename, lower(cmd),
                   array_to_string(roles, ', ')),
         format('drop policy %I on %I', policyname, tablename)
  from pg_policies where schemaname = current_schema() and tablename = any ($1)
    and tablename || '.' || policyname <> all ($2::text[])
  union all
  select distinct 2, format('Taking the view %s from %s, for it shows what the tables hide.',
                            view.oid::regclass, client.name),
         format('revoke all on %s from %s', view.oid::regclass, client.name)
  from view join pg_class using (oid) cross join aclexplode(relacl) as entry
  join client on client.oid = entry.grantee
  union all
  select 3, format('Switching off the trigger %I of %s, for it writes stamps that servers keep.',
                   tgname, relname), format('alter table %I disable trigger %I', relname, tgname)
  from pg_trigger join own on own.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
  where not tgisinternal and tgenabled <> 'D' and relname || '.' || tgname <> all ($3::text[])
    and relname in ('reading_sessions', 'session_participants')
    and prosrc ~* '\m(updated_at|last_seen_at)\M' and proname <> 'update_participant_last_seen'
  union all
  select 4, format('Dropping the constraint %I of %s, for ours is another: %s.', conname, relname,
                   pg_get_constraintdef(pg_constraint.oid, true)),
         format('alter table %I drop constraint %I', relname, conname)
  from pg_constraint join own on own.oid = conrelid
  where relname || '.' || pg_get_constraintdef(pg_constraint.oid, true) <> all ($4::text[])
    and (contype = 'f' and confrelid in (select oid from own)
         or contype = 'c' and not exists (
           select 1 from pg_attribute where attrelid = conrelid and attnum = any (conkey)
             and relname || '.' || attname <> all ($5::text[])))
  union all
  select 5, format('The column %I of %s may be left out, for servers do not know it.', attname,
                   relname), format('alter table %I alter %I drop not null', relname, attname)
  from pg_attribute join own on own.oid = attrelid
  where attnum > 0 and not attisdropped and attnotnull and not atthasdef and attidentity = ''
    and relname || '.' || attname <> all ($5::text[])
  order by 1, 2)";

// What stays as it is, and may show more than it should.
constexpr std::string_view kLookThrough = R"(
  select format('Look through the function %s: it runs with the rights of %s, also for clients.',
                pg_proc.oid::regprocedure, proowner::regrole)
  from pg_proc where pronamespace = current_schema()::regnamespace and prosecdef
    and proname || '(' || oidvectortypes(proargtypes) || ')' <> all ($2::text[])
    and (proacl is null or exists (
      select 1 from aclexplode(proacl) left join pg_roles on pg_roles.oid = grantee
      where grantee = 0 or rolname in ('anon', 'authenticated')))
  union all
  select distinct format('The role %s keeps its rights on %s; revoke them if it is no server''s.',
                         grantee::regrole, relname)
  from pg_class cross join aclexplode(relacl) as entry
  where relnamespace = current_schema()::regnamespace and relname = any ($1::text[])
    and grantee not in (0, relowner) and grantee::regrole::text
      not in ('anon', 'authenticated', 'service_role')
  order by 1)";

// Statements that switch on again what is on now.
constexpr std::string_view kTriggersOn = R"(
  select coalesce(string_agg(format('alter table %s enable %s trigger %I', tgrelid::regclass,
    case tgenabled when 'R' then 'replica' when 'A' then 'always' else '' end, tgname), '; '), '')
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  where relnamespace = current_schema()::regnamespace and relname = any ($1::text[])
    and not tgisinternal and tgenabled <> 'D' and tgname not in ('zz_adoption_code',
                                                                 'zz_adoption_guard'))";

// In this order the first implementation's own statements lock, a session before what belongs to
// it.
constexpr std::string_view kLockTables = R"(
  begin;
  set local lock_timeout = 2000;
  lock table reading_sessions, session_participants, session_invites, session_audit_log
    in access exclusive mode;
  set local lock_timeout = 0)";

std::vector<std::string> own(const Parts& wanted, std::string_view kind) {
  std::vector<std::string> names;
  for (const auto& part : wanted)
    if (part.kind == kind && is_adopted(part.table)) names.push_back(part.table + "." + part.name);
  return names;
}

std::vector<std::string> functions(const Parts& wanted) {
  std::vector<std::string> names;
  for (const auto& part : wanted)
    if (part.kind == "function") names.push_back(part.name);
  return names;
}

std::string_view default_of(std::string_view column) {
  constexpr std::string_view kDefault = " default ";
  const auto at = column.find(kDefault);
  return at == std::string_view::npos ? std::string_view() : column.substr(at + kDefault.size());
}

std::string aligned(const SchemaPart& wanted, const std::string& found) {
  const auto& column = wanted.name;
  const auto alter = fmt::format("alter table {} alter {} ", wanted.table, column);
  const auto type = type_of(wanted.definition);
  const auto otherwise = default_of(wanted.definition);
  const bool must = wanted.definition.contains(" not null");
  std::string script = alter + "drop default; ";
  if (type != type_of(found))
    script += alter + fmt::format("type {} using {}::{}; ", type, column, type);
  if (!otherwise.empty()) script += alter + fmt::format("set default {}; ", otherwise);
  if (const auto value = value_for_null(wanted); must && value)
    script += fmt::format("update {} set {} = {} where {} is null; ", wanted.table, column, *value,
                          column);
  script += alter + (must ? "set not null; " : "drop not null; ");
  return script;
}

awaitable<void> align_columns(Connection& db, const Differences& differing, Tell tell) {
  for (const auto& [wanted, found] : differing) {
    if (wanted.kind != "column" || !found) continue;
    if (type_of(wanted.definition) != type_of(*found))
      tell(fmt::format("The column {} of {} becomes {}; it was {}.", wanted.name, wanted.table,
                       type_of(wanted.definition), type_of(*found)));
    co_await db.execute(aligned(wanted, *found));
  }
}

// All that is left, in the order of the parts.
awaitable<void> make_rest(Connection& db, const Differences& differing) {
  co_await db.execute(co_await function_script(db, differing, false));
  for (const auto& [wanted, found] : differing) {
    std::string script;
    if (wanted.kind == "constraint")
      script = fmt::format("alter table {} add {}", wanted.table, wanted.name);
    if (wanted.kind == "index")
      script = fmt::format("drop index if exists {}; {}", wanted.name, wanted.definition);
    if (wanted.kind == "trigger")
      script = fmt::format("drop trigger if exists {} on {}; {}", wanted.name, wanted.table,
                           wanted.definition);
    if (!script.empty()) co_await db.execute(std::move(script));
  }
}

awaitable<void> close(Connection& db, const Parts& wanted, Tell tell) {
  const auto rows =
      co_await ask(db, kLeftOpen, kAdoptedTables, own(wanted, "policy"), own(wanted, "trigger"),
                   own(wanted, "constraint"), own(wanted, "column"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::int32_t place = 0;
    std::string told, statement;
    rows.row(i, place, told, statement);
    tell(told);
    co_await db.execute(std::move(statement));
  }
}

awaitable<void> tell_of_rest(Connection& db, const Parts& wanted, Tell tell) {
  const auto rows = co_await ask(db, kLookThrough, kAdoptedTables, functions(wanted));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string told;
    rows.row(i, told);
    tell(told);
  }
}

awaitable<void> lock_tables(Connection& db) {
  constexpr int kAttempts = 60;  // two minutes, then whoever holds them is the operator's to end
  for (int left = kAttempts;; --left) {
    std::optional<Failure> failure;
    try {
      co_await db.execute(std::string(kLockTables));
      co_return;
    } catch (const Failure& caught) {
      failure = caught;
    }
    if (!db.is_lost()) co_await db.execute("rollback");
    if (left == 0 || (failure->sqlstate != "55P03" && !is_contention(*failure)))
      throw *std::move(failure);
  }
}

// In one transaction. What differs after it, if anything, nobody foresaw.
Task<> close_all(Connection& db, const Parts& wanted, core::Policy policy, Tell tell) {
  co_await lock_tables(db);
  const auto differing = differences(wanted, co_await schema_parts(db));
  co_await close(db, wanted, tell);
  const auto triggers = co_await ask(db, kTriggersOn, kAdoptedTables);
  const auto switch_on = triggers.value<std::string>().value_or("");
  for (const auto& table : kAdoptedTables)
    co_await db.execute(fmt::format("alter table {} disable trigger user", table));
  co_await align_columns(db, differing, tell);
  co_await settle_rows(db, policy, tell);
  // It is gone already where this step was done before, and interrupted behind its end.
  co_await db.execute("drop function if exists adoption_guard() cascade; " + switch_on);
  co_await make_rest(db, differences(wanted, co_await schema_parts(db)));
  co_await record_adopted(db);
  co_await ask(db, "select apply_row_security()");
  const auto left = sentences(differences(wanted, co_await schema_parts(db)));
  if (!left.empty()) {
    for (const auto& sentence : left) tell(sentence);
    co_await ask(db, "rollback");
    co_return Error(
        ErrorCode::internal,
        "The database would not be as the migrations make it; what would differ is told "
        "above. Nothing was changed.");
  }
  co_await ask(db, "select pg_notify('pgrst', 'reload schema')");
  co_await ask(db, "commit");
  co_return Result<>();
}

}  // namespace

Task<> finish_adoption(Connection& db, Parts wanted, AdoptionOptions options) {
  auto told = co_await obstacles(db, differences(wanted, co_await schema_parts(db)));
  if (!told.empty()) {
    for (const auto& sentence : told) options.tell(sentence);
    co_return Error(
        ErrorCode::internal,
        "Adopting cannot be finished: what stands in the way is told above. Nothing was "
        "changed.");
  }
  CO_TRY(co_await close_all(db, wanted, options.policy, options.tell));
  co_await shuffle_decks(db, options.random, options.tell);
  co_await tell_of_rest(db, wanted, options.tell);
  co_await ask(db, "delete from settings where name = $1", kAdoptionSetting);
  co_return Result<>();
}

}  // namespace tarotforge::store::postgres
