// The house's numbers for Prometheus. Names begin with tarotforge_, units are in the name, and no
// label holds anything that grows with sessions or people. docs/operations.md explains each.
#pragma once

#include "app/figures.h"
#include "protocol/prometheus.h"

namespace tarotforge::app {

// What only the front knows.
struct FrontNumbers {
  std::uint64_t connections = 0;  // open ones, sockets and HTTP
  std::uint64_t connections_limit = 0;
  double started_at = 0;  // of the process, seconds since 1970
  double cpu_seconds = 0;
  std::uint64_t resident_bytes = 0;
  std::uint64_t open_files = 0;
};

class Metrics {
 public:
  explicit Metrics(Figures& figures) : figures_(figures) {}

  // Where the store does not answer, what comes from its rows is left out: absent is not zero.
  boost::asio::awaitable<std::string> exposition(FrontNumbers front,
                                                 protocol::MetricsFormat format);

 private:
  Figures& figures_;
};

}  // namespace tarotforge::app
