// The databases of bench_cleanup: a model with many sessions, made once, and fresh copies of it.
#pragma once

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "main/console_log.h"
#include "main/run_task.h"
#include "main/system_clock.h"
#include "main/system_random.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/support/postgres_server.h"

namespace tarotforge::bench {

namespace fs = std::filesystem;

constexpr int kOperations = 5;  // of each session; a reading of an evening has more
constexpr const char* kMove = R"({"kind":"move","card":3,"x":0.25,"y":0.75,"z":4})";
constexpr Duration kTimeout = std::chrono::hours(6);  // longer than the benchmark takes

[[noreturn]] inline void give_up(std::string_view why) {
  fmt::print(stderr, "bench_cleanup: {}\n", why);
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error().sentence());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

struct World {
  boost::asio::io_context context{1};
  SystemClock clock{context};
  SystemRandom random;
  ConsoleLog log{LogLevel::error, "text"};
};

inline core::SessionData make_session(World& world) {
  core::Participant host;
  host.id = ParticipantId::make(world.clock.wall(), world.random);
  host.identity = core::GuestId{"of-the-benchmark"};
  host.name = "Host";
  host.role = core::Role::host;
  host.joined_at = host.last_seen_at = world.clock.now();
  core::Policy policy;
  policy.timeout = kTimeout;
  auto reading = core::make_reading("classic", core::Layout::celtic_cross,
                                    "What is it that I do not see?", world.random);
  return core::Session::create({.id = SessionId::make(world.clock.wall(), world.random),
                                .policy = policy,
                                .host = host,
                                .reading = must(std::move(reading)),
                                .restore_key_hash = sha256("key")},
                               world.clock.now())
      .data();
}

// One of the two. Every third of its sessions has been idle for twice its timeout.
class Database {
 public:
  virtual ~Database() = default;
  virtual const char* name() const = 0;
  virtual Duration cleanup_batch() const = 0;  // as the server's settings have it
  virtual std::string url() const { return ""; }
  virtual void make_model(int sessions) = 0;
  virtual void copy_model() = 0;  // in place of the copy before
  // The copy, as one server's.
  virtual std::unique_ptr<ports::Store> open(World& world) = 0;
  // What a cron job would send, all in one transaction.
  virtual void expire_in_one_statement(WallTime now) = 0;
  virtual std::vector<SessionId> newest_open(int count) = 0;
};

// Plain SQL on a file, past the store.
class Sql {
 public:
  explicit Sql(const std::string& path) {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    sqlite3_busy_timeout(db_, 60'000);
  }
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql() { sqlite3_close(db_); }

  // Answers the first column of the rows.
  std::vector<std::string> run(const std::string& text) {
    std::vector<std::string> column;
    const auto take = [](void* to, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] ? values[0] : "");
      return 0;
    };
    if (sqlite3_exec(db_, text.c_str(), take, &column, nullptr) != SQLITE_OK)
      give_up(fmt::format("{} in {}", sqlite3_errmsg(db_), text));
    return column;
  }

 private:
  sqlite3* db_ = nullptr;
};

class Sqlite final : public Database {
 public:
  explicit Sqlite(const std::string& folder)
      : model_(folder + "/model.db"), copy_(folder + "/copy.db") {}

  const char* name() const override { return "SQLite"; }
  Duration cleanup_batch() const override { return Duration(2); }

