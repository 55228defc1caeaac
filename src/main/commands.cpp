#include "main/commands.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "app/cleanup.h"
#include "app/report.h"
#include "app/sessions.h"
#include "app/usage.h"
#include "app/webhooks.h"
#include "main/console_log.h"
#include "main/database.h"
#include "main/run_task.h"
#include "main/system_clock.h"
#include "main/system_random.h"
#include "protocol/views.h"

namespace tarotforge {
namespace {

constexpr int kExpired = 3;
constexpr std::size_t kPage = 500;

// A house without guests: the database, opened beside a server if there is one.
struct Workshop {
  boost::asio::io_context context{1};
  SystemClock clock{context};
  SystemRandom random{};
  ConsoleLog log;
  std::unique_ptr<ports::Store> store{};
  std::unique_ptr<app::House> house{};

  explicit Workshop(const Configuration& configuration)
      : log(configuration.text("LOG_LEVEL") == "debug" ? LogLevel::debug : LogLevel::warning,
            configuration.text("LOG_FORMAT")) {}

  Result<> open(const Configuration& configuration) {
    TRY_ASSIGN(auto opened,
               open_database(configuration, Access::command_line, {context, clock, log, random}));
    store = std::move(opened.store);
    house = std::make_unique<app::House>(app::World{clock, *store, random, log},
                                         configuration.app_settings(), context.get_executor());
    // Whoever only looks in has listened to nobody: what the store's rows say is all there is.
    house->listening_since = {INT64_MIN / 2};
    return {};
  }

  template <class T>
  Result<T> run(ports::Task<T> task) {
    return run_task(context, std::move(task));
  }
};

// Opens, runs `work`, prints a refusal.
template <class Work>
int with_workshop(const Configuration& configuration, Work work) {
  Workshop workshop(configuration);
  if (const auto opened = workshop.open(configuration); !opened) return failed(opened.error());
  return work(workshop);
}

void print_json(const boost::json::object& object) {
  fmt::print("{}\n", boost::json::serialize(object));
}

std::string text_of(const boost::json::value& value) {
  if (value.is_null()) return "-";
  if (value.is_string()) return std::string(value.get_string());
  return boost::json::serialize(value);
}

// One line for each value; nested objects with dots.
void print_lines(const boost::json::object& object, const std::string& prefix = "") {
  for (const auto& [key, value] : object) {
    const auto name = prefix + std::string(key);
    if (value.is_object())
      print_lines(value.get_object(), name + ".");
    else
      fmt::print("{:<36} {}\n", name, text_of(value));
  }
}

void print_sessions(const boost::json::array& list, bool heading) {
  if (heading)
    fmt::print("{:<36}  {:<9}  {:>6}  {:<24}  {:<24}\n", "ID", "STATUS", "PEOPLE", "LAST ACTIVITY",
               "CREATED");
  for (const auto& each : list) {
    const auto& line = each.get_object();
    fmt::print("{:<36}  {:<9}  {:>6}  {:<24}  {:<24}\n", text_of(line.at("id")),
               text_of(line.at("status")), text_of(line.at("participantCount")),
               text_of(line.at("lastActivityAt")), text_of(line.at("createdAt")));
  }
}

void print_webhooks(const boost::json::array& list, bool heading) {
  if (heading)
    fmt::print("{:<36}  {:<7}  {:<18}  {:>8}  {:<24}  LAST ERROR\n", "ID", "STATE", "TYPE",
               "ATTEMPTS", "NEXT ATTEMPT");
  for (const auto& each : list) {
    const auto& line = each.get_object();
    fmt::print("{:<36}  {:<7}  {:<18}  {:>8}  {:<24}  {}\n", text_of(line.at("id")),
               text_of(line.at("state")), text_of(line.at("type")), text_of(line.at("attempts")),
               text_of(line.at("nextAttemptAt")), text_of(line.at("lastError")));
  }
}

Result<SessionId> session_id(const std::string& text) {
  if (const auto id = SessionId::parse(text)) return *id;
  return Error(
      ErrorCode::session_not_found,
      fmt::format("\"{}\" is not the id of a session. `tarotforge sessions` lists them.", text));
}

// The expiry answer for somebody without a place in the room.
ports::Task<boost::json::object> expiry_of(app::House& house, SessionId id) {
  auto room = co_await house.open(id);
  if (!room) co_return std::move(room).error();
  auto answer = app::expiry_answer(house, **room);
  answer["status"] = protocol::status_word((*room)->session.data());
  co_return answer;
}

}  // namespace

int cleanup(const Configuration& configuration, bool dry_run, Output output) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto settings = configuration.app_settings();
    app::SessionCleanupService service(
        workshop.clock, *workshop.store, workshop.random, workshop.log,
        {settings.cleanup_interval, settings.audit_retention, settings.cleanup_batch});
    const auto report = workshop.run(service.run(dry_run));
    if (!report) return failed(report.error());
    if (output == Output::json) {
      print_json(protocol::sweep_json(*report, workshop.house->calendar));
      return 0;
    }
    fmt::print("{}expired {}, purged {}, invites closed {}, orphans removed {}\n",
               dry_run ? "Would have done: " : "", report->expired, report->purged,
               report->invites_closed, report->orphans_removed);
    for (const auto& swept : report->sessions)
      fmt::print("{}  {}\n", swept.id.to_string(), swept.reason);
    return report->quarantined > 0 ? 1 : 0;
  });
}

