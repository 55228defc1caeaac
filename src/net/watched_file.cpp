#include "net/watched_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace tarotforge::net {
namespace {

bool is_same(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

bool WatchedFile::has_changed() {
  struct ::stat now{};
  if (::stat(path_.c_str(), &now) != 0) now = {};
  const bool same = now.st_dev == seen_.st_dev && now.st_ino == seen_.st_ino &&
                    now.st_size == seen_.st_size && is_same(now.st_mtim, seen_.st_mtim) &&
                    is_same(now.st_ctim, seen_.st_ctim);
  seen_ = now;
  return !same;
}

Result<std::string> WatchedFile::read(std::size_t at_most) const {
  errno = 0;
  std::ifstream file(path_, std::ios::binary);
  std::string text(at_most + 1, '\0');
  if (file) file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file && !file.eof())
    return Error(ErrorCode::invalid_value,
                 fmt::format("It cannot be read: {}.", std::strerror(errno ? errno : EIO)));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > at_most)
    return Error(ErrorCode::invalid_value, fmt::format("It is longer than {} KB.", at_most / 1024));
  return text;
}

}  // namespace tarotforge::net
