// The client's side of many WebSocket connections on one epoll: RFC 6455 framing and nothing more.
// It trusts its servers only so far: what breaks the protocol counts as a lost connection.
// It shares no code with the server, so that both cannot be wrong in the same way.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace tarotforge::bench {

struct Address {
  std::uint16_t port;
  std::uint32_t source = 0;  // 127.0.0.n to come from; 0: any
};

// A socket connected to 127.0.0.1, or -1.
inline int connect_to(Address to) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  if (to.source != 0) {  // the kernel picks the port when it knows the other end
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    address.sin_addr.s_addr = htonl(0x7f000000U + to.source);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return close(fd), -1;
  }
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(to.port);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return close(fd), -1;
  return fd;
}

class Ears {
 public:
  virtual ~Ears() = default;
  virtual void opened(std::uint32_t peer) = 0;
  virtual void heard(std::uint32_t peer, std::string_view text) = 0;
  virtual void lost(std::uint32_t peer, std::string_view why) = 0;
};

class Wire {
 public:
  Wire(std::uint16_t port, Ears& ears) : port_(port), ears_(ears), epoll_(epoll_create1(0)) {}
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire() {
    close_all();
    close(epoll_);
  }

  // Connects one more peer and asks for the upgrade; opened() follows. Returns its number.
  std::uint32_t open(std::string_view target) {
    const auto number = static_cast<std::uint32_t>(peers_.size());
    auto& peer = peers_.emplace_back();
    // 127.0.0.2 and so on: one address has 28,000 ports by default, and others use them as well.
    peer.fd = connect_to({port_, 2 + number / 4'000});
    if (peer.fd < 0) {
      fail(number, "cannot connect");
      return number;
    }
    epoll_event event{.events = EPOLLIN, .data = {.u32 = number}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, peer.fd, &event);
    std::string request = "GET ";
    request += target;
    request +=
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    put(number, request);
    return number;
  }

  void send(std::uint32_t number, std::string_view text) { send_frame(number, kText, text); }

  // Handles what has come, waiting for it at most so long.
  void poll(int milliseconds) {
    std::array<epoll_event, 512> events;
    const int count = epoll_wait(epoll_, events.data(), events.size(), milliseconds);
    for (int i = 0; i < count; ++i) read(events[static_cast<std::size_t>(i)].data.u32);
  }

  void close_all() {
    for (auto& peer : peers_)
      if (peer.fd >= 0) close(peer.fd);
    peers_.clear();
  }

 private:
  enum Opcode : std::uint8_t { kText = 1, kClose = 8, kPing = 9, kPong = 10 };

  struct Peer {
    int fd = -1;
    bool open = false;
    std::string rest;  // the beginning of a frame, or of the upgrade's answer
  };

  void send_frame(std::uint32_t number, Opcode opcode, std::string_view text) {
    if (peers_[number].fd < 0) return;
    frame_.clear();
    frame_ += static_cast<char>(0x80 | opcode);
    if (text.size() < 126) {
      frame_ += static_cast<char>(0x80 | text.size());
    } else {
      frame_ += static_cast<char>(0x80 | 126);
      frame_ += static_cast<char>(text.size() >> 8);
      frame_ += static_cast<char>(text.size() & 0xff);
    }
    const std::uint32_t mask = random_();
    char key[4];
    std::memcpy(key, &mask, 4);
    frame_.append(key, 4);
    for (std::size_t i = 0; i < text.size(); ++i) frame_ += static_cast<char>(text[i] ^ key[i % 4]);
    put(number, frame_);
  }

  // What is sent here is small and the server reads, so that the kernel takes it whole.
  void put(std::uint32_t number, std::string_view bytes) {
    const auto taken = ::send(peers_[number].fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (taken != static_cast<ssize_t>(bytes.size())) fail(number, "cannot send");
  }

  void read(std::uint32_t number) {
    auto& peer = peers_[number];
    if (peer.fd < 0) return;
    const auto size = recv(peer.fd, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) return fail(number, "closed by the server");
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(size));
    std::string joined;
    if (!peer.rest.empty()) {
      joined = std::move(peer.rest);
      joined += bytes;
      bytes = joined;
    }
    if (!peer.open && !take_answer(number, bytes)) return;
    while (take_frame(number, bytes)) {
    }
    if (peer.fd >= 0) peer.rest.assign(bytes);
    if (peer.rest.empty()) std::string().swap(peer.rest);
  }

  // The answer to the upgrade. True once it was taken off the front.
  bool take_answer(std::uint32_t number, std::string_view& bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == bytes.npos) {
      peers_[number].rest.assign(bytes);
      return false;
    }
    const auto head = bytes.substr(0, end);
    // RFC 6455, section 1.3, gives the answer to the key that is sent.
    if (!head.starts_with("HTTP/1.1 101") ||
        head.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == head.npos) {
      fail(number, head.substr(0, head.find('\r')));
      return false;
    }
    bytes.remove_prefix(end + 4);
    peers_[number].open = true;
    ears_.opened(number);
    return true;
  }

  // Takes one whole frame off the front; false where there is none.
  bool take_frame(std::uint32_t number, std::string_view& bytes) {
    if (peers_[number].fd < 0 || bytes.size() < 2) return false;
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
    std::size_t size = byte(1), head = 2;
    if (size == 126) {
      if (bytes.size() < 4) return false;
      size = static_cast<std::size_t>(byte(2)) << 8 | byte(3);
      head = 4;
    } else if (size >= 127 || (byte(0) & 0xf0) != 0x80) {  // no server here says so much at once
      fail(number, "a frame that is too large, masked or fragmented");
      return false;
    }
    if (bytes.size() < head + size) return false;
    const auto payload = bytes.substr(head, size);
    switch (byte(0) & 0x0f) {
      case kText:
        ears_.heard(number, payload);
        break;
      case kPing:
        send_frame(number, kPong, payload);
        break;
      case kPong:
        break;
      default:
        fail(number, payload.size() > 2 ? payload.substr(2) : "a close frame");
    }
    bytes.remove_prefix(head + size);
    return true;
  }

  void fail(std::uint32_t number, std::string_view why) {
    auto& peer = peers_[number];
    if (peer.fd >= 0) close(peer.fd);
    peer.fd = -1;
    ears_.lost(number, why);
  }

  std::uint16_t port_;
  Ears& ears_;
  int epoll_;
  std::vector<Peer> peers_;
  std::string frame_;
  std::array<char, 65536> buffer_;
  std::minstd_rand random_;
};

}  // namespace tarotforge::bench
