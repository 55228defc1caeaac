// PostgreSQL: what SQL callers announce, and a listener that loses its connection.
#include <doctest/doctest.h>

#include "store/postgres/listener.h"
#include "tests/support/loop.h"
#include "tests/support/postgres_server.h"
#include "tests/support/test_log.h"

namespace tarotforge::test {
namespace {

using Ids = std::vector<SessionId>;

struct Listening {
  TestDatabase where;
  TestLog log;
  Loop loop;
  store::postgres::Listener listener{loop.context.get_executor(), where.url(), log};

  static ports::Task<Ids> ask(store::postgres::Listener& listener) {
    co_return co_await listener.next();
  }
  Ids next() { return *loop.run<Ids>(ask(listener)); }
  std::string listening() const {
    return where.run(
        "select count(*) from pg_stat_activity where query like 'listen %' and datname"
        " = current_database()")[0];
  }
  void announce(const std::string& text) const {
    where.run("select pg_notify('tarotforge_sessions', '" + text + "')");
  }
};

const std::string kOne = "0190a000-0000-7000-8000-000000000001";
const std::string kTwo = "0190a000-0000-7000-8000-000000000002";

TEST_CASE("SQ30 a listener hears what is announced, in order, and passes over what is no id") {
  Listening world;
  CHECK(world.next().empty());  // whatever was said before
  world.announce("gossip");
  world.announce(kOne);
  world.announce(kTwo);
  Ids heard;
  while (heard.size() < 2)
    for (const auto& id : world.next()) heard.push_back(id);
  CHECK(heard == Ids{*SessionId::parse(kOne), *SessionId::parse(kTwo)});
  CHECK(world.listening() == "1");
}

TEST_CASE("SQ31 a listener whose connection is lost listens anew, and says that it missed some") {
  Listening world;
  CHECK(world.next().empty());
  for (int loss = 0; loss < 3; ++loss) {
    const auto waiting = world.loop.start<Ids>(Listening::ask(world.listener));
    world.where.end_connections();
    world.announce(kOne);  // to nobody
    world.loop.run_until([&] { return waiting->has_value(); });
    CHECK((*waiting)->value().empty());
    CHECK(world.log.count(LogLevel::warning, "are not heard") == loss + 1);
    CHECK(world.log.count(LogLevel::info, "are heard again") == loss + 1);
    world.announce(kTwo);
    CHECK(world.next() == Ids{*SessionId::parse(kTwo)});
  }
}

}  // namespace
}  // namespace tarotforge::test
