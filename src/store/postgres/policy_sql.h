// A session's policy, in queries of reading_sessions. Whoever inserts a row by SQL need not give
// one: what it does not say is as the published settings say, as for the functions of the
// migrations.
#pragma once

#include <string_view>

namespace tarotforge::store::postgres {

// One that a server wrote is whole, and no call is made for it.
inline constexpr std::string_view kPolicy = R"(
  case when policy ?& array['timeoutSeconds', 'warningSeconds', 'keepAlive', 'recoveryHours',
                            'maxParticipants']
    then policy else whole_policy(policy) end)";

// Its timeout, reckoned in place because a call for each row costs more. What cannot be read is
// nothing or thirty years, so that the row is looked at by itself or never.
inline constexpr std::string_view kTimeoutSpan = R"(
  least(greatest(case when jsonb_typeof(policy -> 'timeoutSeconds') = 'number'
                   then (policy ->> 'timeoutSeconds')::numeric
                   else (select 3600 * setting_number('SESSION_TIMEOUT_HOURS', 1)) end,
                 0), 1e9)::float8 * interval '1 second')";

}  // namespace tarotforge::store::postgres
