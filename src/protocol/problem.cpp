#include "protocol/problem.h"

#include <algorithm>
#include <string>

#include "protocol/views.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

constexpr int kTooManyRequests = 429;
constexpr int kUnavailable = 503;

// Until the next beat (lifecycle, expiry protocol): by then the store has been tried again.
constexpr std::chrono::seconds kUsualWait{5};

std::string type_of(ErrorCode code) {
  std::string type = "https://tarotforge.dev/problems/";
  for (const char c : info(code).name) type += c == '_' ? '-' : c;
  return type;
}

// Refusals after which a visitor stands before a closed door: the page shows ways to go on.
bool is_closed_door(ErrorCode code) {
  using enum ErrorCode;
  switch (code) {
    case not_found:
    case session_not_found:
    case session_full:
    case session_completed:
    case session_expired:
    case session_purged:
    case invite_not_found:
    case invite_revoked:
    case invite_expired:
    case invite_exhausted:
      return true;
    default:
      return false;
  }
}

json::array actions_of(const Error& error, RestoreAction restore) {
  json::array actions;
  if (is_closed_door(error.code)) actions = {"home", "marketplace"};
  if (error.code == ErrorCode::session_expired && error.restorable_until &&
      restore == RestoreAction::offered_where_possible)
    actions.emplace_back("restore");
  if (info(error.code).retryable) actions.emplace_back("retry");
  return actions;
}

}  // namespace

json::object problem_json(const Error& error, Calendar calendar, RestoreAction restore) {
  const auto& entry = info(error.code);
  json::object out{
      {"type", type_of(error.code)},
      {"title", json::string_view(entry.title)},
      {"status", error.http_status()},
      {"code", json::string_view(entry.name)},
      {"detail", json::string_view(error.sentence())},
  };
  if (auto actions = actions_of(error, restore); !actions.empty())
    out["actions"] = std::move(actions);
  if (error.session_id) out["sessionId"] = error.session_id->to_string();
  if (error.restorable_until) out["restorableUntil"] = time_json(error.restorable_until, calendar);
  if (const auto wait = retry_after(error)) out["retryAfterSeconds"] = wait->count();
  return out;
}

std::optional<std::chrono::seconds> retry_after(const Error& error) {
  using std::chrono::seconds;
  if (error.retry_after)
    return std::max(std::chrono::ceil<seconds>(*error.retry_after), seconds(1));
  const int status = error.http_status();
  if (status == kTooManyRequests || status == kUnavailable) return kUsualWait;
  return std::nullopt;
}

json::array error_table_json() {
  json::array table;
#define TF_ROW(name, status, retryable, title, sentence) \
  table.push_back(json::object{{"code", #name},          \
                               {"status", status},       \
                               {"retryable", retryable}, \
                               {"title", title},         \
                               {"sentence", sentence}});
  TF_ERRORS(TF_ROW)
#undef TF_ROW
  return table;
}

}  // namespace tarotforge::protocol
