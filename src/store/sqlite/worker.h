// A thread that owns one connection and works off a bounded queue. Jobs that wait at the same time
// ride one transaction: each in a savepoint of its own, so that a refused one is undone alone, and
// none is answered before the commit of all. Answers are posted to their callers' executors. Where
// an executor is given the queue is worked off there, and no thread is started.
// Thread safety: run() from any thread. Answers that are under way keep their executor working, so
// the worker must go before its callers' executors do.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "ports/store.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

template <class T>
using Work = std::move_only_function<Result<T>(Connection&)>;

class Worker {
 public:
  struct Options {
    Use use = Use::read;
    std::size_t queue_bound = 4096;
    std::optional<boost::asio::any_io_executor> executor{};
    // Called first in each transaction, e.g. to set the connection's calendar.
    std::function<void(Connection&)> begin = [](Connection&) {};
    std::function<void(const Failure&)> on_failure = [](const Failure&) {};
  };

  Worker(std::unique_ptr<Connection> connection, Options options);
  ~Worker();  // finishes what waits, then joins

  // overloaded where the queue is full; whatever the work answers; what error_of() makes of a
  // failure of its own or of the whole transaction.
  template <class T>
  ports::Task<T> run(Work<T> work) {
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&,
                                                   void(Result<T>)>(
        [this](auto handler, Work<T> job) {
          auto executor = boost::asio::prefer(boost::asio::get_associated_executor(handler),
                                              boost::asio::execution::outstanding_work.tracked);
          auto answer = [executor, handler = std::move(handler)](Result<T> result) mutable {
            boost::asio::post(executor,
                              [handler = std::move(handler), result = std::move(result)]() mutable {
                                std::move(handler)(std::move(result));
                              });
          };
          push(std::make_unique<Job<T>>(std::move(job), std::move(answer)));
        },
        boost::asio::use_awaitable, std::move(work));
  }

 private:
  class AnyJob {
   public:
    virtual ~AnyJob() = default;
    virtual bool attempt(Connection& db) = 0;  // false: refused, what it wrote is undone
    virtual void refuse(Error error) = 0;
    virtual void answer() = 0;
  };

  template <class T>
  class Job final : public AnyJob {
   public:
    Job(Work<T> work, std::move_only_function<void(Result<T>)> answer)
        : work_(std::move(work)), answer_(std::move(answer)) {}
    bool attempt(Connection& db) override {
      result_.emplace(work_(db));
      return result_->has_value();
    }
    void refuse(Error error) override { result_.emplace(std::move(error)); }
    void answer() override { answer_(*std::move(result_)); }

   private:
    Work<T> work_;
    std::move_only_function<void(Result<T>)> answer_;
    std::optional<Result<T>> result_;
  };

  using Group = std::vector<std::unique_ptr<AnyJob>>;

  void push(std::unique_ptr<AnyJob> job);
  void wake();
  Group take();  // waits; empty when the worker stops
  void work_off();
  void serve(Group group);
  void run_group(Group& group);
  void attempt(AnyJob& job);
  void roll_back();

  std::unique_ptr<Connection> connection_;
  Options options_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<std::unique_ptr<AnyJob>> queue_;
  bool stopping_ = false;
  std::shared_ptr<Worker*> posted_;  // to an executor; what comes too late finds nobody
  std::thread thread_;
};

}  // namespace tarotforge::store::sqlite
