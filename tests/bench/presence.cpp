// What it costs PostgreSQL to know who is here: our coarse flushes beside one UPDATE for each
// heartbeat, with an index on last_seen_at as the first implementation had it and without, on one
// server in one run. Everybody acts each presence interval, in sessions of three and four, for a
// simulated hour; figures are per participant and hour. A checkpoint comes before, and in a second
// part each five minutes too, as PostgreSQL makes them by itself: after each one the first change
// of a page puts the whole page into the log.
//
// usage: ./dev bench presence [PARTICIPANTS [HOURS [FILLFACTOR_SESSIONS FILLFACTOR_PARTICIPANTS]]]
#define DOCTEST_CONFIG_IMPLEMENT
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tests/bench/presence_rivals.h"

namespace {

using namespace tarotforge;
using namespace tarotforge::bench;

constexpr int kParticipants = 5'000;
constexpr Duration kCheckpoint = std::chrono::minutes(5);  // checkpoint_timeout's default
constexpr double kLogAim = 20;                             // times less than with the index
constexpr double kTransactionsAim = 500;

struct Figures {                         // of one rival
  double updates = 0, hot = 0;           // rows
  double log = 0, pages = 0;             // bytes of WAL, and of whole pages among them
  double commits = 0, transactions = 0;  // of those that wrote something, and of all
};

std::string ask(const std::string& database, const std::string& sql) {
  const auto answer = test::PostgresServer::run(test::PostgresServer::shared().url(database), sql);
  return answer.empty() ? "" : answer[0];
}
double number(const std::string& database, const std::string& sql) {
  return std::atof(ask(database, sql).c_str());
}

double transactions(const Rival& rival) {
  return number(rival.database(),
                "select xact_commit from pg_stat_database where datname = current_database()");
}

// The log tells record by record what was done between two places.
Figures read_log(const std::string& database, const std::string& from, const std::string& to) {
  const auto sum = [&](const char* what, const char* records) {
    return number(database, fmt::format("select sum({}) from pg_get_wal_stats('{}', '{}', true) "
                                        "where \"resource_manager/record_type\" ~ '{}'",
                                        what, from, to, records));
  };
  return {.updates = sum("count", "^Heap/(HOT_)?UPDATE"),
          .hot = sum("count", "^Heap/HOT_UPDATE"),
          .log = number(database, fmt::format("select pg_lsn '{}' - '{}'", to, from)),
          .pages = sum("fpi_size", ""),
          .commits = sum("count", "^Transaction/COMMIT")};
}

// Lets it live; answers where in the log that begins and ends.
std::pair<std::string, std::string> live(Rival& rival, Duration whole, Duration checkpoint) {
  fmt::print(stderr, "{}\n", rival.title());
  const auto& database = rival.database();
  ask(database, "checkpoint");
  auto from = ask(database, "select pg_current_wal_insert_lsn()");
  for (Duration lived{0}; lived < whole; lived += checkpoint) {
    if (lived > Duration(0)) ask(database, "checkpoint");
    rival.live(std::min(checkpoint, whole - lived));
  }
  return {std::move(from), ask(database, "select pg_current_wal_insert_lsn()")};
}

std::vector<Figures> measure(const std::vector<Rival*>& rivals, Duration whole,
                             Duration checkpoint) {
  // After ten seconds without work a session of PostgreSQL has said what it did.
  constexpr auto kAllSaid = std::chrono::seconds(11);
  std::vector<double> before;
  std::this_thread::sleep_for(kAllSaid);
  for (const auto* rival : rivals) before.push_back(transactions(*rival));
  std::vector<std::pair<std::string, std::string>> places;
  for (auto* rival : rivals) places.push_back(live(*rival, whole, checkpoint));
  std::this_thread::sleep_for(kAllSaid);
  std::vector<Figures> all;
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    all.push_back(read_log(rivals[i]->database(), places[i].first, places[i].second));
    all.back().transactions = transactions(*rivals[i]) - before[i];
  }
  return all;
}

