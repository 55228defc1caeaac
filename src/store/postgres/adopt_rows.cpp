#include "store/postgres/adopt_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/deck_shuffle.h"
#include "protocol/row_json.h"
#include "store/postgres/session_rows.h"

namespace tarotforge::store::postgres {
namespace {

using boost::asio::awaitable;

struct Stand {
  std::string_view table, column, value;
};
// A stamp stands in for another of the same row; what was not said to be open is not.
constexpr Stand kStands[] = {
    {"reading_sessions", "deck_id", "'classic'"},
    {"reading_sessions", "reading_step", "'setup'"},
    {"reading_sessions", "zoom_level", "1"},
    {"reading_sessions", "is_active", "false"},
    {"reading_sessions", "created_at", "coalesce(updated_at, 'epoch')"},
    {"reading_sessions", "updated_at", "coalesce(created_at, 'epoch')"},
    {"session_participants", "name", "''"},
    {"session_participants", "is_active", "false"},
    {"session_participants", "joined_at",
     "coalesce(last_seen_at, (select created_at from reading_sessions as session "
     "where session.id = session_id), 'epoch')"},
    {"session_participants", "last_seen_at", "coalesce(joined_at, 'epoch')"},
    {"session_invites", "click_count", "0"},
    {"session_invites", "is_active", "false"},
    {"session_invites", "created_at", "coalesce(updated_at, 'epoch')"},
    {"session_invites", "updated_at", "coalesce(created_at, 'epoch')"},
    {"session_invites", "code", "id::text"},
    {"session_audit_log", "session_id", "'00000000-0000-0000-0000-000000000000'"},
    {"session_audit_log", "event_type", "'unspecified'"},
    {"session_audit_log", "event_data", "'{}'"},
    {"session_audit_log", "created_at", "'epoch'"},
};

// Of those who are in a session twice under one user, whoever was seen last stays.
constexpr std::string_view kUsersOnce = R"(
  with ranked as (
    select id, row_number() over (partition by session_id, user_id
                                  order by last_seen_at desc, joined_at desc, id) as place
    from session_participants where user_id is not null and is_active
  ), changed as (
    update session_participants as person
    set is_active = false, left_at = last_seen_at, leave_reason = 'replaced'
    from ranked where person.id = ranked.id and place > 1
    returning person.session_id, person.id, user_id
  )
  insert into session_audit_log (session_id, event_type, participant_id, user_id, event_data)
    select session_id, 'adopted', id, user_id, '{"change": "left_a_duplicate"}' from changed)";

// A guest's id is given once in a session, also to those who have left. The others keep it with
// their own behind it.
constexpr std::string_view kGuestsOnce = R"(
  with ranked as (
    select id, anonymous_id as former,
           row_number() over (partition by session_id, anonymous_id order by
             is_active desc, last_seen_at desc, joined_at desc, id) as place
    from session_participants where anonymous_id is not null
  ), changed as (
    update session_participants as person
    set is_active = false, left_at = last_seen_at, leave_reason = 'replaced',
        anonymous_id = former || ' ' || person.id
    from ranked where person.id = ranked.id and place > 1
    returning person.session_id, person.id, former
  )
  insert into session_audit_log (session_id, event_type, participant_id, anonymous_id, event_data)
    select session_id, 'adopted', id, former, '{"change": "left_a_duplicate"}' from changed)";

// Whoever signed in is no guest any more.
constexpr std::string_view kOneIdentity = R"(
  with twofold as (
    select id, anonymous_id as former from session_participants
    where user_id is not null and anonymous_id is not null
  ), changed as (
    update session_participants as person set anonymous_id = null
    from twofold where person.id = twofold.id
    returning person.session_id, person.id, user_id, former
  )
  insert into session_audit_log (session_id, event_type, participant_id, user_id, anonymous_id,
                                 event_data)
    select session_id, 'adopted', id, user_id, former, '{"change": "is_no_guest"}' from changed)";

// The host's own participant; where a guest opened the session, who came first.
constexpr std::string_view kHosts = R"(
  with host as (
    select distinct on (session.id) session.id as session_id, person.id
    from reading_sessions as session
    join session_participants as person on person.session_id = session.id
      and (host_user_id is null or person.user_id = host_user_id)
    where host_participant_id is null
    order by session.id, person.is_active desc, person.joined_at, person.id
  ), named as (
    update session_participants as person set role = 'host' from host where person.id = host.id
  )
  update reading_sessions as session
  set host_participant_id = host.id, original_host_participant_id = host.id
  from host where session.id = host.session_id)";

