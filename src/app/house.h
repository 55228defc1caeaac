// Everything that the use cases of one server share: what it asks of the world, its settings, the
// rooms it has loaded, the deadlines it watches, and who waits for a restore. The use cases are
// free functions over it, one file for each family. One house lives on one strand.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/counters.h"
#include "app/event_log.h"
#include "app/room.h"
#include "app/scope.h"
#include "app/settings.h"
#include "base/log.h"
#include "core/deadlines.h"
#include "ports/clock.h"
#include "ports/store.h"

namespace tarotforge::app {

using ports::Task;

struct World {
  ports::Clock& clock;
  ports::Store& store;
  Random& random;
  Log& log;
};

// Whether the store answers, as the beats find it.
struct StoreHealth {
  bool ready = false;     // registered and caught up after the start
  bool degraded = false;  // the newest beat failed
  Instant flushed_at;     // of the newest beat that succeeded
  Instant beating_since;  // of the newest beat that was begun
  Instant alive_at;       // the newest sign of life of any server, as that beat found it
};

class House {
 public:
  House(World world, Settings settings, boost::asio::any_io_executor executor);

  Instant now() const { return world.clock.now(); }
  WallTime wall(Instant t) const { return calendar.wall(t); }

  // The room of a session, loaded where it is not yet. session_not_found.
  Task<std::shared_ptr<Room>> open(SessionId id);
  Room* loaded(SessionId id);
  // Reads the row again after somebody else changed it, and tells the room what that means.
  Task<> reload(std::shared_ptr<Room> room);
  // The same in the room's turn, for whoever has not taken it: nothing is told twice.
  Task<> look_again(std::shared_ptr<Room> room);
  // The store's commit, with its time measured; what it records is told to operators who watch.
  Task<ports::Committed> commit(ports::Change change);
  void drop(SessionId id);  // forget the room and its deadline
  void evict_idle_rooms();

  // Of a gap in the signs of life that the next beat will record as an outage, the time so far
  // counts for nobody already. Valid until something is awaited.
  core::Surroundings surroundings(const Room& room) const;
  core::Surroundings surroundings() const;

  // Sets the session's deadline as it stands now; removes it where the session has ended.
  void arm(const Room& room);
  // The same where nobody is in it: there is nobody to warn, only its end is watched.
  void arm_unloaded(const core::Session& session);
  void arm(SessionId id, std::uint32_t generation, Instant due);
  void touch(const Room& room);  // somebody was heard: its deadline has moved, mostly later
  void disarm(SessionId id);

  World world;
  Settings settings;
  Calendar calendar;
  std::vector<core::Outage> outages;
  Instant listening_since;
  StoreHealth health;
  Counters counters;
  EventLog events;
  ServerId server_id;       // of this incarnation, once it is registered
  std::string meta_prefix;  // makes presence metas of this incarnation unlike those of others
  Scope scope;

  std::unordered_map<SessionId, std::shared_ptr<Room>> rooms;
  std::unordered_multimap<SessionId, Listener*> waiting;  // for a restore

  // Deadlines of every open session, loaded or not; the payload is a slot of `watched`.
  struct Watched {
    SessionId id;
    std::uint32_t generation = 0;
    std::uint32_t refusals = 0;  // of the store to expire it, for the backoff
  };
  core::Deadlines deadlines;
  std::vector<Watched> watched;
  std::unordered_map<SessionId, core::Deadlines::Handle> handles;
  core::Deadlines presence_deadlines;  // the payload is a Room*

 private:
  std::vector<std::uint32_t> free_slots_;  // of `watched`
  mutable std::vector<core::Outage> outages_and_gap_;
};

}  // namespace tarotforge::app