int check_session(const Configuration& configuration, const std::string& text, Output output) {
  const auto id = session_id(text);
  if (!id) return failed(id.error());
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto answer = workshop.run(expiry_of(*workshop.house, *id));
    if (!answer) return failed(answer.error());
    if (output == Output::json)
      print_json(*answer);
    else
      print_lines(*answer);
    return answer->at("expired").get_bool() ? kExpired : 0;
  });
}

int stats(const Configuration& configuration, Output output) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto answer = workshop.run(app::statistics(*workshop.house));
    if (!answer) return failed(answer.error());
    if (output == Output::json)
      print_json(*answer);
    else
      print_lines(*answer);
    return 0;
  });
}

int sessions(const Configuration& configuration, const std::string& status, Output output) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    ports::SessionFilter filter{.limit = kPage};
    if (!status.empty()) filter.status = status;
    boost::json::array all;
    for (bool more = true, first = true; more; first = false) {
      const auto page = workshop.run(app::list_sessions(*workshop.house, filter));
      if (!page) return failed(page.error());
      const auto& list = page->at("sessions").get_array();
      if (output == Output::json)
        all.insert(all.end(), list.begin(), list.end());
      else
        print_sessions(list, first && on_terminal());
      const auto& next = page->at("nextAfter");
      more = next.is_string();
      if (more) filter.after = *SessionId::parse(std::string_view(next.get_string()));
    }
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(all));
    return 0;
  });
}

int restore(const Configuration& configuration, const std::string& text, Output output) {
  const auto id = session_id(text);
  if (!id) return failed(id.error());
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto answer = workshop.run(app::restore_for_operator(*workshop.house, *id));
    if (!answer) return failed(answer.error());
    if (output == Output::json)
      print_json(*answer);
    else
      fmt::print("Restored {}; it is open again under the same links.\n", id->to_string());
    return 0;
  });
}

int backup(const Configuration& configuration, const std::string& file) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto done = workshop.run(workshop.store->backup(file));
    if (!done) return failed(done.error());
    fmt::print("Wrote {}.\n", file);
    return 0;
  });
}

int doctor(const Configuration& configuration) {
  fmt::print("settings: ok\n");
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto findings = workshop.run(workshop.store->diagnose());
    if (!findings) return failed(findings.error());
    for (const auto& finding : *findings) fmt::print("database: {}\n", finding);
    if (findings->empty()) fmt::print("database: ok\n");
    const auto days = workshop.run(app::wrong_days(*workshop.store));
    if (!days) return failed(days.error());
    for (const auto& day : *days)
      fmt::print("reports: the sums of {} differ from its rows; run `tarotforge rebuild-reports`\n",
                 day);
    if (days->empty()) fmt::print("reports: ok\n");
    return findings->empty() && days->empty() ? 0 : 1;
  });
}

int webhooks(const Configuration& configuration, bool dead, Output output) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    ports::WebhookFilter filter{.limit = kPage};
    if (dead) filter.is_dead = true;
    boost::json::array all;
    for (bool more = true, first = true; more; first = false) {
      const auto page = workshop.run(app::list_webhooks(*workshop.house, filter));
      if (!page) return failed(page.error());
      const auto& list = page->at("webhooks").get_array();
      if (output == Output::json)
        all.insert(all.end(), list.begin(), list.end());
      else
        print_webhooks(list, first && on_terminal());
      const auto& next = page->at("nextAfter");
      more = !next.is_null();
      if (more) filter.after_ordinal = next.to_number<std::uint64_t>();
    }
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(all));
    return 0;
  });
}

int replay_webhook(const Configuration& configuration, const std::string& text, Output output) {
  const auto id = WebhookId::parse(text);
  if (!id)
    return failed({ErrorCode::not_found,
                   fmt::format("\"{}\" is not the id of a webhook. `tarotforge webhooks` lists "
                               "those that wait or are dead.",
                               text)});
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto answer = workshop.run(app::replay_webhook(*workshop.house, *id));
    if (!answer) return failed(answer.error());
    if (output == Output::json)
      print_json(*answer);
    else
      fmt::print("Webhook {} is due now; a running server sends it within a second.\n",
                 id->to_string());
    return 0;
  });
}

int show_config(const Configuration& configuration, Output output) {
  boost::json::array all;
  for (const auto& setting : settings_table()) {
    const auto& value = configuration.value(setting);
    const auto shown = configuration.shown(setting);
    if (output == Output::json) {
      all.push_back({{"name", setting.name},
                     {"value", shown},
                     {"unit", setting.unit},
                     {"origin", value.origin},
                     {"meaning", setting.meaning}});
    } else {
      fmt::print("{} = {}\n    origin: {}{}{}\n    {}\n", setting.name, shown, value.origin,
                 setting.unit.empty() ? "" : "; unit: ", setting.unit, setting.meaning);
    }
  }
  if (output == Output::json) fmt::print("{}\n", boost::json::serialize(all));
  return 0;
}

}  // namespace tarotforge
