#include "app/usage.h"

#include "base/text.h"
#include "protocol/json_text.h"
#include "protocol/usage_text.h"

namespace tarotforge::app {

using ports::Task;

Task<std::string> usage_of(ports::Store& store, core::Period period, Format format) {
  const auto rows = co_await store.usage(period);
  if (!rows) co_return rows.error();
  if (format == Format::csv) co_return protocol::usage_csv(*rows);
  co_return protocol::usage_json(period, *rows);
}

Task<std::string> analytics_of(ports::Store& store, core::Period period, TimeZone zone,
                               Format format) {
  const auto figures = co_await store.figures(period);
  if (!figures) co_return figures.error();
  const auto analytics = core::analytics_of(*figures, zone);
  if (format == Format::csv) co_return protocol::analytics_csv(analytics);
  co_return protocol::to_text(protocol::analytics_json(period, analytics));
}

Task<std::vector<std::string>> wrong_days(ports::Store& store) {
  std::vector<std::string> wrong;
  for (WallTime from{};;) {
    const auto day = co_await store.check_summed_day(from);
    if (!day) co_return day.error();
    if (!*day) co_return wrong;
    if (!(*day)->is_sound) wrong.push_back(rfc3339((*day)->begin).substr(0, 10));
    from = (*day)->begin + core::kDay;
  }
}

}  // namespace tarotforge::app
