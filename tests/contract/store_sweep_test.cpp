// The store's contract: the sweep's batches, purging and tidying.
#include <set>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

template <class World>
core::SessionData expired_session(World& world) {
  auto session = world.create(kShort);
  world.live(minutes(10));
  REQUIRE(world.expire(session).size() == 1);
  return world.get(world.store->load(session.id));
}

// What nobody may read once a session is purged.
void check_erased(const core::SessionData& purged, const core::SessionData& before) {
  CHECK(std::holds_alternative<core::Purged>(purged.phase));
  CHECK(purged.reading.question.empty());
  CHECK(purged.reading.interpretation.empty());
  CHECK(purged.reading.cards.empty());
  CHECK(purged.reading.undrawn.empty());
  CHECK(purged.reading.commitments.empty());
  CHECK_FALSE(purged.restore_key_hash);
  REQUIRE(purged.participants.size() == before.participants.size());
  for (const auto& participant : purged.participants) {
    CHECK(participant.name.empty());
    CHECK_FALSE(participant.token_hash);
    CHECK_FALSE(participant.is_active);
  }
}

}  // namespace

TEST_CASE_TEMPLATE("SW2 a sweep expires what is past its deadline, oldest first", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  std::vector<SessionId> due;
  for (int i = 0; i < 7; ++i) {
    due.push_back(world.create(kShort).id);
    world.clock.advance(Duration(1));
  }
  world.live(minutes(5));
  const auto young = world.create(kShort);
  const auto patient = world.create({.timeout = hours(3)});
  world.live(minutes(5));
  std::vector<SessionId> expired;
  std::optional<ports::SweepCursor> cursor = ports::SweepCursor{};
  while (cursor) {
    const auto batch = world.get(world.store->expire_batch({.batch = 3}, *cursor));
    CHECK(batch.expired.size() <= 3);
    for (const auto& each : batch.expired) expired.push_back(each.session);
    for (const auto& each : batch.sessions) CHECK(each.reason == "inactivity_timeout");
    cursor = batch.next;
  }
  CHECK(expired == due);
  CHECK(world.is_open(young.id));
  CHECK(world.is_open(patient.id));
}

TEST_CASE_TEMPLATE("SW3 SW5 batches walk on through sessions of one instant", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  for (int i = 0; i < 8; ++i) world.create(kShort);
  world.live(minutes(10));
  std::set<SessionId> told;
  std::size_t batches = 0;
  std::optional<ports::SweepCursor> cursor = ports::SweepCursor{};
  for (; cursor; ++batches) {
    REQUIRE(batches < 10);
    const auto batch = world.get(world.store->expire_batch({.batch = 3, .dry_run = true}, *cursor));
    for (const auto& each : batch.sessions) CHECK(told.insert(each.id).second);
    cursor = batch.next;
  }
  CHECK(told.size() == 8);
  CHECK(batches == 3);
}

TEST_CASE_TEMPLATE("SW5 a dry run tells what would be done and does nothing", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto ended = expired_session(world);
  world.live(hours(1));
  auto session = world.create(kShort);
  auto made = world.invite(session);
  made.expires_at = world.clock.now() + seconds(1);
  world.change(session, {.new_invites = {made}});
  world.live(minutes(10));

  const ports::SweepRequest dry{.batch = 500, .dry_run = true};
  const auto expiring = world.get(world.store->expire_batch(dry, {}));
  CHECK(expiring.expired.empty());
  REQUIRE(expiring.sessions.size() == 1);
  CHECK(expiring.sessions[0].id == session.id);
  CHECK(expiring.sessions[0].last_activity == session.last_activity);
  const auto purging = world.get(world.store->purge_batch(dry));
  CHECK(purging.purged == 1);
  CHECK(purging.sessions.at(0).reason == "recovery_over");
  CHECK_FALSE(purging.next);
  CHECK(world.get(world.store->tidy_batch(dry, kRetention)).invites_closed == 1);

  CHECK(world.get(world.store->load(session.id)) == session);
  CHECK(world.get(world.store->load(ended.id)) == ended);
  CHECK(world.get(world.store->find_invite(made.code)).invite == made);
  CHECK(world.audit(session.id).empty());
}

TEST_CASE_TEMPLATE("CP3 CP4 a session is purged when its recovery window is over", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto ended = expired_session(world);
  world.live(hours(1) - Duration(1));
  CHECK(world.get(world.store->purge_batch({})).purged == 0);
  world.clock.advance(Duration(1));
  const auto batch = world.get(world.store->purge_batch({}));
  CHECK(batch.purged == 1);
  CHECK_FALSE(batch.next);
  check_erased(world.get(world.store->load(ended.id)), ended);
  CHECK(world.audited(ended.id, "purged") == 1);
  CHECK(world.audited(ended.id, "expired") == 1);
  CHECK(world.get(world.store->purge_batch({})).purged == 0);
}

