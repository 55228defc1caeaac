// Several servers on one PostgreSQL database: what each may take for granted of the others.
#include <algorithm>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// A world with a second server, which beats on its own.
class TwoServers : public StoreWorld<OnPostgres> {
 public:
  TwoServers() {
    start_server();
    auto opened = backend.open(*this, loop, StoreAccess::serve);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    other = *std::move(opened);
    get(other->register_server(make_id<ServerId>(), "test"));
  }

  std::unique_ptr<ports::Store> other;

  ports::BeatResult beat_other(ports::Beat beat = {}) {
    if (beat.flushed_through == Instant{}) beat.flushed_through = clock.now();
    return get(other->beat(std::move(beat)));
  }
  void live_both(Duration span) {
    const Instant until = clock.now() + span;
    while (clock.now() < until) {
      clock.advance(std::min(ports::kBeatInterval, until - clock.now()));
      beat();
      beat_other();
    }
  }
  std::string ask(const std::string& sql) {
    const auto values = backend.database().run(sql);
    return values.empty() ? "" : values.front();
  }
};

}  // namespace

TEST_CASE(
    "EP4 a session that two servers hold waits until both have flushed through its deadline") {
  TwoServers pair;
  auto session = pair.create(kShort);
  pair.change(session, {.hold = true});
  ports::Change joined{.session = session, .read_revision = session.revision, .hold = true};
  session.revision = pair.get(pair.other->commit(joined)).revision;
  const Instant created = pair.clock.now();
  while (pair.clock.now() < created + minutes(10)) {
    pair.clock.advance(ports::kBeatInterval);
    pair.beat();
    pair.beat_other({.flushed_through = created});
  }
  CHECK(pair.expire(session).empty());
  CHECK(pair.get(pair.other->expire_batch({}, {})).expired.empty());
  pair.beat_other();
  CHECK(pair.expire(session).size() == 1);
}

TEST_CASE("EP5 EP10 a server that is silent for 30 s is found lost by the other, and told so") {
  TwoServers pair;
  auto held = pair.create(kShort);
  ports::Change joined{.session = held, .read_revision = held.revision, .hold = true};
  held.revision = pair.get(pair.other->commit(joined)).revision;
  pair.live_both(minutes(5));
  pair.live(ports::kServerLostAfter);
  pair.get(pair.store->expire({}));
  CHECK(pair.get(pair.store->load(held.id)).last_activity == held.last_activity);
  pair.live(Duration(1));
  pair.get(pair.store->expire({}));
  CHECK(pair.get(pair.store->load(held.id)).last_activity ==
        held.last_activity + ports::kSettlement);
  // It never writes with its old row.
  const auto refused = pair.refusal(
      pair.other->commit({.session = held, .read_revision = held.revision, .hold = true}));
  CHECK(refused == ErrorCode::saving_paused);
  const auto told = pair.beat_other({.heard = {{held.id, held.generation, pair.clock.now()}}});
  CHECK(told.lost);
  CHECK(pair.get(pair.store->load(held.id)).last_activity < pair.clock.now());
  pair.get(pair.other->register_server(pair.make_id<ServerId>(), "test"));
  CHECK_FALSE(pair.beat_other().lost);
}

TEST_CASE("EP5 EP10 a silent server that holds nothing is marked stopped too, and goes on anew") {
  TwoServers pair;
  const auto stopped = [&] {
    return pair.ask("select count(*) from servers where stopped_at is not null");
  };
  pair.live(ports::kServerLostAfter);
  pair.get(pair.store->expire({}));
  CHECK(stopped() == "0");
  pair.live(Duration(1));
  pair.get(pair.store->expire({}));
  CHECK(stopped() == "1");
  CHECK(pair.beat_other().lost);
  pair.get(pair.other->register_server(pair.make_id<ServerId>(), "test"));
  CHECK_FALSE(pair.beat_other().lost);
  CHECK_FALSE(pair.beat().lost);
}

