// SQLite: how a file is opened, what its schema is, and every refusal at the start.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/sqlite_file.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using store::EmbeddedMigration;
using store::sqlite::Access;
using store::sqlite::SqliteStore;

struct Opening : Surround {
  TemporaryFolder folder;
  std::string path = folder.file("readings.db");

  Result<std::unique_ptr<SqliteStore>> open(
      Access access = Access::serve,
      std::span<const EmbeddedMigration> migrations = store::sqlite_migrations()) {
    return SqliteStore::open({.path = path,
                              .clock = clock,
                              .log = log,
                              .random = random,
                              .access = access,
                              .migrations = migrations});
  }
  std::string refusal(Access access = Access::serve,
                      std::span<const EmbeddedMigration> migrations = store::sqlite_migrations()) {
    const auto opened = open(access, migrations);
    REQUIRE(!opened);
    return std::string(opened.error().sentence());
  }
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("ST3 connections run with WAL, full synchronous and enforced references") {
  Opening world;
  REQUIRE(world.open());
  for (const auto use : {store::sqlite::Use::write, store::sqlite::Use::read}) {
    store::sqlite::Connection db(world.path, use, Duration(100));
    CHECK(db.value<std::string>("pragma journal_mode") == "wal");
    CHECK(db.value<std::int64_t>("pragma synchronous") == 2);
    CHECK(db.value<std::int64_t>("pragma foreign_keys") == 1);
    CHECK(db.value<std::int64_t>("pragma query_only") == (use == store::sqlite::Use::read));
  }
}

TEST_CASE("ST7 a second serve is refused and told who holds the file") {
  Opening world;
  auto first = world.open();
  REQUIRE(first);
  const auto pid = std::to_string(getpid());
  CHECK(world.refusal() == "The database file " + world.path + " is already served by process " +
                               pid + ". Stop that one first, or set another DATABASE_URL.");
  CHECK(contains(world.refusal(Access::migrate), "already served by process " + pid));
  CHECK(world.open(Access::command_line));
  first->reset();
  CHECK(world.open());
}

TEST_CASE("ST9 migrations are applied once, in order, and recorded") {
  Opening world;
  {
    const auto store = world.open();
    REQUIRE(store);
    CHECK((*store)->migrated().size() == store::sqlite_migrations().size());
    CHECK((*store)->migrated().front() == "0001_create_sessions");
  }
  const auto again = world.open(Access::migrate);
  REQUIRE(again);
  CHECK((*again)->migrated().empty());
  SqliteFile file(world.path);
  CHECK(file.value("select group_concat(number) from schema_migrations") == "1,2,3");
  CHECK(file.value("select min(length(sha256)) from schema_migrations") == "32");
}

TEST_CASE("ST9 a migration that fails leaves nothing of itself, and those before it stay") {
  Opening world;
  const EmbeddedMigration migrations[] = {
      {1, "good", "create table good (x integer)"},
      {2, "bad", "create table half (x integer); create table good (x integer)"}};
  const auto sentence = world.refusal(Access::serve, migrations);
  CHECK(contains(sentence, "table good already exists"));
  SqliteFile file(world.path);
  CHECK(file.value("select group_concat(name) from sqlite_schema where type = 'table'") ==
        "schema_migrations,good");
  CHECK(file.value("select name from schema_migrations") == "good");
}

TEST_CASE("ST10 a migration edited since it was applied stops the start and is named") {
  Opening world;
  REQUIRE(world.open());
  SqliteFile(world.path).run("update schema_migrations set sha256 = zeroblob(32) where number = 2");
  const auto sentence = world.refusal();
  CHECK(contains(sentence, "Migration 0002_create_servers was changed after it was applied"));
  CHECK(contains(world.refusal(Access::command_line), "0002_create_servers"));
}

TEST_CASE("ST10 a database that is newer than the binary stops the start, naming what is new") {
  Opening world;
  REQUIRE(world.open());
  SqliteFile(world.path)
      .run("insert into schema_migrations values (4, 'add_something', zeroblob(32), 0)");
  CHECK(contains(world.refusal(), "newer than this program: it has migration 0004_add_something"));
}

TEST_CASE("ST10 beside a server an older database is refused with the command to run") {
  Opening world;
  REQUIRE(world.open(Access::migrate, store::sqlite_migrations().first(1)));
  CHECK(contains(world.refusal(Access::command_line),
                 "lacks migration 0002_create_servers. Run `tarotforge migrate up`."));
}

TEST_CASE("CL10 a missing folder, a file that is none and a missing file are named") {
  Opening world;
  CHECK(contains(world.refusal(Access::command_line), "There is no database file " + world.path));
  world.path = world.folder.file("missing/readings.db");
  CHECK(contains(world.refusal(), "its folder is missing. Create " + world.folder.file("missing") +
                                      " and start again."));
  world.path = world.folder.path().string();
  CHECK(contains(world.refusal(), "cannot be"));
}

TEST_CASE("CL10 a file that may not be written is named") {
  if (geteuid() == 0) return;  // root may write everything
  Opening world;
  REQUIRE(world.open());
  std::filesystem::permissions(world.path, std::filesystem::perms::owner_read);
  CHECK(contains(world.refusal(), "cannot be opened"));
}

TEST_CASE("ST16 a new database file can be read by its owner only") {
  Opening world;
  REQUIRE(world.open());
  struct stat facts{};
  REQUIRE(stat(world.path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("ST11 a row needs its deck_id, or session_id, alone") {
  StoreWorld<OnSqlite> world;
  SqliteFile file(world.backend.path());
  file.run("pragma foreign_keys = on");
  file.run("insert into reading_sessions (deck_id) values ('classic')");
  for (const char* table : {"session_participants", "session_invites", "session_audit_log"})
    for (int i = 0; i < 2; ++i)
      file.run("insert into " + std::string(table) +
               " (session_id) select id from reading_sessions");
  const auto listed = world.get(world.store->sessions({}));
  REQUIRE(listed.size() == 1);
  const auto session = world.get(world.store->load(listed[0].id));
  CHECK(core::Session(session).is_open());
  CHECK(session.policy == core::Policy{});
  CHECK(session.reading.undrawn.size() == core::kDeckSize);
  CHECK(session.participants.size() == 2);
  CHECK(session.generation == 1);
  CHECK(world.get(world.store->invites(session.id)).size() == 2);
  const auto audit = world.audit(session.id);
  REQUIRE(audit.size() == 2);
  CHECK(audit[0].sequence == 1);
  CHECK(audit[1].sequence == 2);
  const auto now = std::stoll(file.value("select strftime('%s', 'now')")) * 1000;
  CHECK(std::abs(world.clock.wall().ms - world.clock.now().ms) == 0);
  CHECK(std::abs(std::stoll(file.value("select created_at from reading_sessions")) - now) < 60'000);
}

}  // namespace tarotforge::test
