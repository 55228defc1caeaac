// The store's contract: days that are summed once are answered as if they were counted.
#include "tests/support/database_rows.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

constexpr core::Period between(Duration from, Duration until) {
  return {kStart + from, kStart + until};
}

// Sessions every seven hours for four days, each of which ends after two.
template <class Backend>
class Days : public StoreWorld<Backend> {
 public:
  using StoreWorld<Backend>::clock, StoreWorld<Backend>::store;

  Days() {
    const auto host = this->template make_id<UserId>();
    for (int i = 0; i < 14; ++i) {
      auto session = this->fresh();
      if (i % 2 == 0) session.host_user = host;
      session.reading.next_index = i % 3;
      session.revision = this->get(store->commit({.session = session})).revision;
      clock.advance(2h);
      session.phase = core::Ended{core::EndReason::expired, clock.now(), clock.now() + 24h};
      this->change(session, {.audit = {this->entry("warned"), this->entry("expired")}});
      ids_.push_back(session.id);
      clock.advance(5h);
    }
  }

  void purge_all() {
    this->get(store->purge(ids_, core::EndReason::expired));
    clock.advance(24h);
  }
  int sum_all() {
    int days = 0;
    while (this->get(store->sum_next_day())) ++days;
    return days;
  }
  std::optional<core::CheckedDay> checked(Duration from) {
    return this->get(store->check_summed_day(kStart + from));
  }
  // All answers, for whole days and others.
  std::string told() {
    std::string all;
    for (const auto& period : {between(0h, 240h), between(24h, 48h), between(1h, 71h),
                               between(30h, 31h), between(47h, 49h), between(-99h, 25h)}) {
      auto figures = this->get(store->figures(period));
      std::ranges::sort(figures);
      for (const auto& each : figures)
        all += fmt::format("{} {} {}\n", each.name, each.key, each.count);
      for (const auto& row : this->get(store->usage(period)))
        all += fmt::format("{} {} {} {} {}\n", month_text(row.month),
                           row.host ? row.host->to_string() : "", row.sessions, row.minutes,
                           row.participant_minutes);
      all += '\n';
    }
    return all;
  }
  void run(const std::string& sql) {
    if constexpr (std::is_same_v<Backend, OnSqlite>)
      SqliteFile(this->backend.path()).run(sql);
    else
      this->backend.database().run(sql);
  }

 private:
  std::vector<SessionId> ids_;
};

}  // namespace

TEST_CASE_TEMPLATE("RP7 summed days are answered as if their rows were counted", Backend,
                   TF_STORES) {
  Days<Backend> world;
  CHECK(world.sum_all() == 0);  // nothing is purged
  world.purge_all();
  const auto counted = world.told();
  CHECK(!world.checked(0h));
  CHECK(world.sum_all() == 5);
  CHECK(world.told() == counted);
  const auto day = world.checked(25h);
  REQUIRE(day);
  CHECK(day->begin == kStart + 48h);
  CHECK(day->is_sound);
  CHECK(!world.checked(120h));

  // A new session, and days that are not over, are counted as before.
  world.create();
  CHECK(world.sum_all() == 0);
  CHECK(world.told() != counted);
}

TEST_CASE_TEMPLATE("RP7 sums that differ from the rows are found, and made anew", Backend,
                   TF_STORES) {
  Days<Backend> world;
  world.purge_all();
  CHECK(world.sum_all() == 5);
  world.run("update reading_sessions set end_reason = 'completed', version = 5");
  CHECK(!world.checked(24h)->is_sound);
  world.get(world.store->forget_summed_days());
  CHECK(!world.checked(0h));
  const auto counted = world.told();
  CHECK(world.sum_all() == 5);
  CHECK(world.checked(24h)->is_sound);
  CHECK(world.told() == counted);
}

TEST_CASE_TEMPLATE("RP7 CP5 sums are forgotten with the rows that they are of", Backend,
                   TF_STORES) {
  Days<Backend> world;
  world.purge_all();
  CHECK(world.sum_all() == 5);
  const auto before = world.told();
  world.get(world.store->tidy_batch({.dry_run = true}, 1h));
  CHECK(world.told() == before);
  world.get(world.store->tidy_batch({.batch = 500}, 1h));
  CHECK(!world.checked(0h));
  CHECK(world.get(world.store->usage(between(0h, 240h))).empty());
}

}  // namespace tarotforge::test
