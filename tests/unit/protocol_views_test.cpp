// What people may see of a session.
#include "protocol/views.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.h"
#include "tests/unit/protocol_shapes.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;
using test::kCalendar;
using test::kNow;
using test::Room;

TEST_CASE("HT9 a session has every field of its shape, in camelCase, with times in UTC") {
  Room room;
  const json::object session = session_json(room.view());
  CHECK(test::keys(session) == std::set<std::string>{"activeCardIndex",
                                                     "cards",
                                                     "createdAt",
                                                     "deckId",
                                                     "deckRemaining",
                                                     "endReason",
                                                     "endedAt",
                                                     "expiresAt",
                                                     "generation",
                                                     "hostParticipantId",
                                                     "hostUserId",
                                                     "id",
                                                     "interpretation",
                                                     "isActive",
                                                     "lastActivityAt",
                                                     "layout",
                                                     "originalHostParticipantId",
                                                     "policy",
                                                     "question",
                                                     "readingStep",
                                                     "restorableUntil",
                                                     "shuffleCommitment",
                                                     "status",
                                                     "tableLocked",
                                                     "updatedAt",
                                                     "version",
                                                     "warnsAt"});
  CHECK(session.at("id") == "00000000-0000-0000-0000-000000000009");
  CHECK(session.at("hostParticipantId") == "00000000-0000-0000-0000-000000000001");
  CHECK(session.at("hostUserId").is_null());
  CHECK(session.at("deckRemaining") == 75);
  CHECK(session.at("version") == 4);
  CHECK(session.at("status") == "active");
  CHECK(session.at("isActive") == true);
  CHECK(session.at("layout") == "three-card");
  CHECK(session.at("readingStep") == "drawing");
  CHECK(session.at("createdAt") == "2026-01-31T23:59:59.000Z");
  CHECK(session.at("expiresAt") == "2026-02-01T00:59:59.000Z");
  CHECK(session.at("warnsAt") == "2026-02-01T00:54:59.000Z");
  CHECK(session.at("endedAt").is_null());
  CHECK(session.at("activeCardIndex").is_null());
}

TEST_CASE("HT9 what was written as JSON reads back, with numbers as people write them") {
  Room room;
  room.operate(core::SetQuestion{"Wird \"es\" gut?\n\u00e4\u20ac\U0001F0CF"});
  room.operate(core::Move{0, 0.4, 1e-7});
  const json::object session = session_json(room.view());
  const std::string text = to_text(session);
  CHECK(text.find("\"x\":0.4,") != std::string::npos);
  CHECK(test::read(text).at("question") == session.at("question"));
  CHECK(test::read(text).at("cards").at(2).at("y") == session.at("cards").at(2).at("y"));
  CHECK(to_text(json::object()) == "{}");
  CHECK(to_text(json::object{{"a", json::array()}, {"b", {1, -2, 0.5, true, nullptr, ""}}}) ==
        R"({"a":[],"b":[1,-2,0.5,true,null,""]})");
}

TEST_CASE("RD8 a card has a name and an orientation only while it is face up") {
  core::Card card{.index = 3, .position = "past", .card = 0, .is_reversed = true};
  const json::object down = card_json(card);
  CHECK(test::keys(down) == std::set<std::string>{"cardId", "faceUp", "index", "isReversed", "name",
                                                  "position", "rotation", "x", "y", "z"});
  CHECK(down.at("cardId").is_null());
  CHECK(down.at("name").is_null());
  CHECK(down.at("isReversed").is_null());
  card.face_up = true;
  const json::object up = card_json(card);
  CHECK(test::word(up.at("cardId")) == core::deck_cards()[0].id);
  CHECK(test::word(up.at("name")) == core::deck_cards()[0].name);
  CHECK(up.at("isReversed") == true);
}

