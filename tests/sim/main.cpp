// usage: ./dev sim [--seed N] [--seeds K] [--hours H] [--plant BUG] [--branches] [--show]
//        ./dev sim --bugs
//
// Runs K seeds from N on (1 from a random one where none is named) and says what was found: each
// violation with the command that shows it again, what the runs have done, and which marked
// branches they have not reached. 60 runs or more that have not done everything have failed. With
// --plant a bug is put into the servers, and the run is a success when it is found. Exit codes: 0
// as it should be, 1 not so, 2 wrong usage.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

#include "base/marks.h"
#include "tests/sim/simulation.h"

namespace {

using namespace tarotforge;
using namespace tarotforge::sim;

struct Options {
  std::uint64_t seed = std::random_device()();
  std::uint64_t seeds = 1;
  double hours = 0;
  bool branches = false;  // one that was never reached is a failure
  bool show = false;      // what happens, line by line
};

[[noreturn]] void usage(std::string_view why) {
  fmt::print(stderr,
             "sim: {}\nusage: sim [--seed N] [--seeds K] [--hours H] [--plant BUG] [--branches]\n"
             "bugs:",
             why);
  for (const auto name : kBugNames) fmt::print(stderr, " {}", name);
  fmt::print(stderr, "\n");
  std::exit(2);
}

Bug parse_bug(std::string_view name) {
  for (std::size_t i = 1; i < std::size(kBugNames); ++i)
    if (kBugNames[i] == name) return static_cast<Bug>(i);
  usage("there is no such bug");
}

Options parse(int count, char** words) {
  Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--bugs") {
      for (std::size_t bug = 1; bug < std::size(kBugNames); ++bug)
        fmt::print("{}\n", kBugNames[bug]);
      std::exit(0);
    }
    if (word == "--branches" || word == "--show") {
      (word == "--show" ? options.show : options.branches) = true;
      continue;
    }
    if (++i == count) usage("an option lacks its value");
    if (word == "--seed")
      options.seed = std::strtoull(words[i], nullptr, 10);
    else if (word == "--seeds")
      options.seeds = std::strtoull(words[i], nullptr, 10);
    else if (word == "--hours")
      options.hours = std::strtod(words[i], nullptr);
    else if (word == "--plant")
      planted_bug = parse_bug(words[i]);
    else
      usage("there is no such option");
  }
  return options;
}

void print(const Work& work) {
  for (const auto& line : kWorkLines)
    fmt::print("{} {}{}", line.done, work.*line.count,
               &line == std::end(kWorkLines) - 1 ? "\n" : ", ");
}

// So many runs have done everything, or what they were to show of it is not tested.
int undone(const Work& work, std::uint64_t seeds) {
  constexpr std::uint64_t kMany = 60;  // as many as `./dev test` runs
  int missing = 0;
  if (seeds < kMany) return missing;
  for (const auto& line : kWorkLines) {
    if (work.*line.count > 0) continue;
    fmt::print("in {} runs {}: they do not test it\n", seeds, line.nobody);
    ++missing;
  }
  return missing;
}

int unreached() {
  int missing = 0;
  for (std::size_t i = 0; i < std::size(kBranchNames); ++i) {
    if (branch_counts[i] > 0) continue;
    fmt::print("never reached: {}\n", kBranchNames[i]);
    ++missing;
  }
  return missing;
}

}  // namespace

int main(int count, char** words) {
  const auto options = parse(count, words);
  const auto start = std::chrono::steady_clock::now();
  Work work;
  Duration lived{0};
  std::uint64_t failed = 0, run = 0;
  for (; run < options.seeds; ++run) {
    const auto seed = options.seed + run;
    Simulation simulation(seed, options.hours);
    if (options.show) simulation.show();
    const auto outcome = simulation.run();
    add(work, outcome.work);
    lived += outcome.lived;
    if (outcome.violations.empty()) continue;
    ++failed;
    for (const auto& violation : outcome.violations) fmt::print("seed {}: {}\n", seed, violation);
    fmt::print("again: ./dev sim --seed {}\n", seed);
    if (planted_bug != Bug::none) {
      fmt::print("found by seed {}\n", seed);
      return 0;
    }
    if (failed == 20) break;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  fmt::print("{} seeds from {}, {:.1f} days of servers in {:.0f} s, {} with violations\n", run,
             options.seed, static_cast<double>(lived.count()) / 86'400'000, took.count(), failed);
  print(work);
  const int missing = (options.branches ? unreached() : 0) + undone(work, run);
  if (planted_bug != Bug::none) {
    fmt::print("the planted bug was not found\n");
    return 1;
  }
  return failed > 0 || missing > 0 ? 1 : 0;
}
