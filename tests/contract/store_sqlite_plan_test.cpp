// SQLite: which index each statement uses, references, orphans and quarantine.
#include <algorithm>

#include "store/sqlite/commit.h"
#include "store/sqlite/expiry.h"
#include "store/sqlite/records.h"
#include "store/sqlite/report.h"
#include "store/sqlite/servers.h"
#include "store/sqlite/session_rows.h"
#include "store/sqlite/sweep.h"
#include "tests/support/sqlite_file.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using namespace store::sqlite;
using store::Context;

// Every statement that the connection has prepared.
std::vector<std::string> statements(const Connection& db) {
  std::vector<std::string> texts;
  sqlite3_stmt* each = nullptr;
  while ((each = sqlite3_next_stmt(db.handle(), each))) texts.emplace_back(sqlite3_sql(each));
  return texts;
}

// True where a step of the plan looks at every row of a table that grows with the sessions.
bool scans_a_large_table(const std::string& step) {
  constexpr std::string_view kLarge[] = {
      "reading_sessions",   "session_participants", "session_invites", "session_audit_log",
      "session_operations", "idempotency_keys",     "session_holds"};
  if (!step.starts_with("SCAN ")) return false;
  // Walking the open sessions in their order is what the sweep is for.
  if (step.find("USING INDEX idx_reading_sessions_updated_at") != std::string::npos) return false;
  if (step.find("USING COVERING INDEX idx_reading_sessions_updated_at") != std::string::npos)
    return false;
  return std::ranges::any_of(
      kLarge, [&](auto table) { return step.starts_with("SCAN " + std::string(table)); });
}

void check_plans(SqliteFile& file, const std::vector<std::string>& texts) {
  for (const auto& text : texts) {
    const auto word = text.substr(text.find_first_not_of(" \n"), 6);
    if (word != "select" && word != "update" && word != "delete" && word != "insert") continue;
    CAPTURE(text);
    for (const auto& row : file.rows("explain query plan " + text)) {
      const auto step = row.substr(row.rfind('|') + 1);
      CAPTURE(step);
      CHECK_FALSE(scans_a_large_table(step));
    }
  }
}

void use_everything(Connection& db, Context& context, StoreWorld<OnSqlite>& world) {
  auto session = world.create();
  session.participants.push_back(world.guest());
  const auto key = world.make_id<IdempotencyKey>();
  ports::Change change{.session = session,
                       .read_revision = session.revision,
                       .operations = {{.version = 1,
                                       .generation = 1,
                                       .by = session.host,
                                       .key = key,
                                       .kind = "reset",
                                       .told = "{}",
                                       .at = world.clock.now()}},
                       .audit = {world.entry("joined")},
                       .close_invites = true,
                       .reopen_invites = true,
                       .hold = true};
  const auto invite = world.invite(session);
  change.new_invites = {invite};
  change.used_invite = change.revoked_invite = invite.id;
  change.answer = {.caller = "c", .key = key, .body_hash = {}, .answer = "{}", .at = {}};
  REQUIRE(register_server(db, context, world.make_id<ServerId>(), "test", Others::dead));
  REQUIRE(commit(db, context, change));
  REQUIRE(beat(db, context,
               {.heard = {{session.id, 1, world.clock.now()}},
                .seen = {{session.id, session.host, world.clock.now()}},
                .released = {session.id},
                .flushed_through = world.clock.now()}));
  REQUIRE(load_session(db, session.id));
  load_operations(db, session.id, 0, 10);
  find_operation(db, session.id, session.host, key);
  find_answer(db, "c", key, world.clock.now());
  find_invite(db, invite.code);
  load_invites(db, session.id);
  load_audit(db, session.id, 0, 10);
  load_newest_audit(db, session.id, 10);
  changed_among(db, {{session.id, 1}});
  OrphanCursor cursor;
  world.clock.advance(std::chrono::hours(2));
  expire_batch(db, context, {}, {});
  expire(db, context, {world.claim(session)});
  purge_batch(db, context, {});
  tidy_batch(db, context, {}, kRetention, cursor);
  purge(db, context, {world.create().id}, core::EndReason::expired);
  REQUIRE(retire(db, context, {.flushed_through = world.clock.now()}));
}

}  // namespace

TEST_CASE("ST13 every statement of joins, operations, beats and sweeps uses an index") {
  StoreWorld<OnSqlite> world;
  Connection db(world.backend.path(), Use::write, Duration(1000));
  Context context{.clock = world.clock, .log = world.log, .ids = Prng(1)};
  use_everything(db, context, world);
  const auto texts = statements(db);
  CHECK(texts.size() > 50);
  SqliteFile file(world.backend.path());
  check_plans(file, texts);
  const auto plan =
      file.rows("explain query plan select 1 from session_participants where token_hash = x'00'");
  CHECK(plan.at(0).find("idx_session_participants_token_hash") != std::string::npos);
}

