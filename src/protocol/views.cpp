#include "protocol/views.h"

#include <boost/json/array.hpp>

#include "base/check.h"
#include "base/marks.h"
#include "base/text.h"
#include "protocol/json_text.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

using std::chrono::hours;
using std::chrono::seconds;

template <class Number>
json::value number_json(const std::optional<Number>& number) {
  if (!number) return nullptr;
  return *number;
}

json::value in_units(Duration duration, Duration unit) {
  if (duration % unit == Duration(0)) return duration / unit;
  return static_cast<double>(duration.count()) / static_cast<double>(unit.count());
}

// Of a commitment that is not opened, the digest alone: its order is the undrawn deck's, or was
// that of cards which still lie face down.
json::object commitment_json(const core::Commitment& commitment) {
  json::object out{{"digest", text_json(hex(commitment.digest))}, {"opened", commitment.opened}};
  if (!commitment.opened) return out;
  json::array order;
  order.reserve(commitment.order.size());
  for (const auto& undrawn : commitment.order)
    order.push_back(json::object{{"id", text_json(core::deck_cards()[undrawn.card].id)},
                                 {"isReversed", undrawn.is_reversed == 1}});
  out["nonce"] = text_json(hex(commitment.nonce));
  out["order"] = std::move(order);
  return out;
}

void add_reading(json::object& out, const core::Reading& reading) {
  out["deckId"] = text_json(reading.deck_id);
  out["layout"] = text_json(core::to_string(reading.layout));
  out["question"] = text_json(reading.question);
  out["interpretation"] = text_json(reading.interpretation);
  out["readingStep"] = text_json(core::to_string(reading.step));
  json::array cards;
  cards.reserve(reading.cards.size());
  for (const auto& card : reading.cards) cards.push_back(card_json(card));
  out["cards"] = std::move(cards);
  out["deckRemaining"] = reading.undrawn.size();
  const auto& commitments = reading.commitments;
  out["shuffleCommitment"] =
      commitments.empty() ? json::value() : text_json(hex(commitments.back().digest));
  out["activeCardIndex"] = number_json(reading.active_card);
  out["tableLocked"] = reading.table_locked;
}

void add_phase(json::object& out, const SessionView& view) {
  std::optional<Instant> expires_at, warns_at, ended_at, restorable_until;
  std::optional<core::EndReason> reason;
  if (const auto* ended = std::get_if<core::Ended>(&view.session.phase)) {
    ended_at = ended->at;
    reason = ended->reason;
    // A completed reading stays readable until then, but nothing brings it back.
    if (reason == core::EndReason::expired) restorable_until = ended->restorable_until;
  } else if (const auto* purged = std::get_if<core::Purged>(&view.session.phase)) {
    ended_at = purged->ended_at;
    reason = purged->reason;
  } else {
    expires_at = view.expires_at;
    warns_at = view.warns_at;
  }
  out["expiresAt"] = time_json(expires_at, view.calendar);
  out["warnsAt"] = time_json(warns_at, view.calendar);
  out["endedAt"] = time_json(ended_at, view.calendar);
  out["endReason"] = reason ? json::value(text_json(protocol::to_string(*reason))) : json::value();
  out["restorableUntil"] = time_json(restorable_until, view.calendar);
}

// What the OPERATION of each kind carries beside its head.
struct Carried {
  json::object& out;
  const core::Outcome& outcome;
  const SessionView& after;

  void commitment() const {
    check(outcome.shuffle_commitment.has_value(), "a shuffle has a commitment");
    out["shuffleCommitment"] = text_json(hex(*outcome.shuffle_commitment));
  }
  void remaining() const {
    check(outcome.deck_remaining.has_value(), "a card that comes or goes changes the deck");
    out["deckRemaining"] = *outcome.deck_remaining;
  }
  void card() const {
    check(outcome.card.has_value(), "an operation on a card tells its card");
    out["card"] = card_json(*outcome.card);
  }

