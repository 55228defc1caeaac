// A file of the operator's that may be replaced while the server runs: reads it within a bound, and
// says whether it is another than when it was last read. Nothing waits for it to change.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <string>

#include "base/result.h"

namespace tarotforge::net {

class WatchedFile {
 public:
  explicit WatchedFile(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }

  // True once for each change, also where the file went away; before the first call nothing is
  // known of it.
  bool has_changed();

  // invalid_value, with a sentence for operators about "it".
  Result<std::string> read(std::size_t at_most) const;

 private:
  std::string path_;
  struct ::stat seen_{};
};

}  // namespace tarotforge::net