// Whether the text has the id of any card but the allowed ones.
bool names_a_card(const std::string& text, const std::set<std::uint8_t>& allowed) {
  const auto cards = core::deck_cards();
  for (std::uint8_t i = 0; i < core::kDeckSize; ++i)
    if (!allowed.contains(i) &&
        text.find('"' + std::string(cards[i].id) + '"') != std::string::npos)
      return true;
  return false;
}

TEST_CASE("RD7 RD8 no answer names a card of the deck or one that lies face down") {
  Room room;
  for (std::uint8_t guest = 0; guest < 2; ++guest) {
    const auto& cards = room.session.data().reading.cards;
    const std::set<std::uint8_t> shown = guest ? std::set{cards[1].card} : std::set<std::uint8_t>{};
    CHECK_FALSE(names_a_card(to_text(session_json(room.view())), shown));
    for (const core::Operation& operation :
         {core::Operation(core::Shuffle{}), core::Operation(core::Move{0, 0.1, 0.2}),
          core::Operation(core::Rotate{2, 90}), core::Operation(core::Focus{0}),
          core::Operation(core::Flip{0, false})})
      CHECK_FALSE(names_a_card(to_text(room.told(operation)), {}));
    room.operate(core::Flip{1, true});
  }
  room.operate(core::Flip{1, false});
  CHECK_FALSE(names_a_card(to_text(room.told(core::ReturnCard{1})), {}));
  CHECK_FALSE(names_a_card(to_text(session_json(room.view())), {}));
}

TEST_CASE("RD8 an operation told again hides a card that was turned down or returned since") {
  Room room;
  json::object turned = room.told(core::Flip{0, true});
  const json::object as_told = turned;
  hide_turned_down(turned, room.session.data().reading);
  CHECK(turned == as_told);
  room.operate(core::Flip{0, false});
  hide_turned_down(turned, room.session.data().reading);
  CHECK_FALSE(names_a_card(to_text(turned), {}));
  CHECK(turned.at("card").at("isReversed").is_null());
}

TEST_CASE("RD6 commitments show their digests until the deck is put away, then everything") {
  Room room;
  room.operate(core::Shuffle{});
  const json::object before = session_json(room.view());
  const json::object promised = shuffles_json(room.session.data().reading);
  const auto& closed = promised.at("shuffles").as_array();
  REQUIRE(closed.size() == 2);
  for (const auto& commitment : closed)
    CHECK(test::keys(commitment.as_object()) == std::set<std::string>{"digest", "opened"});
  CHECK(before.at("shuffleCommitment") == closed[1].at("digest"));

  const json::object session = room.told(core::Reset{}).at("session").as_object();
  const json::object after = shuffles_json(room.session.data().reading);
  const auto& opened = after.at("shuffles").as_array();
  REQUIRE(opened.size() == 3);
  CHECK(opened[0].at("digest") == closed[0].at("digest"));
  CHECK(opened[2].as_object().size() == 2);
  CHECK(session.at("shuffleCommitment") == opened[2].at("digest"));
  for (std::size_t i = 0; i < 2; ++i) {
    // Anyone can do this with what the wire shows (RD5).
    std::string promise = "tarotforge-shuffle-1\n";
    promise += std::string_view(opened[i].at("nonce").as_string());
    promise += '\n';
    for (const auto& card : opened[i].at("order").as_array()) {
      promise += std::string_view(card.at("id").as_string());
      promise += card.at("isReversed").as_bool() ? " reversed\n" : " upright\n";
    }
    CHECK(hex(sha256(promise)) == std::string_view(opened[i].at("digest").as_string()));
  }
}