  void operator()(const core::ChooseDeck& done) const {
    out["deckId"] = text_json(done.deck_id);
    commitment();
  }
  void operator()(const core::ChooseLayout& done) const {
    out["layout"] = text_json(core::to_string(done.layout));
  }
  void operator()(const core::SetQuestion& done) const {
    out["question"] = text_json(done.question);
  }
  void operator()(const core::SetStep& done) const {
    out["step"] = text_json(core::to_string(done.step));
  }
  void operator()(const core::Shuffle&) const { commitment(); }
  void operator()(const core::Draw&) const {
    card();
    remaining();
  }
  void operator()(const core::Flip&) const { card(); }
  void operator()(const core::Move&) const { card(); }
  void operator()(const core::Rotate&) const { card(); }
  void operator()(const core::ReturnCard& done) const {
    out["card"] = done.card;
    remaining();
    commitment();
  }
  void operator()(const core::Focus& done) const {
    out["activeCardIndex"] = number_json(done.card);
  }
  void operator()(const core::Interpret& done) const {
    out["interpretation"] = text_json(done.text);
  }
  void operator()(const core::LockTable& done) const { out["tableLocked"] = done.locked; }
  void operator()(const core::RemoveParticipant& done) const {
    out["participantId"] = text_json(done.participant.to_string());
  }
  void operator()(const core::Reset&) const { out["session"] = session_json(after); }
};

}  // namespace

json::object session_json(const SessionView& view) {
  const auto& session = view.session;
  json::object out{
      {"id", text_json(session.id.to_string())},
      {"hostParticipantId", text_json(session.host.to_string())},
      {"originalHostParticipantId", text_json(session.original_host.to_string())},
      {"hostUserId", id_json(session.host_user)},
  };
  add_reading(out, session.reading);
  out["version"] = session.version;
  out["generation"] = session.generation;
  out["isActive"] = std::holds_alternative<core::Open>(session.phase);
  out["status"] = text_json(status_word(session));
  out["createdAt"] = text_json(time_text(session.created_at, view.calendar));
  out["updatedAt"] = text_json(time_text(session.updated_at, view.calendar));
  out["lastActivityAt"] = text_json(time_text(view.last_activity, view.calendar));
  add_phase(out, view);
  out["policy"] = policy_json(session.policy);
  return out;
}

json::object card_json(const core::Card& card) {
  json::object out{{"index", card.index},
                   {"position", text_json(card.position)},
                   {"faceUp", card.face_up},
                   {"cardId", nullptr},
                   {"name", nullptr},
                   {"isReversed", nullptr},
                   {"x", card.x},
                   {"y", card.y},
                   {"z", card.z},
                   {"rotation", card.rotation}};
  if (card.face_up || TF_PLANTED(shows_face_down_cards)) {
    const auto& shown = core::deck_cards()[card.card];
    out["cardId"] = text_json(shown.id);
    out["name"] = text_json(shown.name);
    out["isReversed"] = card.is_reversed;
  }
  return out;
}

json::object participant_json(const core::Participant& participant, SessionId session,
                              core::PresenceLevel presence, Calendar calendar) {
  const auto* user = std::get_if<UserId>(&participant.identity);
  const auto* guest = std::get_if<core::GuestId>(&participant.identity);
  json::object out{
      {"id", text_json(participant.id.to_string())},
      {"sessionId", text_json(session.to_string())},
      {"userId", user ? json::value(text_json(user->to_string())) : json::value()},
      {"anonymousId", guest ? json::value(text_json(guest->value)) : json::value()},
      {"name", text_json(participant.name)},
      {"role", text_json(core::to_string(participant.role))},
      {"isActive", participant.is_active},
      {"joinedAt", text_json(time_text(participant.joined_at, calendar))},
      {"lastSeenAt", text_json(time_text(participant.last_seen_at, calendar))},
      {"presence", text_json(core::to_string(presence))},
  };
  if (participant.left_at) out["leftAt"] = text_json(time_text(*participant.left_at, calendar));
  if (participant.leave_reason)
    out["leaveReason"] = text_json(core::to_string(*participant.leave_reason));
  return out;
}

json::object operation_json(const core::Operated& operated, const SessionView& after) {
  json::object out{
      {"version", operated.version},
      {"generation", operated.generation},
      {"kind", text_json(core::kind_of(operated.operation))},
      {"by", text_json(operated.by.to_string())},
      {"at", text_json(time_text(operated.at, after.calendar))},
  };
  if (operated.key) out["key"] = text_json(operated.key->to_string());
  std::visit(Carried{out, operated.outcome, after}, operated.operation);
  return out;
}

