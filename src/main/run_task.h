// Runs one use case to its end on an event loop of its own: how commands that are no server work.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

#include "base/check.h"
#include "ports/store.h"

namespace tarotforge {

template <class T>
Result<T> run_task(boost::asio::io_context& context, ports::Task<T> task) {
  std::optional<Result<T>> answer;
  boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, Result<T> result) {
    check(!error, "a use case answers without an exception");
    answer = std::move(result);
  });
  context.restart();
  while (!answer && context.run_one() > 0) {
  }
  check(answer.has_value(), "a use case ends before its loop runs dry");
  return *std::move(answer);
}

}  // namespace tarotforge
