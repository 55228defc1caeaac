// How the store is opened, and what can be wrong with the file then.

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <utility>

#include "store/sqlite/diagnose.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/servers.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/wall_clock.h"

namespace tarotforge::store::sqlite {
namespace {

// A start looks through a file up to this size, which takes a fraction of a second; beyond it
// `doctor` does.
constexpr std::uint64_t kCheckedAtStart = 64u << 20;

std::uint64_t seed_from(Random& random) {
  std::uint8_t bytes[8];
  random.fill(bytes);
  std::uint64_t seed = 0;
  for (const auto byte : bytes) seed = seed << 8 | byte;
  return seed;
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(Options options) {
  std::unique_ptr<SqliteStore> store(new SqliteStore(options));
  try {
    TRY(store->start(options));
  } catch (const Failure& failure) {
    return Error(ErrorCode::internal, start_sentence(options.path, failure));
  }
  return store;
}

SqliteStore::SqliteStore(const Options& options)
    : path_(options.path),
      migrations_(options.migrations),
      context_{.clock = options.clock, .log = options.log, .ids = Prng(seed_from(options.random))} {
}

Result<> SqliteStore::start(const Options& options) {
  if (options.access == Access::command_line) {
    TRY(require_file(path_));
  } else {
    TRY_ASSIGN(auto lock, FileLock::take(path_));
    lock_.emplace(std::move(lock));
    TRY(create_file(path_));
  }
  auto write = std::make_unique<Connection>(path_, Use::write, options.busy_timeout);
  auto read = std::make_unique<Connection>(path_, Use::read, options.busy_timeout);
  TRY(prepare_schema(*write, options));
  const Calendar calendar{options.clock.wall() - WallTime{options.clock.now().ms}};
  write->calendar = read->calendar = calendar;
  version_at_beat_ = version_looked_at_ = data_version(*write);

  Worker::Options writing{
      .use = Use::write, .queue_bound = options.queue_bound, .executor = options.executor};
  Worker::Options reading{
      .use = Use::read, .queue_bound = options.queue_bound, .executor = options.executor};
  writing.on_failure =
      reading.on_failure = [this](const Failure& failure) { report_damage(failure); };
  if (options.access == Access::serve) {
    writing.begin = [this](Connection& db) {
      require_files();
      follow_wall_clock(db, context_.clock);
    };
    // A reader's calendar is the one that its snapshot was written by.
    reading.begin = [calendar, before = recorded_jumps(*write)](Connection& db) {
      db.calendar.shift = calendar.shift + recorded_jumps(db) - before;
    };
  }
  writer_ = std::make_unique<Worker>(std::move(write), std::move(writing));
  reader_ = std::make_unique<Worker>(std::move(read), std::move(reading));
  return {};
}

Result<> SqliteStore::prepare_schema(Connection& db, const Options& options) {
  if (options.access == Access::command_line) {
    TRY_ASSIGN(const auto missing, pending(db, migrations_));
    if (missing.empty()) return {};
    return Error(ErrorCode::internal,
                 lacking(fmt::format("database file {}", path_), missing.front()));
  }
  if (file_size(path_) <= kCheckedAtStart)
    if (const auto damage = first_damage(db))
      return Error(
          ErrorCode::internal,
          fmt::format("The database file {} is damaged ({}). Restore a backup, or run `tarotforge "
                      "doctor`.",
                      path_, *damage));
  TRY_ASSIGN(migrated_, store::sqlite::migrate(db, migrations_, options.clock.wall()));
  if (options.access == Access::serve) {
    db.run("begin immediate");
    context_.was_set_back = follow_set_back(db, options.clock.wall());
    touch(db);  // a start finds out whether anything can be saved
    db.run("commit");
  }
  return {};
}

void SqliteStore::report_damage(const Failure& failure) {
  if (is_damage(failure) && !damage_reported_.test_and_set())
    context_.log.error("{}", start_sentence(path_, failure));
}

void SqliteStore::require_files() {
  if (!files_) files_.emplace(path_);
  const bool were_missed = std::exchange(are_files_missed_, !files_->are_in_place());
  if (!are_files_missed_) return;
  if (!were_missed)
    context_.log.error(
        "The database file {}, its -wal or its -shm was moved, removed or replaced under this "
        "server. Put it back and saving goes on; if it is gone, copy it with its -wal file from "
        "/proc/{}/fd before this server ends, then start it again.",
        path_, getpid());
  throw Failure{SQLITE_READONLY_DBMOVED, "the file was moved, removed or replaced"};
}

}  // namespace tarotforge::store::sqlite
