// What people may do at the table, and what it changes.
#include "core/reading.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/unit/table_script.h"

namespace tarotforge::core {
namespace {

using test::Table;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST_CASE("OP1 deck and layout can be chosen only while no card is on the table") {
  Table table;
  table.play(R"(
        host choose_deck nocturne
        host choose_layout celtic-cross
        host choose_deck thoth -> deck_not_found
        host set_step drawing
        host draw crown
        host choose_deck classic -> cards_drawn
        host choose_deck thoth -> cards_drawn
        host choose_layout single-card -> cards_drawn
        host return_card 0
        host choose_layout single-card
    )");
  CHECK(table.reading.deck_id == "nocturne");
  CHECK(table.reading.layout == Layout::single_card);
}

TEST_CASE("OP2 question and interpretation are set at any step and cleared by an empty text") {
  Table table;
  for (const auto step : {"setup", "ask-question", "drawing", "interpretation"}) {
    table.play(std::string("host set_step ") + step);
    table.play("reader set_question What now?\nreader interpret Wait.");
    CHECK(table.reading.question == "What now?");
    CHECK(table.reading.interpretation == "Wait.");
    table.play("host set_question\nhost interpret");
    CHECK(table.reading.question.empty());
    CHECK(table.reading.interpretation.empty());
  }
}

TEST_CASE("OP2 question and interpretation have limits in code points") {
  Table table;
  const auto hearts = [](std::size_t count) {
    std::string text;
    while (count-- > 0) text += "\xe2\x99\xa5";
    return text;
  };
  CHECK(table.answer(Role::host, SetQuestion{hearts(500)}) == "ok");
  CHECK(table.answer(Role::host, SetQuestion{hearts(501)}) == "invalid_operation");
  CHECK(table.answer(Role::host, Interpret{hearts(10'000)}) == "ok");
  CHECK(table.answer(Role::host, Interpret{hearts(10'001)}) == "invalid_operation");
}

TEST_CASE("OP3 the host sets any step in any order") {
  Table table;
  for (const auto from : {Step::setup, Step::ask_question, Step::drawing, Step::interpretation})
    for (const auto to : {Step::setup, Step::ask_question, Step::drawing, Step::interpretation}) {
      CHECK(table.answer(Role::host, SetStep{from}) == "ok");
      CHECK(table.answer(Role::host, SetStep{to}) == "ok");
      CHECK(table.reading.step == to);
    }
}

TEST_CASE("OP4 a locked table binds everyone but the host") {
  Table table;
  table.play(R"(
        host set_step drawing
        participant draw past
        host lock_table yes
        participant shuffle -> table_locked
        participant draw present -> table_locked
        participant flip 0 -> table_locked
        reader move 0 0.1 0.1 -> table_locked
        reader rotate 0 10 -> table_locked
        participant flip 7 -> table_locked
        participant focus 0
        reader set_question Still?
        host shuffle
        host draw present
        host flip 0
        host move 0 0.1 0.1
        host rotate 0 10
        host lock_table no
        participant draw future
    )");
}

TEST_CASE("OP5 draw lays the top card face down where the layout puts it") {
  Table table(Layout::celtic_cross);
  table.play("host set_step drawing");
  const auto undrawn = table.reading.undrawn;
  std::size_t drawn = 0;
  for (const auto& position : positions(Layout::celtic_cross)) {
    const auto outcome = table.ask(Role::participant, Draw{std::string(position.id), {}, {}});
    REQUIRE(outcome);
    const Card& card = outcome->card.value();
    CHECK(card == table.reading.cards.back());
    CHECK(card.index == drawn);
    CHECK(card.position == position.id);
    CHECK(card.card == undrawn[drawn].card);
    CHECK(card.is_reversed == (undrawn[drawn].is_reversed == 1));
    CHECK_FALSE(card.face_up);
    CHECK(card.x == position.x);
    CHECK(card.y == position.y);
    CHECK(card.rotation == position.rotation);
    ++drawn;
    CHECK(card.z == static_cast<std::int32_t>(drawn));
    CHECK(outcome->deck_remaining == kDeckSize - drawn);
    CHECK_FALSE(outcome->shuffle_commitment);
  }
  CHECK(std::ranges::equal(table.reading.undrawn, std::span(undrawn).subspan(drawn)));
}

TEST_CASE("OP5 draw takes x and y where they are given, in freestyle the middle where not") {
  Table table(Layout::freestyle);
  table.play("host set_step interpretation\nhost draw here\nhost draw there 0 1");
  CHECK(table.reading.cards[0].x == 0.5);
  CHECK(table.reading.cards[0].y == 0.5);
  CHECK(table.reading.cards[1].x == 0);
  CHECK(table.reading.cards[1].y == 1);
  Table fixed;
  fixed.play("host set_step drawing\nhost draw past 0.9 0.1");
  CHECK(fixed.reading.cards[0].x == 0.9);
  CHECK(fixed.reading.cards[0].y == 0.1);
}

TEST_CASE("OP5 cards are drawn in step drawing or later, and an index is never used again") {
  Table table;
  table.play(R"(
        host draw past -> wrong_step
        host set_step ask-question
        host draw past -> wrong_step
        host set_step drawing
        host draw past
        host set_step interpretation
        host draw present
        host return_card 1
        host draw present
        host reset
        host set_step drawing
        host draw past
    )");
  REQUIRE(table.reading.cards.size() == 1);
  CHECK(table.reading.cards[0].index == 3);
}

TEST_CASE("OP6 a position must exist and be free") {
  Table table;
  table.play(R"(
        host set_step drawing
        host draw crown -> unknown_position
        host draw Past -> unknown_position
        host draw past
        participant draw past -> position_taken
        host choose_layout freestyle -> cards_drawn
        host reset
        host choose_layout freestyle
        host set_step drawing
        host draw heart
        host draw heart -> position_taken
        host draw hand
    )");
  CHECK(table.answer(Role::host, Draw{"", {}, {}}) == "invalid_operation");
}

TEST_CASE("OP6 a freestyle position is a text of 1 to 40 characters") {
  Table table(Layout::freestyle);
  table.play("host set_step drawing");
  std::string umlauts;
  for (int i = 0; i < 40; ++i) umlauts += "\xc3\xbc";
  CHECK(table.answer(Role::host, Draw{umlauts, {}, {}}) == "ok");
  CHECK(table.answer(Role::host, Draw{umlauts + "u", {}, {}}) == "invalid_operation");
  CHECK(table.answer(Role::host, Draw{"", {}, {}}) == "invalid_operation");
  CHECK(table.answer(Role::host, Draw{"\xc3", {}, {}}) == "invalid_operation");
  CHECK(table.answer(Role::host, Draw{std::string("a\0b", 3), {}, {}}) == "invalid_operation");
}

TEST_CASE("OP6 the deck has no 79th card") {
  Table table(Layout::freestyle);
  table.play("host set_step drawing");
  for (std::size_t i = 0; i < kDeckSize; ++i)
    REQUIRE(table.answer(Role::host, Draw{"place " + std::to_string(i), {}, {}}) == "ok");
  CHECK(table.answer(Role::host, Draw{"one more", {}, {}}) == "deck_exhausted");
  CHECK(table.answer(Role::host, Draw{"place 0", {}, {}}) == "deck_exhausted");
  table.play("participant shuffle\nhost return_card 77\nhost draw again");
  CHECK(table.reading.cards.back().index == 78);
}

TEST_CASE("OP7 flip turns a card up, or down where it says so") {
  Table table;
  table.play("host set_step drawing\nhost draw past\nparticipant flip 0");
  CHECK(table.reading.cards[0].face_up);
  table.play("participant flip 0 up");
  CHECK(table.reading.cards[0].face_up);
  table.play("participant flip 0 down");
  CHECK_FALSE(table.reading.cards[0].face_up);
}

TEST_CASE("OP7 a card that is not on the table cannot be flipped, moved, rotated, focused") {
  Table table;
  table.play(R"(
        participant flip 0 -> card_not_drawn
        participant move 0 0.5 0.5 -> card_not_drawn
        participant move 0 7 7 -> card_not_drawn
        participant rotate 0 90 -> card_not_drawn
        participant focus 0 -> card_not_drawn
        host return_card 0 -> card_not_drawn
        host set_step drawing
        host draw past
        host return_card 0
        participant flip 0 -> card_not_drawn
        participant flip 4294967295 -> card_not_drawn
    )");
}

TEST_CASE("OP8 move puts a card anywhere on the table") {
  Table table;
  table.play(R"(
        host set_step drawing
        host draw past
        host draw present
        participant move 0 0 1
        participant move 0 -0.01 0.5 -> invalid_operation
        participant move 0 0.5 1.01 -> invalid_operation
        participant move 0 nan 0.5 -> invalid_operation
        participant move 0 0.5 inf -> invalid_operation
        participant move 0 0.5 0.5 1000001 -> invalid_operation
        participant move 0 0.5 0.5 -1000001 -> invalid_operation
        participant draw future nan 0.5 -> invalid_operation
        participant draw future 0.5 -1 -> invalid_operation
    )");
  CHECK(table.reading.cards[0].x == 0);
  CHECK(table.reading.cards[0].y == 1);
  CHECK(table.reading.cards[0].z == 3);
  const auto z_after = [&](const std::string& line, std::size_t card) {
    table.play(line);
    return table.reading.cards[card].z;
  };
  CHECK(z_after("participant move 0 0.5 0.5", 0) == 3);
  CHECK(z_after("participant move 1 0.5 0.5", 1) == 4);
  CHECK(z_after("participant move 0 0.5 0.5 -1000000", 0) == -1'000'000);
  CHECK(z_after("participant move 0 0.5 0.5 1000000", 0) == 1'000'000);
  CHECK(z_after("participant move 1 0.5 0.5", 1) == 1'000'000);
  CHECK(z_after("host draw future", 2) == 1'000'000);
}

TEST_CASE("OP8 rotate keeps an angle of 0 up to 360 degrees") {
  struct Row {
    double asked, kept;
  };
  constexpr Row kRows[] = {{0, 0},       {90, 90},     {359.5, 359.5}, {360, 0},   {725, 5},
                           {-90, 270},   {-360, 0},    {3600, 0},      {-3600, 0}, {3599, 359},
                           {-1e-300, 0}, {1e-9, 1e-9}, {-0.0, 0}};
  Table table;
  table.play("host set_step drawing\nhost draw past");
  for (const auto& row : kRows) {
    CAPTURE(row.asked);
    CHECK(table.answer(Role::participant, Rotate{0, row.asked}) == "ok");
    CHECK(table.reading.cards[0].rotation == row.kept);
    CHECK_FALSE(std::signbit(table.reading.cards[0].rotation));
  }
  for (const double wrong : {3600.1, -3600.1, kInfinity, -kInfinity, kNaN})
    CHECK(table.answer(Role::participant, Rotate{0, wrong}) == "invalid_operation");
}

TEST_CASE("OP9 a returned card goes into the undrawn deck, which is shuffled") {
  Table table;
  table.play("host set_step drawing\nhost draw past\nhost draw present\nhost flip 1\nhost focus 0");
  const auto before = table.reading;
  const auto outcome = table.ask(Role::host, ReturnCard{0});
  REQUIRE(outcome);
  CHECK(outcome->returned == 0);
  CHECK(outcome->deck_remaining == 77);
  CHECK(outcome->shuffle_commitment == table.reading.commitments.back().digest);
  CHECK_FALSE(outcome->card);
  CHECK_FALSE(table.reading.active_card);
  REQUIRE(table.reading.cards.size() == 1);
  CHECK(table.reading.cards[0] == before.cards[1]);
  CHECK(table.reading.undrawn.size() == 77);
  CHECK_FALSE(std::ranges::equal(std::span(table.reading.undrawn).first(76), before.undrawn));
  CHECK(table.reading.commitments.size() == 2);
  table.play("host focus 1\nhost draw past\nhost return_card 2");
  CHECK(table.reading.active_card == 1);
}

TEST_CASE("OP10 anyone sets and clears the focus") {
  Table table;
  table.play("host set_step drawing\nhost draw past\nparticipant focus 0");
  CHECK(table.reading.active_card == 0);
  table.play("reader focus none");
  CHECK_FALSE(table.reading.active_card);
  table.play("participant focus none");
}

TEST_CASE("OP11 reset clears the table and keeps deck, layout and question") {
  Table table;
  table.play(R"(
        host choose_deck nocturne
        host choose_layout celtic-cross
        host set_question Why?
        host set_step drawing
        host draw crown
        host draw past
        host flip 0
        host focus 0
        host interpret Because.
        host set_step interpretation
        host lock_table yes
    )");
  const auto outcome = table.ask(Role::host, Reset{});
  REQUIRE(outcome);
  CHECK_FALSE(outcome->card);
  CHECK_FALSE(outcome->shuffle_commitment);
  const Reading& reading = table.reading;
  CHECK(reading.cards.empty());
  CHECK(reading.undrawn.size() == kDeckSize);
  CHECK_FALSE(reading.active_card);
  CHECK(reading.interpretation.empty());
  CHECK(reading.step == Step::setup);
  CHECK_FALSE(reading.table_locked);
  CHECK(reading.deck_id == "nocturne");
  CHECK(reading.layout == Layout::celtic_cross);
  CHECK(reading.question == "Why?");
}

TEST_CASE("OP13 layouts, steps and kinds have the words of the protocol") {
  for (const auto word : {"single-card", "three-card", "celtic-cross", "freestyle"})
    CHECK(to_string(parse_layout(word).value()) == word);
  for (const auto word : {"setup", "ask-question", "drawing", "interpretation"})
    CHECK(to_string(parse_step(word).value()) == word);
  for (const auto word : {"", "Setup", "three_card", "drawing "}) {
    CHECK_FALSE(parse_layout(word));
    CHECK_FALSE(parse_step(word));
  }
  CHECK(kind_of(RemoveParticipant{}) == "remove_participant");
}

TEST_CASE("OP15 a refusal names the field and its bounds and changes nothing") {
  Table table;
  table.play("host set_step drawing\nhost draw past");
  const auto detail = [&](const Operation& operation) {
    const auto outcome = table.ask(Role::host, operation);
    REQUIRE_FALSE(outcome);
    return std::string(outcome.error().sentence());
  };
  CHECK(detail(Move{0, 2, 0, {}}) == "x and y must be between 0 and 1.");
  CHECK(detail(Move{0, 0, 0, 2'000'000}) == "z must be between -1000000 and 1000000.");
  CHECK(detail(Rotate{0, 4000}) == "rotation must be between -3600 and 3600 degrees.");
  CHECK(detail(SetQuestion{std::string(501, 'x')}) == "question must have 0 to 500 characters.");
}

TEST_CASE("SE1 a new reading has its deck, layout and question, and an empty table") {
  Prng random(5);
  const auto reading = make_reading("nocturne", Layout::celtic_cross, "Where to?", random);
  REQUIRE(reading);
  CHECK(reading->deck_id == "nocturne");
  CHECK(reading->layout == Layout::celtic_cross);
  CHECK(reading->question == "Where to?");
  CHECK(reading->step == Step::setup);
  CHECK(reading->cards.empty());
  CHECK(reading->undrawn.size() == kDeckSize);
  CHECK(reading->commitments.size() == 1);
  CHECK_FALSE(reading->table_locked);
  test::check_invariants(*reading);
  CHECK(make_reading("thoth", Layout::freestyle, "", random).error().code ==
        ErrorCode::deck_not_found);
}

}  // namespace
}  // namespace tarotforge::core
