#include "core/summed_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace tarotforge::core {
namespace {

// Months since year 0.
int number_of(std::chrono::year_month month) {
  return int(month.year()) * 12 + static_cast<int>(unsigned(month.month())) - 1;
}

template <class Item, class Same, class Add>
std::vector<Item> made_one(std::vector<Item> items, Same same, Add add) {
  std::vector<Item> sums;
  for (auto& item : items) {
    if (!sums.empty() && same(sums.back(), item))
      add(sums.back(), item);
    else
      sums.push_back(std::move(item));
  }
  return sums;
}

}  // namespace

Parts parts_of(Period period, std::optional<Period> days) {
  Parts parts;
  const auto add = [&](WallTime from, WallTime until) {
    if (from < until) parts.counted.push_back({from, until});
  };
  if (days) {
    const auto from = begin_of_day(std::max(period.from, days->from) + kDay - Duration(1));
    const auto until = begin_of_day(std::min(period.until, days->until));
    if (from < until) {
      parts.summed = Period{from, until};
      add(period.from, from);
      add(until, period.until);
      return parts;
    }
  }
  add(period.from, period.until);
  return parts;
}

std::vector<Usage> added_up(std::vector<Usage> rows) {
  const auto key = [](const Usage& row) { return std::tie(row.month, row.host); };
  std::ranges::sort(rows, [&](const Usage& a, const Usage& b) { return key(a) < key(b); });
  return made_one(
      std::move(rows), [&](const Usage& a, const Usage& b) { return key(a) == key(b); },
      [](Usage& sum, const Usage& row) {
        sum.sessions += row.sessions;
        sum.minutes += row.minutes;
        sum.participant_minutes += row.participant_minutes;
        sum.operations += row.operations;
      });
}

std::vector<Figure> added_up(std::vector<Figure> figures) {
  const auto key = [](const Figure& figure) { return std::tie(figure.name, figure.key); };
  std::ranges::sort(figures, [&](const Figure& a, const Figure& b) { return key(a) < key(b); });
  return made_one(
      std::move(figures), [&](const Figure& a, const Figure& b) { return key(a) == key(b); },
      [](Figure& sum, const Figure& figure) { sum.count += figure.count; });
}

std::vector<Figure> cohorts_of(const std::vector<Usage>& rows) {
  std::vector<std::pair<UserId, int>> active;  // hosts, and the months with a session of theirs
  for (const auto& row : rows)
    if (row.host) active.emplace_back(*row.host, number_of(row.month));
  std::ranges::sort(active);
  const auto repeated = std::ranges::unique(active);
  active.erase(repeated.begin(), repeated.end());
  std::map<std::pair<int, int>, std::uint64_t> counts;
  auto first = active.begin();
  for (auto each = active.begin(); each != active.end(); ++each) {
    if (each->first != first->first) first = each;
    ++counts[{first->second, each->second - first->second}];
  }
  std::vector<Figure> figures;
  for (const auto& [at, count] : counts)
    figures.push_back({"cohort", fmt::format("{}+{}", at.first, at.second), count});
  return figures;
}

}  // namespace tarotforge::core
