#include "tests/support/net_client.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cctype>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "base/ids.h"

namespace tarotforge::test {

namespace {
constexpr std::chrono::milliseconds kPatience{10'000};
constexpr int kClose = 8, kPing = 9, kPong = 10;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}
}  // namespace

Wire::Wire(std::uint16_t port, Options options) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (options.receive_buffer)
    setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer, sizeof options.receive_buffer);
  const int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  if (options.tls) shake_hands();
}

// Where it fails the wire has ended.
void Wire::shake_hands() {
  static const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  SSL_CTX_clear_mode(context.get(), SSL_MODE_AUTO_RETRY);  // a ticket is nothing to read
  tls_.reset(SSL_new(context.get()), SSL_free);
  SSL_set_fd(tls_.get(), fd_);
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's writes would end the process
  ended_ = SSL_connect(tls_.get()) != 1;
}

bool everything_is_tls() {
  static const auto* const asked = std::getenv("TAROTFORGE_TEST_TLS");
  return asked && std::string_view(asked) == "1";
}

Wire::Wire(Wire&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      tls_(std::move(other.tls_)),
      ended_(other.ended_),
      received_(std::move(other.received_)) {}

Wire::~Wire() {
  if (fd_ >= 0) ::close(fd_);
}

bool Wire::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Wire::send(std::string_view bytes) { REQUIRE(try_send(bytes)); }

void Wire::stop_sending() {
  if (tls_) SSL_shutdown(tls_.get());
  ::shutdown(fd_, SHUT_WR);
}

void Wire::reset() {
  const linger hard{1, 0};
  setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(std::exchange(fd_, -1));
}

bool Wire::receive(std::chrono::milliseconds time) {
  if (ended_) return false;
  const auto deadline = std::chrono::steady_clock::now() + time;
  char buffer[16 * 1024];
  ssize_t got = 0;
  for (bool something = false; !something;) {
    const auto rest = deadline - std::chrono::steady_clock::now();
    const auto most = std::chrono::ceil<std::chrono::milliseconds>(rest).count();
    pollfd ready{fd_, POLLIN, 0};
    const bool held = tls_ && SSL_pending(tls_.get()) > 0;
    if (!held && ::poll(&ready, 1, std::max(0, static_cast<int>(most))) <= 0) return false;
    got =
        tls_ ? SSL_read(tls_.get(), buffer, sizeof buffer) : ::recv(fd_, buffer, sizeof buffer, 0);
    something = !tls_ || SSL_get_error(tls_.get(), static_cast<int>(got)) != SSL_ERROR_WANT_READ;
  }
  if (got <= 0) {
    ended_ = true;
    return false;
  }
  received_.append(buffer, static_cast<std::size_t>(got));
  return true;
}

std::string Wire::read(std::size_t bytes) {
  while (received_.size() < bytes)
    REQUIRE_MESSAGE(receive(kPatience), "the server sends what was expected");
  auto out = received_.substr(0, bytes);
  received_.erase(0, bytes);
  return out;
}

std::string Wire::read_through(std::string_view mark) {
  std::size_t at;
  while ((at = received_.find(mark)) == std::string::npos)
    REQUIRE_MESSAGE(receive(kPatience), "the server sends what was expected");
  return read(at + mark.size());
}

std::string Wire::read_to_end() {
  while (receive(kPatience)) {
  }
  REQUIRE_MESSAGE(ended_, "the server closes");
  return std::exchange(received_, {});
}

bool Wire::closes_within(std::chrono::milliseconds time) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (!ended_ && std::chrono::steady_clock::now() < deadline) {
    const auto rest =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    receive(std::max(rest, std::chrono::milliseconds(0)));
  }
  return ended_;
}

bool Wire::is_silent_for(std::chrono::milliseconds time) {
  return received_.empty() && !receive(time) && !ended_;
}

boost::json::object Reply::json() const {
  boost::system::error_code error;
  auto value = boost::json::parse(body, error);
  REQUIRE_MESSAGE((!error && value.is_object()), head, body);
  return value.as_object();
}

std::string Reply::code() const {
  const auto problem = json();
  const auto* found = problem.if_contains("code");
  return found ? std::string(found->as_string()) : "";
}

std::string request_text(const Ask& ask) {
  auto text = fmt::format("{} {} HTTP/1.1\r\nHost: tarot.example\r\n", ask.method, ask.path);
  if (!ask.token.empty()) text += fmt::format("Authorization: Bearer {}\r\n", ask.token);
  for (const auto& header : ask.headers) text += header + "\r\n";
  if (!ask.body.empty())
    text +=
        fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", ask.body.size());
  return text + "\r\n" + ask.body;
}

Reply read_reply(Wire& wire, bool has_body) {
  Reply reply;
  reply.head = wire.read_through("\r\n\r\n");
  reply.status = std::stoi(reply.head.substr(9, 3));
  std::size_t begin = reply.head.find("\r\n") + 2;
  while (begin < reply.head.size() - 2) {
    const auto end = reply.head.find("\r\n", begin);
    const auto line = reply.head.substr(begin, end - begin);
    const auto colon = line.find(": ");
    reply.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    begin = end + 2;
  }
  const auto length = reply.headers.find("content-length");
  if (has_body && length != reply.headers.end()) reply.body = wire.read(std::stoul(length->second));
  return reply;
}

