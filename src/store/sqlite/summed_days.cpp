#include "store/sqlite/summed_days.h"

#include "store/sqlite/usage.h"

namespace tarotforge::store::sqlite {
namespace {

core::DayOfFigures count_day(Connection& db, WallTime begin, Instant now) {
  const core::Period day{begin, begin + core::kDay};
  return {begin, count_usage(db, day, now), count_figures(db, day)};
}

}  // namespace

std::optional<core::Period> summed_days(Connection& db) {
  auto select = db.prepare(
      "select (select min(day) from summed_figures), (select max(day) from summed_figures)");
  select.step();
  std::optional<WallTime> first, last;
  select.row(first, last);
  if (!first || !last) return std::nullopt;
  return core::Period{*first, *last + core::kDay};
}

std::vector<core::Usage> summed_usage(Connection& db, core::Period days) {
  auto select = db.prepare(R"(
    select day, host_user_id, sessions, minutes, participant_minutes, operations
    from summed_usage where day >= ?1 and day < ?2)");
  select.bind(days.from, days.until);
  return read_usage(select);
}

std::vector<core::Figure> summed_figures(Connection& db, core::Period days) {
  auto select = db.prepare(R"(
    select name, key, sum(count) from summed_figures
    where day >= ?1 and day < ?2 and name <> '' group by name, key)");
  select.bind(days.from, days.until);
  return read_figures(select);
}

std::optional<core::DayOfFigures> next_day(Connection& db, Instant now) {
  WallTime begin;
  if (const auto days = summed_days(db)) {
    begin = days->until;
  } else {
    const auto first =
        db.value<std::optional<WallTime>>("select min(created_at) from reading_sessions");
    if (!first || !*first) return std::nullopt;
    begin = core::begin_of_day(**first);
  }
  const auto until = begin + core::kDay;
  if (db.calendar.wall(now) < until) return std::nullopt;
  const auto waits = db.value<std::int64_t>(R"(
    select 1 from reading_sessions where created_at >= ?1 and created_at < ?2
      and (purged_at is null or ended_at is null) limit 1)",
                                            begin, until);
  if (waits) return std::nullopt;
  return count_day(db, begin, now);
}

void keep_day(Connection& db, const core::DayOfFigures& day) {
  // Where another process has kept it meanwhile there is nothing to do.
  db.run("insert or ignore into summed_figures (day, name, key, count) values (?1, '', '', 0)",
         day.begin);
  if (db.changes() == 0) return;
  for (const auto& each : day.figures)
    db.run("insert into summed_figures (day, name, key, count) values (?1, ?2, ?3, ?4)", day.begin,
           each.name, each.key, each.count);
  for (const auto& each : day.usage)
    db.run(R"(insert into summed_usage (day, host_user_id, sessions, minutes, participant_minutes,
                                        operations) values (?1, ?2, ?3, ?4, ?5, ?6))",
           day.begin, each.host, each.sessions, each.minutes, each.participant_minutes,
           each.operations);
}

void forget_days(Connection& db, std::optional<WallTime> through) {
  db.run("delete from summed_figures where ?1 is null or day <= ?1", through);
  db.run("delete from summed_usage where ?1 is null or day <= ?1", through);
}

std::optional<core::CheckedDay> check_day(Connection& db, WallTime day, Instant now) {
  const auto found =
      db.value<std::optional<WallTime>>("select min(day) from summed_figures where day >= ?1", day);
  if (!found || !*found) return std::nullopt;
  const auto begin = **found;
  const core::Period period{begin, begin + core::kDay};
  const auto rows = count_day(db, begin, now);
  const bool is_sound = core::added_up(rows.usage) == core::added_up(summed_usage(db, period)) &&
                        core::added_up(rows.figures) == core::added_up(summed_figures(db, period));
  return core::CheckedDay{begin, is_sound};
}

}  // namespace tarotforge::store::sqlite
