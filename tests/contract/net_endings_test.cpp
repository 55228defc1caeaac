// How a channel ends: with its session, by its person, by its host.
#include <boost/json/serialize.hpp>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"
#include "tests/support/phoenix_text.h"
#include "tests/support/sqlite_file.h"

using namespace tarotforge;
using namespace tarotforge::test;
using boost::json::serialize;

TEST_CASE("EX7 CP1 at its end a room is told, then its channels are closed, and the socket stays") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port()), ben(world.port());
  ann.join(host, "1");
  ben.join(guest, "2");
  const auto topic = topic_of(host);
  std::string event;
  SUBCASE("expired") {
    event = "session_expired";
    CHECK(ask(world.port(),
              {"POST", "/v1/admin/sessions/" + host.session + "/expire", "", "operator-token"})
              .status == 200);
  }
  SUBCASE("completed") {
    event = "session_completed";
    CHECK(ask(world.port(), {"POST", "/v1/sessions/" + host.session + "/complete", "", host.token})
              .status == 200);
  }
  const auto told = ben.wait_for(event);
  CHECK(told.at(0).is_null());
  CHECK(serialize(ben.next_message()) == fmt::format(R"(["2","2","{}","phx_close",{{}}])", topic));
  CHECK(heartbeat(ben, "9") == heartbeat_reply("9"));
  ann.wait_for(event);
  ann.wait_for("phx_close");
  CHECK(reason(ann.join(host, "3")) == event);
}

TEST_CASE("PR7 HT11 a closed tab ends its one channel, and starts the grace") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port()), ben(world.port());
  ann.join(host);
  const auto joined = ben.join(guest);
  ann.wait_for("presence_diff");
  const std::string connection(joined.at("response").at("connection").as_string());
  const auto reply =
      ask(world.port(), {"POST", "/v1/sessions/" + host.session + "/leave",
                         fmt::format(R"({{"token":"{}","connection":"{}","reason":"closed_tab"}})",
                                     guest.token, connection)});
  CHECK(reply.status == 204);
  ben.wait_for("phx_close");
  const auto diff = ann.wait_for("presence_diff");
  const auto meta = diff.at(4).at("joins").at(guest.participant).at("metas").at(0).as_object();
  CHECK(meta.at("presence").as_string() == "reconnecting");
}

TEST_CASE("HO5 RT8 the removed get phx_close on each channel and are closed with 4500") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  const auto elsewhere = create_session(world.port());
  PhoenixClient ann(world.port()), ben(world.port());
  ann.join(host);
  ben.join(guest, "1");
  ben.join(elsewhere, "2");
  CHECK(ann.request("5", topic_of(host), "operation",
                    operation(fmt::format(R"("kind":"remove_participant","participantId":"{}")",
                                          guest.participant)))
            .at("status")
            .as_string() == "ok");
  CHECK(ben.wait_for("phx_close").at(0).as_string() == "1");
  CHECK(ben.wait_for("phx_close").at(0).as_string() == "2");
  CHECK(ben.wait_for_close() == 4500);
  CHECK(reason(PhoenixClient(world.port()).join(guest)) == "unauthorized");
}

TEST_CASE("EP10 PH10 clients of a server that was given up hear phx_error, and join again") {
  NetWorld world;
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  client.join(host, "4");
  client.wait_for("presence_state");
  SqliteFile other(world.path());
  other.run("pragma busy_timeout = 5000; pragma foreign_keys = on; delete from servers");
  REQUIRE(world.run(app::beat_once(*world.house)));
  CHECK(serialize(client.next_message()) ==
        fmt::format(R"(["4","4","{}","phx_error",{{}}])", topic_of(host)));
  CHECK(heartbeat(client, "5") == heartbeat_reply("5"));
  CHECK(client.join(host, "6").at("status").as_string() == "ok");
  client.wait_for("presence_state");
  CHECK(other.value("select count(*) from session_holds") == "1");
}
