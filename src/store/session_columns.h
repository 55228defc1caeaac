// How a session and its participants stand in columns, whatever the database: what is more than a
// value in a column of its own, there and back.
#pragma once

#include <optional>
#include <string>

#include "core/session.h"
#include "protocol/row_json.h"

namespace tarotforge::store {

std::string_view word(core::EndReason reason);  // of the column end_reason, and of the audit log

// The columns that tell in which phase a session is; those that its phase lacks are null.
struct PhaseColumns {
  bool is_active = true;
  std::optional<Instant> warned_at{}, extended_until{};
  std::optional<std::string> end_reason{};
  std::optional<Instant> ended_at{}, restorable_until{}, purged_at{};
};
PhaseColumns phase_columns(const core::SessionData& session);

// What a row holds beside the values that went into the session as they were read.
struct SessionColumns {
  PhaseColumns phase{};
  protocol::ReadingColumns json{};
  std::optional<std::string> policy{}, question{}, interpretation{};
  std::optional<ParticipantId> host{}, original_host{};
  std::string step{};
};
// Completes a session that was read so; internal where the row is damaged.
Result<> complete(core::SessionData& session, SessionColumns columns);

struct ParticipantColumns {
  std::optional<UserId> user{};
  std::optional<std::string> guest{}, leave_reason{};
  std::string role{};
};
ParticipantColumns participant_columns(const core::Participant& participant);
// False where there is no such role.
bool complete(core::Participant& participant, ParticipantColumns columns);

Error damaged_row(std::string_view what);  // internal; what: "a session is at the step x"

}  // namespace tarotforge::store
