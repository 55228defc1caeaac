// The database as a file: that it is there and ours alone to serve, and copies of it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// An advisory lock on <path>.lock, which holds the process id of its owner. It goes with the
// object, or with the process however that ends.
class FileLock {
 public:
  static Result<FileLock> take(const std::string& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}
  int file_;
};

// Whether the path of an open database still names its files. What is written to a file that was
// moved, removed or replaced is lost at its close, or harms the one in its place.
class OpenFiles {
 public:
  explicit OpenFiles(const std::string& path);  // in a transaction: then all of them are there
  bool are_in_place() const;

 private:
  struct File {
    std::string path;
    dev_t device;
    ino_t number;
  };
  std::vector<File> files_;
};

// Makes an empty file, readable by its owner only, where there is none.
Result<> create_file(const std::string& path);
// A refusal that says how to make one, where there is none.
Result<> require_file(const std::string& path);

// The bytes of the file itself, without its log; 0 where it cannot be seen.
std::uint64_t file_size(const std::string& path);

// A copy of the database as the connection sees it. not_allowed where the file exists;
// saving_paused where it cannot be written.
Result<> back_up(Connection& db, const std::string& path);

}  // namespace tarotforge::store::sqlite
