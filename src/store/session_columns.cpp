#include "store/session_columns.h"

#include <fmt/format.h>

namespace tarotforge::store {
namespace {

void read_phase(const PhaseColumns& columns, core::SessionData& session) {
  const auto reason =
      columns.end_reason == "completed" ? core::EndReason::completed : core::EndReason::expired;
  const Instant ended = columns.ended_at.value_or(session.updated_at);
  if (columns.is_active)
    session.phase = core::Open{columns.warned_at, columns.extended_until};
  else if (columns.purged_at)
    session.phase = core::Purged{reason, ended, *columns.purged_at};
  else
    session.phase = core::Ended{reason, ended,
                                columns.restorable_until.value_or(ended + session.policy.recovery)};
}

}  // namespace

Error damaged_row(std::string_view what) {
  return {ErrorCode::internal, fmt::format("The row of a reading is damaged: {}.", what)};
}

std::string_view word(core::EndReason reason) {
  return reason == core::EndReason::expired ? "expired" : "completed";
}

PhaseColumns phase_columns(const core::SessionData& session) {
  PhaseColumns columns;
  if (const auto* open = std::get_if<core::Open>(&session.phase)) {
    columns.warned_at = open->warned_at;
    columns.extended_until = open->extended_until;
    return columns;
  }
  columns.is_active = false;
  if (const auto* ended = std::get_if<core::Ended>(&session.phase)) {
    columns.end_reason = word(ended->reason);
    columns.ended_at = ended->at;
    columns.restorable_until = ended->restorable_until;
  } else if (const auto* purged = std::get_if<core::Purged>(&session.phase)) {
    columns.end_reason = word(purged->reason);
    columns.ended_at = purged->ended_at;
    columns.purged_at = purged->at;
  }
  return columns;
}

Result<> complete(core::SessionData& session, SessionColumns columns) {
  auto& reading = session.reading;
  session.host = columns.host.value_or(ParticipantId());
  session.original_host = columns.original_host.value_or(ParticipantId());
  reading.question = std::move(columns.question).value_or("");
  reading.interpretation = std::move(columns.interpretation).value_or("");
  const auto step = core::parse_step(columns.step);
  if (!step) return damaged_row("a session is at the step " + columns.step);
  reading.step = *step;
  if (columns.policy) {
    TRY_ASSIGN(session.policy, protocol::read_policy(*columns.policy));
  }
  if (columns.phase.purged_at) columns.json.deck.emplace("\"\"");  // nothing is left of it
  TRY(protocol::read_columns(columns.json, reading));
  read_phase(columns.phase, session);
  return {};
}

ParticipantColumns participant_columns(const core::Participant& participant) {
  ParticipantColumns columns{.role = std::string(core::to_string(participant.role))};
  if (const auto* user = std::get_if<UserId>(&participant.identity))
    columns.user = *user;
  else
    columns.guest = std::get<core::GuestId>(participant.identity).value;
  if (participant.leave_reason) columns.leave_reason = core::to_string(*participant.leave_reason);
  return columns;
}

bool complete(core::Participant& participant, ParticipantColumns columns) {
  if (columns.user)
    participant.identity = *columns.user;
  else
    participant.identity = core::GuestId{std::move(columns.guest).value_or("")};
  const auto role = core::parse_role(columns.role);
  if (!role) return false;
  participant.role = *role;
  if (columns.leave_reason)
    participant.leave_reason = core::parse_leave_reason(*columns.leave_reason);
  return true;
}

}  // namespace tarotforge::store
