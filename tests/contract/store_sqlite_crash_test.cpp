// SQLite: a process that is killed while it writes loses nothing that it acknowledged.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using store::sqlite::Access;
using store::sqlite::SqliteStore;

// What the writer says of each write, once it was acknowledged.
struct Acknowledged {
  Uuid session;
  std::uint64_t version;
};

struct Writing : Surround {
  std::string path;
  Loop loop;
  std::unique_ptr<SqliteStore> store;

  explicit Writing(std::string file) : path(std::move(file)) {
    auto opened = SqliteStore::open({.path = path, .clock = clock, .log = log, .random = random});
    check(opened.has_value(), "the database opens");
    store = *std::move(opened);
  }
};

ports::Change operation(const core::SessionData& session) {
  ports::Change change{.session = session, .read_revision = session.revision};
  change.operations.push_back({.version = session.version,
                               .generation = 1,
                               .by = session.host,
                               .key = std::nullopt,
                               .kind = "set_question",
                               .told = "{}",
                               .at = session.created_at});
  return change;
}

// Creates a session and operates on it for ever, telling of each acknowledged write.
boost::asio::awaitable<void> write_for_ever(Writing& world, core::SessionData session, int told) {
  for (;;) {
    auto change = session.revision == 0 ? ports::Change{.session = session} : operation(session);
    const auto committed = co_await world.store->commit(std::move(change));
    if (!committed) _exit(2);
    const Acknowledged word{session.id, session.version};
    if (write(told, &word, sizeof word) != sizeof word) _exit(3);
    session.revision = committed->revision;
    ++session.version;
    session.reading.question = std::to_string(session.version);
  }
}

[[noreturn]] void be_killed(const std::string& path, std::uint64_t seed, int told) {
  Writing world(path);
  world.random = Prng(seed);
  for (int i = 0; i < 4; ++i) {
    core::Participant host;
    host.id = ParticipantId::make(world.clock.wall(), world.random);
    host.identity = core::GuestId{host.id.to_string()};
    host.role = core::Role::host;
    auto data =
        core::Session::create(
            {.id = SessionId::make(world.clock.wall(), world.random),
             .policy = {},
             .host = host,
             .reading = *core::make_reading("classic", core::Layout::three_card, "0", world.random),
             .restore_key_hash = std::nullopt},
            world.clock.now())
            .data();
    boost::asio::co_spawn(world.loop.context, write_for_ever(world, data, told),
                          [](std::exception_ptr) { _exit(4); });
  }
  world.loop.context.run();
  _exit(5);
}

}  // namespace

TEST_CASE("ST1 ST2 what was acknowledged before kill -9 is there after it, without a gap") {
  TemporaryFolder folder;
  const auto path = folder.file("readings.db");
  Prng random(42);
  std::map<Uuid, std::uint64_t> acknowledged;
  for (std::uint64_t round = 0; round < 20; ++round) {
    int pipe_ends[2];
    REQUIRE(pipe(pipe_ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) be_killed(path, round, pipe_ends[1]);
    close(pipe_ends[1]);
    Acknowledged word;
    const auto most = 1 + random.below(200);
    for (std::uint32_t seen = 0; seen < most; ++seen) {
      REQUIRE(::read(pipe_ends[0], &word, sizeof word) == sizeof word);
      acknowledged[word.session] = word.version;
    }
    kill(child, SIGKILL);
    // What it wrote until it died was acknowledged too.
    while (::read(pipe_ends[0], &word, sizeof word) == sizeof word)
      acknowledged[word.session] = word.version;
    close(pipe_ends[0]);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
  }

  Writing world(path);
  for (const auto& [id, version] : acknowledged) {
    const SessionId session(id);
    const auto loaded = world.loop.run(world.store->load(session));
    REQUIRE(loaded);
    CHECK(loaded->version >= version);
    CHECK(loaded->reading.question == std::to_string(loaded->version));
    const auto operations = world.loop.run(world.store->operations_after(session, 0, 100'000));
    REQUIRE(operations);
    CHECK(operations->size() == loaded->version);
    for (std::size_t i = 0; i < operations->size(); ++i) CHECK((*operations)[i].version == i + 1);
  }
  CHECK(world.loop.run(world.store->diagnose())->empty());
}

}  // namespace tarotforge::test
