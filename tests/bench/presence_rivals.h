// The two of bench_presence: our server's own flushes, and one UPDATE for each heartbeat, as the
// first implementation did. Both let people act each presence interval.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/postgres/postgres_store.h"
#include "tests/support/house_world.h"
#include "tests/support/postgres_server.h"

namespace tarotforge::bench {

constexpr Duration kInterval = std::chrono::seconds(30);  // PRESENCE_UPDATE_SECONDS

class Rival {
 public:
  virtual ~Rival() = default;
  virtual std::string title() const = 0;
  virtual const char* table() const = 0;  // that a heartbeat is to write
  const std::string& database() const { return database_; }
  // Lets the people act for so long: in virtual time, or as fast as it goes.
  virtual void live(Duration time) = 0;

 protected:
  explicit Rival(const char* from) : database_(server().create(from)) {}
  static test::PostgresServer& server() { return test::PostgresServer::shared(); }

 private:
  const std::string database_;
};

// A house in virtual time on the real store: every report goes through the use cases, and the beats
// flush each five seconds.
class Coarse final : public Rival {
 public:
  explicit Coarse(int participants) : Rival("migrated"), world_(settings(), opener()) {
    for (int size = 3; participants > 0; size = 7 - size) {  // three and four in turn
      const auto host = world_.create({.deck_id = "classic", .question = "What now?"});
      add(host);
      REQUIRE(world_.operate(host, core::SetStep{core::Step::drawing}));
      for (const char* position : {"past", "present", "future"})
        REQUIRE(world_.operate(host, core::Draw{.position = position}));
      for (int guests = 1; guests < size && participants > guests; ++guests) add(world_.join(host));
      participants -= size;
    }
    live(kInterval * 4);  // the first checkpoints, and everyone's own phase
  }

  std::string title() const override { return "TarotForge"; }
  const char* table() const override { return "reading_sessions"; }

  void live(Duration time) override {
    constexpr Duration kStep = std::chrono::seconds(1);
    for (Duration passed{0}; passed < time; passed += kStep, ++step_) {
      for (std::size_t i = 0; i < people_.size(); ++i)
        if ((step_ + i * kApart) % kSteps == 0)
          begun_.push_back(world_.begin(world_.reporting(people_[i])));
      world_.pass(kStep);
      for (const auto& report : begun_) REQUIRE((report->has_value() && report->value()));
      begun_.clear();
    }
  }

 private:
  static constexpr std::size_t kSteps = kInterval / std::chrono::seconds(1);
  static constexpr std::size_t kApart = 11;  // who sit together do not act at the same moment

  static app::Settings settings() {
    app::Settings chosen;
    chosen.presence_interval = kInterval;
    return chosen;
  }
  test::HouseWorld::Opener opener() const {
    return [url = server().url(database())](test::HouseWorld& world) {
      auto store =
          store::postgres::PostgresStore::open({.url = url,
                                                .executor = world.loop.context.get_executor(),
                                                .clock = world.clock,
                                                .log = world.log,
                                                .random = world.random,
                                                .wall = store::postgres::WallSource::clock});
      REQUIRE_MESSAGE(store, store.error().sentence());
      return std::unique_ptr<ports::Store>(*std::move(store));
    };
  }
  void add(const test::Person& who) { people_.push_back(world_.enter(who)); }

  test::HouseWorld world_;
  std::vector<test::HouseWorld::Here> people_;
  std::vector<std::shared_ptr<std::optional<Result<>>>> begun_;
  std::size_t step_ = 0;
};

// The participants' table of the first implementation, of PostgreSQL's own fillfactor, where a
// heartbeat is a transaction of one statement.
class Naive final : public Rival {
 public:
  enum class Index { none, last_seen };

  Naive(int participants, Index index)
      : Rival("template1"), index_(index), db_(PQconnectdb(url().c_str()), PQfinish) {
    run(fmt::format(R"(
      create table session_participants (
        id uuid primary key default gen_random_uuid(), session_id uuid not null, user_id uuid,
        anonymous_id text, name text not null default '', is_active boolean not null default true,
        joined_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(), unique (session_id, anonymous_id));
      insert into session_participants (session_id, anonymous_id, name)
        select md5((i / 3)::text)::uuid, gen_random_uuid(), 'Guest'
        from generate_series(1, {}) as numbers (i))",
                    participants));
    if (index == Index::last_seen)
      run("create index idx_session_participants_last_seen on session_participants (last_seen_at)");
    ids_ = test::PostgresServer::run(url(), "select id from session_participants");
    // So that it takes less long; the same is written.
    run("set synchronous_commit = off");
    const std::unique_ptr<PGresult, void (*)(PGresult*)> prepared(
        PQprepare(db_.get(), "heartbeat",
                  "update session_participants set last_seen_at = now() where id = $1", 1, nullptr),
        PQclear);
    check(PQresultStatus(prepared.get()) == PGRES_COMMAND_OK, PQerrorMessage(db_.get()));
    live(kInterval * 4);
  }

  std::string title() const override {
    return index_ == Index::last_seen ? "one UPDATE each, last_seen indexed"
                                      : "one UPDATE each, without that index";
  }
  const char* table() const override { return "session_participants"; }

  void live(Duration time) override {
    for (Duration passed{0}; passed < time; passed += kInterval)
      for (const auto& id : ids_) {
        const char* value = id.c_str();
        const std::unique_ptr<PGresult, void (*)(PGresult*)> done(
            PQexecPrepared(db_.get(), "heartbeat", 1, &value, nullptr, nullptr, 0), PQclear);
        check(PQresultStatus(done.get()) == PGRES_COMMAND_OK, PQerrorMessage(db_.get()));
      }
  }

 private:
  std::string url() const { return server().url(database()); }
  void run(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> done(PQexec(db_.get(), sql.c_str()),
                                                              PQclear);
    check(PQresultStatus(done.get()) == PGRES_COMMAND_OK, PQerrorMessage(db_.get()));
  }

  const Index index_;
  std::unique_ptr<PGconn, void (*)(PGconn*)> db_;
  std::vector<std::string> ids_;
};

}  // namespace tarotforge::bench
