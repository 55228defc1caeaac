#include "app/export.h"

#include "app/change.h"
#include "protocol/lifecycle_json.h"
#include "protocol/views.h"

namespace tarotforge::app {

using protocol::Array;
using protocol::Object;

namespace {

constexpr std::size_t kAtOnce = 500;

Object participant_of(const core::Participant& participant, SessionId session, Calendar calendar) {
  auto object =
      protocol::participant_json(participant, session, core::PresenceLevel::offline, calendar);
  object.erase("presence");  // which only a server knows, and only now
  return object;
}

Object invite_of(const core::Invite& invite, Calendar calendar) {
  auto object = protocol::invite_json(invite, "", calendar);
  object.erase("code");
  object.erase("url");
  object["id"] = invite.id.to_string();
  return object;
}

Task<Array> operations_of(House& house, const core::SessionData& session) {
  Array list;
  std::uint64_t after = 0;
  for (std::size_t size = kAtOnce; size == kAtOnce;) {
    auto page = co_await house.world.store.operations_after(session.id, after, kAtOnce);
    if (!page) co_return std::move(page).error();
    size = page->size();
    for (const auto& operation : *page) {
      after = operation.version;
      if (after > session.version) continue;  // made since the session was read
      auto told = protocol::parse_own(operation.told);
      protocol::hide_turned_down(told, session.reading);
      list.push_back(std::move(told));
    }
  }
  co_return list;
}

Task<Array> audit_of(House& house, SessionId id) {
  Array list;
  std::uint64_t after = 0;
  for (std::size_t size = kAtOnce; size == kAtOnce;) {
    auto page = co_await house.world.store.audit(id, after, kAtOnce);
    if (!page) co_return std::move(page).error();
    size = page->size();
    for (const auto& [entry, session, sequence] : *page) {
      after = sequence;
      list.push_back(
          protocol::audit_json({entry.id, session, sequence, entry.type, entry.generation,
                                entry.participant, entry.data, entry.at},
                               house.calendar));
    }
  }
  co_return list;
}

}  // namespace

Task<Object> export_session(House& house, SessionId id) {
  auto data = co_await house.world.store.load(id);
  if (!data) co_return std::move(data).error();
  const core::Session session(*std::move(data));
  auto operations = co_await operations_of(house, session.data());
  if (!operations) co_return std::move(operations).error();
  auto invites = co_await house.world.store.invites(id);
  if (!invites) co_return std::move(invites).error();
  auto audit = co_await audit_of(house, id);
  if (!audit) co_return std::move(audit).error();
  Array people, links;
  for (const auto& each : session.data().participants)
    people.push_back(participant_of(each, id, house.calendar));
  for (const auto& each : *invites) links.push_back(invite_of(each, house.calendar));
  co_return Object{
      {"format", std::string(kExportFormat)},
      {"exportedAt", protocol::time_text(house.now(), house.calendar)},
      {"session", protocol::session_json(session_view(house, session, house.surroundings()))},
      {"participants", std::move(people)},
      {"invites", std::move(links)},
      {"operations", *std::move(operations)},
      {"audit", *std::move(audit)},
  };
}

}  // namespace tarotforge::app
