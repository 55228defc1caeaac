// Brings a database to the schema of this binary, or says what keeps it from it. Blocks, on a
// connection of its own: it is done before the store serves. Two programs that start at the same
// time do it one after the other, under an advisory lock.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/migrate/plan.h"

namespace tarotforge::store::postgres {

// `up` applies what is missing; `lay_out` does so where the database is empty, and refuses like
// `look` where it lacks some.
enum class Schema { up, lay_out, look };

struct Prepared {
  std::vector<std::string> applied{};  // titles
  bool is_half_adopted = false;        // see adopt.h: nothing may be written yet
};

// Refusals are whole sentences for whoever starts the program: saving_paused where the database
// cannot be reached now (trying again may help), internal else.
Result<Prepared> prepare_schema(const std::string& url, Schema schema,
                                std::span<const EmbeddedMigration> embedded);

Result<std::vector<MigrationState>> schema_states(const std::string& url,
                                                  std::span<const EmbeddedMigration> embedded);

// Sentences on how the database differs from what the migrations make of an empty one; for that
// they are laid out beside it, in a transaction that is undone.
Result<std::vector<std::string>> schema_findings(const std::string& url,
                                                 std::span<const EmbeddedMigration> embedded);

}  // namespace tarotforge::store::postgres
