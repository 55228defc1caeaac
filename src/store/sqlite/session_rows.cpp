#include "store/sqlite/session_rows.h"

#include <sqlite3.h>

#include <algorithm>
#include <unordered_map>

#include "store/session_columns.h"

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

// created_at stays: to write it, even as it is, would be a write of its index.
constexpr std::string_view kUpdateSession = R"(
  update reading_sessions set
    revision = ?2 + 1, generation = ?3, version = ?4, policy = ?5, host_participant_id = ?6,
    original_host_participant_id = ?7, host_user_id = ?8, updated_at = ?10,
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

[[noreturn]] void damaged(std::string what) { throw Failure{SQLITE_MISMATCH, std::move(what)}; }

bool write_session(Connection& db, std::string_view sql, const core::SessionData& session,
                   std::uint64_t read_revision) {
  const auto& reading = session.reading;
  const PhaseColumns phase = phase_columns(session);
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
  ParticipantColumns columns;
  statement.row(participant.id, columns.user, columns.guest, participant.name, columns.role,
                participant.is_active, participant.joined_at, participant.last_seen_at,
                participant.left_at, columns.leave_reason, participant.invite_id,
                participant.token_hash);
  const std::string role = columns.role;
  if (!complete(participant, std::move(columns))) damaged("a participant has the role " + role);
  return participant;
}

std::vector<core::Participant> load_participants(Connection& db, SessionId id) {
  std::vector<core::Participant> participants;
  auto select = db.prepare(kSelectParticipants);
  select.bind(id);
  while (select.step()) participants.push_back(read_participant(select));
  return participants;
}

Result<core::SessionData> read_session(Connection& db, SessionId id) {
  core::SessionData session;
  session.id = id;
  auto& reading = session.reading;
  SessionColumns columns;
  auto select = db.prepare(kSelectSession);
  if (!select.bind(id).step()) return ErrorCode::session_not_found;
  select.row(session.generation, session.version, session.revision, columns.policy, columns.host,
             columns.original_host, session.host_user, session.created_at, session.updated_at,
             session.restore_key_hash, session.last_activity, columns.phase.is_active,
             columns.phase.warned_at, columns.phase.extended_until, columns.phase.end_reason,
             columns.phase.ended_at, columns.phase.restorable_until, columns.phase.purged_at,
             reading.deck_id, columns.question, columns.interpretation, columns.step,
             reading.active_card, reading.table_locked, reading.next_index, columns.json.layout,
             columns.json.cards, columns.json.deck, columns.json.commitments);
  TRY(complete(session, std::move(columns)));
  session.participants = load_participants(db, id);
  return session;
}

}  // namespace

Result<core::SessionData> load_session(Connection& db, SessionId id) {
  try {
    return read_session(db, id);
  } catch (const Failure& failure) {
    if (failure.code != SQLITE_MISMATCH) throw;
    return damaged_row(failure.message);
  }
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
    const auto columns = participant_columns(participant);
    db.run(kWriteParticipant, session.id, participant.id, columns.user, columns.guest,
           participant.name, columns.role, participant.is_active, participant.joined_at,
           participant.last_seen_at, participant.left_at, columns.leave_reason,
           participant.invite_id, participant.token_hash);
  }
}

}  // namespace tarotforge::store::sqlite
