// Frames and answers of Phoenix Channels, as the tests of the sockets write and read them.
#pragma once

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "tests/support/net_client.h"

namespace tarotforge::test {

inline std::string topic_of(const Seat& seat) { return "session:" + seat.session; }

inline std::string join_text(const Seat& seat, std::string_view join_ref,
                             std::string_view extra = "") {
  return fmt::format(R"(["{0}","{0}","{1}","phx_join",{{"token":"{2}"{3}}}])", join_ref,
                     topic_of(seat), seat.token, extra);
}

// Everything that was sent before has been dealt with when its answer comes.
inline std::string heartbeat(PhoenixClient& client, std::string_view ref) {
  client.push(fmt::format(R"([null,"{}","phoenix","heartbeat",{{}}])", ref));
  return serialize(client.next_message());
}

inline std::string heartbeat_reply(std::string_view ref) {
  return fmt::format(R"([null,"{}","phoenix","phx_reply",{{"status":"ok","response":{{}}}}])", ref);
}

inline std::string operation(std::string_view fields) {
  return fmt::format(R"({{"key":"{}",{}}})", new_key(), fields);
}

inline std::string reason(const boost::json::object& reply) {
  const auto& response = reply.at("response").as_object();
  const auto* found = response.if_contains("reason");
  return std::string(found ? found->as_string() : response.at("code").as_string());
}

}  // namespace tarotforge::test
