// How sockets live: proven alive, bounded, told why they end.
#include <fmt/format.h>

#include <algorithm>

#include "app/room.h"
#include "tests/support/net_client.h"
#include "tests/support/net_world.h"
#include "tests/support/phoenix_text.h"

using namespace tarotforge;
using namespace tarotforge::test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

app::Room& room_of(NetWorld& world, const Seat& seat) {
  return *world.house->rooms.at(*SessionId::parse(seat.session));
}

std::size_t connections_in(NetWorld& world, const Seat& seat) {
  return world.in_loop([&] { return room_of(world, seat).connections.size(); });
}

// Asks the loop until it is so; fails the test after ten seconds.
template <class Condition>
void wait_until(NetWorld& world, Condition met) {
  const auto deadline = steady_clock::now() + std::chrono::seconds(10);
  while (!world.in_loop(met)) REQUIRE(steady_clock::now() < deadline);
}

NetOptions quick_pings() {
  NetOptions options;
  options.server.limits.ping = milliseconds(300);
  options.server.limits.pong = milliseconds(300);
  return options;
}

}  // namespace

TEST_CASE("RT1 who does not read is closed with 4002, and the others are not delayed") {
  NetOptions options;
  options.server.limits.outbox_bytes = 256 * 1024;
  NetWorld world(options);
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port());
  ann.join(host);
  PhoenixClient ben(Wire(world.port(), {.receive_buffer = 4096}));
  ben.join(guest);
  ann.wait_for("presence_diff");
  const auto before = connections_in(world, host);
  CHECK(before == 2);
  // The room speaks until the slow one is given up; each time the quick one hears it at once.
  const std::string payload = fmt::format(R"({{"text":"{}"}})", std::string(60'000, 'x'));
  for (int i = 0; connections_in(world, host) == 2; ++i) {
    REQUIRE(i < 1000);
    world.in_loop([&] { room_of(world, host).announce({"noise", payload}); });
    ann.wait_for("noise");
  }
  const auto diff = ann.wait_for("presence_diff");
  const auto meta = diff.at(4).at("joins").at(guest.participant).at("metas").at(0).as_object();
  CHECK(meta.at("presence").as_string() == "reconnecting");
  CHECK(ben.wait_for_close() == 4002);  // what was on its way comes first
  CHECK(ann.request("2", topic_of(host), "keep_alive", "{}").at("status").as_string() == "ok");
}

TEST_CASE("CH10 who speaks and reads nothing is closed with 4002, however little waits for it") {
  NetOptions options;
  options.server.limits.blocked = milliseconds(300);
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient ann(Wire(world.port(), {.receive_buffer = 4096}));
  ann.join(host);
  const std::string payload = fmt::format(R"({{"text":"{}"}})", std::string(60'000, 'x'));
  world.in_loop([&] {
    for (int i = 0; i < 8; ++i) room_of(world, host).announce({"noise", payload});
  });
  wait_until(world, [&] {
    ann.push(R"([null,"1","phoenix","heartbeat",{}])");
    return room_of(world, host).connections.empty();
  });
  CHECK(ann.wait_for_close() == 4002);
}

TEST_CASE("CH11 what many have not read is bounded for all of them together") {
  NetOptions options;
  options.server.limits.outboxes_bytes = 600 * 1024;
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient reads(world.port());
  reads.join(host);
  std::vector<std::unique_ptr<PhoenixClient>> deaf;
  for (int i = 0; i < 4; ++i) {
    deaf.push_back(std::make_unique<PhoenixClient>(Wire(world.port(), {.receive_buffer = 4096})));
    deaf.back()->join(host, std::to_string(i + 2));
  }
  const std::string payload = fmt::format(R"({{"text":"{}"}})", std::string(60'000, 'x'));
  for (int i = 0; i < 10; ++i) {  // of which each alone might leave all unread
    world.in_loop([&] { room_of(world, host).announce({"noise", payload}); });
    reads.wait_for("noise");
  }
  const auto left = connections_in(world, host);
  CHECK(left < 5);
  CHECK(left > 1);
  CHECK(reads.request("2", topic_of(host), "keep_alive", "{}").at("status").as_string() == "ok");
}

TEST_CASE("RT1 who never reads again is cut off after the time for the closing handshake") {
  NetOptions options;
  options.server.limits.outbox_frames = 4;
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient ann(Wire(world.port(), {.receive_buffer = 4096}));
  ann.join(host);
  const std::string payload = fmt::format(R"({{"text":"{}"}})", std::string(2'000'000, 'x'));
  world.in_loop([&] {
    for (int i = 0; i < 10; ++i) room_of(world, host).announce({"noise", payload});
  });
  wait_until(world, [&] { return room_of(world, host).connections.empty(); });
  CHECK(ann.wire.closes_within(milliseconds(5000)));
}

TEST_CASE("RT2 RT4 the server pings, first within the second half of the interval") {
  NetWorld world(quick_pings());
  const auto host = create_session(world.port());
  std::vector<milliseconds> waited;
  for (int i = 0; i < 6; ++i) {
    PhoenixClient client(world.port());
    client.join(host, "1");
    const auto joined = steady_clock::now();
    while (client.wire.read(1)[0] != '\x89') {  // a ping has no payload
      const auto length = static_cast<unsigned char>(client.wire.read(1)[0]);
      if (length == 126) {
        const auto size = client.wire.read(2);
        client.wire.read(static_cast<unsigned char>(size[0]) << 8 |
                         static_cast<unsigned char>(size[1]));
      } else {
        client.wire.read(length);
      }
    }
    waited.push_back(std::chrono::duration_cast<milliseconds>(steady_clock::now() - joined));
  }
  // Half of 300 ms less what the join took, to 300 ms and a tick, on a machine that may be busy.
  CHECK(*std::ranges::min_element(waited) >= milliseconds(100));
  CHECK(*std::ranges::min_element(waited) <= milliseconds(1000));
}

TEST_CASE("RT2 RT3 any frame proves life, silence after a ping closes with 4001") {
  NetWorld world(quick_pings());
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port()), ben(world.port());
  ann.join(host);
  ben.join(guest);
  ben.answers_pings = false;
  SUBCASE("a client that answers pings stays") {
    while (ann.pings < 4) {
      ann.wire.is_silent_for(milliseconds(1000));
      ann.push(R"([null,"1","nowhere","x",{}])");
      ann.wait_for("phx_reply", "1");
    }
    CHECK(ben.wait_for_close() == 4001);
    CHECK(ben.pings >= 1);
    CHECK(connections_in(world, host) == 1);
  }
  SUBCASE("a client that heartbeats is not even asked") {
    const auto until = steady_clock::now() + milliseconds(1200);
    while (steady_clock::now() < until) {
      ben.push(R"([null,"1","phoenix","heartbeat",{}])");
      ben.wait_for("phx_reply", "1");
    }
    CHECK(ben.pings == 0);
  }
}

TEST_CASE("RT3 PR3 a connection that breaks leaves its room as lost") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port());
  ann.join(host);
  std::string reason = "lost";
  {
    PhoenixClient ben(world.port());
    ben.join(guest);
    ann.wait_for("presence_diff");
    SUBCASE("reset") { ben.wire.reset(); }
    SUBCASE("ended") { ben.wire.stop_sending(); }
    SUBCASE("closed by the client") {
      ben.send_frame(8, std::string("\x03\xe8", 2));
      CHECK(ben.wait_for_close() == 1000);
    }
    SUBCASE("closed by the phoenix package when its page goes away") {
      ben.send_frame(8, std::string());
      CHECK(ben.wait_for_close() == 1005);
      reason = "closed_tab";
    }
    SUBCASE("closed with its page") {
      ben.send_frame(8, std::string("\x03\xe9", 2));
      CHECK(ben.wait_for_close() == 1001);
      reason = "closed_tab";
    }
    const auto diff = ann.wait_for("presence_diff");
    const auto meta = diff.at(4).at("joins").at(guest.participant).at("metas").at(0).as_object();
    CHECK(meta.at("presence").as_string() == "reconnecting");
    CHECK(meta.at("reason").as_string() == reason);
  }
}

TEST_CASE("RT5 a socket that joins nothing in time is closed with 4003") {
  NetOptions options;
  options.server.limits.join = milliseconds(300);
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient idle(world.port()), busy(world.port()), joined(world.port());
  joined.join(host);
  const auto until = steady_clock::now() + milliseconds(200);
  while (steady_clock::now() < until) {
    busy.push(R"([null,"1","phoenix","heartbeat",{}])");
    busy.wait_for("phx_reply", "1");
  }
  CHECK(idle.wait_for_close() == 4003);
  CHECK(busy.wait_for_close() == 4003);
  joined.push(R"([null,"2","phoenix","heartbeat",{}])");
  joined.wait_for("phx_reply", "2");
}

TEST_CASE("CH6 RT3 RT5 a server that stood still hears first what came meanwhile") {
  auto options = quick_pings();
  options.server.limits.join = milliseconds(300);
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient ann(world.port());
  ann.join(host);
  ann.wait_for("presence_state");
  ann.answers_pings = false;
  while (ann.wire.is_silent_for(milliseconds(1000))) {  // until it is asked for a sign of life
  }
  PhoenixClient ben(world.port());
  world.in_loop([&] {
    ann.send_frame(10, "");
    ben.push(fmt::format(R"(["1","1","session:{}","phx_join",{{"token":"{}"}}])", host.session,
                         host.token));
    std::this_thread::sleep_for(milliseconds(1500));
  });
  ben.wait_for("phx_reply", "1");
  ann.push(R"([null,"2","phoenix","heartbeat",{}])");
  ann.wait_for("phx_reply", "2");
}

TEST_CASE("RT9 what a room says is encoded once, whatever the number of its connections") {
  NetWorld world;
  const auto host = create_session(world.port());
  std::vector<std::unique_ptr<PhoenixClient>> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(std::make_unique<PhoenixClient>(world.port()));
    clients.back()->join(host);
  }
  const auto holders = world.in_loop([&] {
    const app::Announcement news{"noise", R"({"a":1})"};
    room_of(world, host).announce(news);
    return news.encoded.use_count();
  });
  CHECK(holders == 6);  // five outboxes and the announcement
  for (auto& client : clients) CHECK(client->wait_for("noise").at(4).at("a").as_int64() == 1);
}

TEST_CASE("JN15 PR3 a join whose socket dies on the way leaves no connection behind") {
  NetWorld world;
  const auto host = create_session(world.port());
  PhoenixClient watcher(world.port());
  watcher.join(host);
  for (int i = 0; i < 30; ++i) {
    PhoenixClient client(world.port());
    client.push(
        fmt::format(R"(["1","1","{}","phx_join",{{"token":"{}"}}])", topic_of(host), host.token));
    if (i % 3 == 0) client.wire.reset();
    if (i % 3 == 1) client.send_frame(8, "");
  }
  wait_until(world, [&] { return room_of(world, host).connections.size() == 1; });
}

TEST_CASE("WN1 EX7 a room is warned and expires at its time, on the sockets of everyone") {
  NetWorld world;
  const auto host = create_session(world.port(), R"({"timeoutSeconds":3,"warningSeconds":1})");
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port()), ben(world.port());
  ann.join(host);
  ben.join(guest);
  for (auto* client : {&ann, &ben}) {
    const auto warning = client->wait_for("session_expiring");
    client->push(
        fmt::format(R"([null,"5","{}","warning_shown",{{"generation":1}}])", topic_of(host)));
  }
  for (auto* client : {&ann, &ben}) {
    client->wait_for("session_expired");
    client->wait_for("phx_close");
  }
}
