// Takes a database of the first implementation over, in two steps. The first adds what it lacks
// while that implementation goes on; after it servers read only. The second closes what it left
// open, in one transaction, and lets servers write. Either may be interrupted anywhere and run
// again: what is to be done is what still differs from the schema that the migrations make. Blocks.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "core/policy.h"
#include "store/migrate/embedded.h"

namespace tarotforge::store::postgres {

enum class Adoption { look, begin, finish };  // `look` says what `begin` would do

struct AdoptionOptions {
  Adoption step;
  core::Policy policy;                           // of the sessions that are open
  Random& random;                                // of decks that were never shuffled
  std::function<void(const std::string&)> tell;  // a line for people, as each part begins
  std::span<const EmbeddedMigration> migrations = postgresql_migrations();
};

// Refusals are whole sentences. What cannot be adopted is told, and refused before anything is
// changed.
Result<> adopt(const std::string& url, AdoptionOptions options);

}  // namespace tarotforge::store::postgres
