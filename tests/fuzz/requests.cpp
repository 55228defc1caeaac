// Bodies and payloads of every kind: whatever comes through has texts and numbers within their
// limits, and what an operation makes of a reading is the same when it is written and read again.
#include "protocol/requests.h"

#include "core/reading.h"
#include "protocol/json_guard.h"
#include "protocol/row_json.h"
#include "tests/fuzz/input.h"

using namespace tarotforge;
using namespace tarotforge::protocol;

namespace {

void check_text(const core::TextRule& rule, std::string_view text) {
  check(core::check_text(rule, text, ErrorCode::invalid_value).has_value(),
        "a text keeps its limit");
}

void check_card(const core::Card& card) {
  check_text(core::kFreestylePositionRule, card.position);
  check(card.x >= 0 && card.x <= 1 && card.y >= 0 && card.y <= 1, "a card lies on the table");
  check(card.rotation >= 0 && card.rotation < 360, "and is turned less than once");
}

core::Reading reading_with_cards(Random& random) {
  auto reading = core::make_reading("classic", core::Layout::freestyle, "", random);
  check(reading.has_value(), "there is a classic deck");
  reading->step = core::Step::drawing;
  for (const auto* position : {"past", "future"}) {
    const core::Draw draw{.position = position};
    check(core::operate(*reading, draw, core::Role::host, random).has_value(), "a card is drawn");
  }
  return *std::move(reading);
}

void try_operation(const core::Operation& operation) {
  if (std::holds_alternative<core::RemoveParticipant>(operation)) return;  // the session's own
  Prng random(1);
  auto reading = reading_with_cards(random);
  if (!core::operate(reading, operation, core::Role::host, random)) {
    Prng same(1);
    check(reading == reading_with_cards(same), "what is refused changes nothing");
    return;
  }
  check(reading.cards.size() + reading.undrawn.size() == core::kDeckSize, "no card is lost");
  check_text(core::kQuestionRule, reading.question);
  check_text(core::kInterpretationRule, reading.interpretation);
  for (const auto& card : reading.cards) check_card(card);
  core::Reading again = reading;
  again.cards.clear();
  again.undrawn.clear();
  check(read_columns(reading_columns(reading), again).has_value(), "it can be kept");
  check(again == reading, "and is read back");
}

void try_create(const boost::json::object& body) {
  const auto request = parse_create(body);
  if (!request) return;
  check_text(core::kNameRule, request->name);
  const auto policy = core::settle_policy(request->policy, core::PolicyBounds{});
  if (!policy) return;
  const auto kept = read_policy(policy_column(*policy));
  check(kept && *kept == *policy, "a policy is read back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto body = parse_object(text);
  if (!body) return 0;
  try_create(*body);
  if (const auto join = parse_join(*body)) check_text(core::kNameRule, join->name);
  if (const auto name = parse_rename(*body)) check_text(core::kNameRule, *name);
  if (const auto invite = parse_invite(*body))
    check(invite->role != core::Role::host && invite->max_uses != 0, "an invite makes no host");
  if (const auto asked = parse_operation(*body)) try_operation(asked->operation);
  if (const auto left = parse_leave(*body))
    check(left->reason == core::LeaveReason::left || left->reason == core::LeaveReason::closed_tab,
          "people say two reasons only");
  if (const auto host = parse_host(*body))
    check(host->to || host->kind != HostRequest::Kind::hand_over, "a role is given to somebody");
  static_cast<void>(parse_restore(*body));
  static_cast<void>(parse_activity(*body));
  static_cast<void>(parse_channel_join(*body));
  static_cast<void>(parse_warning_shown(*body));
  static_cast<void>(parse_generation(*body));
  return 0;
}