TEST_CASE_TEMPLATE("CP2 CP4 a delete purges an open session, with all that was said in it", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create();
  session.version = 1;
  const auto key = world.template make_id<IdempotencyKey>();
  const Digest token = *session.participants[0].token_hash;
  world.change(session, {.operations = {{.version = 1,
                                         .generation = 1,
                                         .by = session.host,
                                         .key = key,
                                         .kind = "interpret",
                                         .told = "{}",
                                         .at = world.clock.now()}},
                         .hold = true,
                         .answer = ports::StoredAnswer{.caller = "host",
                                                       .key = key,
                                                       .body_hash = {},
                                                       .answer = R"("a token")",
                                                       .at = world.clock.now()}});
  const auto unknown = world.template make_id<SessionId>();
  CHECK(world.get(world.store->purge({session.id, unknown}, core::EndReason::completed)) == 1);
  const auto purged = world.get(world.store->load(session.id));
  check_erased(purged, session);
  CHECK(std::get<core::Purged>(purged.phase).reason == core::EndReason::completed);
  CHECK(world.get(world.store->operations_after(session.id, 0, 10)).empty());
  CHECK_FALSE(world.get(world.store->recall("host", key)));
  CHECK_FALSE(world.get(world.store->token_known(token)));
  CHECK(world.audited(session.id, "completed") == 1);
  CHECK(world.audited(session.id, "purged") == 1);
  CHECK(world.get(world.store->purge({session.id}, core::EndReason::completed)) == 0);
}

TEST_CASE_TEMPLATE("CP3 after an outage nothing is purged before people could come back", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  expired_session(world);
  world.clock.advance(hours(2));
  world.open_server();
  world.start_server();
  world.live(seconds(30) - Duration(1));
  CHECK(world.get(world.store->purge_batch({})).purged == 0);
  world.clock.advance(Duration(1));
  CHECK(world.get(world.store->purge_batch({})).purged == 1);
}

TEST_CASE_TEMPLATE("SW4 a sweep closes invites past their own expiry", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  auto stale = world.invite(session), fresh = world.invite(session);
  stale.expires_at = world.clock.now() + minutes(1);
  fresh.expires_at = world.clock.now() + minutes(1) + Duration(1);
  world.change(session, {.new_invites = {stale, fresh, world.invite(session)}});
  world.clock.advance(minutes(1));
  CHECK(world.get(world.store->tidy_batch({}, kRetention)).invites_closed == 1);
  CHECK_FALSE(world.get(world.store->find_invite(stale.code)).invite.is_active);
  CHECK(world.get(world.store->find_invite(fresh.code)).invite.is_active);
  CHECK(world.get(world.store->tidy_batch({}, kRetention)).invites_closed == 0);
}

TEST_CASE_TEMPLATE("CP5 a purged session's skeleton and audit log go after their retention",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto kept = world.create();
  world.get(world.store->purge({session.id}, core::EndReason::completed));
  world.clock.advance(kRetention - Duration(1));
  world.get(world.store->tidy_batch({}, kRetention));
  CHECK(world.audit(session.id).size() == 2);
  world.clock.advance(Duration(1));
  world.get(world.store->tidy_batch({}, kRetention));
  CHECK(world.refusal(world.store->load(session.id)) == ErrorCode::session_not_found);
  CHECK(world.audit(session.id).empty());
  CHECK(world.get(world.store->load(kept.id)) == kept);
}

TEST_CASE_TEMPLATE("SW6 two sweeps at once expire and purge each session once", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.open_aside();
  std::vector<SessionId> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(world.create(kShort).id);
  world.live(minutes(10));
  std::size_t expired = 0, purged = 0;
  const auto sweep = [&](auto call) {
    std::vector<ports::Task<ports::SweptBatch>> tasks;
    for (int i = 0; i < 6; ++i) tasks.push_back(call(i % 2 ? *world.store : *world.aside));
    for (const auto& batch : world.loop.run_all(std::move(tasks))) {
      REQUIRE(batch);
      expired += batch->expired.size();
      purged += batch->purged;
    }
  };
  sweep([](ports::Store& store) { return store.expire_batch({.batch = 15}, {}); });
  CHECK(expired == 40);
  world.live(hours(1));
  sweep([](ports::Store& store) { return store.purge_batch({.batch = 15}); });
  CHECK(purged == 40);
  for (const auto& id : ids) CHECK(world.audit(id).size() == 2);
}

}  // namespace tarotforge::test