  void make_model(int sessions) override {
    World world;
    must(run_task(world.context,
                  open_file(world, model_)->commit({.session = make_session(world)})));
    Sql sql(model_);
    const auto now = world.clock.wall().ms, idle = now - 2 * kTimeout.count();
    const auto kept = columns(sql, "reading_sessions",
                              "'id', 'version', 'created_at', 'updated_at', 'last_activity_at'");
    sql.run(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -500000; begin");
    sql.run("create temp table model as select * from reading_sessions");
    sql.run("delete from reading_sessions");
    sql.run(fmt::format(R"(
      insert into reading_sessions (id, version, created_at, updated_at, last_activity_at{0})
      with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < {1}),
        stamps (at) as (select case when i % 3 = 0 then {2} + i else {3} - {1} + i end from numbers)
      select randomblob(16), {4}, at, at, at{0} from stamps, model)",
                        kept, sessions, idle, now, kOperations));
    sql.run(R"(
      insert into session_participants (session_id, anonymous_id, name, token_hash, joined_at,
                                        last_seen_at)
      with people (name) as (values ('Ada'), ('Grace'), ('Mary'))
      select id, hex(randomblob(8)), name, randomblob(32), created_at, last_activity_at
      from reading_sessions, people)");
    sql.run(
        "insert into session_invites (session_id, created_by) select id, 'host' from "
        "reading_sessions");
    sql.run(R"(
      insert into session_audit_log (session_id, event_type, sequence)
      with events (type, number) as (values ('created', 1), ('joined', 2), ('joined', 3))
      select id, type, number from reading_sessions, events)");
    sql.run(fmt::format(R"(
      insert into session_operations (session_id, version, participant_id, idempotency_key, kind,
                                      payload)
      with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < {})
      select id, i, randomblob(16), randomblob(16), 'move', '{}' from reading_sessions, numbers)",
                        kOperations, kMove));
    sql.run("commit; pragma journal_mode = wal");
  }

  void copy_model() override {
    for (const auto* tail : {"", "-wal", "-shm", ".lock"}) fs::remove(copy_ + tail);
    fs::copy_file(model_, copy_);
  }

  std::unique_ptr<ports::Store> open(World& world) override { return open_file(world, copy_); }

  void expire_in_one_statement(WallTime now) override {
    Sql sql(copy_);
    sql.run(fmt::format(R"(
      begin immediate;
      update reading_sessions set is_active = 0, end_reason = 'expired', ended_at = {0},
        restorable_until = {0} + 86400000, revision = revision + 1
      where is_active = 1 and updated_at <= {0} - {1} and last_activity_at <= {0} - {1}
        and not exists (select 1 from session_participants
                        where session_id = reading_sessions.id and last_seen_at > {0} - {1});
      update session_participants set is_active = 0, left_at = {0}, leave_reason = 'expired'
      where session_id in (select id from reading_sessions where ended_at = {0});
      insert into session_audit_log (session_id, event_type, sequence)
      select id, 'expired', 4 from reading_sessions where ended_at = {0};
      commit)",
                        now.ms, kTimeout.count()));
  }

  std::vector<SessionId> newest_open(int count) override {
    std::vector<SessionId> ids;
    for (auto text : Sql(copy_).run(
             fmt::format("select lower(hex(id)) from reading_sessions where is_active = 1 "
                         "order by updated_at desc limit {}",
                         count))) {
      for (const std::size_t at : {8u, 13u, 18u, 23u}) text.insert(at, "-");
      ids.push_back(*SessionId::parse(text));
    }
    return ids;
  }

 private:
  // The names of a table's columns but for some, with commas before them.
  static std::string columns(Sql& sql, const char* table, const char* without) {
    std::string names;
    for (const auto& name : sql.run(fmt::format(
             "select name from pragma_table_info('{}') where name not in ({})", table, without)))
      names += ", " + name;
    return names;
  }
  static std::unique_ptr<ports::Store> open_file(World& world, const std::string& path) {
    return must(store::sqlite::SqliteStore::open(
        {.path = path, .clock = world.clock, .log = world.log, .random = world.random}));
  }

  const std::string model_, copy_;
};

// On a server that is set up as docs/operations.md advises for two cores and 4 GB: with what comes
// by itself a cleanup of this size makes checkpoints all the time.
class Postgres final : public Database {
 public:
  Postgres() {
    for (const char* setting : {"shared_buffers = '1GB'", "max_wal_size = '4GB'",
                                "checkpoint_timeout = '15min'", "wal_compression = 'lz4'"})
      run("postgres", fmt::format("alter system set {}", setting));
    server().stop();
    server().start();
  }

  const char* name() const override { return "PostgreSQL"; }
  std::string url() const override { return server().url(copy_); }
  Duration cleanup_batch() const override { return Duration(3); }

