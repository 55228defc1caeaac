// What people may see of a session, as the JSON of docs/protocol.md. Made only from the core's
// values, in one place, because this is where peeking is prevented: a face-down card has no name
// and no orientation here, and of the undrawn deck nothing but its size (RD7, RD8).
#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/effect.h"
#include "core/invite.h"
#include "core/policy.h"
#include "core/presence.h"
#include "core/session.h"
#include "protocol/json_text.h"

namespace tarotforge::protocol {

// Everything a participant may see of a session. Refers to the session: not for keeping.
struct SessionView {
  const core::SessionData& session;
  Calendar calendar;
  Instant last_activity;
  std::optional<Instant> expires_at{}, warns_at{};  // while it is open
};

boost::json::object session_json(const SessionView& view);                  // SESSION
boost::json::object card_json(const core::Card& card);                      // CARD
boost::json::object participant_json(const core::Participant& participant,  // PARTICIPANT
                                     SessionId session, core::PresenceLevel presence,
                                     Calendar calendar);

// OPERATION. `after` is the session as the operation left it; only a reset tells of it.
boost::json::object operation_json(const core::Operated& operated, const SessionView& after);

// {"shuffles":[COMMITMENT]}: what was promised about each shuffle, oldest first, with what was
// opened.
boost::json::object shuffles_json(const core::Reading& reading);

// Takes a card's identity out of an operation that is told again, where that card no longer lies
// face up: who comes later learns of it only while it does (RD8).
void hide_turned_down(boost::json::object& operation, const core::Reading& reading);

// `public_url` has no slash at its end.
boost::json::object invite_json(const core::Invite& invite, std::string_view public_url,
                                Calendar calendar);
// The answer to a preview: it names nobody (JN11).
boost::json::object preview_json(const core::SessionData& session, Calendar calendar);

// One meta of Phoenix Presence. `reason` is told of the reconnecting and the offline only.
boost::json::object presence_meta(const core::Participant& participant,
                                  core::PresenceLevel presence, Instant since,
                                  std::optional<core::LeaveReason> reason, std::string_view phx_ref,
                                  Calendar calendar);

boost::json::object policy_json(const core::Policy& policy);

inline constexpr std::array<std::string_view, 4> kStatusWords{"active", "expired", "completed",
                                                              "purged"};
std::string_view status_word(const core::SessionData& session);
std::string_view to_string(core::KeepAlive keep_alive);
std::string_view to_string(core::EndReason reason);
std::optional<core::KeepAlive> parse_keep_alive(std::string_view word);

// RFC 3339, as every time on the wire; null where there is none.
std::string time_text(Instant t, Calendar calendar);
boost::json::value time_json(std::optional<Instant> t, Calendar calendar);

// A length of time in its unit, an integer where it is whole: 3600, 0.5.
boost::json::value seconds_json(Duration duration);
boost::json::value hours_json(Duration duration);

}  // namespace tarotforge::protocol
