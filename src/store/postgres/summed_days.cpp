#include "store/postgres/summed_days.h"

#include "store/postgres/usage.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;

awaitable<core::DayOfFigures> count_day(Transaction& db, WallTime begin, Instant now) {
  const core::Period day{begin, begin + core::kDay};
  auto usage = co_await count_usage(db, day, now);
  auto figures = co_await count_figures(db, day);
  co_return core::DayOfFigures{begin, std::move(usage), std::move(figures)};
}

}  // namespace

awaitable<std::optional<core::Period>> summed_days(Transaction& db) {
  const auto rows = co_await db.query("select min(day), max(day) from summed_figures");
  std::optional<WallTime> first, last;
  rows.row(0, first, last);
  if (!first || !last) co_return std::nullopt;
  co_return core::Period{*first, *last + core::kDay};
}

awaitable<std::vector<core::Usage>> summed_usage(Transaction& db, core::Period days) {
  co_return read_usage(co_await db.query(R"(
    select day, host_user_id, sessions, minutes, participant_minutes, operations
    from summed_usage where day >= $1::timestamptz and day < $2::timestamptz)",
                                         days.from, days.until));
}

awaitable<std::vector<core::Figure>> summed_figures(Transaction& db, core::Period days) {
  co_return read_figures(co_await db.query(R"(
    select name, key, sum(count)::bigint from summed_figures
    where day >= $1::timestamptz and day < $2::timestamptz and name <> '' group by name, key)",
                                           days.from, days.until));
}

awaitable<std::optional<core::DayOfFigures>> next_day(Transaction& db, Instant now) {
  WallTime begin;
  if (const auto days = co_await summed_days(db)) {
    begin = days->until;
  } else {
    const auto rows = co_await db.query("select min(created_at) from reading_sessions");
    const auto first = rows.value<std::optional<WallTime>>().value_or(std::nullopt);
    if (!first) co_return std::nullopt;
    begin = core::begin_of_day(*first);
  }
  const auto until = begin + core::kDay;
  if (db.calendar.wall(now) < until) co_return std::nullopt;
  const auto waits = co_await db.query(R"(
    select 1 from reading_sessions
    where created_at >= $1::timestamptz and created_at < $2::timestamptz
      and (purged_at is null or ended_at is null) limit 1)",
                                       begin, until);
  if (!waits.empty()) co_return std::nullopt;
  co_return co_await count_day(db, begin, now);
}

awaitable<void> keep_day(Transaction& db, const core::DayOfFigures& day) {
  // Where another server has kept it meanwhile there is nothing to do.
  const auto mark = co_await db.query(
      "insert into summed_figures (day, name, key, count) values ($1, '', '', 0) "
      "on conflict do nothing",
      day.begin);
  if (mark.affected() == 0) co_return;
  std::vector<std::string> names, keys;
  std::vector<std::uint64_t> counts;
  for (const auto& each : day.figures) {
    names.push_back(each.name);
    keys.push_back(each.key);
    counts.push_back(each.count);
  }
  db.send(R"(
    insert into summed_figures (day, name, key, count)
    select $1::timestamptz, * from unnest($2::text[], $3::text[], $4::bigint[]))",
          day.begin, names, keys, counts);
  std::vector<std::optional<UserId>> hosts;
  std::vector<std::uint64_t> sessions, operations;
  std::vector<std::int64_t> minutes, participant_minutes;
  for (const auto& each : day.usage) {
    hosts.push_back(each.host);
    sessions.push_back(each.sessions);
    minutes.push_back(each.minutes);
    participant_minutes.push_back(each.participant_minutes);
    operations.push_back(each.operations);
  }
  db.send(R"(
    insert into summed_usage (day, host_user_id, sessions, minutes, participant_minutes, operations)
    select $1::timestamptz, *
    from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]))",
          day.begin, hosts, sessions, minutes, participant_minutes, operations);
}

void forget_days(Transaction& db, std::optional<WallTime> through) {
  db.send("delete from summed_figures where day <= coalesce($1::timestamptz, 'infinity')", through);
  db.send("delete from summed_usage where day <= coalesce($1::timestamptz, 'infinity')", through);
}

awaitable<std::optional<core::CheckedDay>> check_day(Transaction& db, WallTime day, Instant now) {
  const auto rows = co_await db.query("select min(day) from summed_figures where day >= $1", day);
  const auto found = rows.value<std::optional<WallTime>>().value_or(std::nullopt);
  if (!found) co_return std::nullopt;
  const core::Period period{*found, *found + core::kDay};
  const auto counted = co_await count_day(db, *found, now);
  const auto usage = co_await summed_usage(db, period);
  const auto figures = co_await summed_figures(db, period);
  const bool is_sound = core::added_up(counted.usage) == core::added_up(usage) &&
                        core::added_up(counted.figures) == core::added_up(figures);
  co_return core::CheckedDay{*found, is_sound};
}

}  // namespace tarotforge::store::postgres
