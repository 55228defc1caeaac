// A session that is loaded here: the row as last read or written, who is connected and present
// right now, and what was heard of them since. Invariants: `session` is exactly what the store
// holds (changes are made on copies and take its place after their commit); every connection has a
// seat; seats of people who are offline are given up.
// Thread safety: one strand.
#pragma once

#include <optional>
#include <vector>

#include "app/listener.h"
#include "app/turn.h"
#include "core/deadlines.h"
#include "core/presence.h"
#include "core/session.h"

namespace tarotforge::app {

struct Connection {
  ConnectionId id;
  ParticipantId participant;
  Listener* listener;
  Instant joined_at;
  bool visible = true;  // until the client says otherwise: whoever opens a page looks at it
  bool warning_shown = false;
};

struct Seat {
  ParticipantId participant;
  core::Presence presence;
  std::uint32_t announced = 0;            // number of the meta that the others know
  std::optional<Instant> seen_written{};  // last_seen_at as it is durable
};

struct Room {
  explicit Room(core::SessionData data) : session(std::move(data)) {}

  core::Session session;
  Turn turn;  // whoever changes the session holds it
  std::vector<Connection> connections;
  std::vector<Seat> seats;
  std::optional<Instant> heard;         // activity newer than the session's row
  std::optional<Instant> checkpointed;  // last activity as it is durable, where a flush wrote it
  bool dirty = false;                   // something heard waits for the next flush
  bool held = false;                    // the store knows that this server hears the session
  std::uint32_t last_meta = 0;          // numbers of presence metas
  std::uint32_t retries = 0;            // failed tries to expire, for the backoff
  std::optional<core::Deadlines::Handle> presence_timer;
  Instant used_at;

  Connection* find(ConnectionId id);
  Seat* seat(ParticipantId id);
  const Seat* seat(ParticipantId id) const;
  core::PresenceLevel level(ParticipantId id) const;
  bool anyone_at(core::PresenceLevel least) const;
  bool kept_alive() const;
  bool warning_unseen() const;
  std::size_t fill(Instant now) const;
  void announce(const Announcement& announcement) const;
  void announce_except(ConnectionId sender, const Announcement& announcement) const;
};

}  // namespace tarotforge::app
