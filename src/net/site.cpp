#include "net/site.h"

#include <fmt/format.h>

#include <algorithm>

#include "protocol/json_text.h"

namespace tarotforge::net {

using protocol::RestoreAction;

RestoreAction restore_for(const app::House& house, const Error& error, std::string_view token) {
  if (!error.session_id || token.empty()) return RestoreAction::withheld;
  const auto found = house.rooms.find(*error.session_id);
  if (found == house.rooms.end()) return RestoreAction::withheld;
  const auto& session = found->second->session;
  const auto* who = session.find_by_token(sha256(token));
  const bool is_host = who && who->id == session.data().host;
  return is_host ? RestoreAction::offered_where_possible : RestoreAction::withheld;
}

bool is_https(const app::House& house) { return house.settings.public_url.starts_with("https://"); }

std::string problem_text(app::House& house, const Error& error, RestoreAction restore) {
  ++house.counters.refusals[static_cast<std::size_t>(error.code)];
  return protocol::to_text(protocol::problem_json(error, house.calendar, restore));
}

Response problem_answer(app::House& house, const Error& error, std::string_view token) {
  Response response{.status = error.http_status(),
                    .content_type = "application/problem+json",
                    .body = problem_text(house, error, restore_for(house, error, token))};
  if (const auto wait = protocol::retry_after(error))
    response.headers.emplace_back("Retry-After", fmt::to_string(wait->count()));
  if (error.code == ErrorCode::unauthorized)
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Digest operation_hash(const protocol::Object& request) {
  std::vector<std::string> fields;
  for (const auto& field : request)
    if (field.key() != "key")
      fields.push_back(
          fmt::format("{}:{}", std::string_view(field.key()), protocol::to_text(field.value())));
  std::ranges::sort(fields);
  return sha256(fmt::format("{}", fmt::join(fields, "\n")));
}

}  // namespace tarotforge::net
