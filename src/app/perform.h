// The one way in which a loaded session changes: wait for the turn, let the time pass that has
// passed, ask the core, commit, and only then take the new state over and tell everybody.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/access.h"
#include "app/house.h"
#include "core/command.h"
#include "core/effect.h"

namespace tarotforge::app {

// What rides in the same transaction as a command's own change.
struct Riders {
  std::vector<core::Invite> new_invites{};
  std::optional<InviteId> revoked_invite{};
  bool hold = false;
  Digest request_hash{};
  // Makes the answer to remember under an idempotency key, from the session as it will be.
  std::function<ports::StoredAnswer(const core::Session& next)> answer{};
};

struct Performed {
  core::Effects effects;
  std::uint64_t version;  // of the session after it
};

// Another process on the same file changes a session rarely; twice in a row never happened in a
// life of a room. More tries would only hide a livelock.
inline constexpr int kConflictTries = 5;

// Refusals: the core's for this command, and the store's. A conflict with another writer is tried
// again on the fresh row, kConflictTries times, except for a Join and an Operate: the other may
// have been the same request, and an invite be used up.
Task<Performed> perform(House& house, std::shared_ptr<Room> room, core::Command command,
                        Riders riders = {});

// The same for who holds the room's turn already.
Task<Performed> perform_in_turn(House& house, std::shared_ptr<Room> room, core::Command command,
                                Riders riders);

// Lets time pass: warns, postpones, expires, in the store first. For who holds the turn. A session
// whose expiry the store refuses for now stays open, and is tried again later.
Task<> advance_in_turn(House& house, std::shared_ptr<Room> room);

// A change without a command of the session's own: its invites, by its host, or by an operator
// where nobody is named. not_allowed where the role has passed on to somebody else.
Task<> change_invites(House& house, std::shared_ptr<Room> room, std::optional<ParticipantId> host,
                      Riders riders, std::vector<ports::AuditEntry> audit);

}  // namespace tarotforge::app
