// The store's contract: a session's row, what is written with it, and what is refused.
#include <algorithm>

#include "tests/support/random_session.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {

TEST_CASE_TEMPLATE("ST14 a session is loaded as it was written", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    auto session = RandomSession(seed, world.clock.now()).draw();
    session.revision = world.get(world.store->commit({.session = session})).revision;
    CHECK(world.get(world.store->load(session.id)) == session);

    auto next = RandomSession(seed + 1000, world.clock.now()).draw();
    next.id = session.id;
    next.created_at = session.created_at;  // which never changes
    next.revision = session.revision;
    next.participants.insert(next.participants.begin(), session.participants.begin(),
                             session.participants.end());
    next.participants.front().name = "Renamed";
    world.change(next);
    CHECK(world.get(world.store->load(session.id)) == next);
  }
}

TEST_CASE_TEMPLATE("ST14 a session is equal after the store was opened again", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  const auto session = world.create();
  world.open_server();
  CHECK(world.get(world.store->load(session.id)) == session);
}

TEST_CASE_TEMPLATE("SE6 a write that carries an old revision is refused and changes nothing",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  auto stale = session;
  session.reading.question = "The first";
  world.change(session);
  stale.reading.question = "The second";
  ports::Change change{.session = stale, .read_revision = stale.revision};
  change.audit.push_back(world.entry("joined"));
  CHECK(world.refusal(world.store->commit(change)) == ErrorCode::conflict);
  CHECK(world.get(world.store->load(session.id)) == session);
  CHECK(world.audit(session.id).empty());
}

TEST_CASE_TEMPLATE("SE6 a session is created once", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  const auto session = world.create();
  CHECK(world.refusal(world.store->commit({.session = session})) == ErrorCode::conflict);
}

TEST_CASE_TEMPLATE("ER6 an unknown session is not found", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  CHECK(world.refusal(world.store->load(world.template make_id<SessionId>())) ==
        ErrorCode::session_not_found);
}

TEST_CASE_TEMPLATE("SE8 audit entries are gapless per session and come with their change", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto first = world.create();
  auto second = world.create();
  for (int i = 0; i < 5; ++i) {
    world.change(first, {.audit = {world.entry("joined"), world.entry("left")}});
    world.change(second, {.audit = {world.entry("joined")}});
    ports::Change stale{.session = first, .read_revision = 1, .audit = {world.entry("warned")}};
    CHECK(world.refusal(world.store->commit(stale)) == ErrorCode::conflict);
  }
  const auto entries = world.audit(first.id);
  REQUIRE(entries.size() == 10);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(entries[i].sequence == i + 1);
    CHECK(entries[i].entry.type == (i % 2 == 0 ? "joined" : "left"));
  }
  CHECK(world.audit(second.id).size() == 5);
  const auto page = world.get(world.store->audit(first.id, 4, 3));
  REQUIRE(page.size() == 3);
  CHECK(page.front().sequence == 5);
}

TEST_CASE_TEMPLATE("SE8 XP2 the newest entries of an audit log come in its order", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create(), other = world.create();
  for (int i = 0; i < 125; ++i)
    world.change(session, {.audit = {world.entry("joined"), world.entry("left")}});
  world.change(other, {.audit = {world.entry("joined")}});
  const auto newest = world.get(world.store->newest_audit(session.id, 200));
  REQUIRE(newest.size() == 200);
  for (std::size_t i = 0; i < newest.size(); ++i) CHECK(newest[i].sequence == 51 + i);
  CHECK(world.get(world.store->newest_audit(other.id, 200)).size() == 1);
}

TEST_CASE_TEMPLATE("AC4 an older last activity never replaces a newer one", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const auto read = session;
  world.start_server();
  world.clock.advance(Duration(60'000));
  const Instant heard = world.clock.now();
  world.beat({.heard = {{session.id, session.generation, heard}},
              .seen = {{session.id, session.host, heard}}});
  world.beat({.heard = {{session.id, session.generation, heard - Duration(1000)}}});
  world.change(session);  // knows nothing of the beat
  const auto loaded = world.get(world.store->load(session.id));
  CHECK(loaded.last_activity == heard);
  CHECK(loaded.participants.front().last_seen_at == heard);
  CHECK(loaded.updated_at == read.updated_at);
}

TEST_CASE_TEMPLATE("AC4 PO6 what a beat wrote while somebody watched outlives an older write",
                   Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  world.start_server();
  world.clock.advance(Duration(60'000));
  const Instant watched = world.clock.now();
  world.beat({.heard = {{session.id, session.generation, watched}}});
  world.change(session);
  CHECK(world.get(world.store->load(session.id)).last_activity == watched);
}

TEST_CASE_TEMPLATE("SE5 a beat of an earlier generation moves nothing", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  world.start_server();
  ++session.generation;
  world.change(session);
  world.clock.advance(Duration(60'000));
  world.beat({.heard = {{session.id, 1, world.clock.now()}}});
  CHECK(world.get(world.store->load(session.id)).last_activity == session.last_activity);
}

TEST_CASE_TEMPLATE("TK2 a token is known while a participant holds it", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto session = world.create();
  const Digest token = *session.participants.front().token_hash;
  CHECK(world.get(world.store->token_known(token)));
  CHECK_FALSE(world.get(world.store->token_known(sha256("another"))));
  session.participants.front().token_hash.reset();
  world.change(session);
  CHECK_FALSE(world.get(world.store->token_known(token)));
}

TEST_CASE_TEMPLATE("EX12 open sessions are listed in pages, ended ones are not", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  std::vector<SessionId> open;
  for (int i = 0; i < 7; ++i) {
    auto session = world.create({.timeout = Duration(60'000 + i)});
    if (i % 3 == 2) {
      session.phase = core::Ended{core::EndReason::completed, world.clock.now(), {}};
      world.change(session);
    } else {
      open.push_back(session.id);
    }
  }
  std::ranges::sort(open);
  std::vector<SessionId> listed;
  SessionId after;
  for (;;) {
    const auto page = world.get(world.store->open_sessions(after, 2));
    for (const auto& session : page) {
      listed.push_back(session.id);
      CHECK(session.policy.timeout >= Duration(60'000));
      CHECK(session.last_activity == world.clock.now());
    }
    if (page.size() < 2) break;
    after = page.back().id;
  }
  CHECK(listed == open);
}

TEST_CASE_TEMPLATE("ST12 what another process committed is noticed, what we did is not", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  world.open_aside();
  auto ours = world.create();
  auto theirs = world.create();
  const auto known = [&] {
    return std::vector<ports::SessionStore::Known>{{ours.id, ours.revision},
                                                   {theirs.id, theirs.revision}};
  };
  world.change(ours);
  CHECK_FALSE(world.beat().changed_elsewhere);
  CHECK(world.get(world.store->changed_elsewhere(known())).empty());

  auto changed = theirs;
  changed.reading.question = "From the command line";
  world.get(world.aside->commit({.session = changed, .read_revision = changed.revision}));
  CHECK(world.beat().changed_elsewhere);
  world.live(std::chrono::seconds(15));
  CHECK_FALSE(world.beat().changed_elsewhere);
  CHECK(world.get(world.store->changed_elsewhere(known())) == std::vector{theirs.id});
}

}  // namespace tarotforge::test