TEST_CASE("SE2 an ended session says how and when, and until when it can be restored") {
  Room room;
  const Instant end = kNow + std::chrono::hours(1);
  room.session.advance(end, {});
  const json::object expired = session_json(room.view());
  CHECK(expired.at("status") == "expired");
  CHECK(expired.at("isActive") == false);
  CHECK(expired.at("endReason") == "expired");
  CHECK(test::word(expired.at("endedAt")) == time_text(end, kCalendar));
  CHECK(test::word(expired.at("restorableUntil")) ==
        time_text(end + std::chrono::hours(24), kCalendar));
  CHECK(expired.at("expiresAt").is_null());

  Room finished;
  finished.apply(core::Complete{finished.host});
  const json::object completed = session_json(finished.view());
  CHECK(completed.at("status") == "completed");
  CHECK(completed.at("restorableUntil").is_null());
  CHECK(shuffles_json(finished.session.data().reading).at("shuffles").at(0).at("opened") == true);

  auto data = room.session.data();
  data.phase = core::Purged{core::EndReason::expired, end, end};
  data.reading = {};
  const json::object purged =
      session_json({.session = data, .calendar = kCalendar, .last_activity = kNow});
  CHECK(purged.at("status") == "purged");
  CHECK(purged.at("shuffleCommitment").is_null());
}

struct Told {
  core::Operation operation;
  std::set<std::string> carries;
};

TEST_CASE("OP14 every kind of operation is told with what its kind carries") {
  const std::set<std::string> head = {"at", "by", "generation", "kind", "version"};
  const auto other = test::id_of<ParticipantKind>(2);
  Room room;
  for (const Told& told : {
           Told{core::SetQuestion{"Who?"}, {"question"}},
           Told{core::SetStep{core::Step::interpretation}, {"step"}},
           Told{core::Shuffle{}, {"shuffleCommitment"}},
           Told{core::Flip{0}, {"card"}},
           Told{core::Move{1, 0.5, 0.5}, {"card"}},
           Told{core::Rotate{1, 45}, {"card"}},
           Told{core::ReturnCard{2}, {"card", "deckRemaining", "shuffleCommitment"}},
           Told{core::Draw{"future"}, {"card", "deckRemaining"}},
           Told{core::Focus{0}, {"activeCardIndex"}},
           Told{core::Focus{}, {"activeCardIndex"}},
           Told{core::Interpret{"Well."}, {"interpretation"}},
           Told{core::LockTable{true}, {"tableLocked"}},
           Told{core::RemoveParticipant{other}, {"participantId"}},
           Told{core::Reset{}, {"session"}},
           Told{core::ChooseDeck{"nocturne"}, {"deckId", "shuffleCommitment"}},
           Told{core::ChooseLayout{core::Layout::freestyle}, {"layout"}},
       }) {
    const json::object out = room.told(told.operation);
    CAPTURE(core::kind_of(told.operation));
    std::set<std::string> expected = head;
    expected.insert(told.carries.begin(), told.carries.end());
    CHECK(test::keys(out) == expected);
    CHECK(out.at("version") == room.session.data().version);
    CHECK(test::word(out.at("kind")) == core::kind_of(told.operation));
    CHECK(test::word(out.at("by")) == room.host.to_string());
  }
}

TEST_CASE("ID3 an operation is told with its key, so that the sender knows it again") {
  Room room;
  const auto key = test::id_of<IdempotencyKeyKind>(77);
  const auto operated = room.operate(core::Focus{1}, key);
  const json::object out = operation_json(operated, room.view());
  CHECK(test::word(out.at("key")) == key.to_string());
  CHECK(out.at("activeCardIndex") == 1);
}

TEST_CASE("OP11 a reset is told with the whole session as it left it") {
  Room room;
  const json::object out = room.told(core::Reset{});
  const json::object& session = out.at("session").as_object();
  CHECK(session.at("version") == out.at("version"));
  CHECK(session.at("cards").as_array().empty());
  CHECK(session.at("deckRemaining") == 78);
}

