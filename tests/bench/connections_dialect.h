// What a client says to each of the servers, and what their answers mean: Phoenix's frames
// (TarotForge, and the same bytes on `ws`), and Engine.IO 4 with Socket.IO 5. The same work each:
// join a room, a heartbeat that is answered, a cursor that the others in the room receive.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace tarotforge::bench {

struct Seat {
  std::string topic;
  std::string token;  // empty where the server asks for none
};

enum class Heard { other, greet, ready, joined, refused, beat, cursor, ping };

class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual std::string_view target() const = 0;
  virtual bool greets() const { return false; }  // ready by itself once the socket is open
  virtual std::string join(const Seat& seat) const = 0;
  virtual std::string beat(std::uint32_t number) const = 0;
  virtual std::string cursor(const Seat& seat, std::uint32_t number) const = 0;
  virtual Heard meaning(std::string_view text) const = 0;
  virtual std::uint32_t beat_number(std::string_view text) const = 0;

 protected:
  static std::uint32_t number_after(std::string_view text, std::string_view lead) {
    std::uint32_t number = 0;
    if (text.starts_with(lead))
      std::from_chars(text.data() + lead.size(), text.data() + text.size(), number);
    return number;
  }
  static std::string place(std::uint32_t number) {
    return fmt::format(R"({{"x":0.{:03},"y":0.{:03}}})", number % 900 + 100, number % 800 + 100);
  }
};

class PhoenixDialect final : public Dialect {
 public:
  std::string_view target() const override { return "/socket/websocket?vsn=2.0.0"; }
  std::string join(const Seat& seat) const override {
    return fmt::format(R"(["1","1","{}","phx_join",{{"token":"{}","sinceVersion":0}}])", seat.topic,
                       seat.token);
  }
  std::string beat(std::uint32_t number) const override {
    return fmt::format(R"([null,"{}","phoenix","heartbeat",{{}}])", number);
  }
  std::string cursor(const Seat& seat, std::uint32_t number) const override {
    return fmt::format(R"(["1","{}","{}","cursor",{}])", number, seat.topic, place(number));
  }
  Heard meaning(std::string_view text) const override {
    if (text.starts_with(R"(["1","1",)"))
      return text.find(R"({"status":"ok")") == text.npos ? Heard::refused : Heard::joined;
    if (text.starts_with("[null,null,"))
      return text.find(R"(,"cursor",)") == text.npos ? Heard::other : Heard::cursor;
    const bool beat = text.find(R"(","phoenix","phx_reply",{"status":"ok")") != text.npos;
    return beat ? Heard::beat : Heard::other;
  }
  std::uint32_t beat_number(std::string_view text) const override {
    return number_after(text, R"([null,")");
  }
};

class SocketIoDialect final : public Dialect {
 public:
  std::string_view target() const override { return "/socket.io/?EIO=4&transport=websocket"; }
  bool greets() const override { return true; }
  std::string join(const Seat& seat) const override {
    return fmt::format(R"(420["join","{}"])", seat.topic);
  }
  std::string beat(std::uint32_t number) const override {
    return fmt::format(R"(42{}["heartbeat",{{}}])", number);
  }
  std::string cursor(const Seat& seat, std::uint32_t number) const override {
    return fmt::format(R"(42["cursor","{}",{}])", seat.topic, place(number));
  }
  Heard meaning(std::string_view text) const override {
    if (text.starts_with("430[")) return Heard::joined;
    if (text.starts_with("43")) return Heard::beat;
    if (text.starts_with(R"(42["cursor",)")) return Heard::cursor;
    if (text.starts_with("40{")) return Heard::ready;
    if (text.starts_with("0{")) return Heard::greet;
    if (text == "2") return Heard::ping;
    return text.starts_with("44") ? Heard::refused : Heard::other;
  }
  std::uint32_t beat_number(std::string_view text) const override {
    return number_after(text, "43");
  }
};

}  // namespace tarotforge::bench
