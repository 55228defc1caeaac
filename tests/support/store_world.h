// The world of the store's contract suite: a database of some kind, virtual time, and stores on
// it. Every test of the suite is a template over the kinds in TF_STORES.
#pragma once

#include <doctest/doctest.h>

#include <memory>

#include "core/session.h"
#include "ports/store.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/support/loop.h"
#include "tests/support/postgres_server.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_log.h"
#include "tests/support/virtual_clock.h"

namespace tarotforge::test {

constexpr WallTime kStart{VirtualClock::kStart};  // 2026-01-31, a Saturday, at midnight
constexpr Duration kRetention = std::chrono::hours(24 * 400);
inline const core::Policy kShort{.timeout = std::chrono::minutes(10),
                                 .warning = std::chrono::minutes(2),
                                 .recovery = std::chrono::hours(1)};

struct Surround {  // what a store is given from outside
  VirtualClock clock;
  TestLog log;
  Prng random{20260131};
};

enum class StoreAccess { serve, command_line };

// A fresh database in SQLite. Stores on it are opened as a server or beside one.
class OnSqlite {
 public:
  static constexpr bool kCopies = true;     // backup() makes a database
  static constexpr Duration kFoundLost{0};  // a new server knows that no other lives

  Result<std::unique_ptr<ports::Store>> open(Surround& world, Loop&, StoreAccess access) {
    return open_file(path(), world, access);
  }
  static Result<std::unique_ptr<ports::Store>> open_copy(const std::string& file, Surround& world) {
    return open_file(file, world, StoreAccess::serve);
  }
  std::string path() const { return folder_.file("readings.db"); }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  static Result<std::unique_ptr<ports::Store>> open_file(const std::string& file, Surround& world,
                                                         StoreAccess access) {
    auto store = store::sqlite::SqliteStore::open(
        {.path = file,
         .clock = world.clock,
         .log = world.log,
         .random = world.random,
         .access = access == StoreAccess::serve ? store::sqlite::Access::serve
                                                : store::sqlite::Access::command_line});
    if (!store) return std::move(store).error();
    return std::unique_ptr<ports::Store>(*std::move(store));
  }

  TemporaryFolder folder_;
};

// The same in PostgreSQL, in virtual time.
class OnPostgres {
 public:
  static constexpr bool kCopies = false;
  static constexpr Duration kFoundLost = ports::kServerLostAfter + ports::kBeatInterval;

  Result<std::unique_ptr<ports::Store>> open(Surround& world, Loop& loop, StoreAccess access) {
    auto store = store::postgres::PostgresStore::open(
        {.url = database_.url(),
         .executor = loop.context.get_executor(),
         .clock = world.clock,
         .log = world.log,
         .random = world.random,
         .access = access == StoreAccess::serve ? store::postgres::Access::serve
                                                : store::postgres::Access::command_line,
         .wall = store::postgres::WallSource::clock});
    if (!store) return std::move(store).error();
    return std::unique_ptr<ports::Store>(*std::move(store));
  }
  const TestDatabase& database() const { return database_; }

 private:
  TestDatabase database_;
};
#define TF_STORES OnSqlite, OnPostgres

template <class Backend>
class StoreWorld : public Surround {
 public:
  StoreWorld() { open_server(); }

  Backend backend;
  Loop loop;
  std::unique_ptr<ports::Store> store;  // the server's
  std::unique_ptr<ports::Store> aside;  // the command line's, once opened

  void open_server() {
    store.reset();
    auto opened = backend.open(*this, loop, StoreAccess::serve);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    store = *std::move(opened);
  }
  void open_aside() {
    auto opened = backend.open(*this, loop, StoreAccess::command_line);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    aside = *std::move(opened);
  }

  template <class T>
  Result<T> run(ports::Task<T> task) {
    return loop.run<T>(std::move(task));
  }
  // Runs what must succeed.
  template <class T>
  T get(ports::Task<T> task) {
    auto result = loop.run<T>(std::move(task));
    REQUIRE_MESSAGE(result, result.error().sentence());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
  }
  template <class T>
  ErrorCode refusal(ports::Task<T> task) {
    auto result = loop.run<T>(std::move(task));
    REQUIRE(!result);
    return result.error().code;
  }

  template <class Id>
  Id make_id() {
    return Id::make(clock.wall(), random);
  }

  core::Participant guest(core::Role role = core::Role::participant) {
    core::Participant participant;
    participant.id = make_id<ParticipantId>();
    participant.identity = core::GuestId{participant.id.to_string()};
    participant.name = "Guest";
    participant.role = role;
    participant.joined_at = participant.last_seen_at = clock.now();
    participant.token_hash = sha256(participant.id.to_string());
    return participant;
  }

  core::SessionData fresh(core::Policy policy = {}) {
    auto reading = core::make_reading("classic", core::Layout::three_card, "What now?", random);
    return core::Session::create({.id = make_id<SessionId>(),
                                  .policy = policy,
                                  .host = guest(core::Role::host),
                                  .reading = *std::move(reading),
                                  .restore_key_hash = sha256("key")},
                                 clock.now())
        .data();
  }

  core::SessionData create(core::Policy policy = {}) {
    auto session = fresh(policy);
    session.revision = get(store->commit({.session = session})).revision;
    return session;
  }

  // Commits `session` as changed; takes its new revision over.
  void change(core::SessionData& session, ports::Change rest = {}) {
    rest.session = session;
    rest.read_revision = session.revision;
    session.revision = get(store->commit(std::move(rest))).revision;
  }

  core::Invite invite(const core::SessionData& session, std::optional<std::uint32_t> uses = {}) {
    core::Invite made;
    made.id = make_id<InviteId>();
    made.session_id = session.id;
    made.code = core::make_invite_code(random);
    made.created_by = session.host;
    made.max_uses = uses;
    made.created_at = clock.now();
    return made;
  }

  ports::AuditEntry entry(std::string type) {
    return {.id = make_id<EventId>(),
            .type = std::move(type),
            .generation = 1,
            .participant = std::nullopt,
            .at = clock.now()};
  }

  ServerId start_server() {
    const auto id = make_id<ServerId>();
    get(store->register_server(id, "test"));
    return id;
  }
  ports::BeatResult beat(ports::Beat beat = {}) {
    if (beat.flushed_through == Instant{}) beat.flushed_through = clock.now();
    return get(store->beat(std::move(beat)));
  }
  // Lets time pass as a living server does, with a beat every 5 s.
  void live(Duration span) {
    const Instant until = clock.now() + span;
    while (clock.now() < until) {
      clock.advance(std::min(ports::kBeatInterval, until - clock.now()));
      beat();
    }
  }

  ports::ExpiryClaim claim(const core::SessionData& session) {
    return {.session = session.id, .generation = session.generation, .heard_through = clock.now()};
  }
  std::vector<ports::ExpiredSession> expire(const core::SessionData& session) {
    return get(store->expire({claim(session)}));
  }
  bool is_open(SessionId id) { return core::Session(get(store->load(id))).is_open(); }
  std::vector<ports::StoredAuditEntry> audit(SessionId id) {
    return get(store->audit(id, 0, 1000));
  }
  std::size_t audited(SessionId id, std::string_view type) {
    std::size_t count = 0;
    for (const auto& stored : audit(id)) count += stored.entry.type == type;
    return count;
  }
};

}  // namespace tarotforge::test