// What stands for nothing, as we write it; and the policy, $1.
constexpr std::string_view kSessions = R"(
  update reading_sessions set selected_layout = nullif(selected_layout, 'null'),
    selected_cards = nullif(selected_cards, 'null'),
    shuffled_deck = nullif(nullif(shuffled_deck, 'null'), '[]'),
    active_card_index = nullif(greatest(active_card_index, -1), -1),
    policy = case when is_active then coalesce(policy, $1::jsonb) else policy end
  where selected_layout = 'null' or selected_cards = 'null' or shuffled_deck in ('null', '[]')
     or active_card_index < 0 or is_active and policy is null)";

constexpr std::string_view kActivity = R"(
  update reading_sessions as session set last_activity_at = greatest(created_at, updated_at,
    (select max(last_seen_at) from session_participants where session_id = session.id))
  where last_activity_at = 'epoch')";

// In one pass: the index of the entries was made in this transaction, and may not be used in it.
constexpr std::string_view kAdopted = R"(
  with known as materialized (
    select session_id, max(sequence) as last,
           bool_or(event_type = 'adopted' and participant_id is null) as is_told
    from session_audit_log group by session_id
  )
  insert into session_audit_log (session_id, event_type, sequence)
    select id, 'adopted', coalesce(last, 0) + 1
    from reading_sessions left join known on session_id = id
    where is_active and is_told is not true)";

constexpr std::string_view kOpenSessions = R"(
  select id, shuffled_deck is null from reading_sessions
  where is_active and id > $1 order by id limit 100)";

struct OpenDeck {
  SessionId session;
  bool is_unshuffled = false;
};

awaitable<std::vector<OpenDeck>> next_decks(Transaction& db, SessionId after) {
  const auto rows = co_await db.query(kOpenSessions, after);
  std::vector<OpenDeck> decks(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.row(i, decks[i].session, decks[i].is_unshuffled);
  co_return decks;
}

void shuffle(Transaction& db, core::SessionData session, Random& random) {
  core::shuffle_undrawn(session.reading, random);
  const auto columns = protocol::reading_columns(session.reading);
  db.send("update reading_sessions set shuffled_deck = $2, shuffle_commitments = $3 where id = $1",
          session.id, columns.deck, columns.commitments);
}

}  // namespace

awaitable<void> settle_rows(Connection& db, core::Policy policy, Tell tell) {
  const auto changed = [&](std::string_view what, std::string_view sql) -> awaitable<void> {
    const auto rows = co_await ask(db, sql);
    if (rows.affected() > 0) tell(fmt::format("{}: {}.", what, rows.affected()));
  };
  co_await ask(db, kSessions, protocol::policy_column(policy));
  co_await ask(db, kActivity);
  co_await changed("Participants who are in a session twice under one user, and leave it once",
                   kUsersOnce);
  co_await changed(
      "Participants who are in a session twice under one guest's id, and leave it once",
      kGuestsOnce);
  co_await changed("Participants who are users, and no guests any more", kOneIdentity);
  co_await changed("Sessions whose host is found", kHosts);
  co_await ask(db, kNumberEntries);
}

awaitable<void> record_adopted(Connection& db) { co_await ask(db, kAdopted); }

std::optional<std::string> value_for_null(const SchemaPart& column) {
  for (const auto& stand : kStands)
    if (stand.table == column.table && stand.column == column.name) return std::string(stand.value);
  return std::nullopt;
}

awaitable<void> shuffle_decks(Connection& connection, Random& random, Tell tell) {
  SessionId after;
  for (bool more = true; more;) {
    Transaction db(connection, Use::write, Calendar{});
    const auto decks = co_await next_decks(db, after);
    more = !decks.empty();
    std::vector<SessionId> ids;
    for (const auto& deck : decks) ids.push_back(after = deck.session);
    for (auto& [id, data] : co_await load_sessions(db, ids)) {
      if (!data) {
        tell(fmt::format("The session {} cannot be shown, and stays as it is: {}", id.to_string(),
                         data.error().sentence()));
        continue;
      }
      const auto deck = std::ranges::find(decks, id, &OpenDeck::session);
      if (deck->is_unshuffled) shuffle(db, *std::move(data), random);
    }
    co_await db.commit();
  }
}

}  // namespace tarotforge::store::postgres
