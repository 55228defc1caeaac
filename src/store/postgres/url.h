// What DATABASE_URL says of a PostgreSQL database, in any form that libpq takes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tarotforge::store::postgres {

using Deadline = std::chrono::steady_clock::time_point;

// The database for people: "database readings on host db:5432", never with a password.
std::string describe(const std::string& url);

// What keeps a URL from being read, nullopt where nothing does.
std::optional<std::string> mistake_in(const std::string& url);

// One attempt to connect, in libpq's words: its lists of hosts, most often of one. The name stays
// beside the address, for certificates are made out to names. An empty address is none.
struct Attempt {
  std::string names{}, addresses{}, ports{};
};

// The hosts of a URL in the order in which they are tried, one for each address of each name: libpq
// itself would block while it looks a name up, and wait for ever for a host that is silent. None
// where all is left to libpq: for addresses beside the names, and names in a file of services.
// Throws Failure: kTooLate at the deadline, kUnreachable where no name is known.
boost::asio::awaitable<std::vector<Attempt>> look_up(boost::asio::any_io_executor executor,
                                                     std::string url, Deadline deadline);

}  // namespace tarotforge::store::postgres
