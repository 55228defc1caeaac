// Phoenix Channels on a real socket, frame by frame.
#include <boost/json/serialize.hpp>

#include "tests/support/net_client.h"
#include "tests/support/net_world.h"
#include "tests/support/phoenix_text.h"

using namespace tarotforge;
using namespace tarotforge::test;
using boost::json::serialize;
using std::chrono::milliseconds;

TEST_CASE("PH3 PH9 heartbeats are answered, and what is no frame is dropped") {
  NetWorld world;
  PhoenixClient client(world.port());
  CHECK(heartbeat(client, "7") == heartbeat_reply("7"));
  const std::string long_name(256, 't');
  for (const std::string frame :
       {"", "{}", "[]", "hello", R"([1,"2","phoenix","heartbeat",{}])",
        R"([null,"2","phoenix","heartbeat",null])", R"([null,"2","phoenix","heartbeat"])",
        R"([null,"2","phoenix","heartbeat",{}]})"}) {
    client.push(frame);
  }
  client.push(fmt::format(R"([null,"2","{}","heartbeat",{{}}])", long_name));
  client.send_frame(2, std::string("\0\1\1\7\11"
                                   "11phoenixheartbeat{}",
                                   25));
  client.send_frame(2, "\1\2\3");
  CHECK(heartbeat(client, "8") == heartbeat_reply("8"));
}

TEST_CASE("PH4 PH10 PH14 a join is answered first, with everything that a client needs") {
  NetWorld world;
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  client.push(join_text(host, "5"));
  const auto reply = client.next_message();
  CHECK(reply.at(0).as_string() == "5");
  CHECK(reply.at(1).as_string() == "5");
  CHECK(reply.at(3).as_string() == "phx_reply");
  CHECK(reply.at(4).at("status").as_string() == "ok");
  const auto& response = reply.at(4).at("response").as_object();
  CHECK(response.at("you").as_string() == host.participant);
  CHECK(response.at("participants").as_array().size() == 1);
  CHECK(response.at("operations").as_array().empty());
  for (const auto* field : {"session", "connection", "serverTime"}) CHECK(response.contains(field));
  for (const auto* field : {"pingSeconds", "pongSeconds", "graceSeconds", "presenceSeconds",
                            "expiryCheckSeconds", "timeoutSeconds", "warningSeconds"})
    CHECK(response.at("timing").as_object().contains(field));
  const auto state = client.next_message();
  CHECK(state.at(0).as_string() == "5");
  CHECK(state.at(1).is_null());
  CHECK(state.at(3).as_string() == "presence_state");
  CHECK(state.at(4).as_object().contains(host.participant));
}

TEST_CASE("OP14 VR5 PR8 two people in a room hear the same, in order") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host, "Ben");
  PhoenixClient ann(world.port()), ben(world.port());
  ann.join(host);
  ann.wait_for("presence_state");
  ben.join(guest);
  const auto diff = ann.wait_for("presence_diff");
  CHECK(diff.at(0).is_null());
  CHECK(diff.at(1).is_null());
  CHECK(diff.at(4).at("joins").as_object().contains(guest.participant));
  ann.push(fmt::format(R"(["1","2","{}","operation",{}])", topic_of(host),
                       operation(R"("kind":"set_step","step":"drawing")")));
  ben.push(fmt::format(R"(["1","3","{}","operation",{}])", topic_of(host),
                       operation(R"("kind":"shuffle")")));
  for (auto* client : {&ann, &ben}) {
    const auto first = client->wait_for("operation");
    const auto second = client->wait_for("operation");
    CHECK(first.at(0).is_null());
    CHECK(first.at(4).at("version").as_int64() == 1);
    CHECK(second.at(4).at("version").as_int64() == 2);
  }
  const auto again = PhoenixClient(world.port()).join(guest);
  CHECK(again.at("response").at("session").at("version").as_int64() == 2);
}

TEST_CASE("VR2 VR3 a join with sinceVersion gets what came after it") {
  NetWorld world;
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  client.join(host);
  for (int i = 1; i <= 3; ++i)
    CHECK(client
              .request(fmt::to_string(i), topic_of(host), "operation",
                       operation(R"("kind":"shuffle")"))
              .at("response")
              .at("version")
              .as_int64() == i);
  const auto missed = [&](int since) {
    client.push(
        join_text(host, fmt::format("j{}", since), fmt::format(R"(,"sinceVersion":{})", since)));
    const auto reply = client.wait_for("phx_reply", fmt::format("j{}", since));
    return reply.at(4).at("response").at("operations").as_array().size();
  };
  CHECK(missed(1) == 2);
  CHECK(missed(3) == 0);
  CHECK(missed(9) == 0);
}

TEST_CASE("VR1 operations that one socket sends at once are performed in their order") {
  NetWorld world;
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  std::string frames = masked_frame(1, join_text(host, "1"));
  for (int i = 0; i < 20; ++i)
    frames += masked_frame(
        1, fmt::format(R"(["1","q{}","{}","operation",{}])", i, topic_of(host),
                       operation(fmt::format(R"("kind":"set_question","question":"{}")", i))));
  client.wire.send(frames);  // the join with them
  for (int i = 0; i < 20; ++i) {
    const auto told = client.wait_for("operation");
    CHECK(told.at(4).at("version").as_int64() == i + 1);
    CHECK(told.at(4).at("question").as_string() == fmt::to_string(i));
  }
}

