// The commands that list, follow and export what a database holds. Exit codes as in commands.h;
// what follows goes on until it is interrupted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "main/configuration.h"
#include "main/output.h"

namespace tarotforge {

// As they were written on the command line; empty ones ask for nothing.
struct SessionsQuery {
  std::string status, deck, host;
  std::string created_since, active_since;  // "90m", "2h", "3d" ago, or a time of RFC 3339
  std::size_t limit = 0;                    // the newest so many, newest first; 0: all
};
int sessions(const Configuration& configuration, const SessionsQuery& query, Output output,
             Paint paint);

struct TailQuery {
  std::string session;
  std::vector<std::string> types;
  std::size_t lines = 10;  // of what was before
};
int tail(const Configuration& configuration, const TailQuery& query, Output output, Paint paint);

// Once, or each `seconds` anew.
int stats(const Configuration& configuration, std::optional<double> seconds, Output output);

// One session, or all of them (empty), one a line.
int export_sessions(const Configuration& configuration, const std::string& id);

}  // namespace tarotforge
