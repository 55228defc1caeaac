// One server without its sockets: the real use cases on the real store, in virtual time. Time
// passes only in pass(); in between everything runs until nothing more happens by itself.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/beat.h"
#include "app/cleanup.h"
#include "app/invites.h"
#include "app/lifecycle.h"
#include "app/perform.h"
#include "app/presence.h"
#include "app/report.h"
#include "app/sessions.h"
#include "protocol/views.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/support/counting_store.h"
#include "tests/support/loop.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_log.h"
#include "tests/support/virtual_clock.h"
#include "tests/support/visitor.h"

namespace tarotforge::test {

using boost::json::object;

// Short times, so that an inactivity is some thousand ticks: timeout 120 s, lead 30 s.
inline app::Settings short_settings() {
  app::Settings settings;
  settings.policy.defaults.timeout = std::chrono::seconds(120);
  settings.policy.defaults.warning = std::chrono::seconds(30);
  settings.policy.timeout_min = std::chrono::seconds(1);
  settings.public_url = "https://tarot.example";
  return settings;
}

struct Person {
  SessionId session;
  ParticipantId id;
  std::string token;
  object answer;  // to the create or join
};

class HouseWorld {
 public:
  using Opener = std::function<std::unique_ptr<ports::Store>(HouseWorld&)>;

  // On SQLite, where no other store is given.
  explicit HouseWorld(app::Settings chosen = short_settings(), Opener opener = {})
      : settings(std::move(chosen)), open_other(std::move(opener)) {
    start();
  }
  ~HouseWorld() { crash(); }

  VirtualClock clock;
  TestLog log;
  static constexpr std::uint64_t kSeed = 20260131;
  Prng random{kSeed};
  TemporaryFolder folder;
  app::Settings settings;
  Loop loop;
  Opener open_other;
  std::unique_ptr<ports::Store> database;
  std::unique_ptr<CountingStore> store;
  std::unique_ptr<app::House> house;
  std::unique_ptr<app::SessionCleanupService> cleanup;

  std::string path() const { return folder.file("readings.db"); }

  std::unique_ptr<store::sqlite::SqliteStore> open_store(store::sqlite::Access access) {
    auto opened = store::sqlite::SqliteStore::open({.path = path(),
                                                    .clock = clock,
                                                    .log = log,
                                                    .random = random,
                                                    .access = access,
                                                    .busy_timeout = std::chrono::milliseconds(1)});
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    return *std::move(opened);
  }

  void start() {
    database = open_other ? open_other(*this) : open_store(store::sqlite::Access::serve);
    store = std::make_unique<CountingStore>(*database);
    house = std::make_unique<app::House>(app::World{clock, *store, random, log}, settings,
                                         loop.context.get_executor());
    get(app::start_house(*house, ServerId::make(clock.wall(), random)));
    house->scope.spawn([this] { return app::keep_beating(*house); });
    house->scope.spawn([this] { return app::keep_deadlines(*house); });
    cleanup = std::make_unique<app::SessionCleanupService>(
        clock, *store, random, log,
        app::SessionCleanupService::Options{settings.cleanup_interval, settings.audit_retention},
        [this](const auto& expired) { app::take_over_expired(*house, expired); });
    settle();
  }
  // As by kill -9: nothing more is flushed.
  void crash() {
    if (!house) return;
    house->scope.close();
    settle();
    cleanup.reset();
    house.reset();
    store.reset();
    database.reset();
  }
  void stop() {  // cleanly
    house->scope.close();
    settle();
    get(app::retire_house(*house));
    crash();
  }

  // Runs what is ready and what the store answers, until nothing is under way.
  void settle() {
    loop.run_until([this] {
      loop.context.restart();
      while (loop.context.poll() > 0) {
      }
      return store->under_way() == 0;
    });
  }
  // Lets time pass from one sleeper's hour to the next.
  void pass(Duration span) { pass_until(clock.now() + span); }
  void pass_until(Instant until) {
    settle();
    while (clock.now() < until) {
      clock.advance_to(std::min(clock.next_due(), until));
      settle();
    }
  }
  // Steps of a server that is busy elsewhere: nothing runs meanwhile.
  void sleep_through(Duration span) { clock.advance(span); }

