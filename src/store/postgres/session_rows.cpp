#include "store/postgres/session_rows.h"

#include <fmt/format.h>

#include "store/postgres/policy_sql.h"
#include "store/session_columns.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using protocol::ReadingColumns;

constexpr std::string_view kSelectSessions = R"(
  select id, generation, version, revision, {} as policy, host_participant_id,
         original_host_participant_id, host_user_id, created_at, updated_at, restore_key_hash,
         greatest(created_at, updated_at, last_activity_at,
                  (select max(last_seen_at) from session_participants
                   where session_id = reading_sessions.id)),
         is_active, warned_at, extended_until, end_reason, ended_at, restorable_until, purged_at,
         deck_id, question, interpretation, reading_step, active_card_index, table_locked,
         next_card_index, selected_layout, selected_cards, shuffled_deck, shuffle_commitments
  from reading_sessions where id = any ($1::uuid[]) order by id)";

// Adopted rows have one ordinal, and until adopting is finished no name or last activity sometimes.
constexpr std::string_view kSelectParticipants = R"(
  select session_id, id, user_id, anonymous_id, coalesce(name, ''), role, is_active, joined_at,
         coalesce(last_seen_at, joined_at), left_at, leave_reason, invite_id, token_hash
  from session_participants where session_id = any ($1::uuid[])
  order by session_id, ordinal, joined_at, id)";

constexpr std::string_view kInsertSession = R"(
  insert into reading_sessions
    (id, revision, generation, version, policy, host_participant_id, original_host_participant_id,
     host_user_id, created_at, updated_at, last_activity_at, restore_key_hash,
     is_active, warned_at, extended_until, end_reason, ended_at, restorable_until, purged_at,
     deck_id, question, interpretation, reading_step, active_card_index, table_locked,
     next_card_index, selected_layout, selected_cards, shuffled_deck, shuffle_commitments)
  values ($1, $2::bigint + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
          $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)
  on conflict (id) do nothing)";

constexpr std::string_view kUpdateSession = R"(
  update reading_sessions set
    revision = $2::bigint + 1, generation = $3, version = $4, policy = $5,
    host_participant_id = $6, original_host_participant_id = $7, host_user_id = $8,
    created_at = $9, updated_at = $10, last_activity_at = greatest(last_activity_at, $11),
    restore_key_hash = $12, is_active = $13, warned_at = $14, extended_until = $15,
    end_reason = $16, ended_at = $17, restorable_until = $18, purged_at = $19, deck_id = $20,
    question = $21, interpretation = $22, reading_step = $23, active_card_index = $24,
    table_locked = $25, next_card_index = $26, selected_layout = $27, selected_cards = $28,
    shuffled_deck = $29, shuffle_commitments = $30
  where id = $1 and revision = $2::bigint)";

// One statement for all of them; rows that are as they shall be are not even locked.
constexpr std::string_view kWriteParticipants = R"(
  insert into session_participants as old
    (session_id, id, user_id, anonymous_id, name, role, is_active, joined_at, last_seen_at,
     left_at, leave_reason, invite_id, token_hash)
  select $1::uuid, new.id, user_id, anonymous_id, name, role, is_active, joined_at, last_seen_at,
         left_at, leave_reason, invite_id, token_hash
  from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[],
              $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::text[],
              $12::uuid[], $13::bytea[])
    with ordinality
    as new (id, user_id, anonymous_id, name, role, is_active, joined_at, last_seen_at, left_at,
            leave_reason, invite_id, token_hash, place)
  where not exists (
    select 1 from session_participants as row
    where row.id = new.id and row.session_id = $1 and row.last_seen_at >= new.last_seen_at
      and (row.name, row.role, row.is_active, row.joined_at, row.left_at, row.leave_reason,
           row.invite_id, row.token_hash)
        is not distinct from
          (new.name, new.role, new.is_active, new.joined_at, new.left_at, new.leave_reason,
           new.invite_id, new.token_hash))
  order by place
  on conflict (id) do update set
    name = excluded.name, role = excluded.role, is_active = excluded.is_active,
    joined_at = excluded.joined_at,
    last_seen_at = greatest(old.last_seen_at, excluded.last_seen_at),
    left_at = excluded.left_at, leave_reason = excluded.leave_reason,
    invite_id = excluded.invite_id, token_hash = excluded.token_hash
  where old.session_id = excluded.session_id)";

[[noreturn]] void damaged(std::string what) {
  throw Failure{std::string(kWrongColumn), std::move(what)};
}

