// The database as the store's methods use it: one call is one transaction, done again where
// PostgreSQL asks for it, with a deadline over all. Work runs on the database's executor, apart
// from the caller's cancellation; answers come on the caller's executor.
// The executor is a strand or a loop of one thread. Work that is under way outlives the database.
#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <type_traits>
#include <utility>

#include "ports/store.h"
#include "store/postgres/pool.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

class Database {
 public:
  struct Options {
    PoolOptions pool;
    std::function<Calendar()> calendar = [] { return Calendar{}; };  // of each transaction
  };

  Database(boost::asio::any_io_executor executor, Options options);

  // work: Transaction& -> ports::Task<T>; may be run again from its beginning. Commits where it
  // answers with a value, rolls back where it answers with an error or throws Failure.
  template <class F>
  auto write(F work) {
    return hand_over(shared_, Use::write, std::move(work));
  }
  // The same on one unchanging view of the rows; nothing can be written.
  template <class F>
  auto read(F work) {
    return hand_over(shared_, Use::read, std::move(work));
  }

  Pool& pool() { return *shared_->pool; }

 private:
  // How often a transaction is done again after a deadlock or a failed serialization.
  static constexpr int kAttempts = 5;

  struct Shared {
    std::shared_ptr<Pool> pool;
    std::function<Calendar()> calendar;
  };
  template <class F>
  using Answer = std::invoke_result_t<F&, Transaction&>;  // ports::Task<T>

  template <class F>
  static Answer<F> hand_over(std::shared_ptr<Shared> shared, Use use, F work) {
    const auto executor = shared->pool->executor();
    co_return co_await boost::asio::co_spawn(
        executor, run(std::move(shared), use, std::move(work)),
        boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(),
                                            boost::asio::use_awaitable));
  }

  template <class F>
  static Answer<F> run(std::shared_ptr<Shared> shared, Use use, F work) {
    using Outcome = typename Answer<F>::value_type;  // Result<T>
    const auto deadline = std::chrono::steady_clock::now() + shared->pool->options().limit;
    for (int left = kAttempts;; --left) {
      Failure failure;
      try {
        auto lease = co_await shared->pool->take(deadline);
        Transaction transaction(lease.connection(), use, shared->calendar());
        std::optional<Outcome> outcome;
        try {
          outcome.emplace(co_await work(transaction));
          if (*outcome) co_await transaction.commit();
        } catch (const Failure& caught) {
          failure = caught;
          outcome.reset();
        }
        if (!outcome || !*outcome) co_await transaction.roll_back();
        if (outcome) co_return *std::move(outcome);
      } catch (const Failure& caught) {
        if (failure.sqlstate.empty()) failure = caught;
      }
      if (left <= 1 || !is_contention(failure)) co_return refuse(*shared->pool, failure);
    }
  }

  static Error refuse(Pool& pool, const Failure& failure);  // logs what nobody expects

  std::shared_ptr<Shared> shared_;
};

}  // namespace tarotforge::store::postgres
