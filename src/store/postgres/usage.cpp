#include "store/postgres/usage.h"

#include <algorithm>
#include <iterator>

#include "store/postgres/summed_days.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;

// What get_session_billing_data answers, summed; in place because a function with settings of its
// own is planned for itself.
constexpr std::string_view kUsage = R"(
  with people as (
    select session_id, count(*) as number
    from session_participants join reading_sessions on reading_sessions.id = session_id
    where created_at >= $1::timestamptz and created_at < $2::timestamptz group by session_id),
  session as (
    select to_char(created_at at time zone 'UTC', 'YYYY-MM') as month, created_at, host_user_id,
           version, coalesce(number, 0) as people,
           round(milliseconds_between(created_at, coalesce(ended_at, $3::timestamptz)) / 60000, 3)
             as minutes
    from reading_sessions left join people on session_id = id
    where created_at >= $1::timestamptz and created_at < $2::timestamptz)
  select min(created_at), host_user_id, count(*), (sum(minutes) * 1000)::bigint,
         (sum(minutes * people) * 1000)::bigint, sum(version)::bigint
  from session group by month, host_user_id)";

constexpr std::string_view kFigures = R"(
  with people as (
    select session_id, count(*) as number
    from session_participants join reading_sessions on reading_sessions.id = session_id
    where created_at >= $1::timestamptz and created_at < $2::timestamptz group by session_id),
  session as materialized (
    select floor(extract(epoch from created_at) / 900)::bigint as quarter, end_reason,
           ended_at - created_at as lasted, coalesce(number, 0) as people,
           exists (select 1 from session_invites
                   where session_invites.session_id = reading_sessions.id) as invited,
           next_card_index > 0 as drew, deck_id,
           case jsonb_typeof(selected_layout)
             when 'string' then selected_layout #>> '{}'
             when 'object' then selected_layout ->> 'id' end as layout
    from reading_sessions left join people on people.session_id = id
    where created_at >= $1::timestamptz and created_at < $2::timestamptz),
  event as materialized (
    select event_type, event_data ->> 'because' as because from session_audit_log
    where event_type in ('warned', 'extended', 'restored')
      and created_at >= $1::timestamptz and created_at < $2::timestamptz)
  select 'created', quarter::text, count(*) from session group by quarter
  union all
  select end_reason, quarter::text, count(*) from session
  where end_reason is not null group by end_reason, quarter
  union all
  select 'duration',
         case when lasted <= '60 s' then '60' when lasted <= '300 s' then '300'
              when lasted <= '900 s' then '900' when lasted <= '1800 s' then '1800'
              when lasted <= '3600 s' then '3600' when lasted <= '7200 s' then '7200'
              when lasted <= '14400 s' then '14400' when lasted <= '28800 s' then '28800'
              when lasted <= '86400 s' then '86400' else '' end as bound, count(*)
  from session where end_reason is not null and lasted is not null group by bound
  union all
  select 'participants', people::text, count(*) from session group by people
  union all
  select 'invited', '', count(*) from session where invited
  union all
  select 'joined', '', count(*) from session where people > 1
  union all
  select 'first_card', '', count(*) from session where drew
  union all
  select 'warned', '', count(*) from event where event_type = 'warned'
  union all
  select 'answered', '', count(*) from event
  where event_type = 'extended' and because = 'activity'
  union all
  select 'restored', '', count(*) from event where event_type = 'restored'
  union all
  select 'deck', deck_id, count(*) from session group by deck_id
  union all
  select 'layout', layout, count(*) from session where layout is not null group by layout)";

}  // namespace

std::vector<core::Usage> read_usage(const Rows& rows) {
  std::vector<core::Usage> usage(rows.size());
  for (std::size_t i = 0; i < usage.size(); ++i) {
    auto& row = usage[i];
    WallTime in_month;
    rows.row(i, in_month, row.host, row.sessions, row.minutes, row.participant_minutes,
             row.operations);
    row.month = core::month_of(in_month);
  }
  return usage;
}

std::vector<core::Figure> read_figures(const Rows& rows) {
  std::vector<core::Figure> figures(rows.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    auto& figure = figures[i];
    rows.row(i, figure.name, figure.key, figure.count);
  }
  return figures;
}

awaitable<std::vector<core::Usage>> count_usage(Transaction& db, core::Period period, Instant now) {
  co_return read_usage(co_await db.query(kUsage, period.from, period.until, now));
}

awaitable<std::vector<core::Figure>> count_figures(Transaction& db, core::Period period) {
  co_return read_figures(co_await db.query(kFigures, period.from, period.until));
}

namespace {

awaitable<std::vector<core::Usage>> usage_in(Transaction& db, const core::Parts& parts,
                                             Instant now) {
  std::vector<core::Usage> rows;
  if (parts.summed) rows = co_await summed_usage(db, *parts.summed);
  for (const auto& part : parts.counted)
    std::ranges::move(co_await count_usage(db, part, now), std::back_inserter(rows));
  co_return rows;
}

}  // namespace

awaitable<std::vector<core::Usage>> usage(Transaction& db, core::Period period, Instant now) {
  const auto parts = core::parts_of(period, co_await summed_days(db));
  co_return core::added_up(co_await usage_in(db, parts, now));
}

awaitable<std::vector<core::Figure>> figures(Transaction& db, core::Period period, Instant now) {
  const auto parts = core::parts_of(period, co_await summed_days(db));
  auto counted = core::cohorts_of(co_await usage_in(db, parts, now));
  if (parts.summed)
    std::ranges::move(co_await summed_figures(db, *parts.summed), std::back_inserter(counted));
  for (const auto& part : parts.counted)
    std::ranges::move(co_await count_figures(db, part), std::back_inserter(counted));
  co_return core::added_up(std::move(counted));
}

}  // namespace tarotforge::store::postgres
