// The store's contract: what operators are told.
#include <algorithm>
#include <filesystem>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

}  // namespace

TEST_CASE_TEMPLATE("XP4 XP3 statistics are counted from the rows", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto purged = world.create(kShort);
  world.create(kShort);  // expires and stays restorable
  world.live(minutes(10));
  world.get(world.store->expire_batch({}, {}));
  world.get(world.store->purge({purged.id}, core::EndReason::expired));
  auto warned = world.create(kShort);
  warned.phase = core::Open{world.clock.now(), std::nullopt};
  warned.participants.push_back(world.guest());
  world.change(warned);
  auto completed = world.create();
  completed.phase =
      core::Ended{core::EndReason::completed, world.clock.now(), world.clock.now() + hours(24)};
  world.change(completed);

  auto counted = world.get(world.store->statistics());
  CHECK(counted.total_sessions == 4);
  CHECK(counted.active_sessions == 1);
  CHECK(counted.inactive_sessions == 3);
  CHECK(counted.sessions_with_recent_activity == 1);
  CHECK(counted.warned == 1);
  CHECK(counted.expired_last_hour == 2);
  CHECK(counted.restorable == 1);
  CHECK(counted.purged == 1);
  CHECK(counted.completed == 1);
  CHECK(counted.participants_total == 5);

  world.clock.advance(minutes(10));
  counted = world.get(world.store->statistics());
  CHECK(counted.sessions_with_recent_activity == 0);
  world.clock.advance(hours(1));
  counted = world.get(world.store->statistics());
  CHECK(counted.expired_last_hour == 0);
  CHECK(counted.restorable == 0);
}

TEST_CASE_TEMPLATE("CL3 sessions are listed by status, in pages", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.start_server();
  const auto expired = world.create(kShort), purged = world.create(kShort);
  world.live(minutes(10));
  world.get(world.store->expire_batch({}, {}));
  world.get(world.store->purge({purged.id}, core::EndReason::expired));
  const auto open = world.create();
  const auto only = [&](const char* status) {
    const auto listed = world.get(world.store->sessions({.status = status}));
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].status == status);
    return listed[0];
  };
  CHECK(only("active").id == open.id);
  CHECK(only("expired").id == expired.id);
  CHECK(only("expired").ended_at == world.clock.now());
  CHECK(only("expired").restorable_until == world.clock.now() + kShort.recovery);
  CHECK(only("purged").id == purged.id);
  CHECK(!only("purged").restorable_until);
  CHECK(only("active").participants == 1);
  const auto page = world.get(world.store->sessions({.limit = 2}));
  REQUIRE(page.size() == 2);
  CHECK(world.get(world.store->sessions({.after = page.back().id, .limit = 2})).size() == 1);
}

TEST_CASE_TEMPLATE("CL13 sessions are listed by deck, host and time, or the newest", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  auto other = world.fresh();
  other.reading.deck_id = "nocturne";
  other.host_user = world.template make_id<UserId>();
  world.get(world.store->commit({.session = other}));
  const Instant later = world.clock.now() + minutes(5);
  world.clock.advance(minutes(5));
  const auto old = world.create(), young = world.create();
  const auto ids = [&](ports::SessionFilter filter) {
    std::vector<SessionId> listed;
    for (const auto& each : world.get(world.store->sessions(std::move(filter))))
      listed.push_back(each.id);
    return listed;
  };
  using Ids = std::vector<SessionId>;
  CHECK(ids({.deck = "nocturne"}) == Ids{other.id});
  CHECK(ids({.host = *other.host_user}) == Ids{other.id});
  CHECK(ids({.host = old.host}) == Ids{old.id});
  CHECK(ids({.created_since = later}).size() == 2);
  auto touched = world.get(world.store->load(other.id));
  world.clock.advance(minutes(1));
  touched.updated_at = touched.last_activity = world.clock.now();
  world.change(touched);
  CHECK(ids({.active_since = later + minutes(1)}) == Ids{other.id});

  auto all = ids({});
  REQUIRE(all.size() == 3);
  std::ranges::reverse(all);
  CHECK(ids({.newest_first = true}) == all);
  CHECK(ids({.limit = 1, .newest_first = true}) == Ids{all[0]});
  CHECK(ids({.after = all[0], .newest_first = true}) == Ids{all[1], all[2]});
}

