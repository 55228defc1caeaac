#include "main/migrate.h"

#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "main/console_log.h"
#include "main/database.h"
#include "main/system_clock.h"
#include "main/system_random.h"

namespace tarotforge {
namespace {

constexpr int kMissing = 3;

}  // namespace

int migrate_up(const Configuration& configuration) {
  boost::asio::io_context context(1);
  SystemClock clock(context);
  SystemRandom random;
  ConsoleLog log(LogLevel::warning, configuration.text("LOG_FORMAT"));
  const auto opened = open_database(configuration, Access::migrate, {context, clock, log, random});
  if (!opened) return failed(opened.error());
  for (const auto& applied : opened->migrated) fmt::print("Applied {}.\n", applied);
  fmt::print("The schema of {} is up to date.\n", configuration.database()->name);
  return 0;
}

int migrate_status(const Configuration& configuration, Output output) {
  const auto states = schema_states(configuration);
  if (!states) return failed(states.error());
  boost::json::array all;
  bool complete = true;
  if (output == Output::text && on_terminal()) fmt::print("{:<36}  APPLIED\n", "MIGRATION");
  for (const auto& state : *states) {
    const auto at = state.applied_at ? rfc3339(*state.applied_at) : "missing";
    if (!state.applied_at) complete = false;
    if (output == Output::text) fmt::print("{:<36}  {}\n", state.title, at);
    all.push_back({{"migration", state.title},
                   {"appliedAt", state.applied_at ? boost::json::value(at) : nullptr}});
  }
  if (output == Output::json) fmt::print("{}\n", boost::json::serialize(all));
  return complete ? 0 : kMissing;
}

int migrate_verify(const Configuration& configuration) {
  const auto findings = schema_findings(configuration);
  if (!findings) return failed(findings.error());
  for (const auto& finding : *findings) fmt::print("{}\n", finding);
  if (findings->empty())
    fmt::print("The schema of {} is as its migrations make it.\n", configuration.database()->name);
  return findings->empty() ? 0 : 1;
}

int migrate_adopt(const Configuration& configuration, bool dry_run, bool finish) {
  using store::postgres::Adoption;
  SystemRandom random;
  const auto adopted = adopt_database(
      configuration, {.step = finish    ? Adoption::finish
                              : dry_run ? Adoption::look
                                        : Adoption::begin,
                      .policy = configuration.app_settings().policy.defaults,
                      .random = random,
                      .tell = [](const std::string& line) {
                        fmt::print("{}\n", line);
                        std::fflush(stdout);  // whoever reads along knows how far it is
                      }});
  return adopted ? 0 : failed(adopted.error());
}

}  // namespace tarotforge
