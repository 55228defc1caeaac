// The command line of TarotForge.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "main/commands.h"
#include "main/demo.h"
#include "main/listing.h"
#include "main/migrate.h"
#include "main/reports.h"
#include "main/serve.h"

namespace {

using namespace tarotforge;

constexpr int kUsage = 2;

struct Arguments {
  std::map<std::string, std::string> flags;
  std::string config_file, id, file;
  std::string color = "auto";
  SessionsQuery sessions;
  TailQuery tail;
  DemoRequest demo;
  ReportOptions report;
  std::optional<double> watch;
  bool json = false;
  bool dry_run = false;
  bool finish = false;
  bool all = false;
  bool dead = false;
};

void add_settings(CLI::App& app, Arguments& arguments) {
  app.add_option("--config", arguments.config_file, "the TOML file with settings")
      ->envname("TAROTFORGE_CONFIG");
  for (const auto& setting : settings_table()) {
    app.add_option_function<std::string>(
           flag_of(setting),
           [&arguments, name = std::string(setting.name)](const std::string& text) {
             arguments.flags[name] = text;
           },
           std::string(setting.meaning))
        ->group("Settings");
  }
}

CLI::App* listing(CLI::App* command, Arguments& arguments) {
  command->add_flag("--json", arguments.json, "print JSON");
  return command;
}

CLI::App* colored(CLI::App* command, Arguments& arguments) {
  command->add_option("--color", arguments.color, "colours: auto (on a terminal), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  return listing(command, arguments);
}

CLI::Option* named(CLI::App* command, Arguments& arguments) {
  return command->add_option("ID", arguments.id, "the session");
}

void add_lists(CLI::App& app, Arguments& arguments) {
  constexpr const char* kSince = "90m, 2h or 3d ago, or since a time such as 2026-01-31T12:00:00Z";
  auto& stats = *listing(app.add_subcommand("stats", "statistics"), arguments);
  stats.add_option("--watch", arguments.watch, "again each so many seconds (2), until interrupted")
      ->expected(0, 1)
      ->default_str("2")
      ->check(CLI::Range(0.1, 86'400.0));
  auto& sessions = *colored(app.add_subcommand("sessions", "list the sessions"), arguments);
  auto& query = arguments.sessions;
  sessions.add_option("--status", query.status, "only those of this status")
      ->check(CLI::IsMember({"active", "expired", "completed", "purged"}));
  sessions.add_option("--deck", query.deck, "only those with this deck");
  sessions.add_option("--host", query.host,
                      "only those of this host, the id of a participant or user");
  sessions.add_option("--created-since", query.created_since, kSince);
  sessions.add_option("--active-since", query.active_since, kSince);
  sessions.add_option("--limit", query.limit, "the newest so many, newest first")
      ->check(CLI::Range(1, 1'000'000'000));
  auto& tail =
      *colored(app.add_subcommand("tail", "follow what happens in all sessions"), arguments);
  tail.add_option("--session", arguments.tail.session, "only what happens in this one");
  tail.add_option("--type", arguments.tail.types, "only what is of this type; may be repeated")
      ->allow_extra_args(false);
  tail.add_option("--lines", arguments.tail.lines, "so many of what was before (10)")
      ->check(CLI::Range(0, 1'000'000));
  auto& out = *app.add_subcommand("export", "one session, or all, as JSON");
  auto* all = out.add_flag("--all", arguments.all, "all sessions, one a line");
  named(&out, arguments)->excludes(all);
  auto& demo = *app.add_subcommand("demo", "fill a database with made-up sessions");
  demo.add_option("--sessions", arguments.demo.sessions, "how many (1000)")
      ->check(CLI::Range(1, 10'000'000));
  demo.add_option("--hours", arguments.demo.hours, "within how many hours they were created (48)")
      ->check(CLI::Range(1.0, 24.0 * 366));
  demo.add_flag("--add", arguments.demo.add, "to sessions that are there");
}

void add_migrate(CLI::App& app, Arguments& arguments) {
  auto& migrate = *app.add_subcommand("migrate", "bring the database's schema up to date");
  migrate.require_subcommand(0, 1);
  migrate.add_subcommand("up", "the same: apply what is missing");
  listing(migrate.add_subcommand("status", "list the migrations; exit code 3 if some are missing"),
          arguments);
  migrate.add_subcommand("verify", "compare the schema with what its migrations make");
  auto& adopt =
      *migrate.add_subcommand("adopt", "take over a database of the first implementation");
  auto* dry_run =
      adopt.add_flag("--dry-run", arguments.dry_run, "say what would be added, and add nothing");
  adopt.add_flag("--finish", arguments.finish, "shut the first implementation out")
      ->excludes(dry_run);
}

void add_webhooks(CLI::App& app, Arguments& arguments) {
  auto& webhooks = *listing(
      app.add_subcommand("webhooks", "list the webhooks that wait or are dead"), arguments);
  webhooks.require_subcommand(0, 1);
  webhooks.add_flag("--dead", arguments.dead, "only those that were given up");
  webhooks.add_subcommand("list", "the same");
  webhooks.add_subcommand("replay", "make one due now, for another three days")
      ->add_option("ID", arguments.id, "the webhook")
      ->required();
}

// The one of the two that was asked for prints CSV unless it is told to print JSON.
CLI::App* add_report(CLI::App& app, Arguments& arguments, const char* name, const char* meaning) {
  auto* command = app.add_subcommand(name, meaning);
  command->add_option("--from", arguments.report.from, "a day or a time; 30 days before --to");
  command->add_option("--to", arguments.report.until, "a day or a time, left out itself; now");
  auto* json = command->add_flag("--json", arguments.json, "print JSON");
  command->add_flag("--csv")->description("print CSV, as it does anyway")->excludes(json);
  return command;
}

int migrate(const CLI::App& command, const Configuration& configuration, const Arguments& arguments,
            Output output) {
  if (command.got_subcommand("adopt"))
    return migrate_adopt(configuration, arguments.dry_run, arguments.finish);
  if (command.got_subcommand("status")) return migrate_status(configuration, output);
  if (command.got_subcommand("verify")) return migrate_verify(configuration);
  return migrate_up(configuration);
}

int look(const CLI::App& app, const Configuration& configuration, const Arguments& arguments,
         Output output) {
  const Paint paint(arguments.color);
  const auto is = [&](const char* name) { return app.got_subcommand(name); };
  if (is("check")) return check_session(configuration, arguments.id, output);
  if (is("explain")) return explain(configuration, arguments.id, output, paint);
  if (is("stats")) return stats(configuration, arguments.watch, output);
  if (is("sessions")) return sessions(configuration, arguments.sessions, output, paint);
  if (is("tail")) return tail(configuration, arguments.tail, output, paint);
  if (is("export")) return export_sessions(configuration, arguments.id);
  if (is("billing")) return billing(configuration, arguments.report, output);
  if (is("analytics")) return analytics(configuration, arguments.report, output);
  if (is("doctor")) return doctor(configuration);
  return show_config(configuration, output);
}

int run(const CLI::App& app, const Arguments& arguments) {
  Configuration::Sources sources{arguments.flags, process_environment(), std::nullopt};
  if (!arguments.config_file.empty()) sources.file = arguments.config_file;
  const auto configuration = Configuration::read(sources);
  if (!configuration) {
    fmt::print(stderr, "tarotforge: {}\n", configuration.error().sentence());
    return kUsage;
  }
  const auto output = arguments.json ? Output::json : Output::text;
  const auto is = [&](const char* name) { return app.got_subcommand(name); };
  if (is("serve")) return serve(*configuration);
  if (is("cleanup")) return cleanup(*configuration, arguments.dry_run, output);
  if (is("restore")) return restore(*configuration, arguments.id, output);
  if (is("migrate"))
    return migrate(*app.get_subcommand("migrate"), *configuration, arguments, output);
  if (is("webhooks"))
    return app.get_subcommand("webhooks")->got_subcommand("replay")
               ? replay_webhook(*configuration, arguments.id, output)
               : webhooks(*configuration, arguments.dead, output);
  if (is("rebuild-reports")) return rebuild_reports(*configuration);
  if (is("backup")) return backup(*configuration, arguments.file);
  if (is("demo")) return demo(*configuration, arguments.demo);
  return look(app, *configuration, arguments, output);
}

void add_commands(CLI::App& app, Arguments& arguments) {
  app.add_subcommand("serve", "run the server");
  listing(app.add_subcommand("cleanup", "sweep once: expire, purge, tidy"), arguments)
      ->add_flag("--dry-run", arguments.dry_run, "say what a sweep would do, and do nothing");
  named(listing(app.add_subcommand("check", "whether a session has expired; exit code 3 if so"),
                arguments),
        arguments)
      ->required();
  named(colored(app.add_subcommand("explain", "why a session lives or has ended"), arguments),
        arguments)
      ->required();
  add_lists(app, arguments);
  named(listing(app.add_subcommand("restore", "restore an expired session"), arguments), arguments)
      ->required();
  add_report(app, arguments, "billing", "usage by host and month");
  add_report(app, arguments, "analytics", "how readings went")
      ->add_option("--zone", arguments.report.zone, "whose days and hours; UTC");
  app.add_subcommand("rebuild-reports", "sum anew what billing and analytics are answered from");
  add_migrate(app, arguments);
  add_webhooks(app, arguments);
  app.add_subcommand("backup", "copy the database, also while a server runs")
      ->add_option("FILE", arguments.file, "where to; it must not exist")
      ->required();
  app.add_subcommand("doctor", "check the settings, the database file and its schema");
  listing(app.add_subcommand("config", "each setting with its value, origin and meaning"),
          arguments);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("TarotForge: collaborative tarot reading rooms.", "tarotforge");
  app.set_version_flag("--version", TAROTFORGE_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  Arguments arguments;
  add_settings(app, arguments);
  add_commands(app, arguments);
  try {
    app.parse(argc, argv);
    const auto* out = app.get_subcommand("export");
    if (out->parsed() && arguments.id.empty() && !arguments.all)
      throw CLI::RequiredError("ID or --all");
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    fmt::print(stderr, "tarotforge: {}. See tarotforge --help.\n", error.what());
    return kUsage;
  }
  return run(app, arguments);
}
