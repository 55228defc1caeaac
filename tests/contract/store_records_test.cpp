// The store's contract: operations, idempotent answers and invites.
#include <algorithm>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

ports::StoredOperation operation(const core::SessionData& session, std::uint64_t version,
                                 Instant at) {
  return {.version = version,
          .generation = session.generation,
          .by = session.host,
          .key = std::nullopt,
          .request_hash = sha256("request"),
          .kind = "set_question",
          .told = R"({"kind":"set_question"})",
          .at = at};
}

ports::StoredAnswer answer(IdempotencyKey key, std::string_view body, Instant at) {
  return {.caller = "somebody",
          .key = key,
          .body_hash = sha256(body),
          .answer = R"({"done":true})",
          .at = at};
}

}  // namespace

TEST_CASE_TEMPLATE("VR4 operations are paged in the order of their versions", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  for (std::uint64_t version = 1; version <= 7; ++version) {
    session.version = version;
    world.change(session, {.operations = {operation(session, version, world.clock.now())}});
  }
  const auto page = world.get(world.store->operations_after(session.id, 2, 3));
  REQUIRE(page.size() == 3);
  CHECK(page.front().version == 3);
  CHECK(page.back().version == 5);
  CHECK(page.front().told == R"({"kind":"set_question"})");
  CHECK(page.front().by == session.host);
  CHECK(page.front().at == world.clock.now());
  CHECK(world.get(world.store->operations_after(session.id, 7, 3)).empty());
}

TEST_CASE_TEMPLATE("VR1 two operations never have one version", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  world.change(session, {.operations = {operation(session, 1, world.clock.now())}});
  ports::Change again{.session = session,
                      .read_revision = session.revision,
                      .operations = {operation(session, 1, world.clock.now())}};
  CHECK(world.refusal(world.store->commit(again)) == ErrorCode::conflict);
}

TEST_CASE_TEMPLATE("ID1 ID2 an operation's key is taken once and told from its reuse", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto key = world.template make_id<IdempotencyKey>();
  auto first = operation(session, 1, world.clock.now());
  first.key = key;
  world.change(session, {.operations = {first}});
  const auto recalled = world.get(world.store->recall_operation(session.id, session.host, key));
  REQUIRE(recalled);
  CHECK(recalled->version == 1);
  CHECK(recalled->request_hash == first.request_hash);

  auto repeated = first;
  repeated.version = 2;
  ports::Change change{
      .session = session, .read_revision = session.revision, .operations = {repeated}};
  CHECK(world.refusal(world.store->commit(change)) == ErrorCode::conflict);
  change.operations.front().request_hash = sha256("another");
  CHECK(world.refusal(world.store->commit(change)) == ErrorCode::idempotency_key_reused);
  const auto somebody = world.template make_id<ParticipantId>();
  CHECK_FALSE(world.get(world.store->recall_operation(session.id, somebody, key)));
}

TEST_CASE_TEMPLATE("ID2 ID6 an answer is kept with its change, and its key with its body", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto key = world.template make_id<IdempotencyKey>();
  world.change(session, {.answer = answer(key, "body", world.clock.now())});
  world.open_server();
  const auto recalled = world.get(world.store->recall("somebody", key));
  REQUIRE(recalled);
  CHECK(recalled->answer == R"({"done":true})");
  CHECK_FALSE(world.get(world.store->recall("another", key)));

  ports::Change change{.session = session,
                       .read_revision = session.revision,
                       .answer = answer(key, "another body", world.clock.now())};
  CHECK(world.refusal(world.store->commit(change)) == ErrorCode::idempotency_key_reused);
  change.answer = answer(key, "body", world.clock.now());
  CHECK(world.refusal(world.store->commit(change)) == ErrorCode::conflict);
}

TEST_CASE_TEMPLATE("ID5 a key is free again after 24 hours", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto key = world.template make_id<IdempotencyKey>();
  world.change(session, {.answer = answer(key, "body", world.clock.now())});
  world.clock.advance(ports::kIdempotencyKept - Duration(1));
  CHECK(world.get(world.store->recall("somebody", key)));
  world.clock.advance(Duration(1));
  CHECK_FALSE(world.get(world.store->recall("somebody", key)));
  world.change(session, {.answer = answer(key, "another body", world.clock.now())});
  CHECK(world.get(world.store->recall("somebody", key))->body_hash == sha256("another body"));
}

TEST_CASE_TEMPLATE("JN1 an invite is found by its code, with its session", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  auto made = world.invite(session, 3);
  made.expires_at = world.clock.now() + Duration(1000);
  made.role = core::Role::reader;
  world.change(session, {.new_invites = {made}});
  const auto found = world.get(world.store->find_invite(made.code));
  CHECK(found.invite == made);
  CHECK(found.session == session);
  CHECK(world.refusal(world.store->find_invite("nothing")) == ErrorCode::invite_not_found);
  CHECK(world.get(world.store->invites(session.id)) == std::vector{made});
}

