// PostgreSQL: what a URL says of the way there, and how a refusal on it is understood.
#include <doctest/doctest.h>

#include "store/postgres/connection.h"
#include "tests/support/loop.h"
#include "tests/support/postgres_server.h"

namespace tarotforge::test {
namespace {

using namespace store::postgres;
using std::chrono::seconds;
using std::chrono::steady_clock;

ports::Task<std::optional<Hosts>> task(boost::asio::any_io_executor executor, std::string url,
                                       Deadline deadline) {
  try {
    co_return co_await look_up(executor, url, deadline);
  } catch (const Failure& failure) {
    co_return Error(ErrorCode::internal, failure.sqlstate);
  }
}

Result<std::optional<Hosts>> hosts(const std::string& url, Duration patience = seconds(20)) {
  Loop loop;
  return loop.run(task(loop.context.get_executor(), url, steady_clock::now() + patience));
}

TEST_CASE("ST42 a name becomes its addresses, each beside the name and port it stands for") {
  const auto alone = hosts("host=localhost")->value();
  REQUIRE_FALSE(alone.addresses.empty());
  std::string names = "localhost", ports = "1";
  for (const char c : alone.addresses)
    if (c == ',') names += ",localhost", ports += ",1";
  const auto found = hosts("postgresql://localhost,%2Ftmp,127.0.0.9/x?port=1,2,3")->value();
  CHECK(found.addresses == alone.addresses + ",,");
  CHECK(found.names == names + ",/tmp,127.0.0.9");
  CHECK(found.ports == ports + ",2,3");
  CHECK(hosts("host=localhost port=7")->value().ports.starts_with("7"));
}

TEST_CASE("ST42 what needs no name is left to libpq") {
  for (const char* url :
       {"postgresql:///x?host=/tmp", "postgresql://127.0.0.1,[::1]/x", "host=@abstract",
        "host=localhost hostaddr=127.0.0.1", "service=readings host=localhost",
        "host=localhost,localhost,localhost port=1,2"})
    CHECK_FALSE(hosts(url)->has_value());
}

TEST_CASE("ST42 an open tries one host after the other") {
  TestDatabase database;
  Loop loop;
  Connection connection(loop.context.get_executor());
  const auto url = "host=localhost,/nowhere," + database.server().folder() +
                   " port=1,5432,5432 user=postgres dbname=postgres";
  const auto open = [](Connection& db, std::string to) -> ports::Task<> {
    db.limit(steady_clock::now() + seconds(20));
    co_await db.open(to, seconds(5));
    co_return Result<>();
  };
  CHECK(loop.run<void>(open(connection, url)));
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
