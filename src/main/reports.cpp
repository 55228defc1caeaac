#include "main/reports.h"

#include "app/usage.h"
#include "main/workshop.h"
#include "net/time_zones.h"
#include "protocol/usage_text.h"

namespace tarotforge {
namespace {

using app::Format;

Format format_of(Output output) { return output == Output::json ? Format::json : Format::csv; }

// Prints what `report` makes of the period.
template <class Report>
int print(const Configuration& configuration, const ReportOptions& options, const TimeZone& zone,
          Report report) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto period =
        protocol::parse_period(options.from, options.until, zone, workshop.clock.wall());
    if (!period) return failed(period.error());
    const auto text = workshop.run(report(*workshop.store, *period));
    if (!text) return failed(text.error());
    fmt::print("{}{}", *text, text->ends_with('\n') ? "" : "\n");
    return 0;
  });
}

}  // namespace

int billing(const Configuration& configuration, const ReportOptions& options, Output output) {
  return print(configuration, options, TimeZone(), [&](auto& store, auto period) {
    return app::usage_of(store, period, format_of(output));
  });
}

int analytics(const Configuration& configuration, const ReportOptions& options, Output output) {
  const auto zone = net::find_time_zone(options.zone);
  if (!zone) return failed(zone.error());
  return print(configuration, options, *zone, [&](auto& store, auto period) {
    return app::analytics_of(store, period, *zone, format_of(output));
  });
}

int rebuild_reports(const Configuration& configuration) {
  return with_workshop(configuration, [](Workshop& workshop) {
    const auto forgotten = workshop.run(workshop.store->forget_summed_days());
    if (!forgotten) return failed(forgotten.error());
    for (int days = 0;; ++days) {
      const auto summed = workshop.run(workshop.store->sum_next_day());
      if (!summed) return failed(summed.error());
      if (*summed) continue;
      fmt::print("Summed {} days; the others are counted each time.\n", days);
      return 0;
    }
  });
}

}  // namespace tarotforge
