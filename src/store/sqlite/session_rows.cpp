#include "store/sqlite/session_rows.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <unordered_map>

#include "protocol/row_json.h"

namespace tarotforge::store::sqlite {
namespace {

using protocol::ReadingColumns;

constexpr std::string_view kSelectSession = R"(
  select generation, version, revision, policy, host_participant_id, original_host_participant_id,
         host_user_id, created_at, updated_at, restore_key_hash,
         max(created_at, updated_at, last_activity_at,
             coalesce((select max(last_seen_at) from session_participants
                       where session_id = reading_sessions.id), 0)),
         is_active, warned_at, extended_until, end_reason, ended_at, restorable_until, purged_at,
         deck_id, question, interpretation, reading_step, active_card_index, table_locked,
         next_card_index, selected_layout, selected_cards, shuffled_deck, shuffle_commitments
  from reading_sessions where id = ?1)";

constexpr std::string_view kSelectParticipants = R"(
  select id, user_id, anonymous_id, name, role, is_active, joined_at, last_seen_at, left_at,
         leave_reason, invite_id, token_hash
  from session_participants where session_id = ?1 order by rowid)";

constexpr std::string_view kInsertSession = R"(
  insert into reading_sessions
    (id, revision, generation, version, policy, host_participant_id, original_host_participant_id,
     host_user_id, created_at, updated_at, last_activity_at, restore_key_hash,
     is_active, warned_at, extended_until, end_reason, ended_at, restorable_until, purged_at,
     deck_id, question, interpretation, reading_step, active_card_index, table_locked,
     next_card_index, selected_layout, selected_cards, shuffled_deck, shuffle_commitments)
  values (?1, ?2 + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
          ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)
  on conflict (id) do nothing)";

constexpr std::string_view kUpdateSession = R"(
  update reading_sessions set
    revision = ?2 + 1, generation = ?3, version = ?4, policy = ?5, host_participant_id = ?6,
    original_host_participant_id = ?7, host_user_id = ?8, created_at = ?9, updated_at = ?10,
    last_activity_at = max(last_activity_at, ?11), restore_key_hash = ?12, is_active = ?13,
    warned_at = ?14, extended_until = ?15, end_reason = ?16, ended_at = ?17,
    restorable_until = ?18, purged_at = ?19, deck_id = ?20, question = ?21, interpretation = ?22,
    reading_step = ?23, active_card_index = ?24, table_locked = ?25, next_card_index = ?26,
    selected_layout = ?27, selected_cards = ?28, shuffled_deck = ?29, shuffle_commitments = ?30
  where id = ?1 and revision = ?2)";

constexpr std::string_view kWriteParticipant = R"(
  insert into session_participants
    (session_id, id, user_id, anonymous_id, name, role, is_active, joined_at, last_seen_at,
     left_at, leave_reason, invite_id, token_hash)
  values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
  on conflict (id) do update set
    name = ?5, role = ?6, is_active = ?7, joined_at = ?8, last_seen_at = max(last_seen_at, ?9),
    left_at = ?10, leave_reason = ?11, invite_id = ?12, token_hash = ?13
  where session_id = ?1)";

std::string_view word(core::EndReason reason) {
  return reason == core::EndReason::expired ? "expired" : "completed";
}

[[noreturn]] void damaged(std::string what) { throw Failure{SQLITE_MISMATCH, std::move(what)}; }

// The columns that tell in which phase a session is; those that its phase lacks are null.
struct PhaseColumns {
  bool is_active = true;
  std::optional<Instant> warned_at{}, extended_until{};
  std::optional<std::string> end_reason{};
  std::optional<Instant> ended_at{}, restorable_until{}, purged_at{};
};

