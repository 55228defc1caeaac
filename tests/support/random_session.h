// Sessions drawn by chance, for tests that every value survives a journey: all phases, texts that
// need escaping, numbers that are no round ones.
#pragma once

#include "base/random.h"
#include "core/session.h"

namespace tarotforge::test {

class RandomSession {
 public:
  RandomSession(std::uint64_t seed, Instant now) : random_(seed), now_(now) {}
  core::SessionData draw();

 private:
  bool chance() { return random_.below(2) == 0; }
  double number(double most) {
    return most * static_cast<double>(random_.next() >> 11) / 9007199254740992.0;
  }
  Instant past() { return now_ - Duration(random_.below(10'000'000)); }
  template <class Id>
  Id id() {
    return Id::make({now_.ms}, random_);
  }
  Digest digest() {
    Digest made;
    random_.fill(made);
    return made;
  }
  std::string text();
  core::Policy policy();
  core::Reading reading();
  core::Participant participant(core::Role role);

  Prng random_;
  Instant now_;
};

inline std::string RandomSession::text() {
  constexpr std::string_view kParts[] = {"",  "a", "\"", "\\",   "\n\t",
                                         "é", "☾", "𝄞",  "</x>", "null"};
  std::string made;
  for (auto i = random_.below(6); i > 0; --i) made += kParts[random_.below(std::size(kParts))];
  return made;
}

inline core::Policy RandomSession::policy() {
  return {.timeout = Duration(1 + random_.below(100'000'000)),
          .warning = Duration(random_.below(1'000'000)),
          .recovery = Duration(random_.below(2'000'000'000)),
          .max_participants = static_cast<std::uint16_t>(1 + random_.below(64)),
          .keep_alive = static_cast<core::KeepAlive>(random_.below(3))};
}

inline core::Reading RandomSession::reading() {
  auto made = *core::make_reading("classic", core::Layout::freestyle, "", random_);
  made.layout = static_cast<core::Layout>(random_.below(4));
  made.step = static_cast<core::Step>(random_.below(4));
  made.question = text();
  made.interpretation = text();
  made.table_locked = chance();
  for (auto i = random_.below(12); i > 0; --i) {
    core::Card card{.index = made.next_index++, .position = text(), .card = 0};
    card.card = made.undrawn.front().card;
    card.is_reversed = made.undrawn.front().is_reversed;
    made.undrawn.erase(made.undrawn.begin());
    card.face_up = chance();
    card.x = number(1);
    card.y = number(1e-9);
    card.z = static_cast<std::int32_t>(random_.below(2'000'000)) - 1'000'000;
    card.rotation = number(360);
    made.cards.push_back(card);
    made.active_card = card.index;
  }
  for (auto i = random_.below(4); i > 0; --i) {
    auto again = made.commitments.front();
    again.digest = digest();
    again.nonce = digest();
    again.opened = chance();
    again.order.resize(random_.below(78));
    made.commitments.push_back(again);
  }
  return made;
}

inline core::Participant RandomSession::participant(core::Role role) {
  core::Participant made;
  made.id = id<ParticipantId>();
  if (chance())
    made.identity = core::GuestId{made.id.to_string()};
  else
    made.identity = id<UserId>();
  made.name = text();
  made.role = role;
  made.is_active = chance();
  made.joined_at = past();
  made.last_seen_at = past();
  if (chance()) made.left_at = past();
  if (chance()) made.leave_reason = static_cast<core::LeaveReason>(random_.below(9));
  if (chance()) made.invite_id = id<InviteId>();
  if (chance()) made.token_hash = digest();
  return made;
}

inline core::SessionData RandomSession::draw() {
  core::SessionData made;
  made.id = id<SessionId>();
  made.generation = 1 + random_.below(100);
  made.version = random_.next() >> 1;
  made.policy = policy();
  made.participants.push_back(participant(core::Role::host));
  for (auto i = random_.below(5); i > 0; --i)
    made.participants.push_back(participant(static_cast<core::Role>(random_.below(2))));
  made.host = made.participants.front().id;
  made.original_host = made.participants.back().id;
  if (chance()) made.host_user = id<UserId>();
  made.created_at = past();
  made.updated_at = now_ - Duration(random_.below(1000));
  made.last_activity = now_;
  made.reading = reading();
  if (chance()) made.restore_key_hash = digest();
  core::Open open;
  if (chance()) open.warned_at = past();
  if (chance()) open.extended_until = now_ + Duration(random_.below(100'000));
  made.phase = open;
  if (chance())
    made.phase = core::Ended{chance() ? core::EndReason::expired : core::EndReason::completed,
                             past(), now_ + Duration(random_.below(100'000))};
  return made;
}

}  // namespace tarotforge::test
