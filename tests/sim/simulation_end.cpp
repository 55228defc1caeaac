// What has to hold at the end of a run, when nothing has gone wrong for long enough.
#include <fmt/format.h>

#include "app/report.h"
#include "base/check.h"
#include "tests/sim/simulation.h"

namespace tarotforge::sim {

namespace {

constexpr Duration kReturn = std::chrono::seconds(10);  // a restore, and two tries to connect
constexpr Duration kSeen = std::chrono::seconds(1);

}  // namespace

void Simulation::check_views() {
  if (!healthy()) return;
  const auto store = open_as_operator();
  for (const auto& person : people_) {
    if (!person->inside()) continue;
    std::optional<Result<core::SessionData>> row;
    boost::asio::co_spawn(schedule_.context, store->load(person->session()),
                          [&](std::exception_ptr, auto loaded) { row.emplace(std::move(loaded)); });
    schedule_.settle();
    if (!row || !*row || !std::holds_alternative<core::Open>((*row)->phase)) continue;
    if (!person->connected()) {
      if (person->away_for() < kReturn) continue;
      truth_.violated(
          fmt::format("{} has not come back to an open room (RT2, UI8)", person->id().to_string()));
      continue;
    }
    // Another server's operations are noticed within a second.
    if ((*row)->version < person->version())
      truth_.violated("somebody knows a version that is not there (ST1)");
    if ((*row)->version > person->version() + 3)
      truth_.violated(
          fmt::format("somebody knows version {} of {} (VR1)", person->version(), (*row)->version));
    check_presence(*person);
  }
}

// Whoever is connected to the same server is here, and nobody else.
void Simulation::check_presence(const Person& person) {
  std::set<std::string> here;
  for (const auto& other : people_)
    if (other->connected() && other->here_for() > kSeen && other->session() == person.session() &&
        other->server() == person.server())
      here.insert(other->id().to_string());
  for (const auto& who : here)
    if (!person.sees().contains(who))
      truth_.violated(fmt::format("{} is here and not seen (PR2)", who));
  for (const auto& other : people_)
    if (other->may_be_here()) here.insert(other->id().to_string());
  for (const auto& [who, metas] : person.sees())
    if (!here.contains(who))
      truth_.violated(fmt::format("{} is seen and has been gone for long (PR3)", who));
}

void Simulation::check_ended() {
  if (!healthy()) return;
  for (auto& server : servers_) {
    if (!server->ready()) {
      truth_.violated("a server without faults is not ready");
      continue;
    }
    std::size_t connections = 0;
    for (const auto& [id, room] : server->house().rooms) connections += room->connections.size();
    if (connections > 0) truth_.violated("a room has connections that nobody has (RT3)");
    if (!server->house().handles.empty())
      truth_.violated(fmt::format("{} sessions are open long after their deadline (EX3)",
                                  server->house().handles.size()));
  }
  const auto store = open_as_operator();
  truth_.compare_with_rows(*store);
}

}  // namespace tarotforge::sim
