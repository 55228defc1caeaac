#include "store/postgres/session_rows.h"

#include <fmt/format.h>

#include "protocol/row_json.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;
using protocol::ReadingColumns;

constexpr std::string_view kSelectSession = R"(
  select generation, version, revision, policy, host_participant_id, original_host_participant_id,
         host_user_id, created_at, updated_at, restore_key_hash,
         greatest(created_at, updated_at, last_activity_at,
                  (select max(last_seen_at) from session_participants
                   where session_id = reading_sessions.id)),
         is_active, warned_at, extended_until, end_reason, ended_at, restorable_until, purged_at,
         deck_id, question, interpretation, reading_step, active_card_index, table_locked,
         next_card_index, selected_layout, selected_cards, shuffled_deck, shuffle_commitments
  from reading_sessions where id = $1)";

constexpr std::string_view kSelectParticipants = R"(
  select id, user_id, anonymous_id, name, role, is_active, joined_at, last_seen_at, left_at,
         leave_reason, invite_id, token_hash
  from session_participants where session_id = $1 order by ordinal)";

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

std::string_view word(core::EndReason reason) {
  return reason == core::EndReason::expired ? "expired" : "completed";
}

[[noreturn]] void damaged(std::string what) {
  throw Failure{std::string(kWrongColumn), std::move(what)};
}

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

awaitable<bool> write_session(Transaction& db, std::string_view sql,
                              const core::SessionData& session, std::uint64_t read_revision) {
  const auto& reading = session.reading;
  const PhaseColumns phase = columns_of(session);
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
  std::optional<UserId> user;
  std::optional<std::string> guest, reason;
  std::string role;
  rows.row(i, participant.id, user, guest, participant.name, role, participant.is_active,
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

Result<core::SessionData> read_session(SessionId id, const Rows& rows, const Rows& people) {
  core::SessionData session;
  session.id = id;
  auto& reading = session.reading;
  PhaseColumns phase;
  ReadingColumns json;
  std::optional<std::string> policy, question, interpretation;
  std::optional<ParticipantId> host, original_host;
  std::string step;
  rows.row(0, session.generation, session.version, session.revision, policy, host, original_host,
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
  for (std::size_t i = 0; i < people.size(); ++i)
    session.participants.push_back(read_participant(people, i));
  return session;
}

}  // namespace

ports::Task<core::SessionData> load_session(Transaction& db, SessionId id) {
  const auto rows = co_await db.query(kSelectSession, id);
  if (rows.empty()) co_return ErrorCode::session_not_found;
  const auto people = co_await db.query(kSelectParticipants, id);
  try {
    co_return read_session(id, rows, people);
  } catch (const Failure& failure) {
    if (failure.sqlstate != kWrongColumn) throw;
    co_return Error(ErrorCode::internal,
                    fmt::format("The row of a reading is damaged: {}.", failure.message));
  }
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
    const auto* user = std::get_if<UserId>(&each.identity);
    ids.push_back(each.id);
    users.push_back(user ? std::optional(*user) : std::nullopt);
    guests.push_back(user ? std::nullopt
                          : std::optional(std::get<core::GuestId>(each.identity).value));
    names.push_back(each.name);
    roles.emplace_back(core::to_string(each.role));
    active.push_back(each.is_active);
    joined.push_back(each.joined_at);
    seen.push_back(each.last_seen_at);
    left.push_back(each.left_at);
    reasons.push_back(each.leave_reason ? std::optional<std::string>(to_string(*each.leave_reason))
                                        : std::nullopt);
    invites.push_back(each.invite_id);
    tokens.push_back(each.token_hash);
  }
  db.send(kWriteParticipants, session.id, ids, users, guests, names, roles, active, joined, seen,
          left, reasons, invites, tokens);
}

}  // namespace tarotforge::store::postgres
