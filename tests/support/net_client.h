// Clients on sockets, plain or in TLS: bytes as they are, HTTP answers, and a Phoenix client over a
// WebSocket. Every wait has a deadline and fails the test when it is over.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ssl_st;  // OpenSSL's

namespace tarotforge::test {

// With TAROTFORGE_TEST_TLS=1 every world and every wire of the tests speaks TLS, so that each test
// of the front is one of both.
bool everything_is_tls();

class Wire {
 public:
  struct Options {
    int receive_buffer = 0;  // bytes; 0 leaves the system's
    std::uint16_t local_port = 0;
    bool tls = everything_is_tls();
  };
  explicit Wire(std::uint16_t port) : Wire(port, Options{}) {}
  Wire(std::uint16_t port, Options options);
  Wire(Wire&& other) noexcept;
  Wire& operator=(Wire&&) = delete;
  ~Wire();

  void send(std::string_view bytes);
  bool try_send(std::string_view bytes);  // false where the peer has closed
  void stop_sending();
  ssl_st* tls() const { return tls_.get(); }  // none: plain
  int descriptor() const { return fd_; }
  void reset();  // gone without a word

  // Until the peer has sent so much, or up to and with the mark.
  std::string read(std::size_t bytes);
  std::string read_through(std::string_view mark);
  std::string read_to_end();
  // Whether the peer closes within that time; what it sends before is kept.
  bool closes_within(std::chrono::milliseconds time);
  bool is_silent_for(std::chrono::milliseconds time);

 private:
  bool receive(std::chrono::milliseconds time);  // false at the end, or when time is over
  void shake_hands();

  int fd_;
  std::shared_ptr<ssl_st> tls_;
  bool ended_ = false;
  std::string received_;
};

struct Reply {
  int status = 0;
  std::string head;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  boost::json::object json() const;
  std::string code() const;  // of a problem
};

struct Ask {
  std::string method = "GET";
  std::string path;
  std::string body{};
  std::string token{};
  std::vector<std::string> headers{};
};

std::string request_text(const Ask& ask);
Reply read_reply(Wire& wire, bool has_body = true);
Reply ask(std::uint16_t port, const Ask& what);  // on a connection of its own

// A session made over HTTP, and the guest who joined it.
struct Seat {
  std::string session, token, code, restore_key, participant;
};
Seat create_session(std::uint16_t port, std::string_view policy = "{}");
Seat join_session(std::uint16_t port, const Seat& host, std::string_view name = "Guest");

struct WireFrame {
  int opcode = 0;
  std::string payload;
  int close_code() const;  // 1005 where it has none
};

class PhoenixClient {
 public:
  explicit PhoenixClient(std::uint16_t port) : PhoenixClient(Wire(port)) {}
  explicit PhoenixClient(Wire wire, const std::vector<std::string>& headers = {});

  void send_frame(int opcode, std::string_view payload, bool masked = true);
  void push(std::string_view frame) { send_frame(1, frame); }

  // The next frame that is no ping; pings are answered only where that is asked for.
  WireFrame next();
  bool answers_pings = true;
  int pings = 0;

  boost::json::array next_message();
  // Passes over everything before; the whole frame.
  boost::json::array wait_for(std::string_view event, std::string_view ref = {});
  // The close code; passes over everything before.
  int wait_for_close();

  // Joins session:<id>; the reply's payload.
  boost::json::object join(const Seat& seat, std::string_view join_ref = "1");
  boost::json::object request(std::string_view ref, std::string_view topic, std::string_view event,
                              std::string_view payload);

  Wire wire;
  std::string response_head;
};

std::string masked_frame(int opcode, std::string_view payload);
std::string upgrade_text(std::string_view query, const std::vector<std::string>& headers = {});

std::string new_key();  // a UUID

}  // namespace tarotforge::test
