// PostgreSQL: what a URL says of the way there, and how a refusal on it is understood.
#include <doctest/doctest.h>

#include <boost/asio/ip/tcp.hpp>
#include <tuple>

#include "store/postgres/connection.h"
#include "tests/support/loop.h"
#include "tests/support/postgres_server.h"

namespace tarotforge::test {
namespace {

using namespace store::postgres;
using std::chrono::seconds;
using std::chrono::steady_clock;

ports::Task<std::vector<Attempt>> task(boost::asio::any_io_executor executor, std::string url,
                                       Deadline deadline) {
  try {
    co_return co_await look_up(executor, url, deadline);
  } catch (const Failure& failure) {
    co_return Error(ErrorCode::internal, failure.sqlstate);
  }
}

Result<std::vector<Attempt>> hosts(const std::string& url, Duration patience = seconds(20)) {
  Loop loop;
  return loop.run(task(loop.context.get_executor(), url, steady_clock::now() + patience));
}

TEST_CASE("ST42 a name becomes its addresses, each beside the name and port it stands for") {
  const auto alone = *hosts("host=localhost port=1");
  REQUIRE_FALSE(alone.empty());
  const auto found = *hosts("postgresql://localhost,%2Ftmp,127.0.0.9/x?port=1,2,3");
  REQUIRE(found.size() == alone.size() + 2);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    CHECK(found[i].names == "localhost");
    CHECK_FALSE(found[i].addresses.empty());
    CHECK(found[i].addresses == alone[i].addresses);
    CHECK(found[i].ports == "1");
  }
  const auto& folder = found[alone.size()];
  CHECK(std::tuple(folder.names, folder.addresses, folder.ports) == std::tuple("/tmp", "", "2"));
  CHECK(found.back().names == "127.0.0.9");
  CHECK(found.back().ports == "3");
  const auto together = *hosts("host=localhost,/tmp port=7 target_session_attrs=prefer-standby");
  REQUIRE(together.size() == 1);
  CHECK(together[0].names.ends_with("localhost,/tmp"));
  CHECK(together[0].addresses ==
        alone[0].addresses + (alone.size() > 1 ? "," + alone[1].addresses : "") + ",");
  CHECK(together[0].ports.ends_with("7,7"));
}

TEST_CASE("ST42 what says all by itself is left to libpq") {
  for (const char* url : {"host=localhost hostaddr=127.0.0.1", "service=readings host=localhost",
                          "host=localhost,localhost,localhost port=1,2"})
    CHECK(hosts(url)->empty());
}

struct Opened {
  Loop loop;
  Connection connection{loop.context.get_executor()};

  static ports::Task<> open(Connection& db, std::string url, Duration patience) {
    db.limit(steady_clock::now() + patience);
    try {
      co_await db.open(url, seconds(5));
    } catch (const Failure& failure) {
      co_return Error(ErrorCode::internal, failure.sqlstate);
    }
    co_return Result<>();
  }
  Result<> run(const std::string& hosts_and_ports, Duration patience = seconds(20)) {
    return loop.run<void>(
        open(connection, hosts_and_ports + " user=postgres dbname=postgres", patience));
  }
};

TEST_CASE("ST42 one host is tried after the other, and a silent one for its share of the time") {
  TestDatabase database;
  const auto folder = database.server().folder();
  CHECK(Opened().run("host=localhost,/nowhere," + folder + " port=1,5432,5432"));
  Opened opened;
  using boost::asio::ip::tcp;
  const tcp::acceptor silent(opened.loop.context, {boost::asio::ip::address_v4::loopback(), 0});
  const auto port = std::to_string(silent.local_endpoint().port());
  const auto began = steady_clock::now();
  CHECK(
      opened.run("host=127.0.0.1,/nowhere," + folder + " port=" + port + ",5432,5432", seconds(3)));
  CHECK(steady_clock::now() - began >= std::chrono::milliseconds(900));
  const auto refused = Opened().run("host=127.0.0.1 port=" + port, std::chrono::milliseconds(100));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail == kTooLate);
}

TEST_CASE("ST42 CF10 a mistake ends the search") {
  TestDatabase database;
  Opened opened;
  const auto refused = opened.loop.run<void>(
      Opened::open(opened.connection,
                   "host=" + database.server().folder() + ",/nowhere user=postgres dbname=nothing",
                   seconds(20)));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail == kNoDatabase);
}

TEST_CASE("ST43 a name that is not found in time is a call that came too late") {
  const auto late = hosts("host=localhost", Duration(-1));
  REQUIRE_FALSE(late);
  CHECK(late.error().detail == kTooLate);
  const auto unknown = hosts("host=no..name");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().detail == kUnreachable);
}

TEST_CASE("CF10 ST41 a refusal is known by PostgreSQL's code, of the last host that was tried") {
  const auto state = [](std::string_view message) { return refusal_of(message).sqlstate; };
  const std::string one = "connection to server at \"db\" (10.0.0.1), port 5432 failed: ";
  const auto password = refusal_of(
      one + "Connection refused\n\tIs the server running?\n" + one +
      "FATAL:  28P01: password authentication failed for user \"x\"\nLOCATION:  auth_failed\n");
  CHECK(password.sqlstate == kWrongPassword);
  CHECK(password.message == "password authentication failed for user \"x\"");
  CHECK(state(one + "FATAL:  57P03: the database system is starting up\n") == "57P03");
  CHECK(state(one + "FATAL:  53300: sorry, too many clients already\n") == "53300");
  CHECK(state(one + "FATAL:  42501: permission denied for database \"x\"\n") == kNotLetIn);
  CHECK(state(one + "FATAL:  password: odd\n") == kUnreachable);
  CHECK(state(one + "fe_sendauth: no password supplied\n") == kWrongPassword);
  CHECK(state(one + "SSL error: certificate verify failed\n") == kNoTls);
  CHECK(state(one + "SSL SYSCALL error: EOF detected\n") == kUnreachable);
  CHECK(state("") == kUnreachable);
  for (const std::string_view code : {kWrongPassword, kNotLetIn, kNoDatabase, kNoRight, kNoTls})
    CHECK(is_mistake({std::string(code), ""}));
  for (const char* code : {"57P03", "53300", "08001", "08006", "57014"}) {
    CHECK_FALSE(is_mistake({code, ""}));
    CHECK(error_of({code, ""}).code == ErrorCode::saving_paused);
  }
}

}  // namespace
}  // namespace tarotforge::test
