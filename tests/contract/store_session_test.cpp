// The store's contract: sessions, what is written with them, and what is refused.
#include "tests/support/store_world.h"

namespace tarotforge::test {

TEST_CASE_TEMPLATE("ST14 a created session is loaded as it was written", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  const auto session = world.create();
  CHECK(session.revision == 1);
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

}  // namespace tarotforge::test
