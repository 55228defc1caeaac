#include "base/ids.h"

#include <doctest/doctest.h>

#include <type_traits>
#include <unordered_set>

namespace tarotforge {
namespace {

static_assert(!std::is_convertible_v<SessionId, ParticipantId>);
static_assert(!std::is_convertible_v<Uuid, SessionId>);

TEST_CASE("HT9 a new id is a UUID of version 7: milliseconds, version, variant, random bits") {
  Prng random(1);
  const auto id = SessionId::make(WallTime{0x0123456789ab}, random);
  const auto text = id.to_string();
  CHECK(text.size() == 36);
  CHECK(text.substr(0, 15) == "01234567-89ab-7");
  CHECK(std::string("89ab").find(text[19]) != std::string::npos);
  CHECK(SessionId::parse(text) == id);
  CHECK_FALSE(id.is_nil());
  CHECK(SessionId().is_nil());
}

TEST_CASE("HT9 ids of later milliseconds sort after, and ids of one are different") {
  Prng random(1);
  std::unordered_set<SessionId> seen;
  SessionId last;
  for (std::int64_t ms = 1'700'000'000'000; ms < 1'700'000'001'000; ++ms) {
    const auto id = SessionId::make(WallTime{ms}, random);
    CHECK(id > last);
    last = id;
    for (int i = 0; i < 10; ++i) seen.insert(SessionId::make(WallTime{ms}, random));
  }
  CHECK(seen.size() == 10'000);
}

TEST_CASE("ER6 only the 36 characters of a UUID are read as one") {
  constexpr std::string_view kText = "01890a5d-ac96-774b-bcce-b302099a8057";
  const auto id = Uuid::parse(kText);
  REQUIRE(id);
  CHECK(id->to_string() == kText);
  CHECK(Uuid::parse("01890A5D-AC96-774B-BCCE-B302099A8057") == id);
  CHECK(Uuid::parse("00000000-0000-0000-0000-000000000000") == Uuid{});
  constexpr std::string_view kWrong[] = {
      "",
      "01890a5d",
      "01890a5d-ac96-774b-bcce-b302099a805",
      "01890a5d-ac96-774b-bcce-b302099a80577",
      "01890a5dac96774bbcceb302099a8057",
      "01890a5dac96-774b-bcce-b302099a8057-",
      "01890a5d-ac96-774b-bcceb-302099a8057",
      "{1890a5d-ac96-774b-bcce-b302099a805}",
      "0189ga5d-ac96-774b-bcce-b302099a8057",
      "01890a5d_ac96-774b-bcce-b302099a8057",
      " 1890a5d-ac96-774b-bcce-b302099a8057",
      "01890a5d-ac96-774b-bcce-b302099a80\xc3\xa9",
  };
  for (const auto text : kWrong) {
    CAPTURE(text);
    CHECK_FALSE(Uuid::parse(text));
  }
}

}  // namespace
}  // namespace tarotforge
