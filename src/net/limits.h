// Every bound of the server's front, with its number. Tests set shorter ones.
#pragma once

#include <cstddef>
#include <cstdint>

#include "app/settings.h"
#include "base/instant.h"

namespace tarotforge::net {

// How much one address, one participant and one socket may ask for; 0: no limit.
struct Rates {
  std::uint32_t requests = 0;     // of an address a minute: of the API, upgrades, channel joins
  std::uint32_t entries = 0;      // of an address a minute: making, previewing and joining readings
  std::uint32_t guesses = 0;      // of an address a minute: wrong tokens for operators' routes
  std::uint32_t participant = 0;  // of one a minute: requests and events
  std::uint32_t connections = 0;  // of an address at once
  std::uint32_t frames = 0;       // of one socket a second, whatever they say
};

struct Limits {
  // Of HTTP and sockets together, and of those that have not become sockets. The first is a little
  // below the 20,000 open files that many systems allow one process; where they allow less, the
  // server takes less.
  std::size_t connections = 18'000;
  std::size_t http_connections = 4'000;  // some 10 KB each at work

  std::size_t head_bytes = 16 * 1024;   // browsers send 1 to 2 KB
  std::size_t target_bytes = 8 * 1024;  // RFC 9110, section 4.1, asks for 8,000 at least
  std::size_t body_bytes = 64 * 1024;

  // Absolute: they do not start again with each byte that comes.
  Duration handshake{std::chrono::seconds(10)};  // of TLS, before the first head
  Duration head{std::chrono::seconds(10)};
  Duration body{std::chrono::seconds(30)};
  Duration answer{std::chrono::seconds(30)};      // for the client to take it
  Duration keep_alive{std::chrono::seconds(75)};  // between two requests; the usual 60 s and more

  Duration join{std::chrono::seconds(10)};  // for a new socket to join a topic
  Duration ping = app::kPing;               // after the last frame received
  Duration pong = app::kPong;               // after a ping
  Duration close{std::chrono::seconds(2)};  // for the peer's end of the closing handshake

  // What one connection has not read yet: enough for a burst of a full room, small enough that
  // thousands of slow ones do not fill the memory.
  std::size_t outbox_frames = 256;
  std::size_t outbox_bytes = 1024 * 1024;
  // Of all connections together, so that many that read nothing do not fill the memory either:
  // once this is reached nobody may have more unread than `outbox_share`.
  std::size_t outboxes_bytes = 256 * 1024 * 1024;
  std::size_t outbox_share = 64 * 1024;
  Duration blocked{std::chrono::seconds(30)};  // without reading any of what waits
  int unsent_bytes = 128 * 1024;  // that the system holds for one; by itself it takes 4 MB

  std::size_t requests_in_flight = 32;  // of one socket, waiting for the store
  std::size_t channels = 100;           // of one socket, as Phoenix has it
  std::size_t relays_per_second = 20;   // cursor and view
  std::size_t relay_bytes = 4 * 1024;   // a cursor's position takes 50

  Rates rates{};

  // How long clients of a draining server wait before they come back, each its own time.
  Duration reconnect_least{500};
  Duration reconnect_most{5000};
};

}  // namespace tarotforge::net
