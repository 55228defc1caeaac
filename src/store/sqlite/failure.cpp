#include "store/sqlite/failure.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace tarotforge::store::sqlite {
namespace {

constexpr Duration kTryAgain = std::chrono::seconds(5);  // one beat

// Making room for the log's index fails in its own words when the disk is full.
int primary(const Failure& failure) {
  return failure.code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : failure.code & 0xFF;
}

Error paused(const char* because) {
  Error error(ErrorCode::saving_paused,
              fmt::format("Saving is paused because {}. Your change is kept here and will be sent "
                          "again.",
                          because));
  error.retry_after = kTryAgain;
  return error;
}

}  // namespace

bool is_damage(const Failure& failure) {
  return primary(failure) == SQLITE_CORRUPT || primary(failure) == SQLITE_NOTADB;
}

bool is_constraint(const Failure& failure) { return primary(failure) == SQLITE_CONSTRAINT; }

Error error_of(const Failure& failure) {
  if (failure.code == SQLITE_READONLY_DBMOVED)
    return paused("the database's file was moved, removed or replaced");
  switch (primary(failure)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return paused("the database is locked by another process");
    case SQLITE_FULL:
      return paused("the database's disk is full");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return paused("the database's disk cannot be written");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return paused("the database is damaged");
    case SQLITE_CONSTRAINT:
      if (failure.code == SQLITE_CONSTRAINT_UNIQUE || failure.code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return ErrorCode::conflict;
      break;
  }
  return {ErrorCode::internal, fmt::format("The database refused: {}.", failure.message)};
}

std::string start_sentence(const std::string& path, const Failure& failure) {
  switch (primary(failure)) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return fmt::format(
          "The database file {} is damaged ({}). Restore a backup, or run `tarotforge doctor`.",
          path, failure.message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fmt::format(
          "The database file {} is locked by another process. End that process and start again.",
          path);
    case SQLITE_FULL:
      return fmt::format("The disk of the database file {} is full. Make room and start again.",
                         path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return fmt::format(
          "The database file {} cannot be written ({}). Check its disk, its folder and their "
          "permissions.",
          path, failure.message);
  }
  return fmt::format("The database file {} cannot be used ({}). Run `tarotforge doctor`.", path,
                     failure.message);
}

}  // namespace tarotforge::store::sqlite
