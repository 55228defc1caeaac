#include "store/postgres/url.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <vector>

#include "store/postgres/failure.h"

namespace tarotforge::store::postgres {
namespace {

using Options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;
using Resolver = boost::asio::ip::tcp::resolver;

std::string value_of(const Options& options, std::string_view keyword) {
  for (auto* option = options.get(); option && option->keyword; ++option)
    if (option->keyword == keyword && option->val) return option->val;
  return {};
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

bool is_name(const std::string& host) {
  boost::system::error_code no_address;
  boost::asio::ip::make_address(host, no_address);
  return no_address && !host.empty() && host.front() != '/' && host.front() != '@';
}

struct Lookup {
  Resolver resolver;
  boost::asio::steady_timer done;
  std::vector<std::string> addresses{};
  std::string mistake{};
};

// The thread in which the system looks a name up cannot be stopped; at the deadline it is left to
// itself.
boost::asio::awaitable<std::shared_ptr<Lookup>> addresses_of(boost::asio::any_io_executor executor,
                                                             std::string name, Deadline deadline) {
  const auto lookup =
      std::make_shared<Lookup>(Resolver(executor), boost::asio::steady_timer(executor, deadline));
  // Without flags: by itself Asio leaves out the loopback of a machine that has nothing else.
  lookup->resolver.async_resolve(
      name, "", Resolver::flags(), [lookup](auto error, const auto& results) {
        lookup->mistake = error ? error.message() : "";
        for (const auto& each : results)
          lookup->addresses.push_back(each.endpoint().address().to_string());
        lookup->done.cancel();
      });
  co_await lookup->done.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  if (std::chrono::steady_clock::now() >= deadline)
    throw Failure{std::string(kTooLate),
                  fmt::format("the host name {} was not found in time", name)};
  co_return lookup;
}

void add(Attempt& attempt, const std::string& name, const std::string& address,
         const std::string& port) {
  const std::string comma = attempt.names.empty() ? "" : ",";
  attempt.names += comma + name;
  attempt.addresses += comma + address;
  attempt.ports += comma + port;
}

}  // namespace

std::optional<std::string> mistake_in(const std::string& url) {
  char* mistake = nullptr;
  const Options options(PQconninfoParse(url.c_str(), &mistake), PQconninfoFree);
  const std::unique_ptr<char, void (*)(void*)> text(mistake, PQfreemem);
  if (options) return std::nullopt;
  const std::string_view all = mistake ? mistake : "out of memory";
  return std::string(all.substr(0, all.find('\n')));
}

std::string describe(const std::string& url) {
  const Options options(PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
  const auto name = value_of(options, "dbname"), port = value_of(options, "port");
  auto host = value_of(options, "host");
  if (host.empty()) host = value_of(options, "hostaddr");
  return fmt::format("PostgreSQL database{}{}{}{}", name.empty() ? "" : " " + name,
                     host.empty() ? "" : " on " + host, port.empty() ? "" : ":", port);
}

boost::asio::awaitable<std::vector<Attempt>> look_up(boost::asio::any_io_executor executor,
                                                     std::string url, Deadline deadline) {
  const Options given(PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
  const Options standard(PQconndefaults(), PQconninfoFree);  // the environment's
  const auto value = [&](std::string_view keyword) {
    auto text = value_of(given, keyword);
    return text.empty() ? value_of(standard, keyword) : text;
  };
  std::vector<Attempt> attempts;
  const auto names = split(value("host")), ports = split(value("port"));
  const bool is_wrong = ports.size() != 1 && ports.size() != names.size();  // libpq says so
  if (value("host").empty() || !value("hostaddr").empty() || !value("service").empty() || is_wrong)
    co_return attempts;
  // Which host is preferred is known only when all were asked.
  const bool together = value("target_session_attrs") == "prefer-standby";
  std::string mistake;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<std::string> addresses(1);
    if (is_name(names[i])) {
      const auto lookup = co_await addresses_of(executor, names[i], deadline);
      addresses = lookup->addresses;
      if (addresses.empty())
        mistake = fmt::format("the host name {} is unknown: {}", names[i], lookup->mistake);
    }
    for (const auto& address : addresses) {
      if (attempts.empty() || !together) attempts.emplace_back();
      add(attempts.back(), names[i], address, ports[ports.size() == 1 ? 0 : i]);
    }
  }
  if (attempts.empty()) throw Failure{std::string(kUnreachable), mistake};
  co_return attempts;
}

}  // namespace tarotforge::store::postgres