json::object invite_json(const core::Invite& invite, std::string_view public_url,
                         Calendar calendar) {
  return {
      {"code", text_json(invite.code)},
      {"url", text_json(std::string(public_url) + "/invite/" + invite.code)},
      {"role", text_json(core::to_string(invite.role))},
      {"expiresAt", time_json(invite.expires_at, calendar)},
      {"maxUses", number_json(invite.max_uses)},
      {"uses", invite.uses},
      {"isActive", invite.is_active},
      {"revokedAt", time_json(invite.revoked_at, calendar)},
      {"createdAt", text_json(time_text(invite.created_at, calendar))},
  };
}

json::object preview_json(const core::SessionData& session, Calendar calendar) {
  std::size_t here = 0;
  for (const auto& participant : session.participants) here += participant.is_active;
  return {{"status", "valid"},
          {"session",
           {{"id", text_json(session.id.to_string())},
            {"deckId", text_json(session.reading.deck_id)},
            {"participantCount", here},
            {"createdAt", text_json(time_text(session.created_at, calendar))}}}};
}

json::object presence_meta(const core::Participant& participant, core::PresenceLevel presence,
                           Instant since, std::optional<core::LeaveReason> reason,
                           std::string_view phx_ref, Calendar calendar) {
  json::object out{
      {"phx_ref", text_json(phx_ref)},
      {"name", text_json(participant.name)},
      {"role", text_json(core::to_string(participant.role))},
      {"presence", text_json(core::to_string(presence))},
      {"since", text_json(time_text(since, calendar))},
  };
  const bool away = presence < core::PresenceLevel::connected;
  if (away && reason) out["reason"] = text_json(core::to_string(*reason));
  return out;
}

json::object policy_json(const core::Policy& policy) {
  return {
      {"timeoutSeconds", seconds_json(policy.timeout)},
      {"warningSeconds", seconds_json(policy.warning)},
      {"keepAlive", text_json(to_string(policy.keep_alive))},
      {"recoveryHours", hours_json(policy.recovery)},
      {"maxParticipants", policy.max_participants},
  };
}

std::string_view status_word(const core::SessionData& session) {
  if (const auto* ended = std::get_if<core::Ended>(&session.phase)) return to_string(ended->reason);
  return std::holds_alternative<core::Open>(session.phase) ? "active" : "purged";
}

std::string_view to_string(core::KeepAlive keep_alive) {
  switch (keep_alive) {
    case core::KeepAlive::active:
      return "active";
    case core::KeepAlive::visible:
      return "visible";
    case core::KeepAlive::connected:
      return "connected";
  }
  fail_check("keepAlive is one of its words", std::source_location::current());
}

std::optional<core::KeepAlive> parse_keep_alive(std::string_view word) {
  using enum core::KeepAlive;
  for (const auto keep_alive : {active, visible, connected})
    if (to_string(keep_alive) == word) return keep_alive;
  return std::nullopt;
}

std::string_view to_string(core::EndReason reason) {
  return reason == core::EndReason::expired ? "expired" : "completed";
}

std::string time_text(Instant t, Calendar calendar) { return rfc3339(calendar.wall(t)); }

json::value time_json(std::optional<Instant> t, Calendar calendar) {
  if (!t) return nullptr;
  return text_json(time_text(*t, calendar));
}

json::value seconds_json(Duration duration) { return in_units(duration, seconds(1)); }
json::value hours_json(Duration duration) { return in_units(duration, hours(1)); }

json::object shuffles_json(const core::Reading& reading) {
  json::array shuffles;
  shuffles.reserve(reading.commitments.size());
  for (const auto& commitment : reading.commitments)
    shuffles.push_back(commitment_json(commitment));
  return {{"shuffles", std::move(shuffles)}};
}

void hide_turned_down(json::object& operation, const core::Reading& reading) {
  auto* card = operation.if_contains("card");
  if (!card || !card->is_object() || card->at("cardId").is_null()) return;
  const auto index = card->at("index").to_number<core::CardIndex>();
  for (const auto& on_table : reading.cards)
    if (on_table.index == index && on_table.face_up) return;
  for (const auto* secret : {"cardId", "name", "isReversed"}) card->as_object()[secret] = nullptr;
}

}  // namespace tarotforge::protocol