  template <class T>
  std::shared_ptr<std::optional<Result<T>>> begin(ports::Task<T> task) {
    return loop.start<T>(std::move(task));
  }
  template <class T>
  Result<T> run(ports::Task<T> task) {
    auto answer = begin<T>(std::move(task));
    settle();
    REQUIRE(answer->has_value());
    return *std::move(*answer);
  }
  template <class T>
  T get(ports::Task<T> task) {
    auto result = run<T>(std::move(task));
    REQUIRE_MESSAGE(result, result.error().sentence());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
  }
  // "ok", or the refusal's name.
  template <class T>
  std::string answer(ports::Task<T> task) {
    return word(run<T>(std::move(task)));
  }
  template <class T>
  static std::string word(const Result<T>& result) {
    return result ? "ok" : std::string(info(result.error().code).name);
  }

  Person person_of(object reply) {
    const auto& session = reply.at("session").as_object();
    const auto& participant = reply.at("participant").as_object();
    return {SessionId::parse(session.at("id").as_string()).value(),
            ParticipantId::parse(participant.at("id").as_string()).value(),
            std::string(reply.at("token").as_string()), reply};
  }
  Person create(protocol::CreateRequest request = {.deck_id = "classic"}) {
    return person_of(get(app::create_session(*house, std::move(request), {.caller = "here"})));
  }
  static std::string code_of(const Person& host) {
    return std::string(host.answer.at("invite").at("code").as_string());
  }
  ports::Task<object> joining(const std::string& code, std::string name = "Guest") {
    return app::join_session(*house, code, {.name = std::move(name)}, {.caller = code});
  }
  Person join(const Person& host, std::string name = "Guest") {
    return person_of(get(joining(code_of(host), std::move(name))));
  }

  struct Here {  // somebody in a room
    std::unique_ptr<Visitor> visitor;
    std::shared_ptr<app::Room> room;
    ConnectionId connection;
  };
  Here enter(const Person& who, std::optional<std::uint64_t> since = {}) {
    Here here{std::make_unique<Visitor>(clock), nullptr, {}};
    auto joined = get(app::enter(*house, who.session, {who.token, since}, *here.visitor));
    here.room = joined.room;
    here.connection = joined.connection;
    return here;
  }
  void leave(const Here& here, core::LeaveReason reason) {
    app::leave(*house, *here.room, here.connection, reason);
    settle();
  }

  app::Member member(const Person& who) {
    return get(app::authenticate(*house, who.session, who.token));
  }
  Result<object> operate(const Person& who, core::Operation operation,
                         std::optional<IdempotencyKey> key = {}) {
    protocol::OperationRequest request{std::move(operation), key ? key : make_key(), {}};
    const auto digest = sha256(core::kind_of(request.operation));
    return run(app::operate_session(*house, member(who), std::move(request), digest));
  }
  IdempotencyKey make_key() { return IdempotencyKey::make(clock.wall(), random); }
  ports::Task<> reporting(const Here& here, protocol::ActivityReport report = {}) {
    return app::report_activity(*house, here.room, here.connection, report);
  }

  protocol::SweepReport sweep(bool dry_run = false) {
    auto running = begin<protocol::SweepReport>(cleanup->run(dry_run));
    while (!running->has_value()) pass(std::chrono::milliseconds(10));
    REQUIRE(**running);
    return *std::move(**running);
  }

  core::SessionData row(SessionId id) { return get(store->load(id)); }
  std::size_t audited(SessionId id, std::string_view type) {
    std::size_t found = 0;
    for (const auto& stored : get(store->audit(id, 0, 1000))) found += stored.entry.type == type;
    return found;
  }
};

inline std::string text_at(const object& from, std::string_view name) {
  const auto& value = from.at(name);
  return value.is_null() ? "null" : std::string(value.as_string());
}

}  // namespace tarotforge::test
