// What DATABASE_URL says of a PostgreSQL database, in any form that libpq takes.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace tarotforge::store::postgres {

using Deadline = std::chrono::steady_clock::time_point;

// The database for people: "database readings on host db:5432", never with a password.
std::string describe(const std::string& url);

// What keeps a URL from being read, nullopt where nothing does.
std::optional<std::string> mistake_in(const std::string& url);

// The hosts of a URL in libpq's lists, in the order in which they are tried: one entry for each
// address of each name, because libpq itself would block while it looks a name up. The names stay
// beside the addresses, for certificates are made out to names. An empty address is none.
struct Hosts {
  std::string names, addresses, ports;
};

// nullopt where there is nothing to look up. Throws Failure: kTooLate at the deadline, kUnreachable
// where no name is known. Names in a file of services are left to libpq.
boost::asio::awaitable<std::optional<Hosts>> look_up(boost::asio::any_io_executor executor,
                                                     std::string url, Deadline deadline);

}  // namespace tarotforge::store::postgres
