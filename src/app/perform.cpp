#include "app/perform.h"

#include <algorithm>

#include "app/change.h"
#include "app/lifecycle.h"
#include "base/marks.h"

namespace tarotforge::app {

using namespace core;

namespace {

// The copy that a command works on, with everything heard since the row was written.
Session fresh_copy(const Room& room) {
  Session next = room.session;
  if (room.heard) next.note_activity(*room.heard);
  for (const auto& seat : room.seats)
    if (const auto input = seat.presence.last_input()) next.note_activity(seat.participant, *input);
  return next;
}

// Commits, takes the new state over, and tells.
Task<> settle(House& house, std::shared_ptr<Room> room, Session next, ports::Change change,
              const Effects& effects) {
  if (TF_PLANTED(tells_before_commit)) announce(house, *room, effects);
  auto committed = co_await house.commit(std::move(change));
  if (!committed) co_return std::move(committed).error();
  next.set_revision(committed->revision);
  room->session = std::move(next);
  if (room->heard && *room->heard <= room->session.data().last_activity) {
    room->heard.reset();
    room->dirty = false;
  }
  room->checkpointed = room->session.data().last_activity;
  room->retries = 0;
  house.arm(*room);
  if (!TF_PLANTED(tells_before_commit)) announce(house, *room, effects);
  co_return Result<>();
}

}  // namespace

Task<> advance_in_turn(House& house, std::shared_ptr<Room> room) {
  for (;;) {
    const Instant now = house.now();
    Session next = fresh_copy(*room);
    const Effects effects = next.advance(now, house.surroundings(*room));
    if (effects.empty()) {
      house.arm(*room);
      co_return Result<>();
    }
    if (std::holds_alternative<Expired>(effects.front())) {
      co_return co_await claim_expiry(house, room, now);
    }
    auto change = make_change(house, next, effects, {});
    auto settled = co_await settle(house, room, std::move(next), std::move(change), effects);
    if (!settled && settled.error().code == ErrorCode::conflict) {
      TF_REACHED(conflict_reloaded);
      CO_TRY(co_await house.reload(room));
      continue;
    }
    CO_TRY(std::move(settled));
  }
}

Task<Performed> perform_in_turn(House& house, std::shared_ptr<Room> room, Command command,
                                Riders riders) {
  for (int tries = 1;; ++tries) {
    // Where a lapse could not be saved the command fails too, with the same reason.
    const bool was_open = room->session.is_open();
    CO_TRY(co_await advance_in_turn(house, room));
    if (was_open && !room->session.is_open()) TF_REACHED(expiry_found_by_request);
    Session next = fresh_copy(*room);
    auto around = house.surroundings(*room);
    around.store_keeps_it = true;
    auto effects = next.apply(command, house.now(), around, house.world.random);
    if (!effects) co_return std::move(effects).error();
    const bool keep_alive = std::holds_alternative<KeepAliveClick>(command);
    const bool hold = riders.hold && !room->held;
    if (effects->empty() && !keep_alive && !hold && !riders.answer)
      co_return Performed{{}, room->session.data().version};
    auto change = make_change(house, next, *effects, riders.request_hash);
    change.new_invites = riders.new_invites;
    change.hold = hold && !TF_PLANTED(forgets_the_hold);
    if (riders.answer) change.answer = riders.answer(next);
    const auto version = next.data().version;
    auto settled = co_await settle(house, room, std::move(next), std::move(change), *effects);
    if (settled) {
      room->held = room->held || hold;
      co_return Performed{*std::move(effects), version};
    }
    if (settled.error().code != ErrorCode::conflict) co_return std::move(settled).error();
    TF_REACHED(conflict_reloaded);
    CO_TRY(co_await house.reload(room));
    // Whoever asks by a key has to look first whether the other was the same request.
    const bool has_key =
        std::holds_alternative<Join>(command) || std::holds_alternative<Operate>(command);
    if (has_key || tries == kConflictTries) co_return std::move(settled).error();
  }
}

Task<Performed> perform(House& house, std::shared_ptr<Room> room, Command command, Riders riders) {
  const auto turn = co_await room->turn.take();
  co_return co_await perform_in_turn(house, room, std::move(command), std::move(riders));
}

Task<> change_invites(House& house, std::shared_ptr<Room> room, std::optional<ParticipantId> host,
                      Riders riders, std::vector<ports::AuditEntry> audit) {
  const auto turn = co_await room->turn.take();
  for (int tries = 1;; ++tries) {
    CO_TRY(co_await advance_in_turn(house, room));
    if (host && *host != room->session.data().host)
      co_return Error(ErrorCode::not_allowed,
                      "Only the host of the reading may manage invitations.");
    Session next = fresh_copy(*room);
    auto around = house.surroundings(*room);
    around.store_keeps_it = true;
    CO_TRY(next.require_open(house.now(), around));
    auto change = make_change(house, next, {}, {});
    change.new_invites = riders.new_invites;
    change.revoked_invite = riders.revoked_invite;
    change.audit = audit;
    if (riders.answer) change.answer = riders.answer(next);
    auto settled = co_await settle(house, room, std::move(next), std::move(change), {});
    if (settled) co_return Result<>();
    if (settled.error().code != ErrorCode::conflict || tries == kConflictTries)
      co_return std::move(settled).error();
    CO_TRY(co_await house.reload(room));
  }
}

}  // namespace tarotforge::app
