// One key, one act: create, join and operations that are asked more than once.

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "tests/support/house_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("ID1 ID2 ID4 create and join act once for one key") {
  HouseWorld world;
  const auto key = world.make_key();
  const auto create = [&](std::string_view body) {
    return world.run(
        app::create_session(*world.house, {.deck_id = "classic"}, {"here", key, sha256(body)}));
  };
  const auto first = create("a");
  REQUIRE(first);
  CHECK(*create("a") == *first);
  CHECK(HouseWorld::word(create("b")) == "idempotency_key_reused");

  const auto host = world.person_of(*first);
  const auto code = HouseWorld::code_of(host);
  const auto other = world.make_key();
  const auto joining = [&](std::string_view body) {
    return app::join_session(*world.house, code, {}, {code, other, sha256(body)});
  };
  const auto joined = world.run(joining("a"));
  REQUIRE(joined);
  CHECK(*world.run(joining("a")) == *joined);
  CHECK(world.answer(joining("b")) == "idempotency_key_reused");
  CHECK(world.row(host.session).participants.size() == 2);
}

TEST_CASE("TK1 ID1 a remembered answer keeps its secrets from whoever reads the store") {
  HouseWorld world;
  const auto key = world.make_key();
  const auto creating = [&] {
    return app::create_session(*world.house, {.deck_id = "classic"}, {"here", key, sha256("a")});
  };
  const auto host = world.person_of(world.get(creating()));
  std::string rows;
  sqlite3* file = nullptr;
  REQUIRE(sqlite3_open(world.path().c_str(), &file) == 0);
  const auto read = [](void* into, int columns, char** values, char**) {
    for (int i = 0; i < columns; ++i) *static_cast<std::string*>(into) += values[i];
    return 0;
  };
  REQUIRE(sqlite3_exec(file, "select answer, hex(key) from idempotency_keys", read, &rows,
                       nullptr) == 0);
  sqlite3_close(file);
  CHECK(rows.find(host.session.to_string()) != std::string::npos);
  CHECK(rows.find(host.token) == std::string::npos);
  CHECK(rows.find(text_at(host.answer, "restoreKey")) == std::string::npos);
  std::string plain = hex(key.bytes);
  std::ranges::transform(plain, plain.begin(), [](unsigned char c) { return std::toupper(c); });
  CHECK(rows.find(plain) == std::string::npos);
  CHECK(world.get(creating()) == host.answer);
}

TEST_CASE("ID1 ID4 the same key twice at the same moment is one act") {
  HouseWorld world;
  const auto key = world.make_key();
  const auto creating = [&] {
    return app::create_session(*world.house, {.deck_id = "classic"}, {"here", key, sha256("a")});
  };
  const auto one = world.begin<object>(creating());
  const auto two = world.begin<object>(creating());
  world.settle();
  REQUIRE(**one);
  CHECK(***one == ***two);

  const auto host = world.person_of(***one);
  const auto code = HouseWorld::code_of(host);
  const auto other = world.make_key();
  const auto joining = [&] {
    return app::join_session(*world.house, code, {}, {code, other, sha256("a")});
  };
  const auto three = world.begin<object>(joining());
  const auto four = world.begin<object>(joining());
  world.settle();
  REQUIRE(three->has_value());
  REQUIRE(four->has_value());
  REQUIRE(**three);
  CHECK(***three == ***four);
  CHECK(world.row(host.session).participants.size() == 2);
}

TEST_CASE("ID1 CF7 a lost answer is given again, also where nothing more may be opened") {
  auto settings = short_settings();
  settings.max_sessions = 1;
  HouseWorld world(settings);
  const auto key = world.make_key();
  const auto creating = [&](std::optional<IdempotencyKey> with) {
    return app::create_session(*world.house, {.deck_id = "classic"}, {"here", with, sha256("a")});
  };
  const auto first = world.get(creating(key));
  CHECK(world.answer(creating({})) == "overloaded");
  CHECK(world.get(creating(key)) == first);
  world.pass(130s);
  CHECK(world.answer(creating({})) == "ok");
}

TEST_CASE("ID1 ID2 ID3 ID6 an operation acts once for one key, also after a crash") {
  HouseWorld world;
  const auto host = world.create();
  const auto key = world.make_key();
  const auto ask = [&](std::optional<IdempotencyKey> with, std::string_view body) {
    return world.run(app::operate_session(*world.house, world.member(host),
                                          {core::SetQuestion{"Why?"}, with, {}}, sha256(body)));
  };
  CHECK(HouseWorld::word(ask({}, "a")) == "idempotency_key_missing");
  const auto first = ask(key, "a");
  REQUIRE(first);
  const auto again = ask(key, "a");
  REQUIRE(again);
  CHECK(protocol::to_text(*again) == protocol::to_text(*first));
  CHECK(HouseWorld::word(ask(key, "b")) == "idempotency_key_reused");
  world.crash();
  world.start();
  CHECK(protocol::to_text(*ask(key, "a")) == protocol::to_text(*first));
  CHECK(world.row(host.session).version == 1);
  world.pass(130s);
  CHECK(protocol::to_text(*ask(key, "a")) == protocol::to_text(*first));
  CHECK(HouseWorld::word(ask(world.make_key(), "a")) == "session_expired");
}

TEST_CASE("ID5 the same key of another participant is another operation") {
  HouseWorld world;
  const auto host = world.create();
  const auto guest = world.join(host);
  const auto key = world.make_key();
  CHECK(world.operate(host, core::Shuffle{}, key).value().at("version").to_number<int>() == 1);
  CHECK(world.operate(guest, core::Shuffle{}, key).value().at("version").to_number<int>() == 2);
}

TEST_CASE("SE5 an operation of another generation is refused") {
  HouseWorld world;
  const auto host = world.create();
  const auto ask = [&](std::uint32_t generation) {
    return world.answer(app::operate_session(*world.house, world.member(host),
                                             {core::Shuffle{}, world.make_key(), generation},
                                             sha256("a")));
  };
  CHECK(ask(2) == "stale_generation");
  CHECK(ask(1) == "ok");
  world.pass(130s);
  world.get(app::restore_for_operator(*world.house, host.session));
  CHECK(ask(1) == "stale_generation");
  CHECK(ask(2) == "ok");
}

}  // namespace
}  // namespace tarotforge::test
