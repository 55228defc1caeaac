// What both steps of adopting work with: which tables the first implementation has, how their parts
// are changed beside it, and what stands in the way. Throws Failure, as everything here.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "store/migrate/parts.h"
#include "store/postgres/adopt.h"
#include "store/postgres/migrating.h"

namespace tarotforge::store::postgres {

using Tell = std::function<void(const std::string&)>;
using Differences = std::vector<SchemaDifference>;

// All else is new, and nobody's but ours.
inline const std::vector<std::string> kAdoptedTables = {"reading_sessions", "session_participants",
                                                        "session_invites", "session_audit_log"};
bool is_adopted(const std::string& table);

// A script in a transaction of its own. Others wait for the locks that it waits for, so it gives up
// after half a second, and tries again.
boost::asio::awaitable<void> change_shortly(Connection& db, std::string script);

// Makes these functions, in place of those with the same arguments whatever they answer. With
// `for_others` those that were there, and what their tables call, run with the owner's rights: the
// callers of the first implementation have none on our tables. Functions that are new are nobody
// else's to call then.
boost::asio::awaitable<std::string> function_script(Connection& db, const Differences& differing,
                                                    bool for_others);

// Numbers the audit entries that have no number, of each session behind those that have one.
inline constexpr std::string_view kNumberEntries = R"(
  with known as materialized (
    select session_id, max(sequence) as last from session_audit_log group by session_id
  ), numbered as (
    select id, coalesce(last, 0)
      + row_number() over (partition by session_id order by created_at, id) as number
    from session_audit_log join known using (session_id) where sequence is null
  )
  update session_audit_log as entry set sequence = number from numbered
  where entry.id = numbered.id)";

// "text" of "text not null default ''".
std::string type_of(std::string_view column);

// A sentence for each thing that keeps the database from being adopted.
boost::asio::awaitable<std::vector<std::string>> obstacles(Connection& db,
                                                           const Differences& differing);

}  // namespace tarotforge::store::postgres
