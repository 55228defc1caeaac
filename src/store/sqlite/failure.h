// SQLite's own refusals (locked, full, damaged) inside src/store/sqlite: thrown where a statement
// runs, caught where a job or the start ends, and turned into an Error there. None leaves this
// folder.
#pragma once

#include <string>

#include "base/error.h"

namespace tarotforge::store::sqlite {

struct Failure {
  int code;  // an extended result code of SQLite
  std::string message;
};

// True where the file is not what was written to it.
bool is_damage(const Failure& failure);
// True where another row's value stands in the way: a unique or foreign key, a check.
bool is_constraint(const Failure& failure);

// saving_paused where the database is away, full or damaged; conflict where a unique value is
// taken; otherwise internal. The detail is for people in a reading, not for operators.
Error error_of(const Failure& failure);

// What an operator reads when the file cannot be opened: the reason and the next step.
std::string start_sentence(const std::string& path, const Failure& failure);

}  // namespace tarotforge::store::sqlite
