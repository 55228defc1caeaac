// The store's contract: the judgement of expiry, and who may be judged when.
#include <boost/json/parse.hpp>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Until it is certain that the server before is lost, and somebody judges.
template <class Backend>
void find_lost(StoreWorld<Backend>& world) {
  world.live(Backend::kFoundLost);
  world.get(world.store->expire({}));
}

template <class Backend>
bool is_stopped(StoreWorld<Backend>& world, ServerId id) {
  for (const auto& server : world.get(world.store->statistics()).servers)
    if (server.id == id) return server.stopped;
  FAIL("a server that is not listed");
  return false;
}

}  // namespace

TEST_CASE_TEMPLATE("EX1 EX2 SE4 a session expires at its deadline and not a millisecond before",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create(kShort);
  const auto made = world.invite(session);
  world.change(session, {.new_invites = {made}});
  world.live(minutes(10) - Duration(1));
  CHECK(world.expire(session).empty());
  CHECK(world.is_open(session.id));
  world.clock.advance(Duration(1));
  const auto expired = world.expire(session);
  REQUIRE(expired.size() == 1);
  const Instant deadline = session.last_activity + minutes(10);
  CHECK(expired[0].effect.deadline == deadline);
  CHECK(expired[0].effect.at == deadline);
  CHECK(expired[0].effect.participant_count == 1);
  const auto loaded = world.get(world.store->load(session.id));
  CHECK(expired[0].session == session.id);
  CHECK(expired[0].generation == session.generation);
  CHECK(expired[0].last_activity == session.last_activity);
  CHECK(loaded.phase == decltype(loaded.phase)(core::Ended{core::EndReason::expired, deadline,
                                                           deadline + session.policy.recovery}));
  CHECK_FALSE(loaded.participants[0].is_active);
  CHECK(loaded.participants[0].leave_reason == core::LeaveReason::expired);
  CHECK(loaded.reading == session.reading);
  CHECK(world.get(world.store->find_invite(made.code)).invite.closed_by_expiry);
}

TEST_CASE_TEMPLATE("EX11 the audit entry of an expiry says why, when and how late", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(10));
  world.clock.advance(Duration(250));
  world.expire(session);
  const auto entries = world.audit(session.id);
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].entry.type == "expired");
  CHECK(boost::json::parse(entries[0].entry.data) ==
        boost::json::parse(
            R"({"reason":"inactivity_timeout","duration_minutes":10.004,"participant_count":1,)"
            R"("expired_at":"2026-01-31T00:10:00.250Z","deadline":"2026-01-31T00:10:00.000Z",)"
            R"("lateness_ms":250})"));
}

TEST_CASE_TEMPLATE("EX4 what was heard and not yet flushed counts", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto session = world.create(kShort);
  world.live(minutes(10));
  auto claim = world.claim(session);
  claim.heard = session.last_activity + Duration(1);
  CHECK(world.get(world.store->expire({claim})).empty());
  claim.heard.reset();
  claim.kept_alive = true;
  CHECK(world.get(world.store->expire({claim})).empty());
  CHECK(world.is_open(session.id));
}

