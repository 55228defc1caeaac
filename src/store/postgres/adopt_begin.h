// The first step of adopting: what our servers need is added beside the first implementation, which
// goes on. Each part is short or stands in nobody's way, and is done where it is still to be done.
#pragma once

#include "store/postgres/adopt_parts.h"

namespace tarotforge::store::postgres {

// One part: what is said of it (nothing where it ends the part before), and the statements, each a
// script. `is_long` are those that nobody waits for, and that run outside a transaction; all others
// give way to whoever is there.
struct AdoptionPart {
  std::string told;
  std::vector<std::string> scripts;
  bool is_long = false;
};

// All but the rows and the functions, in order: what comes before them, and what comes after.
std::vector<AdoptionPart> parts_before_rows(const Differences& differing);
std::vector<AdoptionPart> parts_after_rows(const Differences& differing);

// Fills the new columns of the rows that are there, a batch at a time. The rows keep whatever else
// they hold.
boost::asio::awaitable<void> fill_rows(Connection& db);

}  // namespace tarotforge::store::postgres
