// What Prometheus scrapes: the house's numbers, and what the system knows of this process.
#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "net/router.h"

namespace tarotforge::net {
namespace {

using app::Task;

double in_seconds(timeval time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

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

Task<Response> metrics(Site& site, const Call& call) {
  if (!site.public_metrics && !is_operator(site, call.token))
    co_return Error(ErrorCode::unauthorized,
                    "This needs the operator's token (ADMIN_TOKEN), or METRICS=anyone.");
  const auto format = protocol::metrics_format(call.request.header("accept"));
  Response response{.content_type = protocol::content_type(format)};
  const auto started = site.house.calendar.wall(site.started_at);
  response.body =
      co_await site.metrics.exposition({.connections = site.connections(),
                                        .connections_limit = site.connections_limit,
                                        .started_at = static_cast<double>(started.ms) / 1000,
                                        .cpu_seconds = cpu_seconds(),
                                        .resident_bytes = resident_bytes(),
                                        .open_files = open_files()},
                                       format);
  co_return response;
}

constexpr Route kRoutes[] = {{Method::get, "/metrics", metrics, Charge::guess}};

}  // namespace

std::span<const Route> metrics_routes() { return kRoutes; }

}  // namespace tarotforge::net
