// The store's contract: usage and analytics of a period. What each figure counts stands in
// docs/reports.md.
#include "tests/support/database_rows.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;
using core::Analytics;
using core::EndReason;
using core::Figure;
using core::Usage;
using std::chrono::February, std::chrono::January;

const UserId kAnn = *UserId::parse("00000000-0000-4000-8000-00000000000a");
const UserId kBen = *UserId::parse("00000000-0000-4000-8000-00000000000b");

// Four sessions on two days, at the turn of a month, and one that is made when they are over.
template <class Backend>
class Weekend : public StoreWorld<Backend> {
 public:
  using World = StoreWorld<Backend>;
  using World::clock, World::store;

  Weekend() {
    completed_ = open(kAnn, 3);
    completed_.version = 7;
    completed_.reading.next_index = 2;
    this->change(completed_, {.audit = {entry_of("warned"), entry_of("extended", "activity")},
                              .new_invites = {this->invite(completed_)}});
    clock.advance(30min + 12'345ms);
    end(completed_, EndReason::completed);
    clock.advance_to({kStart.ms + Duration(20h).count()});
    expired_ = open(std::nullopt, 1);
    expired_.reading.deck_id = "nocturne";
    expired_.reading.layout = core::Layout::celtic_cross;
    this->change(expired_,
                 {.audit = {entry_of("warned"), entry_of("extended", "warning_not_shown")}});
    clock.advance(90min);
    end(expired_, EndReason::expired);
    clock.advance_to({kStart.ms + Duration(25h).count()});
    auto busy = open(kAnn, 2);
    busy.version = 2;
    this->change(busy, {.audit = {entry_of("restored")}, .new_invites = {this->invite(busy)}});
    clock.advance(1h);
    open(kBen, 1);
    clock.advance_to({kPeriod.until.ms});
    auto late = open(kBen, 1);
    this->change(late, {.audit = {entry_of("warned"), entry_of("restored")}});
  }

  static constexpr core::Period kPeriod{kStart, {kStart.ms + Duration(48h).count()}};

  Analytics analytics(core::Period period = kPeriod) {
    return core::analytics_of(figures(period), TimeZone());
  }
  std::vector<Figure> figures(core::Period period = kPeriod) {
    auto figures = this->get(store->figures(period));
    std::ranges::sort(figures);
    return figures;
  }
  void purge_ended() {
    CHECK(this->get(store->purge({completed_.id, expired_.id}, EndReason::expired)) == 2);
  }

 private:
  core::SessionData open(std::optional<UserId> host, int people) {
    auto session = this->fresh();
    session.host_user = host;
    if (host) session.participants.front().identity = *host;
    while (session.participants.size() < static_cast<std::size_t>(people))
      session.participants.push_back(this->guest());
    session.revision = this->get(store->commit({.session = session})).revision;
    return session;
  }
  void end(core::SessionData& session, EndReason reason) {
    session.phase = core::Ended{reason, clock.now(), clock.now() + 24h};
    this->change(session);
  }
  ports::AuditEntry entry_of(const char* type, const char* because = nullptr) {
    auto made = this->entry(type);
    if (because) made.data = fmt::format(R"({{"because":"{}"}})", because);
    return made;
  }

  core::SessionData completed_, expired_;
};

}  // namespace

TEST_CASE_TEMPLATE("RP1 usage is counted by month of UTC and host, an open session until now",
                   Backend, TF_STORES) {
  Weekend<Backend> world;
  const std::vector<Usage> expected{{2026y / January, std::nullopt, 1, 90'000, 90'000, 0},
                                    {2026y / January, kAnn, 1, 30'206, 90'618, 7},
                                    {2026y / February, kAnn, 1, 1'380'000, 2'760'000, 2},
                                    {2026y / February, kBen, 1, 1'320'000, 1'320'000, 0}};
  CHECK(world.get(world.store->usage(world.kPeriod)) == expected);
  const core::Period first{kStart, {kStart.ms + 1}}, none{kStart, kStart};
  CHECK(world.get(world.store->usage(first)) == std::vector<Usage>{expected[1]});
  CHECK(world.get(world.store->usage(none)).empty());
  world.purge_ended();
  CHECK(world.get(world.store->usage(world.kPeriod)) == expected);
}