TEST_CASE_TEMPLATE("EX2 an extension is a deadline of its own", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create(kShort);
  session.phase =
      core::Open{session.last_activity + minutes(8), session.last_activity + minutes(12)};
  world.change(session);
  world.live(minutes(12) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("EX8 SE5 a claim of an earlier generation expires nothing", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create(kShort);
  const auto before = session;
  session.generation = 2;
  world.change(session);
  world.live(minutes(10));
  CHECK(world.expire(before).empty());
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("EX5 a session expires once, however many ask", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.open_aside();
  std::vector<core::SessionData> sessions;
  for (int i = 0; i < 30; ++i) sessions.push_back(world.create(kShort));
  world.live(minutes(10));
  std::vector<ports::Task<std::vector<ports::ExpiredSession>>> claims;
  std::vector<ports::Task<ports::SweptBatch>> sweeps;
  for (const auto& session : sessions)
    for (auto* store : {world.store.get(), world.aside.get()}) {
      claims.push_back(store->expire({world.claim(session)}));
      claims.push_back(store->expire({world.claim(session)}));
      sweeps.push_back(store->expire_batch({}, {}));
    }
  std::vector<std::shared_ptr<std::optional<Result<ports::SweptBatch>>>> sweeping;
  for (auto& sweep : sweeps) sweeping.push_back(world.loop.start(std::move(sweep)));
  std::size_t expired = 0;
  for (auto& result : world.loop.run_all(std::move(claims))) {
    REQUIRE(result);
    expired += result->size();
  }
  for (auto& answer : sweeping) {
    world.loop.run_until([&] { return answer->has_value(); });
    REQUIRE(**answer);
    expired += (**answer)->expired.size();
  }
  CHECK(expired == sessions.size());
  for (const auto& session : sessions) CHECK(world.audited(session.id, "expired") == 1);
}

TEST_CASE_TEMPLATE("EX6 EP6 a join that read before an expiry is refused by it, and the reverse",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto late = world.create(kShort), early = world.create(kShort);
  world.live(minutes(10));
  auto joined = late;
  joined.participants.push_back(world.guest());
  CHECK(world.expire(late).size() == 1);
  CHECK(world.refusal(world.store->commit({.session = joined, .read_revision = late.revision})) ==
        ErrorCode::conflict);

  early.last_activity = world.clock.now();
  early.participants.push_back(world.guest());
  world.change(early);
  CHECK(world.expire(early).empty());
}

TEST_CASE_TEMPLATE("EX9 a session that is older than the server waits a presence interval", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.get(world.store->publish_settings({{"PRESENCE_UPDATE_SECONDS", "40"}}));
  const auto old = world.create(kShort);
  world.live(minutes(10) - seconds(10));
  world.open_server();
  world.start_server();
  auto young = world.create({.timeout = seconds(20), .warning = seconds(10)});
  world.live(seconds(20));
  CHECK(world.expire(young).size() == 1);
  CHECK(world.expire(old).empty());
  world.live(seconds(20) - Duration(1));
  CHECK(world.expire(old).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(old).size() == 1);
}

TEST_CASE_TEMPLATE("EP3 where no server has registered the wall clock is observed now", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  const auto session = world.create(kShort);
  world.clock.advance(minutes(10) - Duration(1));
  CHECK(world.expire(session).empty());
  world.clock.advance(Duration(1));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("EP3 OU6 while nobody beats nothing expires, whoever asks", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.open_aside();
  const auto session = world.create(kShort);
  world.live(minutes(9));
  world.clock.advance(hours(3));
  CHECK(world.expire(session).empty());
  CHECK(world.get(world.aside->expire_batch({}, {})).expired.empty());
}

TEST_CASE_TEMPLATE("EP4 EP8 a held session waits until its server has flushed through the deadline",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.open_aside();
  auto session = world.create(kShort);
  world.change(session, {.hold = true});
  const Instant deadline = session.last_activity + minutes(10);
  world.live(minutes(10) - seconds(5));
  world.clock.advance(seconds(5));
  world.beat({.flushed_through = deadline - Duration(1)});  // alive, but not flushed so far
  CHECK(world.get(world.aside->expire({world.claim(session)})).empty());
  CHECK(world.get(world.aside->expire_batch({}, {})).expired.empty());
  CHECK(world.get(world.store->expire_batch({}, {})).expired.empty());
  world.beat({.flushed_through = deadline});
  CHECK(world.get(world.aside->expire_batch({}, {})).expired.size() == 1);
}

TEST_CASE_TEMPLATE("EP4 its own server may expire what it has heard through", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create(kShort);
  world.change(session, {.hold = true});
  world.live(minutes(10) - seconds(2));
  world.clock.advance(seconds(2));
  CHECK(world.expire(session).size() == 1);
}

TEST_CASE_TEMPLATE("EP1 EP9 a hold is written with its change, and goes with a release or a stop",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.open_aside();
  const auto held = [&](const core::SessionData& session) {
    return world.get(world.aside->expire({world.claim(session)})).empty();
  };
  auto kept = world.create(kShort), released = world.create(kShort), lone = world.create(kShort);
  for (auto* session : {&kept, &released}) world.change(*session, {.hold = true});
  const Instant flushed = world.clock.now();
  world.clock.advance(minutes(10));
  world.beat({.released = {released.id}, .flushed_through = flushed});
  world.clock.advance(seconds(60));
  world.beat({.flushed_through = flushed});
  // The gap between the beats is an outage; walk on until the deadlines have moved by.
  for (int i = 0; i < 150; ++i) {
    world.clock.advance(seconds(5));
    world.beat({.flushed_through = flushed});
  }
  CHECK_FALSE(held(released));
  CHECK_FALSE(held(lone));
  CHECK(held(kept));
  world.get(world.store->retire({.flushed_through = flushed}));
  CHECK_FALSE(held(kept));
}

TEST_CASE_TEMPLATE("EP5 what a crashed server may have heard is credited, up to 70 s", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto held = world.create(kShort), free = world.create(kShort);
  world.change(held, {.hold = true});
  const Instant created = world.clock.now();
  world.live(minutes(5));
  world.open_server();  // nothing was retired: as after a crash
  world.start_server();
  find_lost(world);
  CHECK(world.get(world.store->load(held.id)).last_activity == created + ports::kSettlement);
  CHECK(world.get(world.store->load(free.id)).last_activity == created);
  world.live(minutes(5) + ports::kSettlement - Backend::kFoundLost - Duration(1));
  CHECK(world.expire(held).empty());
  CHECK(world.expire(free).size() == 1);
  world.clock.advance(Duration(1));
  CHECK(world.expire(held).size() == 1);
}

TEST_CASE_TEMPLATE("EP5 a crashed server is credited little further than its last sign of life",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto held = world.create(kShort);
  world.change(held, {.hold = true});
  world.live(seconds(20));
  const Instant alive = world.clock.now();
  world.open_server();
  world.start_server();
  find_lost(world);
  // 10 s, but not what lies ahead of the moment in which it is found.
  const Duration credited = std::min(ports::kUnflushed, Backend::kFoundLost);
  CHECK(world.get(world.store->load(held.id)).last_activity == alive + credited);
}

TEST_CASE_TEMPLATE("EP5 a crashed server that held nothing is marked stopped", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  const auto crashed = world.start_server();
  world.live(seconds(20));
  CHECK_FALSE(is_stopped(world, crashed));
  world.open_server();  // nothing was retired: as after a crash
  const auto next = world.start_server();
  find_lost(world);
  CHECK(is_stopped(world, crashed));
  CHECK_FALSE(is_stopped(world, next));
}

TEST_CASE_TEMPLATE("EP5 a server that starts marks those stopped that were silent for 30 s",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  const auto crashed = world.start_server();
  world.clock.advance(minutes(10));  // nobody was there: an outage
  world.open_server();
  const auto next = world.start_server();
  CHECK(is_stopped(world, crashed));
  CHECK_FALSE(is_stopped(world, next));
}

TEST_CASE_TEMPLATE("EP10 a server whose row is gone is told that it is lost", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  CHECK(world.beat().lost);  // never registered
  world.start_server();
  CHECK_FALSE(world.beat().lost);
  world.get(world.store->retire({.flushed_through = world.clock.now()}));
  CHECK(world.beat().lost);
  world.start_server();
  CHECK_FALSE(world.beat().lost);
}

}  // namespace tarotforge::test