awaitable<bool> write_session(Transaction& db, std::string_view sql,
                              const core::SessionData& session, std::uint64_t read_revision) {
  const auto& reading = session.reading;
  const PhaseColumns phase = phase_columns(session);
  const ReadingColumns json = protocol::reading_columns(reading);
  const auto rows = co_await db.query(
      sql, session.id, read_revision, session.generation, session.version,
      protocol::policy_column(session.policy), session.host, session.original_host,
      session.host_user, session.created_at, session.updated_at, session.last_activity,
      session.restore_key_hash, phase.is_active, phase.warned_at, phase.extended_until,
      phase.end_reason, phase.ended_at, phase.restorable_until, phase.purged_at, reading.deck_id,
      reading.question, reading.interpretation, core::to_string(reading.step), reading.active_card,
      reading.table_locked, reading.next_index, json.layout, json.cards, json.deck,
      json.commitments);
  co_return rows.affected() == 1;
}

core::Participant read_participant(const Rows& rows, std::size_t i) {
  core::Participant participant;
  SessionId session;
  ParticipantColumns columns;
  rows.row(i, session, participant.id, columns.user, columns.guest, participant.name, columns.role,
           participant.is_active, participant.joined_at, participant.last_seen_at,
           participant.left_at, columns.leave_reason, participant.invite_id,
           participant.token_hash);
  const std::string role = columns.role;
  if (!complete(participant, std::move(columns))) damaged("a participant has the role " + role);
  return participant;
}

SessionId session_of(const Rows& rows, std::size_t i) {
  SessionId session;
  rows.row(i, session);
  return session;
}

// `person` is the row of the session's first participant.
Result<core::SessionData> read_session(const Rows& rows, std::size_t i, const Rows& people,
                                       std::size_t person) {
  core::SessionData session;
  auto& reading = session.reading;
  SessionColumns columns;
  rows.row(i, session.id, session.generation, session.version, session.revision, columns.policy,
           columns.host, columns.original_host, session.host_user, session.created_at,
           session.updated_at, session.restore_key_hash, session.last_activity,
           columns.phase.is_active, columns.phase.warned_at, columns.phase.extended_until,
           columns.phase.end_reason, columns.phase.ended_at, columns.phase.restorable_until,
           columns.phase.purged_at, reading.deck_id, columns.question, columns.interpretation,
           columns.step, reading.active_card, reading.table_locked, reading.next_index,
           columns.json.layout, columns.json.cards, columns.json.deck, columns.json.commitments);
  TRY(complete(session, std::move(columns)));
  for (; person < people.size() && session_of(people, person) == session.id; ++person)
    session.participants.push_back(read_participant(people, person));
  return session;
}

}  // namespace

awaitable<std::vector<LoadedSession>> load_sessions(Transaction& db,
                                                    const std::vector<SessionId>& ids) {
  static const std::string select = fmt::format(kSelectSessions, kPolicy);
  const auto rows = co_await db.query(select, ids);
  const auto people = co_await db.query(kSelectParticipants, ids);
  std::vector<LoadedSession> sessions;
  std::size_t person = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SessionId id = session_of(rows, i);
    while (person < people.size() && session_of(people, person) < id) ++person;
    try {
      sessions.push_back({id, read_session(rows, i, people, person)});
    } catch (const Failure& failure) {
      if (failure.sqlstate != kWrongColumn) throw;
      sessions.push_back({id, damaged_row(failure.message)});
    }
  }
  co_return sessions;
}

ports::Task<core::SessionData> load_session(Transaction& db, SessionId id) {
  auto loaded = co_await load_sessions(db, {id});
  if (loaded.empty()) co_return ErrorCode::session_not_found;
  co_return std::move(loaded.front().data);
}

awaitable<bool> insert_session(Transaction& db, const core::SessionData& session) {
  return write_session(db, kInsertSession, session, 0);
}

awaitable<bool> update_session(Transaction& db, const core::SessionData& session,
                               std::uint64_t read_revision) {
  return write_session(db, kUpdateSession, session, read_revision);
}

void write_participants(Transaction& db, const core::SessionData& session) {
  std::vector<ParticipantId> ids;
  std::vector<std::optional<UserId>> users;
  std::vector<std::optional<std::string>> guests, reasons;
  std::vector<std::string> names, roles;
  std::vector<bool> active;
  std::vector<Instant> joined, seen;
  std::vector<std::optional<Instant>> left;
  std::vector<std::optional<InviteId>> invites;
  std::vector<std::optional<Digest>> tokens;
  for (const auto& each : session.participants) {
    auto columns = participant_columns(each);
    ids.push_back(each.id);
    users.push_back(columns.user);
    guests.push_back(std::move(columns.guest));
    names.push_back(each.name);
    roles.push_back(std::move(columns.role));
    active.push_back(each.is_active);
    joined.push_back(each.joined_at);
    seen.push_back(each.last_seen_at);
    left.push_back(each.left_at);
    reasons.push_back(std::move(columns.leave_reason));
    invites.push_back(each.invite_id);
    tokens.push_back(each.token_hash);
  }
  db.send(kWriteParticipants, session.id, ids, users, guests, names, roles, active, joined, seen,
          left, reasons, invites, tokens);
}

}  // namespace tarotforge::store::postgres