TEST_CASE("OU2 servers that come back together record one outage") {
  TwoServers pair;
  pair.create(kShort);
  pair.clock.advance(hours(1));
  std::vector<ports::Task<ports::BeatResult>> beats;
  for (auto* store : {pair.store.get(), pair.other.get()})
    beats.push_back(store->beat({.flushed_through = pair.clock.now()}));
  for (const auto& result : pair.loop.run_all(std::move(beats))) {
    REQUIRE(result);
    CHECK(result->outages.size() == 1);
  }
  CHECK(pair.get(pair.store->statistics()).outage_credit == Duration(hours(1)));
}

TEST_CASE("OU2 while one server beats there is no outage") {
  TwoServers pair;
  pair.create(kShort);
  pair.live(minutes(3));
  CHECK(pair.beat_other().outages.empty());
}

TEST_CASE("OU8 OU9 servers that see one jump of the wall clock follow it once") {
  TwoServers pair;
  const auto session = pair.create(kShort);
  pair.live_both(minutes(1));
  pair.clock.jump_wall(hours(5));
  std::vector<ports::Task<ports::BeatResult>> beats;
  for (auto* store : {pair.store.get(), pair.other.get()})
    beats.push_back(store->beat({.flushed_through = pair.clock.now()}));
  for (const auto& result : pair.loop.run_all(std::move(beats))) {
    REQUIRE(result);
    CHECK(result->calendar_shift == Duration(hours(5)));
  }
  CHECK(pair.get(pair.store->load(session.id)) == session);
  CHECK(pair.get(pair.other->load(session.id)) == session);
  CHECK(pair.ask("select count(*) from service_outages where kind = 'clock'") == "1");
}

TEST_CASE("ID2 of two servers that are asked the same thing at once one does it") {
  TwoServers pair;
  const auto key = pair.make_id<IdempotencyKey>();
  for (int round = 0; round < 20; ++round) {
    std::vector<ports::Task<ports::Committed>> creates;
    for (auto* store : {pair.store.get(), pair.other.get()})
      creates.push_back(
          store->commit({.session = pair.fresh(),
                         .answer = ports::StoredAnswer{.caller = std::to_string(round),
                                                       .key = key,
                                                       .body_hash = sha256("body"),
                                                       .answer = "{}",
                                                       .at = pair.clock.now()}}));
    const auto results = pair.loop.run_all(std::move(creates));
    CHECK(std::ranges::count_if(results, [](const auto& r) { return r.has_value(); }) == 1);
    for (const auto& result : results)
      if (!result) CHECK(result.error().code == ErrorCode::conflict);
  }
  CHECK(pair.ask("select count(*) from reading_sessions") == "20");
}

TEST_CASE("ST12 what the other server committed is noticed, and not for ever") {
  TwoServers pair;
  auto session = pair.create();
  pair.live_both(seconds(15));
  auto changed = session;
  changed.reading.question = "From the other";
  pair.get(pair.other->commit({.session = changed, .read_revision = session.revision}));
  CHECK_FALSE(pair.beat_other().changed_elsewhere);
  CHECK(pair.beat().changed_elsewhere);
  pair.live(seconds(15));
  CHECK_FALSE(pair.beat().changed_elsewhere);
  CHECK(pair.get(pair.store->changed_elsewhere({{session.id, session.revision}})) ==
        std::vector{session.id});
}

TEST_CASE("ST12 what SQL changed is noticed, and not for ever") {
  TwoServers pair;
  const auto session = pair.create();
  pair.beat();
  pair.ask("update reading_sessions set revision = revision + 1");
  CHECK(pair.beat().changed_elsewhere);
  pair.live(seconds(15));
  CHECK_FALSE(pair.beat().changed_elsewhere);
  CHECK(pair.get(pair.store->changed_elsewhere({{session.id, session.revision}})) ==
        std::vector{session.id});
}

