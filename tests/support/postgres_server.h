// A PostgreSQL server of the test process's own: started when the first test asks, in a temporary
// folder, reached by its socket there only, and gone with the process. Each test gets a database
// of its own, copied from one that was migrated once.
#pragma once

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"
#include "store/postgres/schema.h"
#include "tests/support/temporary_folder.h"

namespace tarotforge::test {

class PostgresServer {
 public:
  static PostgresServer& shared() {
    static PostgresServer server;
    return server;
  }

  std::string url(const std::string& database) const {
    return "postgresql://postgres@/" + database + "?host=" + folder_.path().string();
  }

  std::string folder() const { return folder_.path().string(); }
  std::string socket() const { return folder_.file(".s.PGSQL.5432"); }

  // Runs statements; answers the first column of the last one's rows.
  static std::vector<std::string> run(const std::string& url, const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> db(PQconnectdb(url.c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(db.get(), sql.c_str()),
                                                                PQclear);
    const auto status = PQresultStatus(result.get());
    check(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK, PQerrorMessage(db.get()));
    std::vector<std::string> values;
    for (int i = 0; i < PQntuples(result.get()); ++i)
      values.emplace_back(PQgetvalue(result.get(), i, 0));
    return values;
  }

  // A new database like `from`, "migrated" or "template1"; answers its name.
  std::string create(const std::string& from) {
    auto name = "test" + std::to_string(++databases_);
    run(url("postgres"), "create database " + name + " template " + from);
    return name;
  }
  void drop(const std::string& name) {
    if (process_ > 0) run(url("postgres"), "drop database " + name + " with (force)");
  }

  void start() {
    process_ = spawn({"postgres", "-D", data(), "-k", folder_.path().string(), "-c",
                      "listen_addresses=", "-c", "max_connections=200", "-c", "autovacuum=off",
                      "-c", "logging_collector=off"});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (PQping(url("postgres").c_str()) != PQPING_OK) {
      check(std::chrono::steady_clock::now() < deadline, "PostgreSQL starts within 30 s");
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  void stop() {  // at once, as if it had crashed
    kill(process_, SIGQUIT);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  PostgresServer() {
    if (const passwd* user = getuid() == 0 ? getpwnam("postgres") : nullptr) {
      user_ = user->pw_uid;
      group_ = user->pw_gid;
      check(chown(folder_.path().c_str(), user_, group_) == 0, "the folder can be given away");
    }
    int status = 0;
    waitpid(spawn({"initdb", "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                   "--locale=C", "--no-sync", "--no-instructions"}),
            &status, 0);
    check(status == 0, "initdb of PostgreSQL 15 runs: is postgresql-15 installed?");
    start();
    run(url("postgres"), "create database migrated");
    const auto migrated = store::postgres::prepare_schema(
        url("migrated"), store::postgres::Schema::up, store::postgresql_migrations());
    if (!migrated) std::fputs((migrated.error().detail + "\n").c_str(), stderr);
    check(migrated.has_value(), "the migrations of PostgreSQL apply");
  }
  ~PostgresServer() {
    if (process_ > 0) stop();
  }

  std::string data() const { return folder_.file("data"); }

  // Without anything on the standard output; ends with this process, however that ends. Root
  // becomes the user postgres, as PostgreSQL runs for no root.
  pid_t spawn(std::vector<std::string> arguments) const {
    const auto program = "/usr/lib/postgresql/15/bin/" + arguments[0];
    std::vector<char*> raw;
    for (auto& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    const pid_t child = fork();
    if (child != 0) return child;
    const bool changed = user_ == 0 || (setgid(group_) == 0 && setuid(user_) == 0);
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    const int log = open(folder_.file("log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (changed && dup2(log, STDOUT_FILENO) >= 0 && dup2(log, STDERR_FILENO) >= 0)
      execv(program.c_str(), raw.data());
    _exit(127);
  }

  TemporaryFolder folder_;
  uid_t user_ = 0;
  gid_t group_ = 0;
  pid_t process_ = 0;
  int databases_ = 0;
};

// A database of one test.
class TestDatabase {
 public:
  explicit TestDatabase(const std::string& from = "migrated") : name_(server().create(from)) {}
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;
  ~TestDatabase() { server().drop(name_); }

  static PostgresServer& server() { return PostgresServer::shared(); }
  std::string url() const { return server().url(name_); }
  std::vector<std::string> run(const std::string& sql) const {
    return PostgresServer::run(url(), sql);
  }
  // Ends every connection to it, as an operator or a failover would.
  void end_connections() const {
    PostgresServer::run(server().url("postgres"),
                        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where "
                        "datname = '" +
                            name_ + "'");
  }

 private:
  std::string name_;
};

}  // namespace tarotforge::test
