// Rooms made through TarotForge's HTTP API: one session and its participants each, by several
// clients at once, each waiting for its answer.
#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/bench/connections_dialect.h"
#include "tests/bench/connections_wire.h"

namespace tarotforge::bench {

class ApiClient {
 public:
  explicit ApiClient(std::uint16_t port) : fd_(connect_to({port})) {}
  ApiClient(const ApiClient&) = delete;
  ApiClient& operator=(const ApiClient&) = delete;
  ~ApiClient() { close(fd_); }

  // The body of the answer; empty where it is not 201.
  std::string post(std::string_view path, std::string_view body) {
    const auto request = fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\n\r\n{}",
        path, body.size(), body);
    if (::send(fd_, request.data(), request.size(), MSG_NOSIGNAL) < 0) return {};
    std::string answer;
    std::size_t head = std::string::npos, length = 0;
    while (head == answer.npos || answer.size() < head + 4 + length) {
      char bytes[16384];
      const auto size = recv(fd_, bytes, sizeof bytes, 0);
      if (size <= 0) return {};
      answer.append(bytes, static_cast<std::size_t>(size));
      head = answer.find("\r\n\r\n");
      if (head != answer.npos) length = content_length(answer);
    }
    return answer.starts_with("HTTP/1.1 201") ? answer.substr(head + 4) : std::string();
  }

 private:
  static std::size_t content_length(std::string_view head) {
    constexpr std::string_view kName = "Content-Length: ";
    const auto at = head.find(kName);
    return at == head.npos ? 0 : std::strtoul(head.data() + at + kName.size(), nullptr, 10);
  }

  int fd_;
};

// The text of the first member of that name after `from`.
inline std::string member(std::string_view json, std::string_view name,
                          std::string_view from = {}) {
  const auto start = from.empty() ? 0 : json.find(from);
  const auto lead = fmt::format(R"("{}":")", name);
  const auto at = start == json.npos ? json.npos : json.find(lead, start);
  if (at == json.npos) return {};
  const auto value = at + lead.size();
  return std::string(json.substr(value, json.find('"', value) - value));
}

// Fills the seats of one room; false where the server refused.
inline bool make_room(ApiClient& client, Seat* seats, std::size_t size) {
  const auto created = client.post(
      "/v1/sessions",
      R"({"deckId":"classic","layout":"three-card","question":"What comes?","name":"Host"})");
  seats[0].topic = "session:" + member(created, "id", R"("session":{)");
  seats[0].token = member(created, "token");
  const auto path = fmt::format("/v1/invites/{}/join", member(created, "code", R"("invite":{)"));
  for (std::size_t i = 1; i < size && !seats[i - 1].token.empty(); ++i) {
    const auto joined = client.post(path, fmt::format(R"({{"name":"Guest {}"}})", i));
    seats[i] = {seats[0].topic, member(joined, "token")};
  }
  return !seats[size - 1].token.empty();
}

// Rooms of `room` seats each; the number that failed comes back.
inline std::size_t make_rooms(std::uint16_t port, std::vector<Seat>& seats, std::size_t room) {
  constexpr std::size_t kClients = 64;
  std::atomic<std::size_t> next = 0, failed = 0;
  std::vector<std::thread> clients;
  for (std::size_t i = 0; i < kClients; ++i)
    clients.emplace_back([&] {
      ApiClient client(port);
      for (auto at = next++ * room; at + room <= seats.size(); at = next++ * room)
        if (!make_room(client, &seats[at], room)) ++failed;
    });
  for (auto& client : clients) client.join();
  return failed;
}

}  // namespace tarotforge::bench
