// The same commands by chance to SQLite and to PostgreSQL: every answer is the same, and so are all
// rows. A stream that tells them apart is made shorter first, then shown with its seed.
#include <optional>
#include <sstream>

#include "tests/support/database_rows.h"
#include "tests/support/fuzz_seeds.h"
#include "tests/support/store_stream.h"

namespace tarotforge::test {
namespace {

struct Difference {
  std::size_t at = 0;  // the command
  std::string shown;
};

// The lines that only one of them has.
std::string differing(std::vector<std::string> sqlite, std::vector<std::string> postgres) {
  std::ranges::sort(sqlite);
  std::ranges::sort(postgres);
  std::string shown;
  for (const auto& line : sqlite)
    if (!std::ranges::binary_search(postgres, line)) shown += "only in SQLite:     " + line + '\n';
  for (const auto& line : postgres)
    if (!std::ranges::binary_search(sqlite, line)) shown += "only in PostgreSQL: " + line + '\n';
  return shown.empty() ? "the same lines in another order or number\n" : shown;
}

std::string differing(const std::string& sqlite, const std::string& postgres) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> found;
    std::istringstream from(text);
    for (std::string line; std::getline(from, line);) found.push_back(line);
    return found;
  };
  return differing(lines(sqlite), lines(postgres));
}

class Twins {
 public:
  explicit Twins(Servers servers) : sqlite_(servers), postgres_(servers) {}

  std::optional<Difference> run(const std::vector<std::uint64_t>& commands) {
    constexpr std::size_t kRowsEvery = 40;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const auto one = sqlite_.perform(commands[i]);
      const auto other = postgres_.perform(commands[i]);
      trace_ += fmt::format("{}. {}\n", i + 1, one.command);
      if (one.command != other.command || one.answer != other.answer)
        return Difference{i, trace_ + differing(one.answer, other.answer)};
      const bool last = i + 1 == commands.size();
      if (!last && i % kRowsEvery != kRowsEvery - 1) continue;
      if (auto shown = compare_rows()) return Difference{i, trace_ + *shown};
    }
    return std::nullopt;
  }

 private:
  std::optional<std::string> compare_rows() {
    const DatabaseRows rows(postgres_.backend().database());
    const auto one = rows.of(sqlite_.backend().path());
    const auto other = rows.of(postgres_.backend().database());
    if (one != other) return differing(one, other);
    const auto told = sqlite_.everything(), told_too = postgres_.everything();
    if (told != told_too) return differing(told, told_too);
    return std::nullopt;
  }

  StoreStream<OnSqlite> sqlite_;
  StoreStream<OnPostgres> postgres_;
  std::string trace_;
};

// Takes out what is not needed for a difference, in halves and smaller.
Difference shortest(Servers servers, std::vector<std::uint64_t> commands, Difference found) {
  commands.resize(found.at + 1);
  int tries = 200;
  for (std::size_t part = commands.size() / 2; part > 0; part /= 2) {
    for (std::size_t from = 0; from + part < commands.size() && --tries > 0;) {
      auto fewer = commands;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(from),
                  fewer.begin() + static_cast<std::ptrdiff_t>(from + part));
      if (auto still = Twins(servers).run(fewer)) {
        fewer.resize(still->at + 1);
        commands = fewer;
        found = *still;
      } else {
        from += part;
      }
    }
  }
  return found;
}

TEST_CASE("ST30 the same commands get the same answers and rows of SQLite and of PostgreSQL") {
  constexpr std::size_t kCommands = 120;
  for_each_seed("store streams", 6, [](std::uint64_t seed) {
    const Servers servers = seed % 2 ? Servers::one : Servers::two;
    std::vector<std::uint64_t> commands;
    Prng draw(seed);
    while (commands.size() < kCommands) commands.push_back(draw.next());
    auto found = Twins(servers).run(commands);
    if (!found) return;
    const auto shown = shortest(servers, commands, *found).shown;
    FAIL_CHECK("TAROTFORGE_FUZZ_SEED=", seed, " tells the stores apart:\n", shown);
  });
}

}  // namespace
}  // namespace tarotforge::test
