#include "base/check.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace tarotforge {
namespace {

struct Ending {
  int status;
  std::string said;  // on stderr
};

// Checks in a child process, because a failed check ends it.
Ending check_elsewhere(bool holds) {
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    std::signal(SIGABRT, SIG_DFL);
    dup2(pipe_ends[1], STDERR_FILENO);
    check(holds, "versions grow");
    _exit(0);
  }
  close(pipe_ends[1]);
  Ending ending{};
  char buffer[256];
  for (ssize_t got; (got = read(pipe_ends[0], buffer, sizeof buffer)) > 0;)
    ending.said.append(buffer, static_cast<std::size_t>(got));
  close(pipe_ends[0]);
  REQUIRE(waitpid(child, &ending.status, 0) == child);
  return ending;
}

TEST_CASE("HS15 what must never happen is logged in one line and ends the process") {
  const auto failed = check_elsewhere(false);
  CHECK(WIFSIGNALED(failed.status));
  CHECK(failed.said.starts_with("tarotforge: bug: versions grow ("));
  CHECK(failed.said.find("base_check_test.cpp:") != std::string::npos);
  CHECK(failed.said.find('\n') == failed.said.size() - 1);
  const auto held = check_elsewhere(true);
  CHECK(WIFEXITED(held.status));
  CHECK(WEXITSTATUS(held.status) == 0);
  CHECK(held.said.empty());
}

}  // namespace
}  // namespace tarotforge
