// How two schemas are compared, and what is said of it.
#include <doctest/doctest.h>

#include "store/migrate/parts.h"

namespace tarotforge::store {
namespace {

using Parts = std::vector<SchemaPart>;
using Lines = std::vector<std::string>;

const Parts kWanted = {{"table", "", "cats", ""},
                       {"column", "cats", "name", "text not null"},
                       {"index", "cats", "cats_name", "create index …"},
                       {"function", "", "meow()", "one\ntwo"}};

}  // namespace

TEST_CASE("MG3 what the migrations make is compared, and what is beside it passed over") {
  CHECK(differences(kWanted, kWanted).empty());
  auto more = kWanted;
  more.push_back({"column", "cats", "colour", "text"});
  more.push_back({"table", "", "dogs", ""});
  CHECK(differences(kWanted, more).empty());
}

TEST_CASE("MG3 a part of another table is another part") {
  auto moved = kWanted;
  moved[1].table = "dogs";
  const auto differing = differences(kWanted, moved);
  REQUIRE(differing.size() == 1);
  CHECK(differing[0].wanted.name == "name");
  CHECK_FALSE(differing[0].found);
}

TEST_CASE("MG3 each difference is a sentence, without those of a table that is missing whole") {
  CHECK(sentences(differences(kWanted, Parts{})) ==
        Lines{"The table cats is missing.", "The function meow() is missing."});
  auto other = kWanted;
  other[1].definition = "varchar";
  other[3].definition = "one\nthree";
  other.erase(other.begin() + 2);
  CHECK(sentences(differences(kWanted, other)) ==
        Lines{"The column name of cats is: varchar; it should be: text not null.",
              "The index cats_name of cats is missing; it should be: create index ….",
              "The function meow() is not as the migrations make it."});
}

}  // namespace tarotforge::store