Reply ask(std::uint16_t port, const Ask& what) {
  Wire wire(port);
  wire.send(request_text(what));
  return read_reply(wire, what.method != "HEAD");
}

Seat create_session(std::uint16_t port, std::string_view policy) {
  const auto reply =
      ask(port, {"POST", "/v1/sessions",
                 fmt::format(R"({{"deckId":"classic","name":"Ann","policy":{}}})", policy)});
  REQUIRE_MESSAGE(reply.status == 201, reply.body);
  const auto json = reply.json();
  const auto text = [&](const char* at, const char* name) {
    return std::string(json.at(at).at(name).as_string());
  };
  return {text("session", "id"), std::string(json.at("token").as_string()), text("invite", "code"),
          std::string(json.at("restoreKey").as_string()), text("participant", "id")};
}

Seat join_session(std::uint16_t port, const Seat& host, std::string_view name) {
  const auto reply = ask(port, {"POST", fmt::format("/v1/invites/{}/join", host.code),
                                fmt::format(R"({{"name":"{}"}})", name)});
  REQUIRE_MESSAGE(reply.status == 201, reply.body);
  const auto json = reply.json();
  return {host.session, std::string(json.at("token").as_string()), host.code, "",
          std::string(json.at("participant").at("id").as_string())};
}

int WireFrame::close_code() const {
  if (payload.size() < 2) return 1005;
  return static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]);
}

std::string upgrade_text(std::string_view query, const std::vector<std::string>& headers) {
  auto text = fmt::format(
      "GET /socket/websocket{} HTTP/1.1\r\nHost: tarot.example\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
      query);
  for (const auto& header : headers) text += header + "\r\n";
  return text + "\r\n";
}

std::string masked_frame(int opcode, std::string_view payload) {
  const auto size = payload.size();
  std::string frame(1, static_cast<char>(0x80 | opcode));
  if (size < 126) {
    frame += static_cast<char>(0x80 | size);
  } else if (size < 65536) {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(size >> 8);
    frame += static_cast<char>(size);
  } else {
    frame += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) frame += static_cast<char>(size >> shift);
  }
  constexpr char kMask[] = {0x12, 0x34, 0x56, 0x78};
  frame.append(kMask, 4);
  for (std::size_t i = 0; i < size; ++i) frame += static_cast<char>(payload[i] ^ kMask[i % 4]);
  return frame;
}

PhoenixClient::PhoenixClient(Wire connected, const std::vector<std::string>& headers)
    : wire(std::move(connected)) {
  wire.send(upgrade_text("?vsn=2.0.0", headers));
  response_head = wire.read_through("\r\n\r\n");
  REQUIRE(response_head.starts_with("HTTP/1.1 101"));
}

void PhoenixClient::send_frame(int opcode, std::string_view payload, bool masked) {
  if (masked) return wire.send(masked_frame(opcode, payload));
  wire.send(std::string{static_cast<char>(0x80 | opcode), static_cast<char>(payload.size())} +
            std::string(payload));
}

WireFrame PhoenixClient::next() {
  for (;;) {
    const auto head = wire.read(2);
    std::size_t length = static_cast<unsigned char>(head[1]);
    if (length >= 126) {
      std::size_t read = 0;
      for (const unsigned char c : wire.read(length == 126 ? 2 : 8)) read = read << 8 | c;
      length = read;
    }
    WireFrame frame{head[0] & 0x0F, wire.read(length)};
    if (frame.opcode != kPing) return frame;
    ++pings;
    if (answers_pings) send_frame(kPong, frame.payload);
  }
}

boost::json::array PhoenixClient::next_message() {
  const auto frame = next();
  REQUIRE_MESSAGE(frame.opcode == 1, "a message, not the end: ", frame.close_code());
  return boost::json::parse(frame.payload).as_array();
}

boost::json::array PhoenixClient::wait_for(std::string_view event, std::string_view ref) {
  for (;;) {
    auto message = next_message();
    if (message.at(3).as_string() != event) continue;
    if (ref.empty() || (message.at(1).is_string() && message.at(1).as_string() == ref))
      return message;
  }
}

int PhoenixClient::wait_for_close() {
  for (;;) {
    const auto frame = next();
    if (frame.opcode == kClose) return frame.close_code();
  }
}

boost::json::object PhoenixClient::join(const Seat& seat, std::string_view join_ref) {
  push(fmt::format(R"(["{0}","{0}","session:{1}","phx_join",{{"token":"{2}"}}])", join_ref,
                   seat.session, seat.token));
  return wait_for("phx_reply", join_ref).at(4).as_object();
}

boost::json::object PhoenixClient::request(std::string_view ref, std::string_view topic,
                                           std::string_view event, std::string_view payload) {
  push(fmt::format(R"([null,"{}","{}","{}",{}])", ref, topic, event, payload));
  return wait_for("phx_reply", ref).at(4).as_object();
}

std::string new_key() {
  static Prng random(std::chrono::steady_clock::now().time_since_epoch().count());
  return Uuid::make_v7(WallTime{1'800'000'000'000}, random).to_string();
}

}  // namespace tarotforge::test