TEST_CASE_TEMPLATE("CL15 events of all sessions are found by time and type", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  auto first = world.create(), second = world.create();
  CHECK(world.get(world.store->events({})).empty());
  std::vector<EventId> noted;
  const auto note = [&](core::SessionData& session, const char* type) {
    world.clock.advance(seconds(1));
    const auto entry = world.entry(type);
    noted.push_back(entry.id);
    world.change(session, {.audit = {entry}});
  };
  note(first, "joined");
  note(second, "left");
  note(second, "joined");
  const Instant since = world.clock.now() + seconds(1);
  note(first, "warned");
  note(first, "joined");
  const auto found = [&](ports::EventFilter filter) {
    std::vector<EventId> ids;
    for (const auto& each : world.get(world.store->events(std::move(filter))))
      ids.push_back(each.entry.id);
    return ids;
  };
  using Ids = std::vector<EventId>;
  CHECK(found({}) == noted);
  CHECK(found({.since = since}) == Ids{noted[3], noted[4]});
  CHECK(found({.limit = 3}) == Ids{noted[2], noted[3], noted[4]});
  CHECK(found({.types = {"joined"}}) == Ids{noted[0], noted[2], noted[4]});
  CHECK(found({.since = since, .types = {"left", "warned"}, .limit = 1}) == Ids{noted[3]});
  CHECK(found({.types = {"never"}}).empty());
  const auto last = world.get(world.store->events({.limit = 1})).at(0);
  CHECK(last.session == first.id);
  CHECK(last.sequence == 3);
}

TEST_CASE_TEMPLATE("CF8 published settings take the place of those before", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.open_aside();
  CHECK(world.get(world.aside->settings()).empty());
  world.get(world.store->publish_settings({{"SESSION_TIMEOUT_HOURS", "1"}, {"OLD", "x"}}));
  world.get(world.store->publish_settings({{"SESSION_TIMEOUT_HOURS", "2"}}));
  CHECK(world.get(world.aside->settings()) ==
        std::map<std::string, std::string>{{"SESSION_TIMEOUT_HOURS", "2"}});
}

TEST_CASE_TEMPLATE("CL6 a backup is a whole database and overwrites nothing", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.open_aside();
  if constexpr (!Backend::kCopies) {
    CHECK(world.refusal(world.aside->backup("copy")) == ErrorCode::not_allowed);
  } else {
    const auto before = world.create();
    TemporaryFolder folder;
    const auto copy = folder.file("copy.db");
    world.get(world.aside->backup(copy));
    const auto after = world.create();
    CHECK(world.refusal(world.aside->backup(copy)) == ErrorCode::not_allowed);
    CHECK(world.refusal(world.aside->backup(folder.file("missing/copy.db"))) ==
          ErrorCode::internal);

    auto opened = Backend::open_copy(copy, world);
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    CHECK(world.get((*opened)->load(before.id)) == before);
    CHECK(world.refusal((*opened)->load(after.id)) == ErrorCode::session_not_found);
    CHECK(world.get((*opened)->diagnose()).empty());
  }
}

TEST_CASE_TEMPLATE("CL7 a sound database has nothing to diagnose, bad settings are told", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  world.create();
  CHECK(world.get(world.store->diagnose()).empty());
  world.get(world.store->publish_settings({{"SESSION_TIMEOUT_HOURS", "soon"}}));
  const auto lines = world.get(world.store->diagnose());
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].find("SESSION_TIMEOUT_HOURS") != std::string::npos);
}

TEST_CASE_TEMPLATE("OU4 a probe is answered while the store is there", Backend, TF_STORES) {
  StoreWorld<Backend> world;
  world.get(world.store->probe());
}

}  // namespace tarotforge::test