TEST_CASE_TEMPLATE("RP3 analytics are counted from the rows, and purging changes none", Backend,
                   TF_STORES) {
  Weekend<Backend> world;
  const auto told = world.analytics();
  using std::chrono::sys_days;
  using namespace std::chrono;
  REQUIRE(told.days.size() == 2);
  CHECK(told.days[0].day == sys_days(2026y / January / 31));
  CHECK(told.days[0].created == 2);
  CHECK(told.days[0].expired == 1);
  CHECK(told.days[0].completed == 1);
  CHECK(told.days[1].created == 2);
  CHECK(told.days[1].expired + told.days[1].completed == 0);
  CHECK(told.durations == decltype(told.durations){0, 0, 0, 0, 1, 1});
  CHECK(told.participants == std::map<std::uint64_t, std::uint64_t>{{1, 2}, {2, 1}, {3, 1}});
  CHECK(told.created == 4);
  CHECK(told.invited == 2);
  CHECK(told.joined == 2);
  CHECK(told.first_card == 1);
  CHECK(told.completed == 1);
  CHECK(told.expired == 1);
  CHECK(told.warned == 2);
  CHECK(told.answered == 1);
  CHECK(told.restored == 1);
  CHECK(told.hours[5][0] == 1);
  CHECK(told.hours[5][20] == 1);
  CHECK(told.hours[6][1] == 1);
  CHECK(told.hours[6][2] == 1);
  REQUIRE(told.cohorts.size() == 2);
  CHECK(told.cohorts[0].month == 2026y / January);
  CHECK(told.cohorts[0].hosts == 1);
  CHECK(told.cohorts[0].returned == std::vector<std::uint64_t>{1});
  CHECK(told.cohorts[1].hosts == 1);
  CHECK(told.cohorts[1].returned.empty());
  CHECK(told.decks == std::vector<Figure>{{"deck", "classic", 3}, {"deck", "nocturne", 1}});
  CHECK(told.layouts ==
        std::vector<Figure>{{"layout", "three-card", 3}, {"layout", "celtic-cross", 1}});

  const auto before = world.figures();
  world.purge_ended();
  CHECK(world.figures() == before);
  CHECK(world.analytics({kStart, kStart}).created == 0);
}

TEST_CASE_TEMPLATE("RP3 rows of other programs, with other JSON or none, are counted too", Backend,
                   TF_STORES) {
  StoreWorld<Backend> world;
  constexpr bool kIsSqlite = std::is_same_v<Backend, OnSqlite>;
  const auto run = [&](const std::string& sql) {
    if constexpr (kIsSqlite)
      SqliteFile(world.backend.path()).run(sql);
    else
      world.backend.database().run(sql);
  };
  run("insert into reading_sessions (deck_id) values ('own')");
  run(R"(insert into reading_sessions (deck_id, selected_layout, end_reason)
         values ('own', '{"id":"celtic-cross","name":"Celtic cross"}', 'expired'))");
  run("insert into reading_sessions (deck_id, selected_layout) values ('own', '[1]')");
  if constexpr (kIsSqlite)
    run("insert into reading_sessions (deck_id, selected_layout) values ('own', 'no JSON')");
  const auto told = core::analytics_of(
      world.get(world.store->figures({{0}, {INT64_C(4'000'000'000'000)}})), TimeZone());
  CHECK(told.created == (kIsSqlite ? 4 : 3));
  CHECK(told.expired == 1);
  CHECK(told.participants == std::map<std::uint64_t, std::uint64_t>{{0, told.created}});
  CHECK(told.decks == std::vector<Figure>{{"deck", "own", told.created}});
  CHECK(told.layouts == std::vector<Figure>{{"layout", "celtic-cross", 1}});
}

