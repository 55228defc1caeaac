// Fills a database with made-up sessions.
#pragma once

#include <cstddef>

#include "main/configuration.h"

namespace tarotforge {

struct DemoRequest {
  std::size_t sessions = 1000;
  double hours = 48;  // within which they were created
  bool add = false;   // to what is there
};

// Exit codes: 0 done, 1 refused or failed.
int demo(const Configuration& configuration, DemoRequest request);

}  // namespace tarotforge