  void make_model(int sessions) override {
    model_ = server().create("migrated");
    World world;
    {
      const auto store = open_database(world, model_);
      must(run_task(world.context, store->commit({.session = make_session(world)})));
    }
    const auto now = world.clock.wall().ms, idle = now - 2 * kTimeout.count();
    const auto kept = run(model_, R"(
      select coalesce(string_agg(', ' || column_name, ''), '') from information_schema.columns
      where table_name = 'reading_sessions' and is_generated = 'NEVER'
        and column_name not in ('id', 'version', 'created_at', 'updated_at', 'last_activity_at'))")
                          .at(0);
    run(model_, fmt::format(R"(
      set synchronous_commit = off;
      create temp table model as select * from reading_sessions;
      delete from reading_sessions;
      insert into reading_sessions (id, version, created_at, updated_at, last_activity_at{0})
      select gen_random_uuid(), {4}, at, at, at{0}
      from (select to_timestamp((case when i % 3 = 0 then {2} + i else {3} - {1} + i end) / 1000.0)
              as at from generate_series(1, {1}) as numbers (i)) as stamps, model;
      insert into session_participants (session_id, anonymous_id, name, token_hash, joined_at,
                                        last_seen_at)
      select reading_sessions.id, gen_random_uuid()::text, people.name,
             sha256(gen_random_uuid()::text::bytea), created_at, last_activity_at
      from reading_sessions, (values ('Ada'), ('Grace'), ('Mary')) as people (name);
      insert into session_invites (session_id, created_by) select id, 'host' from reading_sessions;
      insert into session_audit_log (session_id, event_type, sequence)
      select id, case number when 1 then 'created' else 'joined' end, number
      from reading_sessions, generate_series(1, 3) as events (number);
      insert into session_operations (session_id, version, participant_id, idempotency_key, kind,
                                      payload)
      select id, number, gen_random_uuid(), gen_random_uuid(), 'move', '{5}'
      from reading_sessions, generate_series(1, {4}) as operations (number))",
                            kept, sessions, idle, now, kOperations, kMove));
    run(model_, "vacuum analyze");
  }

  void copy_model() override {
    if (!copy_.empty()) server().drop(copy_);
    copy_ = server().create(model_);
    run(copy_, "checkpoint");
  }

  std::unique_ptr<ports::Store> open(World& world) override { return open_database(world, copy_); }

  void expire_in_one_statement(WallTime now) override {
    run(copy_, fmt::format(R"(
      begin;
      create temp table due on commit drop as
        select id from reading_sessions
        where is_active and updated_at <= to_timestamp({0} / 1000.0) - {1} * interval '1 ms'
          and last_activity_at <= to_timestamp({0} / 1000.0) - {1} * interval '1 ms'
          and not exists (select 1 from session_participants
                          where session_id = reading_sessions.id
                            and last_seen_at > to_timestamp({0} / 1000.0) - {1} * interval '1 ms');
      update reading_sessions set is_active = false, end_reason = 'expired',
        ended_at = to_timestamp({0} / 1000.0),
        restorable_until = to_timestamp({0} / 1000.0) + interval '1 day', revision = revision + 1
      where id in (select id from due);
      update session_participants set is_active = false, left_at = to_timestamp({0} / 1000.0),
        leave_reason = 'expired' where session_id in (select id from due);
      insert into session_audit_log (session_id, event_type, sequence)
      select id, 'expired', 4 from due;
      commit)",
                           now.ms, kTimeout.count()));
  }

  std::vector<SessionId> newest_open(int count) override {
    std::vector<SessionId> ids;
    for (const auto& text :
         run(copy_, fmt::format("select id from reading_sessions where is_active "
                                "order by updated_at desc limit {}",
                                count)))
      ids.push_back(*SessionId::parse(text));
    return ids;
  }

 private:
  static test::PostgresServer& server() { return test::PostgresServer::shared(); }
  static std::vector<std::string> run(const std::string& database, const std::string& sql) {
    return test::PostgresServer::run(server().url(database), sql);
  }
  static std::unique_ptr<ports::Store> open_database(World& world, const std::string& database) {
    return must(store::postgres::PostgresStore::open({.url = server().url(database),
                                                      .executor = world.context.get_executor(),
                                                      .clock = world.clock,
                                                      .log = world.log,
                                                      .random = world.random}));
  }

  std::string model_, copy_;
};

}  // namespace tarotforge::bench