void print(const std::vector<Rival*>& rivals, const std::vector<Figures>& all, double per) {
  fmt::print("{:36}{:>6}{:>6}{:>12}{:>16}{:>10}{:>14}\n", "", "rows", "HOT", "WAL, bytes",
             "without pages", "commits", "transactions");
  for (std::size_t i = 0; i < all.size(); ++i)
    fmt::print("{:36}{:>6.1f}{:>5.0f}%{:>12.0f}{:>16.0f}{:>10.3f}{:>14.3f}\n", rivals[i]->title(),
               all[i].updates / per, 100 * all[i].hot / all[i].updates, all[i].log / per,
               (all[i].log - all[i].pages) / per, all[i].commits / per, all[i].transactions / per);
}

void judge(const char* what, double ours, double theirs, double aim) {
  const double ratio = theirs / ours;
  fmt::print("{}  {}: 1/{:.1f} of the index's (aim 1/{:.0f})\n",
             ratio >= aim ? "met    " : "not met", what, ratio, aim);
}

// No checkpoint but ours, and the log stays until it was looked through. Whole pages are
// compressed, as docs/operations.md advises.
void prepare_server() {
  ask("postgres", "alter system set wal_compression = 'lz4'");
  ask("postgres", "alter system set checkpoint_timeout = '1d'");
  ask("postgres", "alter system set max_wal_size = '64GB'");
  ask("postgres", "alter system set wal_keep_size = '64GB'");
  ask("postgres", "select pg_reload_conf()");
  for (const char* model : {"template1", "migrated"})
    ask(model, "create extension if not exists pg_walinspect");
}

void set_fillfactors(int sessions, int participants) {
  ask("migrated", fmt::format("alter table reading_sessions set (fillfactor = {})", sessions));
  ask("migrated",
      fmt::format("alter table session_participants set (fillfactor = {})", participants));
}

}  // namespace

int main(int count, char** words) {
  const int participants = count > 1 ? std::atoi(words[1]) : kParticipants;
  const int hours = count > 2 ? std::atoi(words[2]) : 1;
  if (participants < 3 || hours < 1 || count == 4 || count > 5) {
    fmt::print(stderr,
               "usage: bench_presence [PARTICIPANTS [HOURS [FILLFACTOR_SESSIONS "
               "FILLFACTOR_PARTICIPANTS]]]\n");
    return 2;
  }
  doctest::Context context;  // for what the house checks
  context.setAsDefaultForAssertsOutOfTestCases();
  context.setAssertHandler([](const auto& data) { check(!data.m_failed, data.m_expr); });

  test::TemporaryFolder::use_disk();
  prepare_server();
  if (count == 5) set_fillfactors(std::atoi(words[3]), std::atoi(words[4]));
  fmt::print(stderr, "making {} participants\n", participants);
  Naive indexed(participants, Naive::Index::last_seen), bare(participants, Naive::Index::none);
  Coarse ours(participants);
  const std::vector<Rival*> rivals{&ours, &indexed, &bare};
  for (const Duration checkpoint : {Duration(std::chrono::hours(hours)), kCheckpoint}) {
    const auto all = measure(rivals, std::chrono::hours(hours), checkpoint);
    fmt::print(
        "\n{} participants who act each {} s for {} h; per participant and hour; {}.\n\n",
        participants, kInterval.count() / 1000, hours,
        checkpoint == kCheckpoint ? "a checkpoint each 5 minutes" : "one checkpoint, before it");
    print(rivals, all, static_cast<double>(participants) * hours);
    if (checkpoint == kCheckpoint) continue;
    fmt::print("\n");
    judge("bytes of WAL", all[0].log, all[1].log, kLogAim);
    judge("transactions that write", all[0].commits, all[1].commits, kTransactionsAim);
  }
}