PhaseColumns columns_of(const core::SessionData& session) {
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

bool write_session(Connection& db, std::string_view sql, const core::SessionData& session,
                   std::uint64_t read_revision) {
  const auto& reading = session.reading;
  const PhaseColumns phase = columns_of(session);
  const ReadingColumns json = protocol::reading_columns(reading);
  db.run(sql, session.id, read_revision, session.generation, session.version,
         protocol::policy_column(session.policy), session.host, session.original_host,
         session.host_user, session.created_at, session.updated_at, session.last_activity,
         session.restore_key_hash, phase.is_active, phase.warned_at, phase.extended_until,
         phase.end_reason, phase.ended_at, phase.restorable_until, phase.purged_at, reading.deck_id,
         reading.question, reading.interpretation, core::to_string(reading.step),
         reading.active_card, reading.table_locked, reading.next_index, json.layout, json.cards,
         json.deck, json.commitments);
  return db.changes() == 1;
}

core::Participant read_participant(const Statement& statement) {
  core::Participant participant;
  std::optional<UserId> user;
  std::optional<std::string> guest, reason;
  std::string role;
  statement.row(participant.id, user, guest, participant.name, role, participant.is_active,
                participant.joined_at, participant.last_seen_at, participant.left_at, reason,
                participant.invite_id, participant.token_hash);
  if (user)
    participant.identity = *user;
  else
    participant.identity = core::GuestId{guest.value_or("")};
  const auto parsed_role = core::parse_role(role);
  if (!parsed_role) damaged("a participant has the role " + role);
  participant.role = *parsed_role;
  if (reason) participant.leave_reason = core::parse_leave_reason(*reason);
  return participant;
}

}  // namespace

namespace {

Result<core::SessionData> read_session(Connection& db, SessionId id) {
  core::SessionData session;
  session.id = id;
  auto& reading = session.reading;
  PhaseColumns phase;
  ReadingColumns json;
  std::optional<std::string> policy, question, interpretation;
  std::optional<ParticipantId> host, original_host;
  std::string step;
  auto select = db.prepare(kSelectSession);
  if (!select.bind(id).step()) return ErrorCode::session_not_found;
  select.row(session.generation, session.version, session.revision, policy, host, original_host,
             session.host_user, session.created_at, session.updated_at, session.restore_key_hash,
             session.last_activity, phase.is_active, phase.warned_at, phase.extended_until,
             phase.end_reason, phase.ended_at, phase.restorable_until, phase.purged_at,
             reading.deck_id, question, interpretation, step, reading.active_card,
             reading.table_locked, reading.next_index, json.layout, json.cards, json.deck,
             json.commitments);
  session.host = host.value_or(ParticipantId());
  session.original_host = original_host.value_or(ParticipantId());
  reading.question = std::move(question).value_or("");
  reading.interpretation = std::move(interpretation).value_or("");
  const auto parsed_step = core::parse_step(step);
  if (!parsed_step) damaged("a session is at the step " + step);
  reading.step = *parsed_step;
  if (policy) {
    TRY_ASSIGN(session.policy, protocol::read_policy(*policy));
  }
  if (phase.purged_at) json.deck.emplace("[]");  // of a purged reading nothing is left
  TRY(protocol::read_columns(json, reading));
  read_phase(phase, session);
  session.participants = load_participants(db, id);
  return session;
}

}  // namespace

Result<core::SessionData> load_session(Connection& db, SessionId id) {
  try {
    return read_session(db, id);
  } catch (const Failure& failure) {
    if (failure.code != SQLITE_MISMATCH) throw;
    return Error(ErrorCode::internal,
                 fmt::format("The row of a reading is damaged: {}.", failure.message));
  }
}

std::vector<core::Participant> load_participants(Connection& db, SessionId id) {
  std::vector<core::Participant> participants;
  auto select = db.prepare(kSelectParticipants);
  select.bind(id);
  while (select.step()) participants.push_back(read_participant(select));
  return participants;
}

bool insert_session(Connection& db, const core::SessionData& session) {
  return write_session(db, kInsertSession, session, 0);
}

bool update_session(Connection& db, const core::SessionData& session, std::uint64_t read_revision) {
  return write_session(db, kUpdateSession, session, read_revision);
}

void write_participants(Connection& db, const core::SessionData& session) {
  std::unordered_map<ParticipantId, core::Participant> rows;
  for (auto& row : load_participants(db, session.id)) rows.emplace(row.id, std::move(row));
  for (const auto& participant : session.participants) {
    const auto row = rows.find(participant.id);
    if (row != rows.end() && row->second == participant) continue;
    std::optional<UserId> user;
    std::optional<std::string> guest;
    if (const auto* id = std::get_if<UserId>(&participant.identity))
      user = *id;
    else
      guest = std::get<core::GuestId>(participant.identity).value;
    std::optional<std::string_view> reason;
    if (participant.leave_reason) reason = core::to_string(*participant.leave_reason);
    db.run(kWriteParticipant, session.id, participant.id, user, guest, participant.name,
           core::to_string(participant.role), participant.is_active, participant.joined_at,
           participant.last_seen_at, participant.left_at, reason, participant.invite_id,
           participant.token_hash);
  }
}

}  // namespace tarotforge::store::sqlite
