// The types that the audit log has, in the SQL that all databases speak.
#pragma once

#include <string_view>

namespace tarotforge::store {

// One step of the index for each, and not one for each entry.
inline constexpr std::string_view kEventTypes = R"(
  with recursive types (type) as (
    select min(event_type) from session_audit_log
    union all
    select (select min(event_type) from session_audit_log where event_type > type)
    from types where type is not null)
  select type from types where type is not null)";

}  // namespace tarotforge::store
