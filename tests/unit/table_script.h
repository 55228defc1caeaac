// Plays what people do at a table, written as text, one operation a line:
//     host set_step drawing
//     participant draw past 0.2 0.3
//     reader draw past -> position_taken
// A line without an arrow must be accepted. After each line the reading's invariants are checked,
// and after each refusal that nothing has changed.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "core/reading.h"

namespace tarotforge::core::test {

inline void check_invariants(const Reading& reading) {
  std::array<int, kDeckSize> seen{};
  std::set<CardIndex> indices;
  std::set<std::string> places;
  for (const auto& card : reading.cards) {
    ++seen.at(card.card);
    indices.insert(card.index);
    places.insert(card.position);
    CHECK(card.index < reading.next_index);
    CHECK(card.rotation >= 0);
    CHECK(card.rotation < 360);
  }
  for (const auto& undrawn : reading.undrawn) ++seen.at(undrawn.card);
  CHECK(std::ranges::all_of(seen, [](int times) { return times == 1; }));
  CHECK(indices.size() == reading.cards.size());
  CHECK(places.size() == reading.cards.size());
  if (reading.active_card) CHECK(indices.contains(*reading.active_card));
  REQUIRE(!reading.commitments.empty());
  CHECK(std::ranges::is_partitioned(reading.commitments, &Commitment::opened));
}

inline std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

inline CardIndex to_index(const std::string& word) {
  return static_cast<CardIndex>(std::stoul(word));
}
inline double to_number(const std::string& word) { return std::strtod(word.c_str(), nullptr); }

// What follows the kind: one text (it may hold spaces), or words.
inline Operation parse_operation(const std::string& kind, const std::string& rest) {
  const auto words = words_of(rest);
  const std::size_t n = words.size();
  if (kind == "choose_deck") return ChooseDeck{words.at(0)};
  if (kind == "choose_layout") return ChooseLayout{parse_layout(words.at(0)).value()};
  if (kind == "set_question") return SetQuestion{rest};
  if (kind == "set_step") return SetStep{parse_step(words.at(0)).value()};
  if (kind == "shuffle") return Shuffle{};
  if (kind == "draw" && n == 3)
    return Draw{words.at(0), to_number(words.at(1)), to_number(words.at(2))};
  if (kind == "draw") return Draw{words.at(0), {}, {}};
  if (kind == "flip") return Flip{to_index(words.at(0)), n < 2 || words.at(1) == "up"};
  if (kind == "move" && n == 4)
    return Move{to_index(words.at(0)), to_number(words.at(1)), to_number(words.at(2)),
                std::stoi(words.at(3))};
  if (kind == "move")
    return Move{to_index(words.at(0)), to_number(words.at(1)), to_number(words.at(2)), {}};
  if (kind == "rotate") return Rotate{to_index(words.at(0)), to_number(words.at(1))};
  if (kind == "return_card") return ReturnCard{to_index(words.at(0))};
  if (kind == "focus" && words.at(0) == "none") return Focus{{}};
  if (kind == "focus") return Focus{to_index(words.at(0))};
  if (kind == "interpret") return Interpret{rest};
  if (kind == "lock_table") return LockTable{words.at(0) == "yes"};
  check(kind == "reset", "the script names a kind");
  return Reset{};
}

struct Table {
  Prng random{1};
  Reading reading;

  explicit Table(Layout layout = Layout::three_card, std::uint64_t seed = 1)
      : random(seed), reading(make_reading("classic", layout, "", random).value()) {}

  Result<Outcome> ask(Role actor, const Operation& operation) {
    const Reading before = reading;
    auto outcome = operate(reading, operation, actor, random);
    if (!outcome) CHECK(reading == before);
    check_invariants(reading);
    return outcome;
  }

  // "ok", or the code of the refusal.
  std::string answer(Role actor, const Operation& operation) {
    const auto outcome = ask(actor, operation);
    return outcome ? "ok" : std::string(info(outcome.error().code).name);
  }

  void play(const std::string& script) {
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
      const auto first = line.find_first_not_of(' ');
      if (first == std::string::npos) continue;
      const auto arrow = line.find(" -> ");
      const std::string expected = arrow == std::string::npos ? "ok" : line.substr(arrow + 4);
      std::istringstream in(line.substr(0, arrow));
      std::string actor, kind, rest;
      in >> actor >> kind;
      std::getline(in >> std::ws, rest);
      CAPTURE(line);
      CHECK(answer(parse_role(actor).value(), parse_operation(kind, rest)) == expected);
    }
  }
};

}  // namespace tarotforge::core::test
