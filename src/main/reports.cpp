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

// Opens the database, and prints what `report` makes of the period.
template <class Report>
Result<> print(const Configuration& configuration, const ReportOptions& options,
               const TimeZone& zone, Report report) {
  boost::asio::io_context context{1};
  SystemClock clock{context};
  SystemRandom random;
  ConsoleLog log{"warning", configuration.text("LOG_FORMAT")};
  TRY_ASSIGN(const auto period,
             protocol::parse_period(options.from, options.until, zone, clock.wall()));
  TRY_ASSIGN(const auto opened,
             open_database(configuration, Access::command_line, {context, clock, log, random}));
  TRY_ASSIGN(const auto text, run_task(context, report(*opened.store, period)));
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

}  // namespace tarotforge
