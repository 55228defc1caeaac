#include "main/commands.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/cleanup.h"
#include "app/report.h"
#include "app/sessions.h"
#include "app/usage.h"
#include "app/webhooks.h"
#include "main/workshop.h"
#include "protocol/lifecycle_json.h"
#include "protocol/views.h"

namespace tarotforge {
namespace {

constexpr int kExpired = 3;
constexpr std::size_t kPage = 500;

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

// The expiry answer for somebody without a place in the room.
ports::Task<boost::json::object> expiry_of(app::House& house, SessionId id) {
  auto room = co_await house.open(id);
  if (!room) co_return std::move(room).error();
  auto answer = app::expiry_answer(house, **room);
  answer["status"] = protocol::status_word((*room)->session.data());
  co_return answer;
}

ports::Task<boost::json::object> explanation_of(app::House& house, SessionId id) {
  auto room = co_await house.open(id);
  if (!room) co_return std::move(room).error();
  co_return co_await app::explain_session(house, *std::move(room));
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
      fmt::print("{}", lines_of(*answer));
    return answer->at("expired").get_bool() ? kExpired : 0;
  });
}

int explain(const Configuration& configuration, const std::string& text, Output output,
            Paint paint) {
  const auto id = session_id(text);
  if (!id) return failed(id.error());
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto explained = workshop.run(explanation_of(*workshop.house, *id));
    if (!explained) return failed(explained.error());
    if (output == Output::json) {
      print_json(*explained);
      return 0;
    }
    auto rest = *explained;
    const auto transitions = rest.at("transitions").get_array();
    rest.erase("transitions");
    fmt::print("{}\n", lines_of(rest));
    for (const auto& each : transitions)
      fmt::print("{}  {}  {}\n", text_of(each.at("at")),
                 paint.word(each.at("type").get_string(), 14), text_of(each.at("data")));
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