namespace {

constexpr core::Period kQuarter{kStart, {kStart.ms + Duration(2400h).count()}};

// The same 3,000 ended sessions in both dialects; their participants by the number's rest.
std::string sessions_of(std::string_view numbers, std::string_view at, std::string_view host) {
  return fmt::format(
      "insert into reading_sessions (deck_id, is_active, end_reason, version, host_user_id, "
      "created_at, ended_at) select 'classic', {3}, 'expired', i % 11, {2}, {1} from {0}",
      numbers, at, host, at.starts_with("to_") ? "false" : "0");
}

void fill(const OnSqlite& backend) {
  SqliteFile file(backend.path());
  file.run(sessions_of(
      "(with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < 3000)"
      " select i from numbers)",
      fmt::format("{0} + i * 3456789, {0} + i * 3456789 + i * 7919 % 9000000", kStart.ms),
      fmt::format("case i % 3 when 0 then null when 1 then {} else {} end", blob(kAnn),
                  blob(kBen))));
  file.run(
      "insert into session_participants (session_id) with people (n) as (values (1), (2), (3)) "
      "select id from reading_sessions, people where n <= version % 4");
}

void fill(const TestDatabase& database) {
  database.run(
      sessions_of("generate_series(1::bigint, 3000) as numbers (i)",
                  fmt::format("to_timestamp(({0} + i * 3456789) / 1000.0), "
                              "to_timestamp(({0} + i * 3456789 + i * 7919 % 9000000) / 1000.0)",
                              kStart.ms),
                  fmt::format("case i % 3 when 0 then null when 1 then '{}'::uuid else '{}' end",
                              kAnn.to_string(), kBen.to_string())));
  database.run(
      "insert into session_participants (session_id) select id from reading_sessions, "
      "generate_series(1, 3) as people (n) where n <= version % 4");
}

std::vector<std::string> lines_of(const std::vector<Usage>& rows) {
  std::vector<std::string> lines;
  for (const auto& row : rows)
    lines.push_back(fmt::format("{} {} {} {} {} {}", month_text(row.month),
                                row.host ? row.host->to_string() : "", row.sessions, row.minutes,
                                row.participant_minutes, row.operations));
  return lines;
}

constexpr const char* kSummed = R"(
  select concat_ws(' ', to_char(created_at at time zone 'UTC', 'YYYY-MM'),
                   coalesce(host_user_id::text, ''), count(*),
                   (sum(duration_minutes) * 1000)::bigint,
                   (sum(duration_minutes * participant_count) * 1000)::bigint,
                   sum(total_interactions))
  from get_session_billing_data(to_timestamp({} / 1000.0), to_timestamp({} / 1000.0))
  group by to_char(created_at at time zone 'UTC', 'YYYY-MM'), host_user_id
  order by to_char(created_at at time zone 'UTC', 'YYYY-MM'), host_user_id nulls first)";

}  // namespace

TEST_CASE("RP2 usage equals get_session_billing_data, summed, and that of SQLite") {
  StoreWorld<OnSqlite> sqlite;
  StoreWorld<OnPostgres> postgres;
  fill(sqlite.backend);
  fill(postgres.backend.database());
  const auto usage = lines_of(postgres.get(postgres.store->usage(kQuarter)));
  CHECK(usage.size() == 15);  // January to May, three hosts each
  CHECK(usage == lines_of(sqlite.get(sqlite.store->usage(kQuarter))));
  const auto summed = [&] {
    return postgres.backend.database().run(
        fmt::format(fmt::runtime(kSummed), kQuarter.from.ms, kQuarter.until.ms));
  };
  CHECK(usage == summed());
  // Stamps of other programs are finer than a millisecond.
  postgres.backend.database().run(
      "update reading_sessions set created_at = created_at + interval '0.000333 s', "
      "ended_at = ended_at + interval '0.000777 s'");
  CHECK(lines_of(postgres.get(postgres.store->usage(kQuarter))) == summed());

  auto one = sqlite.get(sqlite.store->figures(kQuarter));
  auto other = postgres.get(postgres.store->figures(kQuarter));
  std::ranges::sort(one);
  std::ranges::sort(other);
  CHECK(one == other);
}

}  // namespace tarotforge::test