TEST_CASE("HT9 a participant is a guest or a user, and says why they left") {
  auto guest = test::somebody(2, core::Role::reader);
  const auto session = test::id_of<SessionKind>(9);
  const json::object out =
      participant_json(guest, session, core::PresenceLevel::visible, kCalendar);
  CHECK(test::keys(out) == std::set<std::string>{"anonymousId", "id", "isActive", "joinedAt",
                                                 "lastSeenAt", "name", "presence", "role",
                                                 "sessionId", "userId"});
  CHECK(out.at("anonymousId") == "guest-2");
  CHECK(out.at("userId").is_null());
  CHECK(out.at("presence") == "visible");
  CHECK(out.at("role") == "reader");

  guest.identity = test::id_of<UserKind>(5);
  guest.is_active = false;
  guest.left_at = kNow;
  guest.leave_reason = core::LeaveReason::closed_tab;
  const json::object gone =
      participant_json(guest, session, core::PresenceLevel::offline, kCalendar);
  CHECK(gone.at("userId") == "00000000-0000-0000-0000-000000000005");
  CHECK(gone.at("anonymousId").is_null());
  CHECK(gone.at("leaveReason") == "closed_tab");
  CHECK(gone.at("leftAt") == "2026-01-31T23:59:59.000Z");
}

TEST_CASE("TK7 a token's digest is in nothing that people see") {
  auto guest = test::somebody(2, core::Role::participant);
  guest.token_hash = sha256("secret");
  const json::object out =
      participant_json(guest, test::id_of<SessionKind>(9), core::PresenceLevel::active, kCalendar);
  CHECK(to_text(out).find(hex(*guest.token_hash)) == std::string::npos);
}

TEST_CASE("PR8 a presence meta has its shape, with a reason for the absent only") {
  using core::PresenceLevel;
  const auto who = test::somebody(1, core::Role::host);
  const auto meta = [&](PresenceLevel level) {
    return presence_meta(who, level, kNow, core::LeaveReason::lost, "F-1", kCalendar);
  };
  const json::object here = meta(PresenceLevel::connected);
  CHECK(test::keys(here) == std::set<std::string>{"name", "phx_ref", "presence", "role", "since"});
  CHECK(here.at("phx_ref") == "F-1");
  CHECK(here.at("role") == "host");
  CHECK(here.at("since") == "2026-01-31T23:59:59.000Z");
  CHECK(meta(PresenceLevel::reconnecting).at("reason") == "lost");
  CHECK(meta(PresenceLevel::offline).at("presence") == "offline");
}

TEST_CASE("JN14 an invite's address is made from the public URL") {
  const core::Invite invite{.id = {},
                            .session_id = test::id_of<SessionKind>(9),
                            .code = "abc_-1",
                            .expires_at = kNow,
                            .max_uses = 3,
                            .uses = 1,
                            .created_at = kNow};
  const json::object out = invite_json(invite, "https://tarot.example", kCalendar);
  CHECK(test::keys(out) == std::set<std::string>{"code", "createdAt", "expiresAt", "isActive",
                                                 "maxUses", "revokedAt", "role", "url", "uses"});
  CHECK(out.at("url") == "https://tarot.example/invite/abc_-1");
  CHECK(out.at("maxUses") == 3);
  CHECK(out.at("revokedAt").is_null());
  CHECK(out.at("expiresAt") == "2026-01-31T23:59:59.000Z");
}

TEST_CASE("JN11 a preview names nobody") {
  Room room;
  const json::object out = preview_json(room.session.data(), kCalendar);
  CHECK(out.at("status") == "valid");
  const json::object& session = out.at("session").as_object();
  CHECK(test::keys(session) ==
        std::set<std::string>{"createdAt", "deckId", "id", "participantCount"});
  CHECK(session.at("participantCount") == 2);
  CHECK(to_text(out).find("Ann") == std::string::npos);
}

TEST_CASE("PO4 a policy shows fractions where there are any, and whole numbers otherwise") {
  core::Policy policy;
  policy.timeout = std::chrono::milliseconds(1500);
  policy.recovery = std::chrono::minutes(30);
  policy.keep_alive = core::KeepAlive::visible;
  CHECK(to_text(policy_json(policy)) ==
        R"({"timeoutSeconds":1.5,"warningSeconds":300,"keepAlive":"visible",)"
        R"("recoveryHours":0.5,"maxParticipants":16})");
}

}  // namespace
}  // namespace tarotforge::protocol
