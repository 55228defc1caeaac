// Work on a connection of its own, done to its end while the caller waits: what a start and the
// commands around the schema do before or beside any store.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <string>

#include "ports/store.h"
#include "store/postgres/connection.h"

namespace tarotforge::store::postgres {

// As long as a call may take to find its connection.
inline constexpr Duration kConnectLimit = std::chrono::seconds(5);

// What to answer where a Failure ended the work: start_sentence(), with saving_paused where the
// database cannot be reached now, and internal else.
Error refusal_at_start(const std::string& url, const Failure& failure);

// work: Connection& -> ports::Task<T>. `limit` is for all of it.
template <class T, class Work>
Result<T> on_own_connection(const std::string& url, Duration limit, Work work,
                            Error (*refusal)(const std::string&,
                                             const Failure&) = refusal_at_start) {
  boost::asio::io_context context(1);
  Connection db(context.get_executor());
  const auto run = [&]() -> ports::Task<T> {
    const auto now = std::chrono::steady_clock::now();
    db.limit(now + kConnectLimit);
    co_await db.open(url, limit);
    db.limit(now + limit);
    co_return co_await work(db);
  };
  std::optional<Result<T>> answer;
  std::exception_ptr thrown;
  boost::asio::co_spawn(context, run, [&](std::exception_ptr error, Result<T> result) {
    thrown = error;
    answer.emplace(std::move(result));
  });
  while (!answer) context.run_one();
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Failure& failure) {
    return refusal(url, failure);
  }
  return *std::move(answer);
}

}  // namespace tarotforge::store::postgres
