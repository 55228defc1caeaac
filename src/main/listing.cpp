#include "main/listing.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "app/export.h"
#include "app/report.h"
#include "base/text.h"
#include "main/workshop.h"

namespace tarotforge {
namespace {

constexpr std::size_t kListed = 500;

Result<Instant> instant_of(std::string_view text, const app::House& house) {
  if (const auto time = parse_rfc3339(text)) return house.calendar.instant(*time);
  double count = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(rest, text.data() + text.size());
  const double ms = unit == "s"   ? 1e3
                    : unit == "m" ? 60e3
                    : unit == "h" ? 3600e3
                    : unit == "d" ? 86400e3
                                  : 0;
  constexpr double kMostMs = 1e14;  // three thousand years
  if (error != std::errc() || ms == 0 || !(count >= 0 && count * ms < kMostMs))
    return Error(ErrorCode::invalid_value,
                 fmt::format("\"{}\" is no time. Write it like 90m, 2h, 3d or "
                             "2026-01-31T12:00:00Z.",
                             text));
  return house.now() - Duration(static_cast<std::int64_t>(count * ms));
}

Result<ports::SessionFilter> filter_of(const SessionsQuery& query, const app::House& house) {
  ports::SessionFilter filter{.limit = kListed, .newest_first = query.limit > 0};
  if (!query.status.empty()) filter.status = query.status;
  if (!query.deck.empty()) filter.deck = query.deck;
  if (!query.host.empty()) {
    filter.host = Uuid::parse(query.host);
    if (!filter.host)
      return Error(ErrorCode::invalid_value,
                   fmt::format("\"{}\" is no id of a participant or user.", query.host));
  }
  if (!query.created_since.empty()) {
    TRY_ASSIGN(filter.created_since, instant_of(query.created_since, house));
  }
  if (!query.active_since.empty()) {
    TRY_ASSIGN(filter.active_since, instant_of(query.active_since, house));
  }
  return filter;
}

void print_heading(const Paint& paint) {
  fmt::print("{}\n",
             paint.heading(fmt::format("{:<36}  {:<9}  {:>6}  {:<10}  {:<24}  {:<24}", "ID",
                                       "STATUS", "PEOPLE", "DECK", "LAST ACTIVITY", "CREATED")));
}

void print_sessions(const boost::json::array& list, const Paint& paint) {
  for (const auto& each : list) {
    const auto& line = each.get_object();
    fmt::print("{:<36}  {}  {:>6}  {:<10}  {:<24}  {:<24}\n", text_of(line.at("id")),
               paint.word(text_of(line.at("status")), 9), text_of(line.at("participantCount")),
               text_of(line.at("deckId")), text_of(line.at("lastActivityAt")),
               text_of(line.at("createdAt")));
  }
}

// Calls `use` with each page of sessions; stops at its refusal.
template <class Use>
Result<> each_page(Workshop& workshop, ports::SessionFilter filter, std::size_t limit, Use use) {
  for (std::size_t left = limit > 0 ? limit : SIZE_MAX; left > 0;) {
    filter.limit = std::min(kListed, left);
    TRY_ASSIGN(const auto page, workshop.run(app::list_sessions(*workshop.house, filter)));
    const auto& list = page.at("sessions").get_array();
    TRY(use(list));
    left -= list.size();
    const auto& next = page.at("nextAfter");
    if (!next.is_string()) break;
    filter.after = *SessionId::parse(std::string_view(next.get_string()));
  }
  return {};
}

}  // namespace

int sessions(const Configuration& configuration, const SessionsQuery& query, Output output,
             Paint paint) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto filter = filter_of(query, *workshop.house);
    if (!filter) return failed(filter.error());
    boost::json::array all;
    if (output == Output::text && on_terminal()) print_heading(paint);
    const auto listed =
        each_page(workshop, *filter, query.limit, [&](const boost::json::array& list) -> Result<> {
          if (output == Output::json)
            all.insert(all.end(), list.begin(), list.end());
          else
            print_sessions(list, paint);
          return {};
        });
    if (!listed) return failed(listed.error());
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(all));
    return 0;
  });
}

int export_sessions(const Configuration& configuration, const std::string& text) {
  std::optional<SessionId> one;
  if (!text.empty()) {
    const auto id = session_id(text);
    if (!id) return failed(id.error());
    one = *id;
  }
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto print = [&](SessionId id) -> Result<> {
      TRY_ASSIGN(const auto exported, workshop.run(app::export_session(*workshop.house, id)));
      print_json(exported);
      return {};
    };
    const auto done =
        one ? print(*one)
            : each_page(workshop, {}, 0, [&](const boost::json::array& list) -> Result<> {
                for (const auto& each : list)
                  TRY(print(*SessionId::parse(std::string_view(each.at("id").get_string()))));
                return {};
              });
    return done ? 0 : failed(done.error());
  });
}

}  // namespace tarotforge
