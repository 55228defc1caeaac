#include "net/process_numbers.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace tarotforge::net {
namespace {

double in_seconds(timeval time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

double cpu_seconds() {
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) != 0) return 0;
  return in_seconds(used.ru_utime) + in_seconds(used.ru_stime);
}

std::uint64_t resident_bytes() {
  std::ifstream memory("/proc/self/statm");  // proc(5): the second number, in pages
  std::uint64_t size = 0, resident = 0;
  memory >> size >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t open_files() {
  DIR* folder = opendir("/proc/self/fd");
  if (!folder) return 0;
  std::uint64_t count = 0;
  while (const auto* entry = readdir(folder)) count += entry->d_name[0] != '.';
  closedir(folder);
  return count - 1;  // without the one that looks
}

}  // namespace tarotforge::net
