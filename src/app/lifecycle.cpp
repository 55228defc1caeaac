#include "app/lifecycle.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/beat.h"
#include "app/change.h"
#include "app/perform.h"
#include "app/presence.h"
#include "base/marks.h"
#include "protocol/views.h"

namespace tarotforge::app {

using namespace core;

namespace {

constexpr Duration kTick = std::chrono::milliseconds(20);  // a fiftieth of what EX3 allows
constexpr std::size_t kPage = 10'000;                      // sessions read at once at the start
constexpr std::size_t kClaims = 500;                       // sessions expired in one transaction

// A try to expire that was refused or failed comes again after 0.5 s, doubling to 30 s, less up to
// half of it by chance, so that many do not come at once.
Duration backoff(House& house, std::uint32_t refusals) {
  const std::int64_t most = 500ll << std::min<std::uint32_t>(refusals, 6);
  const auto capped = static_cast<std::uint32_t>(std::min<std::int64_t>(most, 30'000));
  return Duration(capped / 2 + house.world.random.below(capped / 2));
}

// What the store has recorded of it, but for what only the store knows.
void tell_operators(House& house, const ports::ExpiredSession& expired, Duration lateness) {
  const auto time = [&](Instant t) { return protocol::time_text(t, house.calendar); };
  house.events.add({.at = expired.effect.at,
                    .type = "expired",
                    .session = expired.session,
                    .generation = expired.generation,
                    .data = fmt::format(R"({{"reason":"inactivity_timeout","participant_count":{},)"
                                        R"("expired_at":"{}","deadline":"{}","lateness_ms":{}}})",
                                        expired.effect.participant_count, time(expired.effect.at),
                                        time(expired.effect.deadline), lateness.count())});
}

void remember_expiry(House& house, const ports::ExpiredSession& expired) {
  const Duration lateness = expired.effect.at - expired.effect.deadline;
  tell_operators(house, expired, lateness);
  auto& kept = house.counters.lateness;
  if (kept.size() < kLatenessKept)
    kept.push_back(lateness);
  else
    kept[house.counters.expiries % kLatenessKept] = lateness;
  ++house.counters.expiries;
  house.counters.expiry_lateness.observe(seconds(lateness));
}

House::Watched* find_watched(House& house, const House::Watched& each) {
  const auto found = house.handles.find(each.id);
  if (found == house.handles.end() || house.loaded(each.id)) return nullptr;
  auto& watched = house.watched[house.deadlines.payload(found->second)];
  return watched.generation == each.generation ? &watched : nullptr;
}

void try_later(House& house, House::Watched& watched) {
  house.deadlines.set(house.handles.at(watched.id),
                      house.now() + backoff(house, watched.refusals++));
}

// After the store left a session as it is: when to ask again.
void watch_again(House& house, const House::Watched& each, const Result<SessionData>& data) {
  auto* watched = find_watched(house, each);
  if (!watched) return;
  if (!data && data.error().code == ErrorCode::session_not_found) return house.disarm(each.id);
  if (!data) return try_later(house, *watched);
  const Session session(*data);
  const auto due = session.may_expire_at(house.now(), house.surroundings());
  if (due && reached(*due, house.now())) {
    TF_REACHED(unloaded_refused);
    return try_later(house, *watched);
  }
  watched->refusals = 0;
  house.arm_unloaded(session);
}

// Expires sessions that nobody has loaded, many in one transaction.
Task<> expire_unloaded(House& house, std::vector<House::Watched> due) {
  std::vector<ports::ExpiryClaim> claims;
  claims.reserve(due.size());
  for (const auto& each : due)
    claims.push_back(
        {.session = each.id, .generation = each.generation, .heard_through = house.now()});
  auto expired = co_await house.world.store.expire(std::move(claims));
  if (!expired) {
    for (const auto& each : due)
      if (auto* watched = find_watched(house, each)) try_later(house, *watched);
    co_return std::move(expired).error();
  }
  for (const auto& each : *expired) take_over_expired(house, each);
  // What is still watched was refused for now.
  for (const auto& each : due)
    if (find_watched(house, each))
      watch_again(house, each, co_await house.world.store.load(each.id));
  co_return Result<>();
}

boost::asio::awaitable<void> wake(House& house, std::shared_ptr<Room> room) {
  const auto turn = co_await room->turn.take();
  const auto advanced = co_await advance_in_turn(house, room);
  if (!advanced && house.loaded(room->session.data().id) == room.get()) {
    house.arm(room->session.data().id, room->session.data().generation,
              house.now() + backoff(house, room->retries++));
  }
}

boost::asio::awaitable<void> expire_all(House& house, std::vector<House::Watched> due) {
  for (std::size_t at = 0; at < due.size(); at += kClaims) {
    const auto end = due.begin() + static_cast<std::ptrdiff_t>(std::min(at + kClaims, due.size()));
    const auto done = co_await expire_unloaded(
        house, std::vector(due.begin() + static_cast<std::ptrdiff_t>(at), end));
    if (!done) house.world.log.warning("Expiry postponed: {}", done.error().sentence());
  }
}

void excuse_presence(House& house, Duration standstill) {
  for (const auto& [id, room] : house.rooms) {
    for (auto& seat : room->seats) seat.presence.excuse(standstill, house.now());
    watch_presence(house, *room);
  }
}

void tick(House& house) {
  const Instant now = house.now();
  std::vector<House::Watched> unloaded;
  house.deadlines.advance(now, [&](Deadlines::Handle, std::uint64_t slot) {
    const auto watched = house.watched[slot];
    const auto found = house.rooms.find(watched.id);
    if (found == house.rooms.end()) {
      unloaded.push_back(watched);
    } else {
      house.scope.spawn([&house, room = found->second] { return wake(house, room); });
    }
  });
  if (!unloaded.empty())
    house.scope.spawn([&house, due = std::move(unloaded)] { return expire_all(house, due); });
  house.presence_deadlines.advance(now, [&](Deadlines::Handle, std::uint64_t room) {
    settle_presence(house, *reinterpret_cast<Room*>(static_cast<std::uintptr_t>(room)));
  });
}

// What cannot be read now is read when the deadline comes up again: the store refuses it then.
boost::asio::awaitable<void> tell_end(House& house, std::shared_ptr<Room> room) {
  const auto told = co_await house.look_again(room);
  if (!told && house.loaded(room->session.data().id) == room.get())
    house.arm(room->session.data().id, room->session.data().generation,
              house.now() + backoff(house, room->retries++));
}

}  // namespace

Task<> watch_open_sessions(House& house) {
  SessionId after;
  for (;;) {
    auto page = co_await house.world.store.open_sessions(after, kPage);
    if (!page) co_return std::move(page).error();
    for (const auto& open : *page) {
      SessionData data;
      data.id = open.id;
      data.generation = open.generation;
      data.policy = open.policy;
      data.created_at = open.created_at;
      data.last_activity = open.last_activity;
      data.phase = Open{open.warned_at, open.extended_until};
      if (!house.loaded(open.id)) house.arm_unloaded(Session(std::move(data)));
    }
    if (page->size() < kPage) co_return Result<>();
    after = page->back().id;
  }
}

boost::asio::awaitable<void> keep_deadlines(House& house) {
  Instant next = house.now();
  while (!house.scope.closing()) {
    if (const Duration late = house.now() - next; late > kStandstill) excuse_presence(house, late);
    tick(house);
    next = house.now() + kTick;
    co_await house.world.clock.sleep_until(next);
  }
}

namespace {

// Each server that holds the session waits for the others to have flushed through its deadline:
// this one does so at once, and all can agree before the claims come again.
boost::asio::awaitable<void> flush_past(House& house, const Room& room) {
  const auto deadline = room.session.expires_at(house.now(), house.surroundings(room));
  if (!deadline || !reached(*deadline, house.now()) || house.health.beating_since >= *deadline)
    co_return;
  const auto beaten = co_await beat_once(house);
  if (!beaten) house.world.log.debug("No beat at a deadline: {}", beaten.error().sentence());
}

}  // namespace

Task<> claim_expiry(House& house, std::shared_ptr<Room> room, Instant heard_through) {
  std::vector<ports::ExpiryClaim> claims{{.session = room->session.data().id,
                                          .generation = room->session.data().generation,
                                          .heard = room->heard,
                                          .kept_alive = room->kept_alive(),
                                          .heard_through = heard_through}};
  auto expired = co_await house.world.store.expire(std::move(claims));
  if (!expired) co_return std::move(expired).error();
  if (!expired->empty()) remember_expiry(house, expired->front());
  CO_TRY(co_await house.reload(room));
  if (!room->session.is_open()) {
    room->retries = 0;
    co_return Result<>();
  }
  // Refused: somebody was heard elsewhere, or the row has changed.
  TF_REACHED(claim_refused);
  co_await flush_past(house, *room);
  const auto due = room->session.may_expire_at(house.now(), house.surroundings(*room));
  if (TF_PLANTED(never_retries_expiry)) {
    house.disarm(room->session.data().id);
    co_return Result<>();
  }
  if (due && reached(*due, house.now())) {
    house.arm(room->session.data().id, room->session.data().generation,
              house.now() + backoff(house, room->retries++));
  } else {
    room->retries = 0;
    house.arm(*room);
  }
  co_return Result<>();
}

void take_over_expired(House& house, const ports::ExpiredSession& expired) {
  remember_expiry(house, expired);
  house.disarm(expired.session);
  const auto found = house.rooms.find(expired.session);
  if (found == house.rooms.end() || !found->second->session.is_open()) return;
  house.scope.spawn([&house, room = found->second] { return tell_end(house, room); });
}

void note_purged(House& house, SessionId session) {
  const auto* room = house.loaded(session);
  house.events.add({.at = house.now(),
                    .type = "purged",
                    .session = session,
                    .generation = room ? room->session.data().generation : 1});
}

}  // namespace tarotforge::app