TEST_CASE("ST12 MS2 what the other server commits late is noticed within a second of its commit") {
  TwoServers pair;
  const auto session = pair.create();
  const auto look = [&] {
    pair.clock.advance(seconds(1));
    return pair.get(pair.store->changed_elsewhere({{session.id, session.revision}}));
  };
  CHECK(look().empty());
  const std::unique_ptr<PGconn, void (*)(PGconn*)> busy(
      PQconnectdb(pair.backend.database().url().c_str()), PQfinish);
  const auto say = [&](const char* sql) { PQclear(PQexec(busy.get(), sql)); };
  say("begin");
  say("select 1 from reading_sessions for update");
  const auto drawn = [&] { return pair.ask("select last_value from session_changes"); };
  const auto before = drawn();
  auto changed = session;
  changed.reading.question = "Late";
  const auto late = pair.loop.start<ports::Committed>(
      pair.other->commit({.session = changed, .read_revision = session.revision}));
  pair.loop.run_until([&] { return drawn() != before; });
  for (int i = 0; i < 4; ++i) CHECK(look().empty());
  CHECK(pair.beat().changed_elsewhere);
  say("rollback");
  pair.loop.run_until([&] { return late->has_value(); });
  REQUIRE(**late);
  CHECK(look() == std::vector{session.id});
  CHECK(pair.beat().changed_elsewhere);
}

TEST_CASE("EX5 of many sessions that two servers sweep at once each expires once") {
  TwoServers pair;
  std::vector<SessionId> ids;
  for (int i = 0; i < 200; ++i) ids.push_back(pair.create(kShort).id);
  pair.live_both(minutes(10));
  std::vector<ports::Task<std::vector<ports::ExpiredSession>>> claims;
  for (const auto& id : ids)
    for (auto* store : {pair.store.get(), pair.other.get()})
      claims.push_back(
          store->expire({{.session = id, .generation = 1, .heard_through = pair.clock.now()}}));
  std::size_t expired = 0;
  for (const auto& result : pair.loop.run_all(std::move(claims))) {
    REQUIRE(result);
    expired += result->size();
  }
  CHECK(expired == ids.size());
  CHECK(pair.ask("select count(*) from session_audit_log where event_type = 'expired'") == "200");
}

TEST_CASE("SW4 CL7 rows that belong to no session are told, and a sweep removes them") {
  TwoServers pair;
  pair.create();
  pair.ask(
      "set session_replication_role = replica; "
      "insert into session_participants (session_id) select gen_random_uuid() "
      "from generate_series(1, 30); "
      "insert into session_operations (session_id, version, participant_id, kind) "
      "values (gen_random_uuid(), 1, gen_random_uuid(), 'x')");
  CHECK(pair.get(pair.store->diagnose()).size() == 2);
  CHECK(pair.get(pair.store->tidy_batch({.dry_run = true}, hours(1))).orphans_removed == 31);
  std::size_t removed = 0;
  for (auto more = true; more;) {
    const auto batch = pair.get(pair.store->tidy_batch({.batch = 1}, hours(1)));
    removed += batch.orphans_removed;
    more = batch.next.has_value();
  }
  CHECK(removed == 31);
  CHECK(pair.get(pair.store->diagnose()).empty());
  CHECK(pair.ask("select count(*) from session_participants") == "1");
}

TEST_CASE("CP6 a session that cannot be purged is set aside, told, and keeps no other") {
  TwoServers pair;
  const auto stuck = pair.create(kShort), free = pair.create(kShort);
  pair.live_both(minutes(10));
  pair.get(pair.store->expire_batch({}, {}));
  pair.clock.advance(hours(24));
  pair.live_both(minutes(1));
  pair.ask(
      "create function refuse() returns trigger language plpgsql as $$ begin "
      "raise check_violation using message = 'kept'; end $$; "
      "create trigger refuse before update on reading_sessions for each row "
      "when (old.id = '" +
      stuck.id.to_string() +
      "' and new.purged_at is not null) "
      "execute function refuse()");
  const auto batch = pair.get(pair.store->purge_batch({}));
  CHECK(batch.purged == 1);
  CHECK(batch.quarantined == 1);
  CHECK(std::holds_alternative<core::Purged>(pair.get(pair.store->load(free.id)).phase));
  CHECK(pair.get(pair.store->purge_batch({})).quarantined == 0);
  CHECK(pair.get(pair.store->diagnose()).size() == 1);
}

}  // namespace tarotforge::test
