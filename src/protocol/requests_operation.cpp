// Room operations: each kind's fields, in the order of docs/protocol.md. Whether the numbers and
// texts suit the table is for core::operate() to say.
#include <array>
#include <limits>
#include <utility>

#include "protocol/json_fields.h"
#include "protocol/requests.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

template <class Number>
constexpr std::int64_t kMost = std::numeric_limits<Number>::max();
template <class Number>
constexpr std::int64_t kLeast = std::numeric_limits<Number>::min();

constexpr JsonFields::Refusals kRefusals{.bad_value = ErrorCode::invalid_operation,
                                         .missing = ErrorCode::invalid_operation};

Result<std::string> text(const JsonFields& fields, std::string_view name) {
  return fields.require(fields.text(name), name);
}
Result<double> number(const JsonFields& fields, std::string_view name) {
  return fields.require(fields.number(name), name);
}

Result<core::CardIndex> card_index(const JsonFields& fields) {
  TRY_ASSIGN(const auto index,
             fields.require(fields.whole("card", 0, kMost<core::CardIndex>), "card"));
  return static_cast<core::CardIndex>(index);
}

Result<core::Operation> choose_deck(const JsonFields& fields) {
  TRY_ASSIGN(auto deck_id, text(fields, "deckId"));
  return core::ChooseDeck{std::move(deck_id)};
}

Result<core::Operation> choose_layout(const JsonFields& fields) {
  TRY_ASSIGN(const auto word, text(fields, "layout"));
  const auto layout = core::parse_layout(word);
  if (!layout)
    return fields.bad("layout must be one of: single-card, three-card, celtic-cross, freestyle.");
  return core::ChooseLayout{*layout};
}

Result<core::Operation> set_question(const JsonFields& fields) {
  TRY_ASSIGN(auto question, text(fields, "question"));
  return core::SetQuestion{std::move(question)};
}

Result<core::Operation> set_step(const JsonFields& fields) {
  TRY_ASSIGN(const auto word, text(fields, "step"));
  const auto step = core::parse_step(word);
  if (!step)
    return fields.bad("step must be one of: setup, ask-question, drawing, interpretation.");
  return core::SetStep{*step};
}

Result<core::Operation> shuffle(const JsonFields&) { return core::Shuffle{}; }

Result<core::Operation> draw(const JsonFields& fields) {
  core::Draw draw;
  TRY_ASSIGN(draw.position, text(fields, "position"));
  TRY_ASSIGN(draw.x, fields.number("x"));
  TRY_ASSIGN(draw.y, fields.number("y"));
  return draw;
}

Result<core::Operation> flip(const JsonFields& fields) {
  TRY_ASSIGN(const auto card, card_index(fields));
  TRY_ASSIGN(const auto face_up, fields.flag("faceUp"));
  return core::Flip{card, face_up.value_or(true)};
}

Result<core::Operation> move(const JsonFields& fields) {
  TRY_ASSIGN(const auto card, card_index(fields));
  TRY_ASSIGN(const auto x, number(fields, "x"));
  TRY_ASSIGN(const auto y, number(fields, "y"));
  TRY_ASSIGN(const auto z, fields.whole("z", kLeast<std::int32_t>, kMost<std::int32_t>));
  core::Move move{card, x, y};
  if (z) move.z = static_cast<std::int32_t>(*z);
  return move;
}

Result<core::Operation> rotate(const JsonFields& fields) {
  TRY_ASSIGN(const auto card, card_index(fields));
  TRY_ASSIGN(const auto rotation, number(fields, "rotation"));
  return core::Rotate{card, rotation};
}

Result<core::Operation> return_card(const JsonFields& fields) {
  TRY_ASSIGN(const auto card, card_index(fields));
  return core::ReturnCard{card};
}

// Here null is a value, so that the field must be there.
Result<core::Operation> focus(const JsonFields& fields) {
  if (!fields.has("card")) return fields.missing("card");
  TRY_ASSIGN(const auto card, fields.whole("card", 0, kMost<core::CardIndex>));
  core::Focus focus;
  if (card) focus.card = static_cast<core::CardIndex>(*card);
  return focus;
}

Result<core::Operation> interpret(const JsonFields& fields) {
  TRY_ASSIGN(auto words, text(fields, "text"));
  return core::Interpret{std::move(words)};
}

Result<core::Operation> lock_table(const JsonFields& fields) {
  TRY_ASSIGN(const auto locked, fields.require(fields.flag("locked"), "locked"));
  return core::LockTable{locked};
}

Result<core::Operation> remove_participant(const JsonFields& fields) {
  TRY_ASSIGN(const auto words, text(fields, "participantId"));
  const auto id = ParticipantId::parse(words);
  if (!id) return ErrorCode::participant_not_found;
  return core::RemoveParticipant{*id};
}

Result<core::Operation> reset(const JsonFields&) { return core::Reset{}; }

using Parser = Result<core::Operation> (*)(const JsonFields&);
constexpr std::array<std::pair<std::string_view, Parser>, std::variant_size_v<core::Operation>>
    kParsers = {{{"choose_deck", choose_deck},
                 {"choose_layout", choose_layout},
                 {"set_question", set_question},
                 {"set_step", set_step},
                 {"shuffle", shuffle},
                 {"draw", draw},
                 {"flip", flip},
                 {"move", move},
                 {"rotate", rotate},
                 {"return_card", return_card},
                 {"focus", focus},
                 {"interpret", interpret},
                 {"lock_table", lock_table},
                 {"remove_participant", remove_participant},
                 {"reset", reset}}};

Result<core::Operation> parse_kind(const JsonFields& fields) {
  TRY_ASSIGN(const auto kind, text(fields, "kind"));
  for (const auto& [word, parse] : kParsers)
    if (word == kind) return parse(fields);
  return fields.bad("This kind of operation is not known.");
}

}  // namespace

Result<OperationRequest> parse_operation(const json::object& payload) {
  const JsonFields fields(payload, kRefusals);
  OperationRequest request;
  TRY_ASSIGN(const auto key, fields.text("key"));
  if (key) {
    TRY_ASSIGN(request.key, parse_idempotency_key(*key));
  }
  TRY_ASSIGN(const auto generation, fields.whole("generation", 0, kMost<std::uint32_t>));
  if (generation) request.generation = static_cast<std::uint32_t>(*generation);
  TRY_ASSIGN(request.operation, parse_kind(fields));
  return request;
}

}  // namespace tarotforge::protocol