TEST_CASE("ST13 every reference is indexed on its own side, and the promised indexes are there") {
  StoreWorld<OnSqlite> world;
  SqliteFile file(world.backend.path());
  const auto references = file.rows(R"(
    select m.name, f."from" from sqlite_schema m, pragma_foreign_key_list(m.name) f
    where m.type = 'table')");
  CHECK(references.size() == 6);
  for (const auto& reference : references) {
    const auto table = reference.substr(0, reference.find('|'));
    const auto column = reference.substr(reference.find('|') + 1);
    CAPTURE(reference);
    const auto plan =
        file.value("explain query plan select 1 from " + table + " where " + column + " = x'00'");
    CHECK(plan.find("SEARCH") != std::string::npos);
  }
  for (const char* index : {"idx_session_participants_last_seen", "idx_reading_sessions_updated_at",
                            "idx_session_audit_log_session_id", "idx_session_audit_log_event_type"})
    CHECK(file.value("select count(*) from sqlite_schema where name = '" + std::string(index) +
                     "'") == "1");
  CHECK(file.value(R"(select count(*) from sqlite_schema
                      where type = 'index' and sql like '%last_activity_at%')") == "0");
}

TEST_CASE("ST13 a reference to a row that is not there is refused") {
  StoreWorld<OnSqlite> world;
  auto session = world.create();
  auto foreign = world.invite(session);
  foreign.session_id = world.make_id<SessionId>();
  const ports::Change change{
      .session = session, .read_revision = session.revision, .new_invites = {foreign}};
  CHECK(world.refusal(world.store->commit(change)) == ErrorCode::internal);
  CHECK(world.get(world.store->load(session.id)) == session);
}

TEST_CASE("SW4 rows that belong to no session are found part by part and removed") {
  StoreWorld<OnSqlite> world;
  auto session = world.create();
  world.change(session, {.audit = {world.entry("joined")}, .new_invites = {world.invite(session)}});
  SqliteFile file(world.backend.path());
  for (int i = 0; i < 50; ++i) {
    file.run("insert into session_participants (session_id) values (randomblob(16))");
    file.run("insert into session_invites (session_id) values (randomblob(16))");
  }
  file.run("insert into session_audit_log (session_id, created_at) values (randomblob(16), 0)");
  file.run("insert into session_audit_log (session_id) values (randomblob(16))");
  CHECK(world.get(world.store->tidy_batch({.batch = 1, .dry_run = true}, kRetention))
            .orphans_removed == 19);  // of the first 20 rows one is somebody's
  std::size_t removed = 0, batches = 0;
  for (bool more = true; more; ++batches) {
    const auto batch = world.get(world.store->tidy_batch({.batch = 1}, kRetention));
    removed += batch.orphans_removed;
    more = batch.next.has_value();
  }
  CHECK(removed == 101);
  CHECK(batches >= 5);
  CHECK(world.get(world.store->load(session.id)) == session);
  CHECK(world.get(world.store->invites(session.id)).size() == 1);
  CHECK(world.audit(session.id).size() == 1);
  CHECK(file.value("select count(*) from session_audit_log") == "2");
}

TEST_CASE("CP6 content that cannot be purged is set aside and told, the next is purged") {
  StoreWorld<OnSqlite> world;
  world.start_server();
  const auto stuck = world.create({.recovery = Duration(0)});
  const auto other = world.create({.recovery = Duration(0)});
  world.live(std::chrono::hours(1));
  CHECK(world.get(world.store->expire_batch({}, {})).expired.size() == 2);
  SqliteFile file(world.backend.path());
  file.run("create trigger refuse before update on session_participants when old.session_id = " +
           blob(stuck.id) +
           " and new.token_hash is null begin select raise(abort, 'not this one'); end");
  std::size_t purged = 0, quarantined = 0;
  for (bool more = true; more;) {
    const auto batch = world.get(world.store->purge_batch({.batch = 1}));
    purged += batch.purged;
    quarantined += batch.quarantined;
    more = batch.next.has_value();
  }
  CHECK(purged == 1);
  CHECK(quarantined == 1);
  CHECK(world.log.count(LogLevel::error, stuck.id.to_string()) == 1);
  CHECK(std::holds_alternative<core::Purged>(world.get(world.store->load(other.id)).phase));
  const auto kept = world.get(world.store->load(stuck.id));
  CHECK(kept.reading == stuck.reading);  // nothing half erased
  const auto lines = world.get(world.store->diagnose());
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find(stuck.id.to_string()) != std::string::npos);

  file.run("drop trigger refuse");
  world.live(std::chrono::hours(24));
  CHECK(world.get(world.store->purge_batch({})).purged == 1);
  CHECK(world.get(world.store->diagnose()).empty());
}

TEST_CASE("EX1 a damaged row is left alone, and the others are judged") {
  StoreWorld<OnSqlite> world;
  world.start_server();
  const auto damaged = world.create(), sound = world.create();
  world.live(std::chrono::hours(1));
  SqliteFile file(world.backend.path());
  file.run("update reading_sessions set policy = '[{' where id = " + blob(damaged.id));
  CHECK(world.refusal(world.store->load(damaged.id)) == ErrorCode::internal);
  const auto expired = world.get(world.store->expire_batch({}, {})).expired;
  REQUIRE(expired.size() == 1);
  CHECK(expired[0].session == sound.id);
  CHECK(world.log.count(LogLevel::error, damaged.id.to_string()) == 1);
}

TEST_CASE("EX1 a session expires whatever its reading has become") {
  StoreWorld<OnSqlite> world;
  world.start_server();
  const auto session = world.create();
  world.live(std::chrono::hours(1));
  SqliteFile file(world.backend.path());
  file.run("update reading_sessions set selected_cards = '[{' where id = " + blob(session.id));
  REQUIRE(world.expire(session).size() == 1);
  CHECK(file.value("select selected_cards from reading_sessions") == "[{");
}

}  // namespace tarotforge::test
