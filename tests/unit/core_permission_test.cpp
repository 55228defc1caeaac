// Who may do what at the table, and what people may write.
#include <doctest/doctest.h>

#include "tests/unit/table_script.h"

namespace tarotforge::core {
namespace {

using test::Table;

TEST_CASE("OP12 each kind is open to its roles only") {
  // operation, then the answers to participant, reader and host at an open table, and to the
  // same three at a locked one; "no" is not_allowed. One card lies on the table.
  const std::string rows = R"(
        choose_deck classic  | no no cards_drawn | no no cards_drawn
        choose_deck thoth    | no no cards_drawn | no no cards_drawn
        choose_layout freestyle | no no cards_drawn | no no cards_drawn
        set_question Why?    | no ok ok | no ok ok
        set_step setup       | no no ok | no no ok
        shuffle              | ok ok ok | table_locked table_locked ok
        draw present         | ok ok ok | table_locked table_locked ok
        flip 0               | ok ok ok | table_locked table_locked ok
        move 0 0.1 0.2       | ok ok ok | table_locked table_locked ok
        rotate 0 45          | ok ok ok | table_locked table_locked ok
        return_card 0        | no no ok | no no ok
        return_card 9        | no no card_not_drawn | no no card_not_drawn
        focus 0              | ok ok ok | ok ok ok
        interpret Because.   | no ok ok | no ok ok
        lock_table no        | no no ok | no no ok
        reset                | no no ok | no no ok
    )";
  std::istringstream lines(rows);
  for (std::string line; std::getline(lines, line);) {
    const auto bar = line.find('|');
    if (bar == std::string::npos) continue;
    CAPTURE(line);
    std::istringstream asked(line.substr(0, bar)), answers(line.substr(bar));
    std::string kind, rest, word;
    asked >> kind;
    std::getline(asked >> std::ws, rest);
    rest.erase(rest.find_last_not_of(' ') + 1);
    const Operation operation = test::parse_operation(kind, rest);
    CHECK(kind_of(operation) == kind);
    for (const char* lock : {"no", "yes"}) {
      answers >> word;
      CHECK(word == "|");
      for (const auto actor : {Role::participant, Role::reader, Role::host}) {
        Table table;
        table.play("host set_step drawing\nhost draw past");
        table.play(std::string("host lock_table ") + lock);
        answers >> word;
        CHECK(table.answer(actor, operation) == (word == "no" ? "not_allowed" : word));
      }
    }
  }
}

TEST_CASE("OP12 removing a participant is refused to everyone but the host") {
  Table table;
  CHECK(table.answer(Role::reader, RemoveParticipant{}) == "not_allowed");
  CHECK(table.answer(Role::participant, RemoveParticipant{}) == "not_allowed");
}

TEST_CASE("RD10 texts are UTF-8 without control characters") {
  struct Row {
    std::string text;
    bool accepted;
  };
  const Row rows[] = {
      {"", true},
      {"two\nlines\tand a tab", true},
      {"\xf0\x9f\x83\x8f \xc3\xa9 \xc2\xa0", true},
      {"carriage\rreturn", false},
      {std::string("a\0b", 3), false},
      {"\x1b[31m", false},
      {"\x7f", false},
      {"\xc2\x85", false},
      {"\xc2\x9f", false},
      {"\xed\xa0\x80", false},
      {"\xff", false},
  };
  Table table;
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK((table.answer(Role::host, SetQuestion{row.text}) == "ok") == row.accepted);
    CHECK((table.answer(Role::host, Interpret{row.text}) == "ok") == row.accepted);
    Prng random(1);
    const auto made = make_reading("classic", Layout::freestyle, row.text, random);
    CHECK(made.has_value() == row.accepted);
    if (!made) CHECK(made.error().code == ErrorCode::invalid_value);
    const auto name = check_text(kNameRule, row.text, ErrorCode::invalid_value);
    CHECK(name.has_value() == (row.accepted && !row.text.empty()));
  }
  CHECK(check_text(kNameRule, std::string(64, 'n'), ErrorCode::invalid_value));
  CHECK_FALSE(check_text(kNameRule, std::string(65, 'n'), ErrorCode::invalid_value));
}

}  // namespace
}  // namespace tarotforge::core
