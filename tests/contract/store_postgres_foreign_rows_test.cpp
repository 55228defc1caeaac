// Rows that SQL wrote past the servers, and what servers make of them.
#include <algorithm>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct World : StoreWorld<OnPostgres> {
  World() { start_server(); }

  std::vector<std::string> ask(const std::string& sql) { return backend.database().run(sql); }
  // Made now, with nothing but these columns.
  SessionId insert(const std::string& policy) {
    const auto now = std::to_string(clock.wall().ms);
    return SessionId::parse(ask("insert into reading_sessions "
                                "(deck_id, created_at, updated_at, last_activity_at, policy) "
                                "select 'classic', t, t, t, " +
                                policy + " from to_timestamp(" + now +
                                " / 1000.0) as t returning id")
                                .front())
        .value();
  }
  bool is_inactive_in_sql(SessionId id) {
    return ask("select inactive from judge_session('" + id.to_string() + "')").front() == "t";
  }
  std::vector<SessionId> sweep() {
    std::vector<SessionId> ids;
    for (const auto& each : get(store->expire_batch({}, {})).expired) ids.push_back(each.session);
    std::ranges::sort(ids);
    return ids;
  }
};

}  // namespace

TEST_CASE("ST11 SQ7 a session that SQL made without a policy lives by the published settings") {
  World world;
  world.get(world.store->publish_settings({{"SESSION_TIMEOUT_HOURS", "0.5"},
                                           {"SESSION_EXPIRY_WARNING_MINUTES", "20"},
                                           {"SESSION_RECOVERY_HOURS", "2.5"},
                                           {"SESSION_KEEP_ALIVE", "visible"},
                                           {"SESSION_MAX_PARTICIPANTS", "5"}}));
  const auto none = world.insert("null");
  const auto some = world.insert("'{\"timeoutSeconds\": 2000, \"keepAlive\": \"active\"}'");
  core::Policy standard{.timeout = minutes(30),
                        .warning = minutes(15),  // half the timeout wins
                        .recovery = minutes(150),
                        .max_participants = 5,
                        .keep_alive = core::KeepAlive::visible};
  CHECK(world.get(world.store->load(none)).policy == standard);
  for (const auto& open : world.get(world.store->open_sessions({}, 10)))
    if (open.id == none) CHECK(open.policy == standard);
  standard.timeout = seconds(2000);
  standard.warning = seconds(1000);
  standard.keep_alive = core::KeepAlive::active;
  CHECK(world.get(world.store->load(some)).policy == standard);

  world.live(minutes(29));
  CHECK(world.get(world.store->statistics()).sessions_with_recent_activity == 2);
  CHECK_FALSE(world.is_inactive_in_sql(none));
  CHECK(world.sweep().empty());
  world.live(minutes(2));
  CHECK(world.get(world.store->statistics()).sessions_with_recent_activity == 1);
  CHECK(world.is_inactive_in_sql(none));
  CHECK(world.sweep() == std::vector{none});
  world.live(minutes(3));
  CHECK(world.is_inactive_in_sql(some));
  CHECK(world.sweep() == std::vector{some});
}

TEST_CASE("ST11 SQ7 a longer timeout that is published holds for such a session too") {
  World world;
  world.get(world.store->publish_settings({{"SESSION_TIMEOUT_HOURS", "2"}}));
  const auto session = world.insert("null");
  world.live(minutes(119));
  CHECK_FALSE(world.is_inactive_in_sql(session));
  CHECK(world.sweep().empty());
  CHECK(world
            .get(world.store->expire(
                {{.session = session, .generation = 1, .heard_through = world.clock.now()}}))
            .empty());
  world.live(minutes(2));
  CHECK(world.is_inactive_in_sql(session));
  CHECK(world.sweep() == std::vector{session});
}

TEST_CASE("EX1 ST20 a row with an odd stamp or number is left alone, and the others are judged") {
  World world;
  const auto damage = [&](const std::string& columns) {
    const auto id = world.insert("null");
    world.ask("update reading_sessions set " + columns + " where id = '" + id.to_string() + "'");
    return id;
  };
  // What lives on by its own words, or cannot be read.
  const std::vector<SessionId> odd = {
      damage("last_activity_at = 'infinity'"),
      damage("last_activity_at = '294276-12-31'"),
      damage("updated_at = 'infinity'"),
      damage("extended_until = 'infinity'"),
      damage("policy = '{\"timeoutSeconds\": 1e400}'"),
      damage("policy = '{\"timeoutSeconds\": -1e300}'"),
      damage("policy = '{\"timeoutSeconds\": -5}'"),
      damage("generation = -1"),
  };
  // What others wrote long ago is as due as anything.
  std::vector<SessionId> due = {
      damage("updated_at = '-infinity'"),
      damage("created_at = '4713-01-01 BC', updated_at = '4713-01-01 BC', "
             "last_activity_at = '4713-01-01 BC'"),
      world.insert("null"),
  };
  std::ranges::sort(due);
  world.live(minutes(50));
  CHECK(world.get(world.store->statistics()).active_sessions == odd.size() + due.size());
  for (const std::size_t limit : {10, 11})  // another takes the place of that which cannot be read
    CHECK(world.get(world.store->open_sessions({}, limit)).size() == 10);
  CHECK(world.log.count(LogLevel::error, odd.back().to_string() + " cannot be watched") >= 1);

  world.live(minutes(20));
  CHECK(world.sweep() == due);
  CHECK(world.log.count(LogLevel::error, odd.back().to_string() + " cannot be judged") == 1);
  for (const auto& id : odd)
    if (id != odd.back()) CHECK_FALSE(world.is_inactive_in_sql(id));
  world.clock.advance(hours(24));
  world.live(minutes(1));
  CHECK(world.get(world.store->purge_batch({})).purged == due.size());
}

TEST_CASE("CP6 a row that cannot be read is set aside by a purge") {
  World world;
  const auto odd = world.insert("null"), sound = world.insert("null");
  world.live(minutes(61));
  CHECK(world.sweep().size() == 2);
  world.ask("update reading_sessions set generation = -1 where id = '" + odd.to_string() + "'");
  world.clock.advance(hours(24));
  world.live(minutes(1));
  const auto batch = world.get(world.store->purge_batch({}));
  CHECK(batch.purged == 1);
  CHECK(batch.quarantined == 1);
  CHECK(std::holds_alternative<core::Purged>(world.get(world.store->load(sound)).phase));
}

}  // namespace tarotforge::test
