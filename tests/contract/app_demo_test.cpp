// Made-up sessions are as servers would have left them, on both stores.
#include <boost/json/serialize.hpp>
#include <map>

#include "app/demo.h"
#include "app/export.h"
#include "base/text.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;

constexpr std::size_t kSessions = 300;

template <class World>
std::vector<core::SessionData> make_up(World& world, Duration span) {
  app::Demo demo({world.clock, *world.store, world.random, world.log}, {},
                 world.loop.context.get_executor(), span, 20);
  std::vector<core::SessionData> made;
  for (std::size_t i = 0; i < kSessions; ++i) {
    auto change = demo.make();
    made.push_back(change.session);
    made.back().revision = world.get(world.store->commit(std::move(change))).revision;
  }
  return made;
}

}  // namespace

TEST_CASE_TEMPLATE("CL12 made-up sessions are sound, of all states, and of the span", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto made = make_up(world, hours(48));
  CHECK(world.get(world.store->diagnose()).empty());
  const auto counted = world.get(world.store->statistics());
  CHECK(counted.total_sessions == kSessions);
  CHECK(counted.active_sessions > 0);
  CHECK(counted.sessions_with_recent_activity == counted.active_sessions);
  CHECK(counted.restorable > 0);
  CHECK(counted.completed > 0);
  CHECK(counted.purged > 0);

  std::map<std::string, std::size_t> noted;
  for (const auto& session : made) {
    CHECK(session.created_at >= world.clock.now() - hours(48));
    CHECK(session.last_activity <= world.clock.now());
    const auto stored = world.get(world.store->load(session.id));
    CHECK(stored.participants == session.participants);
    CHECK(stored.phase == session.phase);
    if (!std::holds_alternative<core::Purged>(session.phase)) CHECK(stored == session);
    const auto operations = world.get(world.store->operations_after(session.id, 0, 500));
    const bool purged = std::holds_alternative<core::Purged>(session.phase);
    CHECK(operations.size() == (purged ? 0 : session.version));
    for (const auto& each : world.audit(session.id)) ++noted[each.entry.type];
  }
  CHECK(noted["created"] == kSessions);
  for (const char* type :
       {"joined", "left", "warned", "extended", "expired", "completed", "restored", "purged"})
    CHECK_MESSAGE(noted[type] > 0, type);
}

TEST_CASE_TEMPLATE("CL12 a sweep finds nothing that made-up sessions left undone", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  make_up(world, hours(6));
  world.live(std::chrono::seconds(40));  // people could have come back to it
  // What was due within these seconds is the server's.
  CHECK(world.get(world.store->expire_batch({.dry_run = true}, {})).sessions.size() <= 3);
  CHECK(world.get(world.store->purge_batch({.dry_run = true})).sessions.size() <= 3);
  const auto tidied = world.get(world.store->tidy_batch({.dry_run = true}, hours(24 * 400)));
  CHECK(tidied.orphans_removed == 0);
  CHECK(tidied.invites_closed == 0);
}

TEST_CASE_TEMPLATE("CL16 an exported session has all but its secrets", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  app::House house({world.clock, *world.store, world.random, world.log}, {},
                   world.loop.context.get_executor());
  for (const auto& session : make_up(world, hours(48))) {
    const boost::json::object exported = world.get(app::export_session(house, session.id));
    CHECK(exported.at("format") == "tarotforge-session-1");
    CHECK(exported.at("session").at("id").as_string() == session.id.to_string());
    CHECK(exported.at("participants").as_array().size() == session.participants.size());
    const auto text = boost::json::serialize(exported);
    for (const auto& invite : world.get(world.store->invites(session.id)))
      CHECK(text.find(invite.code) == std::string::npos);
    for (const auto& each : session.participants)
      if (each.token_hash) CHECK(text.find(hex(*each.token_hash)) == std::string::npos);
    const boost::json::array& audit = exported.at("audit").as_array();
    CHECK(audit.front().at("type") == "created");
    CHECK(audit.back().at("sequence") == audit.size());
    const bool purged = std::holds_alternative<core::Purged>(session.phase);
    CHECK(exported.at("operations").as_array().size() == (purged ? 0 : session.version));
  }
}

}  // namespace tarotforge::test
