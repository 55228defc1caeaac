// Identifiers. Every kind is its own type, so that a session id never stands where a participant's
// is meant. Ids are UUIDs; new ones are version 7 (RFC 9562: 48 bits of Unix milliseconds, then
// random bits), so that rows made together lie together.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/random.h"

namespace tarotforge {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Uuid&, const Uuid&) = default;
  bool is_nil() const { return *this == Uuid{}; }
  std::string to_string() const;                            // 36 characters, lower case
  static std::optional<Uuid> parse(std::string_view text);  // the same form, either case
  static Uuid make_v7(WallTime now, Random& random);
};

template <class Kind>
struct Id : Uuid {
  Id() = default;
  explicit Id(const Uuid& uuid) : Uuid(uuid) {}
  static std::optional<Id> parse(std::string_view text) {
    auto uuid = Uuid::parse(text);
    if (!uuid) return std::nullopt;
    return Id(*uuid);
  }
  static Id make(WallTime now, Random& random) { return Id(make_v7(now, random)); }
};

using SessionId = Id<struct SessionKind>;
using ParticipantId = Id<struct ParticipantKind>;
using ConnectionId = Id<struct ConnectionKind>;
using InviteId = Id<struct InviteKind>;
using UserId = Id<struct UserKind>;
using ServerId = Id<struct ServerKind>;
using EventId = Id<struct EventKind>;
using WebhookId = Id<struct WebhookKind>;
using IdempotencyKey = Id<struct IdempotencyKeyKind>;

}  // namespace tarotforge

template <>
struct std::hash<tarotforge::Uuid> {
  std::size_t operator()(const tarotforge::Uuid& id) const noexcept {
    // The last eight bytes of a version 7 UUID are random; of any version they vary most.
    std::uint64_t tail;
    std::memcpy(&tail, id.bytes.data() + 8, sizeof tail);
    return tail * 0x9E3779B97F4A7C15ull;  // Fibonacci hashing, Knuth vol. 3, 6.4
  }
};
template <class Kind>
struct std::hash<tarotforge::Id<Kind>> : std::hash<tarotforge::Uuid> {};
