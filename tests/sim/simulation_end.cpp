// What has to hold at the end of a run, when nothing has gone wrong for long enough.
#include <fmt/format.h>

#include "app/report.h"
#include "base/check.h"
#include "tests/sim/simulation.h"

namespace tarotforge::sim {

namespace {

constexpr Duration kSeen = std::chrono::seconds(1);

}  // namespace

void Simulation::check_views() {
  if (!healthy()) return;
  const auto store = open_as_operator(operators_clock());
  for (const auto& person : people_) {
    if (!person->inside()) continue;
    std::optional<Result<core::SessionData>> row;
    boost::asio::co_spawn(schedule_.context, store->load(person->session()),
                          [&](std::exception_ptr, auto loaded) { row.emplace(std::move(loaded)); });
    schedule_.settle();
    if (!row || !*row || !std::holds_alternative<core::Open>((*row)->phase)) continue;
    if (!person->connected()) {
      if (!person->ought_to_be_back()) continue;
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

// Whoever has been connected to the same server for a while is seen, and nobody else for longer
// than the grace after they went, or after the room was told to expect them back.
void Simulation::check_presence(const Person& person) {
  const Duration heard = kSeen + weather_.longest_way();
  if (!person.hears(heard) || person.server()->clock().frozen()) return;
  ++truth_.work.looked;
  for (const auto& other : people_)
    if (other->hears(heard) && other->session() == person.session() &&
        other->server() == person.server() && !person.sees().contains(other->id().to_string()))
      truth_.violated(fmt::format("{} is here and not seen (PR2)", other->id().to_string()));
  for (const auto& [who, since] : person.sees()) {
    const auto gone =
        truth_.gone_since(person.session(), *ParticipantId::parse(who), person.server()->number());
    if (gone && schedule_.now() - std::max(*gone, since) > core::kReconnectGrace + heard)
      truth_.violated(fmt::format("{} is seen and has been gone for long (PR3)", who));
  }
}

// After a fault a server that stood still lets everybody's grace go on from where it was.
void Simulation::look_at_presence() {
  if (!truth_.calm_for(core::kReconnectGrace + 5 * kSeen)) return;
  for (const auto& person : people_) check_presence(*person);
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
  const auto store = open_as_operator(operators_clock());
  truth_.compare_with_rows(*store);
  truth_.recount(*to_count_, schedule_.now());
}

}  // namespace tarotforge::sim
