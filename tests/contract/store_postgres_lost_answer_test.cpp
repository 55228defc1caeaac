// The connection to PostgreSQL is lost at any byte of a commit: before the COMMIT is sent, within
// it, or before its answer is there. Whoever asks again by the same key finds it done or does it.
#include <algorithm>
#include <set>
#include <thread>

#include "tests/support/house_world.h"
#include "tests/support/postgres_relay.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using Way = Relay::Way;

// PostgreSQL behind a relay, which runs beside the test: opening a store blocks.
class Away {
 public:
  Away() : relay(context_, TestDatabase::server().socket()) {
    thread_ = std::jthread([this] { context_.run(); });
  }
  ~Away() { context_.stop(); }

  std::unique_ptr<ports::Store> open(Loop& loop, ports::Clock& clock, Log& log, Random& random) {
    auto opened =
        store::postgres::PostgresStore::open({.url = database.url() + "&host=" + relay.folder(),
                                              .executor = loop.context.get_executor(),
                                              .clock = clock,
                                              .log = log,
                                              .random = random,
                                              .wall = store::postgres::WallSource::clock,
                                              .connections = 1});
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    return *std::move(opened);
  }

  // Where a conversation of so many bytes is cut: everywhere in steps, and at each of its last
  // bytes, where the COMMIT goes and its answer comes.
  template <class Act>
  void cut_everywhere(Act act) {
    for (const Way way : {Way::to_server, Way::to_client}) {
      const auto before = relay.bytes(way);
      act();
      const auto whole = relay.bytes(way) - before;
      std::set<std::size_t> cuts;
      for (std::size_t at = 0; at < whole; at += 1 + whole / 30) cuts.insert(at);
      for (std::size_t back = 0; back <= std::min<std::size_t>(whole, 24); ++back)
        cuts.insert(whole - back);
      for (const auto cut : cuts) {
        relay.cut_after(way, cut);
        act();
        relay.mend();
      }
    }
    act();  // over the connection that the last cut may have ended a moment later
  }

  TestDatabase database;

 private:
  boost::asio::io_context context_;

 public:
  Relay relay;

 private:
  std::jthread thread_;
};

TEST_CASE("ST31 a commit whose answer is lost is found by its key, or done again: never twice") {
  Away away;
  StoreWorld<OnPostgres> world;  // its own database is not used
  const auto store = away.open(world.loop, world.clock, world.log, world.random);
  auto session = world.fresh();
  session.revision = world.get(store->commit({.session = session})).revision;
  int lost = 0, found = 0;
  std::vector<IdempotencyKey> keys;

  // As the server does it: by the key first, and on the fresh row.
  const auto act = [&] {
    const auto key = keys.emplace_back(world.make_id<IdempotencyKey>());
    for (int tries = 0;; ++tries) {
      REQUIRE(tries < 100);
      const auto known = world.run(store->recall_operation(session.id, session.host, key));
      if (known && *known) {
        found += tries > 0;
        return;
      }
      auto fresh = world.run(store->load(session.id));
      if (!known || !fresh) continue;
      ports::Change change{.session = *fresh, .read_revision = fresh->revision};
      ++change.session.version;
      change.operations.push_back({.version = change.session.version,
                                   .generation = 1,
                                   .by = session.host,
                                   .key = key,
                                   .kind = "shuffle",
                                   .told = "{}",
                                   .at = world.clock.now()});
      change.audit.push_back(world.entry("shuffled"));
      const auto committed = world.run(store->commit(std::move(change)));
      if (committed) return;
      const auto code = committed.error().code;
      CHECK((code == ErrorCode::saving_paused || code == ErrorCode::conflict));
      ++lost;
    }
  };
  away.cut_everywhere(act);

  const auto operations = world.get(store->operations_after(session.id, 0, 10'000));
  REQUIRE(operations.size() == keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(operations[i].version == i + 1);
    CHECK(operations[i].key == keys[i]);
  }
  CHECK(world.get(store->audit(session.id, 0, 10'000)).size() == keys.size());
  CHECK(world.get(store->load(session.id)).version == keys.size());
  CHECK(lost > 20);
  CHECK(found > 0);
}

TEST_CASE("ST31 ID1 what people ask again after a lost answer happens once, and is told once") {
  Away away;
  HouseWorld world(short_settings(), [&](HouseWorld& house) {
    return away.open(house.loop, house.clock, house.log, house.random);
  });
  const auto host = world.create();
  const auto here = world.enter(host);
  int lost = 0;
  const auto insist = [&](auto ask) {
    for (int tries = 0;; ++tries) {
      REQUIRE(tries < 100);
      auto answered = ask();
      if (answered) return *std::move(answered);
      const auto word = HouseWorld::word(answered);
      CHECK_MESSAGE(word == "saving_paused", word);
      ++lost;
    }
  };

  std::size_t operations = 0;
  away.cut_everywhere([&] {
    const auto key = world.make_key();
    const auto answer = insist([&] {
      return world.run(app::operate_session(
          *world.house, world.member(host),
          {core::SetQuestion{std::to_string(operations)}, key, {}}, sha256("a")));
    });
    CHECK(answer.at("version").to_number<std::size_t>() == ++operations);
  });
  CHECK(here.visitor->count("operation") == operations);
  CHECK(world.row(host.session).version == operations);

  std::set<std::string> sessions;
  std::size_t created = 1;
  away.cut_everywhere([&] {
    const auto key = world.make_key();
    sessions.insert(world
                        .person_of(insist([&] {
                          return world.run(app::create_session(*world.house, {.deck_id = "classic"},
                                                               {"here", key, sha256("a")}));
                        }))
                        .session.to_string());
    ++created;
  });
  CHECK(sessions.size() == created - 1);
  CHECK(world.get(world.store->statistics()).total_sessions == created);
  CHECK(lost > 40);
}

}  // namespace
}  // namespace tarotforge::test
