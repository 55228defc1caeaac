// Changes of sessions by chance, as people and the time make them, or as nobody should: keys, codes
// and versions come again, ended sessions change.
#pragma once

#include <string>
#include <vector>

#include "base/hash.h"
#include "base/random.h"
#include "ports/store.h"

namespace tarotforge::test {

struct DrawnChanges {
  Prng random{0};
  std::vector<core::Invite> invites{};  // all that were drawn
  std::string said{};                   // which were drawn, for people

  std::uint32_t below(std::uint32_t bound) { return random.below(bound); }
  bool one_in(std::uint32_t count) { return below(count) == 0; }

  // An idempotency key out of few, so that it comes again.
  IdempotencyKey key() {
    Uuid made;
    made.bytes[15] = static_cast<std::uint8_t>(1 + below(12));
    return IdempotencyKey(made);
  }
  Digest body() { return sha256(one_in(4) ? "other" : "body"); }
  std::string caller() { return "caller " + std::to_string(below(3)); }

  core::Policy policy() {
    return {.timeout = Duration(1 + below(300'000)),
            .warning = Duration(below(60'000)),
            .recovery = Duration(below(4) == 0 ? 0 : below(3'600'000)),
            .keep_alive = static_cast<core::KeepAlive>(below(3))};
  }
  template <class World>
  core::Invite invite(const core::SessionData& session, World& world) {
    auto made = world.invite(session, one_in(2) ? std::optional(1 + below(3)) : std::nullopt);
    if (one_in(3)) made.expires_at = world.clock.now() + Duration(below(600'000));
    invites.push_back(made);
    return made;
  }
  ports::StoredAnswer answer(Instant now) {
    return {.caller = caller(),
            .key = key(),
            .body_hash = body(),
            .answer = R"({"done":true, "n":[1,2.5,"é"]})",
            .at = now};
  }

  ports::SessionFilter filter(const core::SessionData* session, Instant now) {
    ports::SessionFilter drawn{.limit = 1 + below(6), .newest_first = one_in(2)};
    for (const auto* status : {"active", "expired", "completed", "purged"})
      if (one_in(5)) drawn.status = status;
    if (one_in(4)) drawn.deck = one_in(2) ? "classic" : "nocturne";
    if (one_in(4)) drawn.created_since = now - Duration(below(900'000));
    if (one_in(4)) drawn.active_since = now - Duration(below(300'000));
    if (session && one_in(4))
      drawn.host = session->host_user ? Uuid(*session->host_user) : Uuid(session->host);
    return drawn;
  }
  ports::EventFilter events(Instant now) {
    ports::EventFilter drawn{.limit = 1 + below(12)};
    for (const auto* type : {"renamed", "expired", "purged"})
      if (one_in(2)) drawn.types.emplace_back(type);
    if (one_in(2)) drawn.since = now - Duration(below(900'000));
    return drawn;
  }
  ports::MeasuredMinute minute(Instant now) {
    ports::MeasuredMinute drawn{.at = {now.ms / 60'000 * 60'000},
                                .active_sessions = below(9),
                                .connected = below(9),
                                .joins = below(9),
                                .flush_lag = Duration(below(9))};
    if (one_in(2)) drawn.lateness_p99 = Duration(below(9));
    return drawn;
  }

  template <class World>
  void alter(ports::Change& change, World& world) {
    auto& session = change.session;
    auto& people = session.participants;
    auto* open = std::get_if<core::Open>(&session.phase);
    const Instant now = world.clock.now();
    const auto what = below(12);
    said += fmt::format(" {}", what);
    switch (what) {
      case 0:
      case 1:
      case 2:
        session.updated_at = session.last_activity = now;
        ++session.version;
        change.operations.push_back(operation(session, now));
        session.reading.question += "?";
        break;
      case 3:
        people.push_back(world.guest());
        session.last_activity = now;
        break;
      case 4:
        people.back().is_active = false;
        people.back().left_at = now;
        people.back().leave_reason = core::LeaveReason::left;
        break;
      case 5:
        people.back().name = "☾ 'renamed\"";
        people.front().role = core::Role::participant;
        people.back().role = core::Role::host;
        session.host = people.back().id;
        break;
      case 6:
        if (open) open->warned_at = now;
        break;
      case 7:
        if (open) *open = {.extended_until = now + Duration(below(120'000))};
        break;
      case 8:
        end(change, now);
        break;
      case 9:
        if (std::holds_alternative<core::Ended>(session.phase)) restore(change, now);
        break;
      case 10:
        change.new_invites.push_back(invite(session, world));
        break;
      default:
        if (!invites.empty()) {
          const auto& of = invites[below(static_cast<std::uint32_t>(invites.size()))];
          (one_in(3) ? change.revoked_invite : change.used_invite) = of.id;
        }
    }
  }
  ports::StoredOperation operation(const core::SessionData& session, Instant now) {
    return {.version = one_in(15) ? 1 : session.version,
            .generation = session.generation,
            .by = session.participants.back().id,
            .key = one_in(3) ? std::nullopt : std::optional(key()),
            .request_hash = body(),
            .kind = "set_question",
            .told = R"({"kind":"set_question",  "text":"é\n"})",
            .at = now};
  }
  void end(ports::Change& change, Instant now) {
    const auto reason = one_in(2) ? core::EndReason::expired : core::EndReason::completed;
    change.session.phase = core::Ended{reason, now, now + change.session.policy.recovery};
    change.close_invites = true;
  }
  static void restore(ports::Change& change, Instant now) {
    change.session.phase = core::Open{};
    ++change.session.generation;
    change.session.updated_at = change.session.last_activity = now;
    change.reopen_invites = true;
  }
};

}  // namespace tarotforge::test