TEST_CASE("ST15 a socket that asks more at once than may wait is told so") {
  NetOptions options;
  options.server.limits.requests_in_flight = 3;
  NetWorld world(options);
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  client.join(host);
  std::string frames;
  for (int i = 0; i < 8; ++i)
    frames += masked_frame(1, fmt::format(R"(["1","q{}","{}","operation",{}])", i, topic_of(host),
                                          operation(R"("kind":"shuffle")")));
  client.wire.send(frames);
  int done = 0, refused = 0;
  while (done + refused < 8) {
    const auto reply = client.wait_for("phx_reply");
    const auto& payload = reply.at(4).as_object();
    if (payload.at("status").as_string() == "ok")
      ++done;
    else
      refused += reason(payload) == "overloaded";
  }
  CHECK(done == 3);
  CHECK(client.request("z", topic_of(host), "keep_alive", "{}").at("status").as_string() == "ok");
}

TEST_CASE("PH5 PH6 PR5 a second join ends the first incarnation, and nobody sees anyone leave") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient watcher(world.port());
  watcher.join(guest);
  watcher.wait_for("presence_state");
  PhoenixClient client(world.port());
  client.join(host, "1");
  watcher.wait_for("presence_diff");
  client.push(join_text(host, "9"));
  CHECK(client.wait_for("phx_reply", "9").at(4).at("status").as_string() == "ok");
  const auto over = client.wait_for("phx_close");
  CHECK(over.at(0).as_string() == "1");
  CHECK(over.at(1).as_string() == "1");
  CHECK(heartbeat(watcher, "1") == heartbeat_reply("1"));
  CHECK(client.request("10", topic_of(host), "keep_alive", "{}").at("status").as_string() == "ok");
  SUBCASE("and what the old one still says is ignored") {
    client.push(fmt::format(R"(["1","11","{}","keep_alive",{{}}])", topic_of(host)));
    client.push(fmt::format(R"(["1","12","{}","phx_leave",{{}}])", topic_of(host)));
    CHECK(client.request("13", topic_of(host), "keep_alive", "{}").at("status").as_string() ==
          "ok");
  }
  SUBCASE("also where it is refused") {
    Seat stranger = host;
    stranger.token = "nobody";
    CHECK(reason(client.join(stranger, "14")) == "unauthorized");
    // The error and the close of the older incarnation come together, in any order.
    CHECK(reason(client.request("15", topic_of(host), "keep_alive", "{}")) == "unmatched topic");
  }
}

TEST_CASE("PH7 PH8 leaving is always answered ok, and unknown topics are unmatched") {
  NetWorld world;
  const auto host = create_session(world.port());
  PhoenixClient client(world.port());
  CHECK(client.request("1", topic_of(host), "phx_leave", "{}").at("status").as_string() == "ok");
  client.join(host, "2");
  client.wait_for("presence_state");
  client.push(fmt::format(R"(["2","3","{}","phx_leave",{{}}])", topic_of(host)));
  CHECK(serialize(client.next_message()) ==
        fmt::format(R"(["2","3","{}","phx_reply",{{"status":"ok","response":{{}}}}])",
                    topic_of(host)));
  CHECK(serialize(client.next_message()) ==
        fmt::format(R"(["2","2","{}","phx_close",{{}}])", topic_of(host)));
  for (const auto* topic : {"room:1", "phoenix", "session", "realtime:x"}) {
    CAPTURE(topic);
    client.push(fmt::format(R"(["4","4","{}","phx_join",{{}}])", topic));
    const auto reply = client.next_message();
    CHECK(reply.at(0).is_null());
    CHECK(reply.at(1).as_string() == "4");
    CHECK(reason(reply.at(4).as_object()) == "unmatched topic");
  }
  CHECK(reason(client.request("5", topic_of(host), "operation", "{}")) == "unmatched topic");
}

