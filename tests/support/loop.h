// Runs coroutines to their end on an event loop of the test's own, with a deadline on the real
// clock, so that a test which waits for ever fails instead.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <vector>

#include "base/check.h"
#include "ports/store.h"

namespace tarotforge::test {

class Loop {
 public:
  boost::asio::io_context context{1};

  // Starts a task; its answer is there once the loop has run far enough.
  template <class T>
  std::shared_ptr<std::optional<Result<T>>> start(ports::Task<T> task) {
    auto answer = std::make_shared<std::optional<Result<T>>>();
    boost::asio::co_spawn(context, std::move(task),
                          [answer](std::exception_ptr error, Result<T> result) {
                            if (error) std::rethrow_exception(error);
                            answer->emplace(std::move(result));
                          });
    return answer;
  }

  template <class T>
  Result<T> run(ports::Task<T> task) {
    auto answer = start<T>(std::move(task));
    run_until([&] { return answer->has_value(); });
    return *std::move(*answer);
  }

  // Runs all at the same time; the answers come in the order of the tasks.
  template <class T>
  std::vector<Result<T>> run_all(std::vector<ports::Task<T>> tasks) {
    std::vector<std::shared_ptr<std::optional<Result<T>>>> answers;
    for (auto& task : tasks) answers.push_back(start<T>(std::move(task)));
    std::vector<Result<T>> results;
    for (auto& answer : answers) {
      run_until([&] { return answer->has_value(); });
      results.push_back(*std::move(*answer));
    }
    return results;
  }

  template <class Condition>
  void run_until(Condition met) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!met()) {
      context.restart();
      context.run_one_until(deadline);
      check(std::chrono::steady_clock::now() < deadline, "a test's task ends within 30 s");
    }
  }
};

}  // namespace tarotforge::test
