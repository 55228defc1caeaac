// One reading room as a state machine with two doors: advance() lets time pass and cannot fail,
// apply() is someone asking and may be refused, changing nothing. It reads no clock and does no
// I/O; what the outside knows at this moment comes in as Surroundings. The store's row is the
// truth; this is that row, and what the doors make of it.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/command.h"
#include "core/effect.h"
#include "core/observed_time.h"
#include "core/policy.h"
#include "core/reading.h"

namespace tarotforge::core {

struct Open {
  std::optional<Instant> warned_at{};
  std::optional<Instant> extended_until{};
  friend bool operator==(const Open&, const Open&) = default;
};
struct Ended {
  EndReason reason;
  Instant at;
  Instant restorable_until;
  friend bool operator==(const Ended&, const Ended&) = default;
};
struct Purged {
  EndReason reason;
  Instant ended_at;
  Instant at;
  friend bool operator==(const Purged&, const Purged&) = default;
};

// Everything of a session that is kept. `revision` fences writes and never leaves the server.
struct SessionData {
  SessionId id;
  std::uint32_t generation = 1;
  std::uint64_t version = 0;   // of the last operation
  std::uint64_t revision = 0;  // 0: not stored yet
  Policy policy;
  ParticipantId host;
  ParticipantId original_host;
  std::optional<UserId> host_user;
  Instant created_at;
  Instant updated_at;     // moved by create, operations and restore only
  Instant last_activity;  // never earlier than updated_at
  std::variant<Open, Ended, Purged> phase;
  Reading reading;
  std::optional<Digest> restore_key_hash;
  std::vector<Participant> participants;  // everyone who ever joined, in the order they came

  friend bool operator==(const SessionData&, const SessionData&) = default;
};

// What only the outside knows at this moment.
struct Surroundings {
  Outages outages{};
  // Activity heard since the row was written; nullopt where nothing newer is known.
  std::optional<Instant> heard{};
  // Somebody is at the presence level that keeps this session alive by its policy.
  bool kept_alive = false;
  // A live client has not acknowledged the warning in force.
  bool warning_unseen = false;
  // The store was asked to expire the session if it is due, and has not: somebody is heard by
  // another server. Then a deadline that is reached here says nothing.
  bool store_keeps_it = false;
  // Since when people could be heard without a break: this server's start or the end of the last
  // outage. A session older than that waits one presence interval from there before it expires.
  Instant listening_since{INT64_MIN / 2};
  Duration presence_interval{std::chrono::seconds(30)};
};

inline constexpr std::size_t kMaxParticipantRows = 1000;  // per session, those who left included
inline constexpr Duration kHostAway = std::chrono::minutes(2);

struct NewSession {
  SessionId id;
  Policy policy;
  Participant host;
  Reading reading;
  std::optional<Digest> restore_key_hash;
};

class Session {
 public:
  explicit Session(SessionData data) : data_(std::move(data)) {}
  static Session create(NewSession fresh, Instant now);

  // Time passed: warns, postpones or expires, at most one of them for one call.
  Effects advance(Instant now, const Surroundings& around);

  // Someone asks. Call advance() first: a session whose deadline has been reached refuses what an
  // expired one refuses. Refusals: see the table of errors; nothing is changed by one.
  Result<Effects> apply(const Command& command, Instant now, const Surroundings& around,
                        Random& random);

  const SessionData& data() const { return data_; }
  void set_revision(std::uint64_t revision) { data_.revision = revision; }

  // Takes in activity that was heard outside the doors, before a change is written with it.
  void note_activity(Instant at);
  void note_activity(ParticipantId who, Instant at);

  bool is_open() const { return std::holds_alternative<Open>(data_.phase); }
  bool is_warned() const;
  const Participant* find(ParticipantId id) const;
  const Participant* find_by_token(const Digest& token_hash) const;

  Instant last_activity(Instant now, const Surroundings& around) const;
  // When it expires and warns if nothing more happens; nullopt once it has ended. expires_at is
  // max(last activity + timeout, extension), walked in observed time.
  std::optional<Instant> expires_at(Instant now, const Surroundings& around) const;
  std::optional<Instant> warns_at(Instant now, const Surroundings& around) const;
  // From when advance() expires it: expires_at, but not before people who were cut off by a restart
  // or an outage had one presence interval to return; nullopt once it has ended.
  std::optional<Instant> may_expire_at(Instant now, const Surroundings& around) const;
  // When advance() is next worth calling; nullopt once it has ended.
  std::optional<Instant> next_deadline(Instant now, const Surroundings& around) const;

  // The refusal that an ended session, or one whose deadline has been reached, answers; success
  // while it is open.
  Result<> require_open(Instant now, const Surroundings& around) const;

 private:
  friend class SessionCommands;

  Effect expire(Instant now, Instant deadline);
  void end_warning(Instant now, const Surroundings& around);  // because of an activity
  std::uint32_t end(EndReason reason, Instant now);           // how many were active

  SessionData data_;
};

// Why a session that has ended, or whose deadline has been reached, refuses: session_expired,
// session_completed or session_purged, with the session's id and the end of the restore window.
// Someone who follows an invitation link is told in the words of the link.
enum class Asker : std::uint8_t { participant, invited };
Error refusal_of_ended(const SessionData& session, Asker asker);

// invalid_value unless the name keeps kNameRule.
Result<> check_name(std::string_view name);

// "1 hour", "90 minutes", "8 seconds": the largest unit that leaves a whole number.
std::string spoken(Duration duration);

}  // namespace tarotforge::core
