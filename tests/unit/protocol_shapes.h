// A session to look at and short ways to read JSON, for the tests of what the wire shows.
#pragma once

#include <doctest/doctest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/random.h"
#include "core/session.h"
#include "protocol/json_guard.h"
#include "protocol/views.h"

namespace tarotforge::protocol::test {

inline constexpr Instant kNow{1'769'904'000'000};               // 2026-02-01T00:00:00.000Z
inline constexpr Calendar kCalendar{std::chrono::seconds(-1)};  // the wall clock was set back 1 s

template <class Kind>
Id<Kind> id_of(std::uint8_t number) {
  Id<Kind> id;
  id.bytes.back() = number;
  return id;
}

inline core::Participant somebody(std::uint8_t number, core::Role role) {
  return {.id = id_of<ParticipantKind>(number),
          .identity = core::GuestId{"guest-" + std::to_string(number)},
          .name = role == core::Role::host ? "Ann" : "Ben",
          .role = role,
          .joined_at = kNow,
          .last_seen_at = kNow,
          .token_hash = Digest{number}};
}

// A session of two people, three cards drawn in step drawing, none of them turned.
struct Room {
  Prng random{7};
  core::Session session{core::SessionData{}};
  ParticipantId host = id_of<ParticipantKind>(1);

  Room() {
    auto reading = core::make_reading("classic", core::Layout::three_card, "Why?", random);
    REQUIRE(reading);
    session = core::Session::create({.id = id_of<SessionKind>(9),
                                     .policy = {},
                                     .host = somebody(1, core::Role::host),
                                     .reading = *std::move(reading),
                                     .restore_key_hash = Digest{}},
                                    kNow);
    auto data = session.data();
    data.participants.push_back(somebody(2, core::Role::participant));
    session = core::Session(std::move(data));
    operate(core::SetStep{core::Step::drawing});
    for (const auto* position : {"past", "present", "future"}) operate(core::Draw{position});
  }

  core::Effects apply(const core::Command& command, Instant now = kNow) {
    auto effects = session.apply(command, now, {}, random);
    REQUIRE(effects);
    return *std::move(effects);
  }

  core::Operated operate(const core::Operation& operation,
                         std::optional<IdempotencyKey> key = std::nullopt) {
    return std::get<core::Operated>(apply(core::Operate{host, operation, key}).front());
  }

  SessionView view() const {
    return {.session = session.data(),
            .calendar = kCalendar,
            .last_activity = session.last_activity(kNow, {}),
            .expires_at = session.expires_at(kNow, {}),
            .warns_at = session.warns_at(kNow, {})};
  }

  // What everybody is told about an operation, as it stands on the wire.
  boost::json::object told(const core::Operation& operation) {
    return operation_json(operate(operation), view());
  }
};

template <class T>
T value(Result<T> result) {
  REQUIRE(result);
  return *std::move(result);
}

inline boost::json::object read(std::string_view text) {
  auto object = parse_object(text);
  INFO(text);
  REQUIRE(object);
  return *std::move(object);
}

inline constexpr auto kId = "01890a5d-ac96-774b-bcce-b302099a8057";

template <class Parser>
void refused(Parser parse, std::string_view text, ErrorCode code, std::string_view mentions = {}) {
  INFO(text);
  const auto result = parse(read(text));
  REQUIRE_FALSE(result);
  CHECK(info(result.error().code).name == info(code).name);
  INFO(result.error().sentence());
  CHECK(result.error().sentence().find(mentions) != std::string_view::npos);
}

inline std::string word(const boost::json::value& value) {
  REQUIRE(value.is_string());
  return std::string(value.get_string());
}

inline std::set<std::string> keys(const boost::json::object& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : object) names.emplace(name);
  return names;
}

}  // namespace tarotforge::protocol::test
