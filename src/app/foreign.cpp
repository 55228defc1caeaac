#include "app/foreign.h"

namespace tarotforge::app {
namespace {

// Where nobody has the session loaded there is nobody to tell.
Task<> take_over(House& house, SessionId id) {
  const auto found = house.rooms.find(id);
  if (found == house.rooms.end()) co_return Result<>();
  co_return co_await house.look_again(found->second);
}

}  // namespace

Task<> look_for_foreign_changes(House& house) {
  std::vector<ports::SessionStore::Known> known;
  for (const auto& [id, room] : house.rooms) known.push_back({id, room->session.data().revision});
  if (known.empty()) co_return Result<>();
  auto changed = co_await house.world.store.changed_elsewhere(std::move(known));
  if (!changed) co_return std::move(changed).error();
  for (const auto& id : *changed) CO_TRY(co_await take_over(house, id));
  co_return Result<>();
}

boost::asio::awaitable<void> keep_hearing(House& house, ports::Announcements& announcements) {
  while (!house.scope.closing()) {
    const auto ids = co_await announcements.next();
    Result<> seen;
    if (ids.empty()) seen = co_await look_for_foreign_changes(house);
    for (const auto& id : ids) {
      auto taken = co_await take_over(house, id);
      if (!taken) seen = std::move(taken);
    }
    if (!seen) house.world.log.debug("No look at the store: {}", seen.error().sentence());
  }
}

}  // namespace tarotforge::app
