#include "store/sqlite/database_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace tarotforge::store::sqlite {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

Error cannot(const std::string& path, const char* what, int reason) {
  if (reason == ENOENT) {
    const auto folder = std::filesystem::path(path).parent_path();
    return {ErrorCode::internal,
            fmt::format("The database file {} cannot be {}: its folder is missing. Create {} and "
                        "start again.",
                        path, what, folder.string())};
  }
  return {ErrorCode::internal,
          fmt::format("The database file {} cannot be {} ({}). Check its disk, its folder and "
                      "their permissions.",
                      path, what, std::strerror(reason))};
}

std::string owner_of(int file) {
  char text[32] = {};
  const auto size = pread(file, text, sizeof text - 1, 0);
  std::string owner(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!owner.empty() && owner.back() == '\n') owner.pop_back();
  return owner.empty() ? "another process" : "process " + owner;
}

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

int copy_pages(sqlite3* from, const std::string& path) {
  sqlite3* opened = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, Close> to(opened);
  if (code != SQLITE_OK) return code;
  sqlite3_backup* backup = sqlite3_backup_init(opened, "main", from, "main");
  if (!backup) return sqlite3_errcode(opened);
  code = sqlite3_backup_step(backup, -1);  // in one go: one snapshot
  const int finished = sqlite3_backup_finish(backup);
  return code == SQLITE_DONE ? finished : code;
}

}  // namespace

Result<FileLock> FileLock::take(const std::string& path) {
  const std::string name = path + ".lock";
  const int file = open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return cannot(path, "locked", errno);
  FileLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0)
    return Error(ErrorCode::internal,
                 fmt::format("The database file {} is already served by {}. Stop that one first, "
                             "or set another DATABASE_URL.",
                             path, owner_of(file)));
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size()))
    return cannot(path, "locked", errno);
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

OpenFiles::OpenFiles(const std::string& path) {
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    struct stat facts{};
    const auto name = path + suffix;
    if (stat(name.c_str(), &facts) == 0) files_.push_back({name, facts.st_dev, facts.st_ino});
  }
}

bool OpenFiles::are_in_place() const {
  return std::ranges::all_of(files_, [](const File& file) {
    struct stat facts{};
    return stat(file.path.c_str(), &facts) == 0 && facts.st_dev == file.device &&
           facts.st_ino == file.number;
  });
}

Result<> create_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return cannot(path, "opened", errno);
  close(file);
  return {};
}

Result<> require_file(const std::string& path) {
  if (access(path.c_str(), R_OK | W_OK) == 0) return {};
  if (errno == ENOENT)
    return Error(ErrorCode::internal,
                 fmt::format("There is no database file {}. Run `tarotforge serve` or `tarotforge "
                             "migrate` to make one, or set DATABASE_URL.",
                             path));
  return cannot(path, "opened", errno);
}

std::uint64_t file_size(const std::string& path) {
  struct stat facts{};
  return stat(path.c_str(), &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

Result<> back_up(Connection& db, const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0 && errno == EEXIST)
    return Error(ErrorCode::not_allowed,
                 fmt::format("The file {} exists, and a backup never overwrites one. Choose "
                             "another name.",
                             path));
  if (file < 0) return cannot(path, "written", errno);
  close(file);
  const int code = copy_pages(db.handle(), path);
  if (code == SQLITE_OK) return {};
  unlink(path.c_str());
  return Error(ErrorCode::saving_paused,
               fmt::format("The backup {} could not be written ({}). Check its disk and try again.",
                           path, sqlite3_errstr(code)));
}

}  // namespace tarotforge::store::sqlite
