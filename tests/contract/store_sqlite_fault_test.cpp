// SQLite: a full disk, a locked file, a damaged file, too much at once.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/support/sqlite_file.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using store::sqlite::Access;
using store::sqlite::SqliteStore;

struct Faulty : Surround {
  TemporaryFolder folder;
  std::string path = folder.file("readings.db");
  Loop loop;
  std::unique_ptr<SqliteStore> store;

  void open(SqliteStore::Options options) {
    auto opened = SqliteStore::open(std::move(options));
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    store = *std::move(opened);
  }
  SqliteStore::Options options() {
    return {.path = path, .clock = clock, .log = log, .random = random};
  }
  core::SessionData fresh() {
    core::Participant host;
    host.id = ParticipantId::make(clock.wall(), random);
    host.identity = core::GuestId{host.id.to_string()};
    host.role = core::Role::host;
    host.joined_at = host.last_seen_at = clock.now();
    return core::Session::create({.id = SessionId::make(clock.wall(), random),
                                  .policy = {},
                                  .host = host,
                                  .reading = *core::make_reading("classic", core::Layout::freestyle,
                                                                 std::string(400, 'q'), random),
                                  .restore_key_hash = std::nullopt},
                                 clock.now())
        .data();
  }
  // Sends the writes all at once; answers which were acknowledged.
  std::vector<Result<ports::Committed>> commit(const std::vector<core::SessionData>& sessions) {
    std::vector<ports::Task<ports::Committed>> writes;
    for (const auto& session : sessions) writes.push_back(store->commit({.session = session}));
    return loop.run_all(std::move(writes));
  }
  std::vector<core::SessionData> several(int count) {
    std::vector<core::SessionData> made;
    for (int i = 0; i < count; ++i) made.push_back(fresh());
    return made;
  }
  bool stored(const core::SessionData& session) {
    const auto loaded = loop.run(store->load(session.id));
    return loaded && loaded->reading == session.reading;
  }
};

// A disk of its own that can be filled; needs the right to mount.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& at) : at_(at.string()) {
    mounted_ = mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=2m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(at_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  void fill() {
    std::ofstream filler(at_ + "/filler");
    const std::string block(4096, 'x');
    while (filler.write(block.data(), 4096).flush()) {
    }
  }
  void make_room() { std::filesystem::remove(at_ + "/filler"); }

 private:
  std::string at_;
  bool mounted_;
};

// Files of this process cannot grow beyond a size: what a full disk is where mounting is not
// allowed.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

void check_all_paused(const std::vector<Result<ports::Committed>>& results) {
  for (const auto& result : results) {
    REQUIRE(!result);
    CHECK(result.error().code == ErrorCode::saving_paused);
    CHECK(result.error().retry_after);
  }
}

void overwrite(const std::string& path, off_t at, std::size_t size) {
  const int file = ::open(path.c_str(), O_WRONLY);
  REQUIRE(file >= 0);
  const std::string garbage(size, '\xA5');
  CHECK(pwrite(file, garbage.data(), size, at) == static_cast<ssize_t>(size));
  close(file);
}

}  // namespace

TEST_CASE("ST5 a full disk refuses the whole group, loses nothing, and room lets it go on") {
  Faulty world;
  SmallDisk disk(world.folder.path());
  if (!disk.mounted()) {
    MESSAGE("no right to mount: only the size limit is tried");
    return;
  }
  world.open(world.options());
  const auto before = world.several(5);
  for (const auto& result : world.commit(before)) CHECK(result);
  disk.fill();
  const auto refused = world.several(50);
  check_all_paused(world.commit(refused));
  for (const auto& session : before) CHECK(world.stored(session));
  for (const auto& session : refused) CHECK_FALSE(world.stored(session));
  disk.make_room();
  for (const auto& result : world.commit(refused)) CHECK(result);
  CHECK(world.loop.run(world.store->diagnose())->empty());
  world.store.reset();
  world.open(world.options());
  for (const auto& session : before) CHECK(world.stored(session));
  for (const auto& session : refused) CHECK(world.stored(session));
}

TEST_CASE("CH2 a start on a full disk ends with a line that says so") {
  Faulty world;
  SmallDisk disk(world.folder.path());
  if (!disk.mounted()) return;
  world.open(world.options());
  for (const auto& result : world.commit(world.several(5))) CHECK(result);
  world.store.reset();
  disk.fill();
  const auto refused = SqliteStore::open(world.options());
  REQUIRE(!refused);
  CHECK(refused.error().sentence() ==
        "The disk of the database file " + world.path + " is full. Make room and start again.");
  disk.make_room();
  world.open(world.options());
}

TEST_CASE("ST5 ST4 a file that cannot grow refuses the whole group, and goes on when it can") {
  Faulty world;
  world.open(world.options());
  const auto before = world.several(5), refused = world.several(50);
  for (const auto& result : world.commit(before)) CHECK(result);
  {
    const SizeLimit limit(std::filesystem::file_size(world.path + "-wal"));
    check_all_paused(world.commit(refused));
    for (const auto& session : before) CHECK(world.stored(session));
    for (const auto& session : refused) CHECK_FALSE(world.stored(session));
  }
  for (const auto& result : world.commit(refused)) CHECK(result);
  for (const auto& session : refused) CHECK(world.stored(session));
  CHECK(world.loop.run(world.store->diagnose())->empty());
}

