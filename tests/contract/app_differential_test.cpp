// The same people by chance in a house on SQLite and in one on PostgreSQL: what they are answered
// and told is the same, and so are all rows.
#include "tests/support/database_rows.h"
#include "tests/support/fuzz_seeds.h"
#include "tests/support/postgres_house.h"

namespace tarotforge::test {
namespace {

class Evening {  // of one house
 public:
  explicit Evening(HouseWorld::Opener opener = {}) : world(short_settings(), std::move(opener)) {}

  HouseWorld world;

  std::string act(std::uint64_t seed) {
    draw_ = Prng(seed);
    switch (draw_.below(10)) {
      case 0:
        return said(world.run(app::create_session(*world.house, {.deck_id = "classic"},
                                                  {"here", key(), sha256("a")})));
      case 1:
        return people_.empty() ? "" : said(world.run(joining()));
      case 2:
      case 3:
      case 4:
        return with_somebody([&](app::Member who) {
          return app::operate_session(*world.house, who, {operation(), key(), {}}, sha256("a"));
        });
      case 5:
        return with_somebody([&](app::Member who) {
          return draw_.below(4) ? app::keep_session_alive(*world.house, who)
                                : app::complete_session(*world.house, who);
        });
      case 6:
        return with_somebody([&](app::Member who) {
          return draw_.below(2) ? app::create_invite(*world.house, who, {})
                                : app::list_invites(*world.house, who);
        });
      case 7:
        if (people_.empty()) return "";
        return text(world.run(app::restore_for_operator(*world.house, somebody().session)));
      case 8:
        return with_somebody([&](app::Member who) {
          return app::rename_participant(*world.house, who,
                                         "Name " + std::to_string(draw_.below(9)));
        });
      default:
        world.pass(Duration(draw_.below(90'000)));
        return "";
    }
  }

 private:
  static std::string text(const Result<object>& result) {
    return result ? protocol::to_text(*result) : HouseWorld::word(result);
  }
  // The answer to who came in: somebody more.
  std::string said(const Result<object>& result) {
    if (result) people_.push_back(world.person_of(*result));
    if (result && result->contains("invite")) codes_.push_back(HouseWorld::code_of(people_.back()));
    return text(result);
  }
  Person& somebody() { return people_[draw_.below(static_cast<std::uint32_t>(people_.size()))]; }
  template <class Ask>
  std::string with_somebody(Ask ask) {
    if (people_.empty()) return "";
    const auto& who = somebody();
    auto member = world.run(app::authenticate(*world.house, who.session, who.token));
    if (!member) return HouseWorld::word(member);
    return text(world.run(ask(*member)));
  }
  ports::Task<object> joining() {
    const auto& code = codes_[draw_.below(static_cast<std::uint32_t>(codes_.size()))];
    return app::join_session(*world.house, code, {.name = "Guest"}, {code, key(), sha256("a")});
  }
  IdempotencyKey key() {  // out of few, so that it comes again
    Uuid made;
    made.bytes[15] = static_cast<std::uint8_t>(1 + draw_.below(30));
    return IdempotencyKey(made);
  }
  core::Operation operation() {
    switch (draw_.below(5)) {
      case 0:
        return core::SetQuestion{"Why " + std::to_string(draw_.below(9))};
      case 1:
        return core::SetStep{static_cast<core::Step>(draw_.below(4))};
      case 2:
        return core::Draw{draw_.below(2) ? "past" : "present"};
      case 3:
        return core::Flip{draw_.below(3)};
      default:
        return core::Shuffle{};
    }
  }

  Prng draw_{0};
  std::vector<Person> people_;
  std::vector<std::string> codes_;
};

TEST_CASE("ST30 people are answered the same by a house on SQLite and one on PostgreSQL") {
  constexpr int kActs = 80;
  for_each_seed("evenings", 2, [](std::uint64_t seed) {
    CAPTURE(seed);
    const TestDatabase database;
    Evening sqlite, postgres(on_postgresql(database, HouseWorld::kSeed));
    Prng draw(seed);
    for (int act = 0; act < kActs; ++act) {
      CAPTURE(act);
      const auto command = draw.next();
      REQUIRE(sqlite.act(command) == postgres.act(command));
    }
    const DatabaseRows rows(database);
    const auto one = rows.of(sqlite.world.path()), other = rows.of(database);
    REQUIRE(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i] == other[i]);
  });
}

}  // namespace
}  // namespace tarotforge::test
