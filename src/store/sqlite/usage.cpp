#include "store/sqlite/usage.h"

#include <algorithm>
#include <iterator>

#include "store/sqlite/summed_days.h"

namespace tarotforge::store::sqlite {
namespace {

// 60 ms are a thousandth of a minute; rounded for each session, as get_session_billing_data does.
constexpr std::string_view kUsage = R"(
  select min(created_at), host_user_id, count(*), sum(minutes), sum(minutes * people), sum(version)
  from (select created_at, host_user_id, version,
               cast(round((coalesce(ended_at, ?3) - created_at) / 60.0) as integer) as minutes,
               (select count(*) from session_participants
                where session_id = reading_sessions.id) as people
        from reading_sessions where created_at >= ?1 and created_at < ?2)
  group by strftime('%Y-%m', created_at / 1000, 'unixepoch'), host_user_id)";

constexpr std::string_view kFigures = R"(
  with session as materialized (
    select created_at / 900000 as quarter, end_reason, ended_at - created_at as lasted,
           (select count(*) from session_participants
            where session_id = reading_sessions.id) as people,
           exists (select 1 from session_invites
                   where session_id = reading_sessions.id) as invited,
           next_card_index > 0 as drew, deck_id,
           case when json_valid(selected_layout) then case json_type(selected_layout)
             when 'text' then json_extract(selected_layout, '$')
             when 'object' then json_extract(selected_layout, '$.id') end end as layout
    from reading_sessions where created_at >= ?1 and created_at < ?2),
  event as materialized (
    select event_type, case when event_type = 'extended' and json_valid(event_data)
                         then json_extract(event_data, '$.because') end as because
    from session_audit_log
    where event_type in ('warned', 'extended', 'restored')
      and created_at >= ?1 and created_at < ?2)
  select 'created', cast(quarter as text), count(*) from session group by quarter
  union all
  select end_reason, cast(quarter as text), count(*) from session
  where end_reason is not null group by end_reason, quarter
  union all
  select 'duration',
         case when lasted <= 60000 then '60' when lasted <= 300000 then '300'
              when lasted <= 900000 then '900' when lasted <= 1800000 then '1800'
              when lasted <= 3600000 then '3600' when lasted <= 7200000 then '7200'
              when lasted <= 14400000 then '14400' when lasted <= 28800000 then '28800'
              when lasted <= 86400000 then '86400' else '' end as bound, count(*)
  from session where end_reason is not null and lasted is not null group by bound
  union all
  select 'participants', cast(people as text), count(*) from session group by people
  union all
  select 'invited', '', count(*) from session where invited
  union all
  select 'joined', '', count(*) from session where people > 1
  union all
  select 'first_card', '', count(*) from session where drew
  union all
  select 'warned', '', count(*) from event where event_type = 'warned'
  union all
  select 'answered', '', count(*) from event where because = 'activity'
  union all
  select 'restored', '', count(*) from event where event_type = 'restored'
  union all
  select 'deck', deck_id, count(*) from session group by deck_id
  union all
  select 'layout', layout, count(*) from session
  where typeof(layout) = 'text' group by layout)";

}  // namespace

std::vector<core::Usage> read_usage(Statement& select) {
  std::vector<core::Usage> rows;
  while (select.step()) {
    auto& row = rows.emplace_back();
    WallTime in_month;
    select.row(in_month, row.host, row.sessions, row.minutes, row.participant_minutes,
               row.operations);
    row.month = core::month_of(in_month);
  }
  return rows;
}

std::vector<core::Figure> read_figures(Statement& select) {
  std::vector<core::Figure> figures;
  while (select.step()) {
    auto& figure = figures.emplace_back();
    select.row(figure.name, figure.key, figure.count);
  }
  return figures;
}

std::vector<core::Usage> count_usage(Connection& db, core::Period period, Instant now) {
  auto select = db.prepare(kUsage);
  select.bind(period.from, period.until, now);
  return read_usage(select);
}

std::vector<core::Figure> count_figures(Connection& db, core::Period period) {
  auto select = db.prepare(kFigures);
  select.bind(period.from, period.until);
  return read_figures(select);
}

namespace {

std::vector<core::Usage> usage_in(Connection& db, const core::Parts& parts, Instant now) {
  std::vector<core::Usage> rows;
  if (parts.summed) rows = summed_usage(db, *parts.summed);
  for (const auto& part : parts.counted)
    std::ranges::move(count_usage(db, part, now), std::back_inserter(rows));
  return rows;
}

}  // namespace

std::vector<core::Usage> usage(Connection& db, core::Period period, Instant now) {
  return core::added_up(usage_in(db, core::parts_of(period, summed_days(db)), now));
}

std::vector<core::Figure> figures(Connection& db, core::Period period, Instant now) {
  const auto parts = core::parts_of(period, summed_days(db));
  auto counted = core::cohorts_of(usage_in(db, parts, now));
  if (parts.summed)
    std::ranges::move(summed_figures(db, *parts.summed), std::back_inserter(counted));
  for (const auto& part : parts.counted)
    std::ranges::move(count_figures(db, part), std::back_inserter(counted));
  return core::added_up(std::move(counted));
}

}  // namespace tarotforge::store::sqlite
