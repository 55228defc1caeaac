// How a server stops: politely, and in time.
#include <fmt/format.h>

#include <set>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"

using namespace tarotforge;
using namespace tarotforge::test;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

bool is_over(std::future<void>& drain, milliseconds within) {
  return drain.wait_for(within) == std::future_status::ready;
}

}  // namespace

TEST_CASE(
    "RT6 RT7 HT8 clients of a draining server are told when to return, and closed with 4000") {
  NetOptions options;
  options.server.limits.reconnect_least = milliseconds(500);
  options.server.limits.reconnect_most = milliseconds(5000);
  NetWorld world(options);
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  std::vector<std::unique_ptr<PhoenixClient>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<PhoenixClient>(world.port()));
    clients.back()->join(i % 2 ? host : guest);
  }
  Wire idle(world.port());
  idle.send(request_text({.path = "/readyz"}));
  CHECK(read_reply(idle).status == 200);
  auto drain = world.begin_drain(std::chrono::seconds(10));
  std::set<std::int64_t> delays;
  for (auto& client : clients) {
    const auto news = client->wait_for("server_draining");
    const auto delay = news.at(4).at("reconnectAfterMs").as_int64();
    CHECK(delay >= 500);
    CHECK(delay <= 5000);
    delays.insert(delay);
    CHECK(client->wait_for_close() == 4000);
    client->wire.stop_sending();
  }
  CHECK(delays.size() > 1);
  CHECK(idle.closes_within(milliseconds(5000)));
  CHECK(is_over(drain, milliseconds(5000)));
  const auto closed = world.in_loop(
      [&] { return world.house->rooms.at(*SessionId::parse(host.session))->connections.size(); });
  CHECK(closed == 0);
}

TEST_CASE("RT7 a request under way is answered, a connection that goes on is closed") {
  NetWorld world;
  Wire slow(world.port());
  slow.send("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n");
  Wire other(world.port());
  other.send(request_text({.path = "/healthz"}));
  CHECK(read_reply(other).status == 200);
  // The head of the slow one has been read before this answer was made.
  auto drain = world.begin_drain(std::chrono::seconds(10));
  CHECK(other.closes_within(milliseconds(5000)));
  slow.send(R"({"deckId":"classic"})");
  const auto reply = read_reply(slow);
  CHECK(reply.status == 503);
  CHECK(reply.code() == "draining");
  CHECK(reply.headers.at("connection") == "close");
  slow.stop_sending();
  CHECK(is_over(drain, milliseconds(5000)));
}

TEST_CASE("RT7 draining ends in its time, whoever is still connected") {
  NetOptions options;
  options.server.limits.close = std::chrono::seconds(60);
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient deaf(world.port());
  deaf.join(host);
  Wire stuck(world.port());
  stuck.send("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n");
  const auto begin = steady_clock::now();
  auto drain = world.begin_drain(milliseconds(1000));
  CHECK(is_over(drain, milliseconds(3000)));
  const auto took = steady_clock::now() - begin;
  CHECK(took >= milliseconds(400));
  CHECK(took <= milliseconds(2500));
  CHECK(stuck.closes_within(milliseconds(5000)));
  CHECK(deaf.wire.closes_within(milliseconds(5000)));
}
