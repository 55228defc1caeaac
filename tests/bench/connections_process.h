// What another process has used: CPU to the nanosecond, of all its threads, and resident memory.
#pragma once

#include <fmt/format.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>

namespace tarotforge::bench {

class Process {
 public:
  explicit Process(pid_t id) : id_(id) {}

  // User and system time; -1 where the process has ended.
  std::int64_t cpu_ns() const {
    clockid_t clock{};
    timespec used{};
    if (clock_getcpuclockid(id_, &clock) != 0 || clock_gettime(clock, &used) != 0) return -1;
    return std::int64_t{used.tv_sec} * 1'000'000'000 + used.tv_nsec;
  }

  std::int64_t resident_bytes() const {
    std::int64_t whole = 0, resident = 0;
    std::ifstream(fmt::format("/proc/{}/statm", id_)) >> whole >> resident;
    return resident * sysconf(_SC_PAGESIZE);
  }

  void signal(int number) const { kill(id_, number); }

 private:
  pid_t id_;
};

}  // namespace tarotforge::bench
