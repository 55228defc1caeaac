#include "app/sessions.h"

#include <algorithm>

#include "app/answers.h"
#include "app/change.h"
#include "app/lifecycle.h"
#include "app/perform.h"
#include "app/presence.h"
#include "base/check.h"
#include "base/marks.h"
#include "base/text.h"
#include "protocol/views.h"

namespace tarotforge::app {

using namespace core;
using protocol::Object;

namespace {

Identity identity_of(House& house, const Origin& origin) {
  if (origin.user) return *origin.user;
  return GuestId{Uuid::make_v7(house.wall(house.now()), house.world.random).to_string()};
}

Participant make_participant(House& house, const Origin& origin, std::string name, Role role,
                             const std::string& token) {
  const Instant now = house.now();
  const auto id = ParticipantId::make(house.wall(now), house.world.random);
  return {.id = id,
          .identity = identity_of(house, origin),
          .name = std::move(name),
          .role = role,
          .joined_at = now,
          .last_seen_at = now,
          .token_hash = sha256(token)};
}

// To whom the token was given.
Object joined_answer(const House& house, const Session& session, const std::string& token) {
  const auto* who = session.find_by_token(sha256(token));
  check(who, "a token that was given is somebody's");
  return {{"session", protocol::session_json(session_view(house, session, house.surroundings()))},
          {"participant", protocol::participant_json(*who, session.data().id,
                                                     PresenceLevel::offline, house.calendar)},
          {"token", token}};
}

Result<> may_create(const House& house, const Origin& origin) {
  if (house.settings.create_sessions == CreateSessions::admin && !origin.is_operator)
    return Error(ErrorCode::not_allowed, "On this server only operators open readings.");
  const bool is_known = origin.user || origin.is_operator;
  if (house.settings.create_sessions == CreateSessions::signed_in && !is_known)
    return Error(ErrorCode::not_allowed, "Sign in to open a reading on this server.");
  if (house.handles.size() >= house.settings.max_sessions)
    return Error(ErrorCode::overloaded, "This server holds as many open readings as it may.");
  return {};
}

}  // namespace

Task<Object> create_session(House& house, protocol::CreateRequest request, Origin origin) {
  auto before = co_await answered_before(house, origin);
  if (!before) co_return std::move(before).error();
  if (*before) co_return **std::move(before);
  CO_TRY(may_create(house, origin));
  CO_TRY(check_name(request.name));
  CO_TRY_ASSIGN(const auto policy, settle_policy(request.policy, house.settings.policy));
  CO_TRY_ASSIGN(auto reading, make_reading(request.deck_id, request.layout, request.question,
                                           house.world.random));
  const Instant now = house.now();
  const auto token = make_token(house.world.random);
  const auto restore_key = make_token(house.world.random);
  const auto host = make_participant(house, origin, std::move(request.name), Role::host, token);
  const auto session = Session::create({SessionId::make(house.wall(now), house.world.random),
                                        policy, host, std::move(reading), sha256(restore_key)},
                                       now);
  const Invite invite{.id = InviteId::make(house.wall(now), house.world.random),
                      .session_id = session.data().id,
                      .code = make_invite_code(house.world.random),
                      .created_by = host.id,
                      .created_at = now};
  auto answer = joined_answer(house, session, token);
  answer["restoreKey"] = restore_key;
  answer["invite"] = protocol::invite_json(invite, house.settings.public_url, house.calendar);
  auto change = make_change(house, session, {Created{}}, {});
  change.new_invites = {invite};
  change.answer = remembered(house, origin, answer);
  auto committed = co_await house.commit(std::move(change));
  if (!committed) {
    // Somebody sent the same key at the same moment and was first.
    if (committed.error().code != ErrorCode::conflict || !origin.key)
      co_return std::move(committed).error();
    TF_REACHED(answered_by_first);
    auto first = co_await answered_before(house, origin);
    if (!first) co_return std::move(first).error();
    if (*first) co_return **std::move(first);
    co_return std::move(committed).error();
  }
  ++house.counters.created;
  house.arm_unloaded(session);
  co_return answer;
}

Task<Object> preview_invite(House& house, std::string code) {
  auto found = co_await house.world.store.find_invite(std::move(code));
  if (!found) co_return std::move(found).error();
  auto opened = co_await house.open(found->session.id);
  if (!opened) co_return std::move(opened).error();
  const auto room = *std::move(opened);
  const Instant now = house.now();
  CO_TRY(check_invite(found->invite, now));
  const auto deadline = room->session.expires_at(now, house.surroundings(*room));
  if (!deadline || reached(*deadline, now))
    co_return refusal_of_ended(room->session.data(), Asker::invited);
  if (room->fill(now) >= room->session.data().policy.max_participants)
    co_return ErrorCode::session_full;
  co_return protocol::preview_json(room->session.data(), house.calendar);
}

Task<Object> join_session(House& house, std::string code, protocol::JoinRequest request,
                          Origin origin) {
  CO_TRY(check_name(request.name));
  const auto token = make_token(house.world.random);
  for (;;) {
    auto before = co_await answered_before(house, origin);
    if (!before) co_return std::move(before).error();
    if (*before) co_return **std::move(before);
    auto found = co_await house.world.store.find_invite(code);
    if (!found) co_return std::move(found).error();
    auto opened = co_await house.open(found->session.id);
    if (!opened) co_return std::move(opened).error();
    const auto room = *std::move(opened);
    const auto turn = co_await room->turn.take();
    auto guest = make_participant(house, origin, request.name, found->invite.role, token);
    guest.invite_id = found->invite.id;
    Riders riders;
    if (origin.key) {
      riders.answer = [&house, origin, token](const Session& next) {
        return *remembered(house, origin, joined_answer(house, next, token));
      };
    }
    auto joined = co_await perform_in_turn(
        house, room, Join{std::move(guest), found->invite, room->fill(house.now())},
        std::move(riders));
    if (joined) co_return joined_answer(house, room->session, token);
    // The last use went to somebody else, the row changed, or the same request came twice at once
    // and the other was first: look again.
    if (joined.error().code != ErrorCode::conflict) co_return std::move(joined).error();
    TF_REACHED(join_tried_again);
  }
}

namespace {

Task<Object> first_answer(House& house, std::shared_ptr<Room> room, ports::StoredOperation earlier,
                          Digest request_hash) {
  if (earlier.request_hash != request_hash) {
    TF_REACHED(key_reused);
    co_return ErrorCode::idempotency_key_reused;
  }
  TF_REACHED(operation_repeated);
  // Its commit's answer was lost: the others have not heard of it yet.
  if (earlier.version > room->session.data().version) {
    TF_REACHED(lost_answer_told);
    CO_TRY(co_await house.reload(room));
  }
  co_return Object{{"version", earlier.version}, {"operation", protocol::parse_own(earlier.told)}};
}

Task<Object> operate_in_turn(House& house, Member who, protocol::OperationRequest request,
                             Digest request_hash) {
  const auto room = who.room;
  const auto& data = room->session.data();
  for (int tries = 1;; ++tries) {
    auto earlier =
        co_await house.world.store.recall_operation(data.id, who.participant, *request.key);
    if (!earlier) co_return std::move(earlier).error();
    if (*earlier && TF_PLANTED(forgets_the_key))
      request.key = IdempotencyKey::make(house.wall(house.now()), house.world.random);
    else if (*earlier)
      co_return co_await first_answer(house, room, **std::move(earlier), request_hash);
    if (request.generation && *request.generation != data.generation)
      co_return ErrorCode::stale_generation;
    auto performed = co_await perform_in_turn(
        house, room, Operate{who.participant, request.operation, request.key},
        {.request_hash = request_hash});
    if (performed) {
      note_input(house, *room, who.participant);
      const auto& operated = std::get<Operated>(performed->effects.front());
      co_return Object{{"version", performed->version},
                       {"operation", protocol::operation_json(operated, view(house, *room))}};
    }
    // The row has changed, by the same request where it came twice: look again.
    if (performed.error().code != ErrorCode::conflict || tries == kConflictTries)
      co_return std::move(performed).error();
  }
}

}  // namespace

Task<Object> operate_session(House& house, Member who, protocol::OperationRequest request,
                             Digest request_hash) {
  if (!request.key) co_return ErrorCode::idempotency_key_missing;
  const auto room = who.room;
  const auto acted = acting_at(house, *room);
  const auto turn = co_await room->turn.take();
  auto answer = co_await operate_in_turn(house, who, std::move(request), request_hash);
  if (!answer) hear_refused(house, *room, who.participant, acted, answer.error());
  co_return std::move(answer);
}

Task<Object> list_operations(House& house, Member who, std::uint64_t after, std::size_t limit) {
  const auto id = who.room->session.data().id;
  auto stored = co_await house.world.store.operations_after(id, after, limit);
  if (!stored) co_return std::move(stored).error();
  protocol::Array list;
  for (const auto& operation : *stored) list.push_back(told_again(*who.room, operation));
  Object answer{{"operations", std::move(list)}, {"nextAfter", nullptr}};
  if (stored->size() == limit && stored->back().version < who.room->session.data().version)
    answer["nextAfter"] = stored->back().version;
  co_return answer;
}

Object session_answer(const House& house, const Room& room) {
  return {{"session", protocol::session_json(view(house, room))}};
}

Task<Object> keep_session_alive(House& house, Member who) {
  CO_TRY(co_await keep_alive(house, who.room, who.participant));
  co_return session_answer(house, *who.room);
}

Task<> touch_session(House& house, Member who, protocol::ActivityReport report) {
  // Over HTTP an acknowledged activity is durable: it takes the way of a keep-alive.
  if (!report.active)
    co_return who.room->session.require_open(house.now(), house.surroundings(*who.room));
  co_return co_await keep_alive(house, who.room, who.participant);
}

Task<Object> rename_participant(House& house, Member who, std::string name) {
  auto renamed = co_await perform(house, who.room, Rename{who.participant, std::move(name)});
  if (!renamed) co_return std::move(renamed).error();
  co_return Object{{"participant",
                    protocol::participant_json(member(who), who.room->session.data().id,
                                               who.room->level(who.participant), house.calendar)}};
}

Task<Object> change_host(House& house, Member who, protocol::HostRequest request) {
  using Kind = protocol::HostRequest::Kind;
  const auto turn = co_await who.room->turn.take();
  Command command = Reclaim{who.participant};
  if (request.kind == Kind::hand_over) command = HandOver{who.participant, *request.to};
  if (request.kind == Kind::take_over) {
    const auto& room = *who.room;
    const auto* host = room.session.find(room.session.data().host);
    TakeOver take_over{who.participant, std::nullopt, false};
    if (!host) {
      take_over.host_offline_for = Duration::max();
    } else if (!room.seat(host->id)) {
      const Instant gone = std::max(
          {host->left_at.value_or(host->joined_at), host->joined_at, house.listening_since});
      take_over.host_offline_for = house.now() - gone;
    }
    take_over.reader_here = std::ranges::any_of(room.seats, [&](const Seat& seat) {
      return seat.presence.here() && room.session.find(seat.participant)->role == Role::reader;
    });
    command = take_over;
  }
  auto changed = co_await perform_in_turn(house, who.room, std::move(command), {});
  if (!changed) co_return std::move(changed).error();
  co_return session_answer(house, *who.room);
}

Task<Object> complete_session(House& house, Member who) {
  auto completed = co_await perform(house, who.room, Complete{who.participant});
  if (!completed) co_return std::move(completed).error();
  co_return session_answer(house, *who.room);
}

Task<> delete_session(House& house, Member who) {
  const auto room = who.room;
  const auto turn = co_await room->turn.take();
  if (!is_host(who))
    co_return Error(ErrorCode::not_allowed, "Only the host of the reading may delete it.");
  const auto id = room->session.data().id;
  auto purged = co_await house.world.store.purge({id}, EndReason::completed);
  if (!purged) co_return std::move(purged).error();
  note_purged(house, id);
  CO_TRY(co_await house.reload(room));
  house.drop(id);
  co_return Result<>();
}

Task<> leave_session(House& house, SessionId session, protocol::LeaveRequest request) {
  auto who = co_await authenticate(house, session, std::move(request.token));
  if (!who) co_return std::move(who).error();
  auto& room = *who->room;
  if (request.reason == LeaveReason::left) {
    Leave leave{who->participant, LeaveReason::left};
    if (const auto* seat = room.seat(leave.actor)) leave.last_input = seat->presence.last_input();
    dismiss(house, room, leave.actor, leave.reason);
    co_return co_await record_leave(house, who->room, leave);
  }
  const auto* connection = request.connection ? room.find(*request.connection) : nullptr;
  if (connection && connection->participant == who->participant) {
    auto* listener = connection->listener;
    leave(house, room, connection->id, LeaveReason::closed_tab);
    listener->dismiss(LeaveReason::closed_tab);
  }
  co_return Result<>();
}

Task<Object> restore_session(House& house, SessionId session, std::string token,
                             std::optional<std::string> restore_key, std::optional<UserId> user) {
  auto opened = co_await house.open(session);
  if (!opened) co_return std::move(opened).error();
  const auto room = *std::move(opened);
  // Tokens and the restore key went with the content: there is nobody to tell apart any more.
  if (std::holds_alternative<Purged>(room->session.data().phase))
    co_return refusal_of_ended(room->session.data(), Asker::participant);
  Restore restore;
  if (restore_key) {
    const auto& hash = room->session.data().restore_key_hash;
    if (!hash || !equal_in_constant_time(*hash, sha256(*restore_key)))
      co_return Error(ErrorCode::unauthorized, "This restore key is not valid for this reading.");
  } else if (user) {
    const auto* host = room->session.find(room->session.data().host);
    if (!host || host->identity != Identity(*user))
      co_return Error(ErrorCode::not_allowed, "Only the host of the reading may do this.");
    restore.actor = host->id;
  } else {
    auto who = co_await authenticate(house, session, std::move(token));
    if (!who) co_return std::move(who).error();
    restore.actor = who->participant;
  }
  auto restored = co_await perform(house, room, restore);
  if (!restored) co_return std::move(restored).error();
  co_return session_answer(house, *room);
}

Task<Object> restore_for_operator(House& house, SessionId session) {
  auto room = co_await house.open(session);
  if (!room) co_return std::move(room).error();
  auto restored = co_await perform(house, *room, Restore{});
  if (!restored) co_return std::move(restored).error();
  co_return session_answer(house, **room);
}

Task<Object> expire_for_operator(House& house, SessionId session) {
  auto room = co_await house.open(session);
  if (!room) co_return std::move(room).error();
  auto expired = co_await perform(house, *room, ExpireNow{});
  if (!expired) co_return std::move(expired).error();
  co_return session_answer(house, **room);
}

Task<Object> extend_for_operator(House& house, SessionId session, Duration by) {
  auto room = co_await house.open(session);
  if (!room) co_return std::move(room).error();
  auto extended = co_await perform(house, *room, Extend{by});
  if (!extended) co_return std::move(extended).error();
  co_return session_answer(house, **room);
}

Task<> wait_for_restore(House& house, SessionId session, Listener& listener) {
  auto room = co_await house.open(session);
  if (!room) co_return std::move(room).error();
  const auto& data = (*room)->session.data();
  if (std::holds_alternative<Purged>(data.phase)) co_return ErrorCode::session_not_found;
  house.waiting.emplace(session, &listener);
  listener.welcome("{}");
  if ((*room)->session.is_open()) listener.hear(restored_announcement(data));
  co_return Result<>();
}

void stop_waiting(House& house, SessionId session, Listener& listener) {
  const auto [first, last] = house.waiting.equal_range(session);
  for (auto it = first; it != last;)
    it = it->second == &listener ? house.waiting.erase(it) : std::next(it);
}

}  // namespace tarotforge::app