TEST_CASE("PH11 ER6 refused joins and events answer the problem") {
  NetWorld world;
  const auto host = create_session(world.port());
  const auto other = create_session(world.port());
  PhoenixClient client(world.port());
  Seat wrong = host;
  wrong.token = other.token;
  CHECK(reason(client.join(wrong, "1")) == "not_allowed");
  wrong.token = "x";
  CHECK(reason(client.join(wrong, "2")) == "unauthorized");
  wrong.session = "00000000-0000-7000-8000-000000000000";
  CHECK(reason(client.join(wrong, "3")) == "session_not_found");
  wrong.session = "12";
  CHECK(reason(client.join(wrong, "4")) == "session_not_found");
  client.push(fmt::format(R"(["5","5","{}","phx_join",{{}}])", topic_of(host)));
  CHECK(reason(client.wait_for("phx_reply", "5").at(4).as_object()) == "unauthorized");
  client.join(host, "6");
  const auto topic = topic_of(host);
  CHECK(reason(client.request("7", topic, "operation", operation(R"("kind":"fly")"))) ==
        "invalid_operation");
  CHECK(reason(client.request("8", topic, "operation", R"({"kind":"shuffle"})")) ==
        "idempotency_key_missing");
  CHECK(reason(client.request("9", topic, "operation", R"({"a":1,"a":2})")) == "malformed");
  CHECK(reason(client.request("10", topic, "dance", "{}")) == "malformed");
  CHECK(reason(client.request("11", topic, "activity", R"({"visible":1})")) == "malformed");
  CHECK(reason(client.request("12", topic, "warning_shown", R"({"generation":4})")) ==
        "stale_generation");
  CHECK(client.request("13", topic, "warning_shown", R"({"generation":1})")
            .at("status")
            .as_string() == "ok");
  CHECK(client.request("14", topic, "activity", R"({"visible":true,"active":true})")
            .at("status")
            .as_string() == "ok");
}

TEST_CASE("PH8 a socket joins a bounded number of channels") {
  NetOptions options;
  options.server.limits.channels = 2;
  NetWorld world(options);
  PhoenixClient client(world.port());
  std::vector<Seat> hosts;
  for (int i = 0; i < 3; ++i) hosts.push_back(create_session(world.port()));
  CHECK(client.join(hosts[0], "1").at("status").as_string() == "ok");
  CHECK(client.join(hosts[1], "2").at("status").as_string() == "ok");
  CHECK(reason(client.join(hosts[2], "3")) == "too many channels joined");
  CHECK(client.join(hosts[1], "4").at("status").as_string() == "ok");  // it takes its own place
}

TEST_CASE("PH13 cursor and view reach the others, at most so many a second") {
  NetOptions options;
  options.server.limits.relays_per_second = 5;
  NetWorld world(options);
  const auto host = create_session(world.port());
  const auto guest = join_session(world.port(), host);
  PhoenixClient ann(world.port()), ben(world.port());
  ben.join(guest);
  ann.join(host);
  ben.wait_for("presence_diff");
  const auto topic = topic_of(host);
  ann.push(fmt::format(R"(["1","2","{}","view",{{"zoom":2,"by":"me"}}])", topic));
  const auto view = ben.wait_for("view");
  CHECK(view.at(0).is_null());
  CHECK(view.at(4).at("zoom").as_int64() == 2);
  CHECK(view.at(4).at("by").as_string() == host.participant);
  std::string frames;
  frames += masked_frame(
      1, fmt::format(R"([null,"3","{}","cursor",{{"big":"{}"}}])", topic, std::string(5000, 'x')));
  frames += masked_frame(1, fmt::format(R"(["0","3","{}","cursor",{{"x":"stale"}}])", topic));
  for (int i = 0; i < 20; ++i)
    frames += masked_frame(1, fmt::format(R"([null,"3","{}","cursor",{{"x":{}}}])", topic, i));
  ann.wire.send(frames);
  ann.request("9", topic, "operation", operation(R"("kind":"shuffle")"));
  std::vector<std::int64_t> heard;
  for (;;) {
    const auto message = ben.next_message();
    if (message.at(3).as_string() == "operation") break;
    if (message.at(3).as_string() == "cursor") heard.push_back(message.at(4).at("x").as_int64());
  }
  // The view was the first of this second, or of the one before.
  CHECK(heard.size() >= 4);
  CHECK(heard.size() <= 9);
  for (std::size_t i = 0; i < heard.size(); ++i) CHECK(heard[i] == static_cast<std::int64_t>(i));
}

TEST_CASE("PH16 RS5 waiting takes no token and hears of the restore alone") {
  NetWorld world;
  const auto host = create_session(world.port());
  const std::string operator_token = "operator-token";
  const auto admin = [&](std::string_view what) {
    return ask(world.port(), {"POST", fmt::format("/v1/admin/sessions/{}/{}", host.session, what),
                              "", operator_token})
        .status;
  };
  CHECK(admin("expire") == 200);
  PhoenixClient client(world.port());
  const auto topic = "waiting:" + host.session;
  client.push(fmt::format(R"(["1","1","{}","phx_join",{{}}])", topic));
  CHECK(serialize(client.next_message()) ==
        fmt::format(R"(["1","1","{}","phx_reply",{{"status":"ok","response":{{}}}}])", topic));
  CHECK(reason(client.request("2", topic, "operation", "{}")) == "malformed");
  CHECK(admin("restore") == 200);
  const auto news = client.next_message();
  CHECK(news.at(2).as_string() == topic);
  CHECK(news.at(3).as_string() == "session_restored");
  CHECK(news.at(4).at("generation").as_int64() == 2);
  client.push(fmt::format(R"(["1","3","{}","phx_leave",{{}}])", topic));
  CHECK(client.wait_for("phx_close").at(0).as_string() == "1");
  CHECK(admin("expire") == 200);
  CHECK(admin("restore") == 200);
  CHECK(heartbeat(client, "4") == heartbeat_reply("4"));
}