TEST_CASE(
    "CH4 files that were moved or replaced are written no more, and again when they are back") {
  Faulty world;
  world.open(world.options());
  const auto before = world.several(3), refused = world.several(3);
  for (const auto& result : world.commit(before)) CHECK(result);
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    for (const bool is_replaced : {false, true}) {
      const auto file = world.path + suffix, aside = world.folder.file("aside");
      CAPTURE(file);
      std::filesystem::rename(file, aside);
      if (is_replaced) std::ofstream(file) << "another";
      check_all_paused(world.commit(refused));
      for (const auto& session : before) CHECK(world.stored(session));
      std::filesystem::rename(aside, file);
      const auto after = world.fresh();
      CHECK(world.commit({after}).front());
      CHECK(world.stored(after));
    }
  }
  CHECK(world.log.count(LogLevel::error, "moved, removed or replaced") == 6);
  for (const auto& session : refused) CHECK_FALSE(world.stored(session));
  CHECK(world.loop.run(world.store->diagnose())->empty());
}

TEST_CASE("ST6 a lock is waited for up to the busy timeout, then saving is paused") {
  Faulty world;
  auto options = world.options();
  options.busy_timeout = Duration(30);
  world.open(options);
  SqliteFile other(world.path);
  const auto session = world.fresh();
  other.run("begin immediate");
  check_all_paused(world.commit({session}));
  const auto probed = world.loop.run(world.store->probe());
  REQUIRE(!probed);
  CHECK(probed.error().code == ErrorCode::saving_paused);
  other.run("rollback");
  CHECK(world.commit({session}).front());
}

TEST_CASE("ST6 a lock that is given up in time delays and refuses nothing") {
  Faulty world;
  auto options = world.options();
  options.busy_timeout = std::chrono::seconds(20);
  world.open(options);
  SqliteFile other(world.path);
  other.run("begin immediate");
  const auto session = world.fresh();
  auto answer = world.loop.start(world.store->commit({.session = session}));
  world.loop.context.poll();
  CHECK_FALSE(answer->has_value());
  CHECK(world.loop.run(world.store->statistics())->total_sessions == 0);  // reading goes on
  other.run("rollback");
  world.loop.run_until([&] { return answer->has_value(); });
  CHECK((**answer).has_value());
}

TEST_CASE("ST15 a full queue refuses with overloaded, and what waits is done") {
  Faulty world;
  auto options = world.options();
  options.queue_bound = 4;
  options.busy_timeout = std::chrono::seconds(20);
  world.open(options);
  SqliteFile other(world.path);
  other.run("begin immediate");
  const auto sessions = world.several(20);
  std::vector<std::shared_ptr<std::optional<Result<ports::Committed>>>> answers;
  for (const auto& session : sessions)
    answers.push_back(world.loop.start(world.store->commit({.session = session})));
  const auto answered = [&] {
    return std::ranges::count_if(answers, [](const auto& answer) { return answer->has_value(); });
  };
  // At most a group under way and a full queue behind it wait.
  world.loop.run_until([&] { return answered() >= 20 - 2 * 4; });
  world.loop.context.poll();
  for (const auto& answer : answers)
    if (answer->has_value()) CHECK((**answer).error().code == ErrorCode::overloaded);
  const auto waiting = 20 - answered();
  CHECK(waiting >= 4);
  other.run("rollback");
  world.loop.run_until([&] { return answered() == 20; });
  CHECK(std::ranges::count_if(answers, [](const auto& a) { return (**a).has_value(); }) == waiting);
}

TEST_CASE("ST8 a file that is no database stops the start with one clear line") {
  Faulty world;
  world.open(world.options());
  world.store.reset();
  overwrite(world.path, 0, 100);
  for (const auto access : {Access::serve, Access::command_line}) {
    auto options = world.options();
    options.access = access;
    const auto opened = SqliteStore::open(options);
    REQUIRE(!opened);
    CHECK(opened.error().sentence() == "The database file " + world.path +
                                           " is damaged (file is not a database). Restore a "
                                           "backup, or run `tarotforge doctor`.");
  }
}

TEST_CASE("ST8 CL7 damage inside stops the start, and doctor says where it is") {
  Faulty world;
  world.open(world.options());
  const auto sessions = world.several(60);
  for (const auto& result : world.commit(sessions)) CHECK(result);
  world.store.reset();
  const auto size = static_cast<off_t>(std::filesystem::file_size(world.path));
  for (off_t page = size / 2 / 4096; page < size / 4096 - 1; page += 3)
    overwrite(world.path, page * 4096, 4096);

  const auto opened = SqliteStore::open(world.options());
  REQUIRE(!opened);
  CHECK(opened.error().sentence().find("is damaged (") != std::string::npos);
  CHECK(opened.error().sentence().find("Restore a backup") != std::string::npos);

  auto options = world.options();
  options.access = Access::command_line;
  world.open(options);
  const auto lines = world.loop.run(world.store->diagnose());
  REQUIRE_MESSAGE(lines, lines.error().sentence());
  CHECK(std::ranges::any_of(
      *lines, [](const auto& line) { return line.starts_with("The file is damaged: "); }));
  std::size_t paused = 0;
  for (const auto& session : sessions) {
    const auto loaded = world.loop.run(world.store->load(session.id));
    if (!loaded) paused += loaded.error().code == ErrorCode::saving_paused;
  }
  CHECK(paused > 0);
  CHECK(world.log.count(LogLevel::error, "Restore a backup") == 1);
}

}  // namespace tarotforge::test
