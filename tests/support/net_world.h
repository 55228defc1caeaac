// One whole server on a free port of 127.0.0.1: the real house, the real store, the real clock. Its
// loop runs on a thread of its own; the test is the clients.
#pragma once

#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <memory>
#include <thread>

#include "app/beat.h"
#include "app/cleanup.h"
#include "app/lifecycle.h"
#include "main/system_clock.h"
#include "main/system_random.h"
#include "net/server.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/support/certificate_maker.h"
#include "tests/support/net_client.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_log.h"

namespace tarotforge::test {

// Of tests about answers that TLS has not: whom it does not even shake hands with.
inline const doctest::test_suite kPlainOnly("plain only");

struct NetOptions {
  net::Server::Options server{.listen = "127.0.0.1:0",
                              .admin_token = "operator-token",
                              .allowed_origins = {"https://friend.example"}};
  app::Settings settings{};
  bool ready = true;  // otherwise the house is never started

  NetOptions() {
    settings.policy.timeout_min = std::chrono::seconds(1);
    settings.public_url = "https://tarot.example";
    server.limits.close = std::chrono::milliseconds(300);
  }
};

class NetWorld {
 public:
  explicit NetWorld(NetOptions options = {}) {
    if (everything_is_tls() && !options.server.certificate)
      options.server.certificate =
          net::TlsCertificate::open(make_certificate(folder_), log).value();
    auto opened = store::sqlite::SqliteStore::open({.path = path(),
                                                    .clock = clock_,
                                                    .log = log,
                                                    .random = random_,
                                                    .access = store::sqlite::Access::serve});
    REQUIRE_MESSAGE(opened, opened.error().sentence());
    store_ = *std::move(opened);
    house = std::make_unique<app::House>(app::World{clock_, *store_, random_, log},
                                         options.settings, context_.get_executor());
    cleanup = std::make_unique<app::SessionCleanupService>(clock_, *store_, random_, log,
                                                           app::SessionCleanupService::Options{});
    server = std::make_unique<net::Server>(*house, *cleanup, context_, options.server);
    const auto started = server->start();
    REQUIRE_MESSAGE(started, started.error().sentence());
    thread_ = std::thread([this] { context_.run(); });
    if (!options.ready) return;
    const auto ready = run(app::start_house(*house, ServerId::make(clock_.wall(), random_)));
    REQUIRE_MESSAGE(ready, ready.error().sentence());
    in_loop([this] {
      house->scope.spawn([this] { return app::keep_beating(*house); });
      house->scope.spawn([this] { return app::keep_deadlines(*house); });
    });
  }

  ~NetWorld() {
    drain(std::chrono::seconds(3));
    in_loop([this] { house->scope.close(); });
    static_cast<void>(run(app::retire_house(*house)));
    work_.reset();
    thread_.join();
    server.reset();
  }

  std::uint16_t port() const { return server->port(); }
  std::string path() const { return folder_.file("readings.db"); }

  // Runs something on the loop's thread and waits for it.
  template <class F>
  std::invoke_result_t<F> in_loop(F f) {
    std::packaged_task<std::invoke_result_t<F>()> task(std::move(f));
    auto done = task.get_future();
    boost::asio::post(context_, [&] { task(); });
    return done.get();
  }

  template <class T>
  Result<T> run(ports::Task<T> task) {
    std::promise<Result<T>> answer;
    boost::asio::co_spawn(context_, std::move(task),
                          [&](std::exception_ptr error, Result<T> result) {
                            check(!error, "a use case answers without an exception");
                            answer.set_value(std::move(result));
                          });
    return answer.get_future().get();
  }

  // Ends when the server has drained.
  std::future<void> begin_drain(Duration at_most) {
    auto done = std::make_shared<std::promise<void>>();
    boost::asio::co_spawn(context_, server->drain(at_most),
                          [done](std::exception_ptr) { done->set_value(); });
    return done->get_future();
  }
  void drain(Duration at_most) { begin_drain(at_most).get(); }

  TestLog log;

 private:
  TemporaryFolder folder_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      context_.get_executor()};
  SystemClock clock_{context_};
  SystemRandom random_;
  std::unique_ptr<store::sqlite::SqliteStore> store_;
  std::thread thread_;

 public:
  std::unique_ptr<app::House> house;
  std::unique_ptr<net::Server> server;
  std::unique_ptr<app::SessionCleanupService> cleanup;
};

}  // namespace tarotforge::test
