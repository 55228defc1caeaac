#include "main/reports.h"

#include <boost/asio/io_context.hpp>

#include "app/usage.h"
#include "main/console_log.h"
#include "main/database.h"
#include "main/run_task.h"
#include "main/system_clock.h"
#include "main/system_random.h"
#include "net/time_zones.h"
#include "protocol/usage_text.h"

namespace tarotforge {
namespace {

using app::Format;

Format format_of(Output output) { return output == Output::json ? Format::json : Format::csv; }

// The database, beside its servers if there are any.
struct Archive {
  boost::asio::io_context context{1};
  SystemClock clock{context};
  SystemRandom random{};
  ConsoleLog log;
  std::unique_ptr<ports::Store> store{};

  explicit Archive(const Configuration& configuration)
      : log(LogLevel::warning, configuration.text("LOG_FORMAT")) {}

  Result<> open(const Configuration& configuration) {
    TRY_ASSIGN(auto opened,
               open_database(configuration, Access::command_line, {context, clock, log, random}));
    store = std::move(opened.store);
    return {};
  }
};

// Prints what `report` makes of the period.
template <class Report>
Result<> print(const Configuration& configuration, const ReportOptions& options,
               const TimeZone& zone, Report report) {
  Archive archive(configuration);
  TRY_ASSIGN(const auto period,
             protocol::parse_period(options.from, options.until, zone, archive.clock.wall()));
  TRY(archive.open(configuration));
  TRY_ASSIGN(const auto text, run_task(archive.context, report(*archive.store, period)));
  fmt::print("{}{}", text, text.ends_with('\n') ? "" : "\n");
  return {};
}

int exit_code(const Result<>& printed) { return printed ? 0 : failed(printed.error()); }

}  // namespace

int billing(const Configuration& configuration, const ReportOptions& options, Output output) {
  return exit_code(print(configuration, options, TimeZone(), [&](auto& store, auto period) {
    return app::usage_of(store, period, format_of(output));
  }));
}

int analytics(const Configuration& configuration, const ReportOptions& options, Output output) {
  const auto zone = net::find_time_zone(options.zone);
  if (!zone) return failed(zone.error());
  return exit_code(print(configuration, options, *zone, [&](auto& store, auto period) {
    return app::analytics_of(store, period, *zone, format_of(output));
  }));
}

int rebuild_reports(const Configuration& configuration) {
  Archive archive(configuration);
  if (const auto opened = archive.open(configuration); !opened) return failed(opened.error());
  const auto forgotten = run_task(archive.context, archive.store->forget_summed_days());
  if (!forgotten) return failed(forgotten.error());
  for (int days = 0;; ++days) {
    const auto summed = run_task(archive.context, archive.store->sum_next_day());
    if (!summed) return failed(summed.error());
    if (*summed) continue;
    fmt::print("Summed {} days; the others are counted each time.\n", days);
    return 0;
  }
}

}  // namespace tarotforge