TEST_CASE_TEMPLATE("JN4 JN10 each use is counted, and no further than the last", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto made = world.invite(session, 2);
  world.change(session, {.new_invites = {made}});
  world.change(session, {.used_invite = made.id});
  world.change(session, {.used_invite = made.id});
  CHECK(world.get(world.store->find_invite(made.code)).invite.uses == 2);
  ports::Change third{
      .session = session, .read_revision = session.revision, .used_invite = made.id};
  CHECK(world.refusal(world.store->commit(third)) == ErrorCode::conflict);
  const auto found = world.get(world.store->find_invite(made.code));
  CHECK(found.invite.uses == 2);
  CHECK(found.session == session);  // the refused change left no part of itself
}

TEST_CASE_TEMPLATE(
    "JN13 JN15 of many joins by the last use one is admitted, the others leave "
    "nothing behind",
    Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  auto session = world.create();
  const auto made = world.invite(session, 1);
  world.change(session, {.new_invites = {made}});
  std::vector<ports::Task<ports::Committed>> joins;
  for (int i = 0; i < 20; ++i) {
    auto joined = session;
    joined.participants.push_back(world.guest());
    joins.push_back(world.store->commit({.session = joined,
                                         .read_revision = session.revision,
                                         .audit = {world.entry("joined")},
                                         .used_invite = made.id,
                                         .hold = true}));
  }
  const auto results = world.loop.run_all(std::move(joins));
  CHECK(std::ranges::count_if(results, [](const auto& r) { return r.has_value(); }) == 1);
  for (const auto& result : results)
    if (!result) CHECK(result.error().code == ErrorCode::conflict);
  const auto found = world.get(world.store->find_invite(made.code));
  CHECK(found.invite.uses == 1);
  CHECK(found.session.participants.size() == 2);
  CHECK(world.audited(session.id, "joined") == 1);
}

TEST_CASE_TEMPLATE("JN2 a revoked invite says so and takes no more uses", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto made = world.invite(session);
  world.change(session, {.new_invites = {made}});
  world.change(session, {.revoked_invite = made.id});
  const auto found = world.get(world.store->find_invite(made.code)).invite;
  CHECK(found.revoked_at == world.clock.now());
  CHECK_FALSE(found.is_active);
  ports::Change use{.session = session, .read_revision = session.revision, .used_invite = made.id};
  CHECK(world.refusal(world.store->commit(use)) == ErrorCode::conflict);
}

TEST_CASE_TEMPLATE("RS3 a restore opens the invites that expiry closed, and no others", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto open = world.invite(session), revoked = world.invite(session);
  auto stale = world.invite(session);
  stale.expires_at = world.clock.now();
  world.change(session, {.new_invites = {open, revoked, stale}});
  world.get(world.store->tidy_batch({}, std::chrono::hours(24)));
  world.change(session, {.revoked_invite = revoked.id});
  session.phase = core::Ended{core::EndReason::expired, world.clock.now(),
                              world.clock.now() + session.policy.recovery};
  world.change(session, {.close_invites = true});
  CHECK(world.get(world.store->find_invite(open.code)).invite.closed_by_expiry);
  CHECK_FALSE(world.get(world.store->find_invite(open.code)).invite.is_active);
  session.phase = core::Open{};
  world.change(session, {.reopen_invites = true});
  CHECK(world.get(world.store->find_invite(open.code)).invite == open);
  CHECK_FALSE(world.get(world.store->find_invite(revoked.code)).invite.is_active);
  CHECK_FALSE(world.get(world.store->find_invite(stale.code)).invite.is_active);
}

TEST_CASE_TEMPLATE("ST4 of writes that wait together a refused one undoes no other", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  std::vector<ports::Task<ports::Committed>> writes;
  std::vector<core::SessionData> sessions;
  for (int i = 0; i < 50; ++i) {
    sessions.push_back(world.fresh());
    writes.push_back(world.store->commit({.session = sessions.back()}));
    writes.push_back(world.store->commit({.session = sessions.back()}));  // one finds the id taken
  }
  const auto results = world.loop.run_all(std::move(writes));
  for (std::size_t i = 0; i < results.size(); i += 2)
    CHECK(results[i].has_value() != results[i + 1].has_value());
  for (auto& session : sessions) {
    session.revision = 1;
    CHECK(world.get(world.store->load(session.id)) == session);
  }
}

}  // namespace tarotforge::test
