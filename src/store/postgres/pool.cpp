#include "store/postgres/pool.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tarotforge::store::postgres {

struct Pool::Waiter {
  boost::asio::steady_timer timer;
  bool has_place = false;
};

Pool::Lease::Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection)
    : pool_(std::move(pool)), connection_(std::move(connection)) {}

Pool::Lease::~Lease() {
  if (pool_) pool_->give_back(std::move(connection_));
}

Pool::Pool(boost::asio::any_io_executor executor, PoolOptions options)
    : executor_(std::move(executor)), options_(std::move(options)) {}

boost::asio::awaitable<Pool::Lease> Pool::take(Deadline deadline) {
  if (lent_ < options_.connections)
    ++lent_;
  else
    co_await wait_in_line(deadline);
  Lease lease(shared_from_this(), nullptr);  // holds the place, whatever happens
  while (!lease.connection_ && !free_.empty()) {
    auto connection = std::move(free_.back());
    free_.pop_back();
    if (connection->is_idle()) lease.connection_ = std::move(connection);
  }
  if (!lease.connection_) lease.connection_ = co_await connect(deadline);
  lease.connection_->limit(deadline);
  co_return lease;
}

boost::asio::awaitable<void> Pool::wait_in_line(Deadline deadline) {
  if (line_.size() >= options_.line_bound)
    throw Failure{std::string(kLineFull), "too many calls wait for the database"};
  const auto self = std::make_shared<Waiter>(boost::asio::steady_timer(executor_, deadline));
  line_.push_back(self);
  co_await self->timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  if (self->has_place) co_return;
  std::erase(line_, self);
  throw Failure{std::string(kTooLate), "no connection became free in time"};
}

boost::asio::awaitable<std::unique_ptr<Connection>> Pool::connect(Deadline deadline) {
  if (away_ && std::chrono::steady_clock::now() < next_attempt_) throw *away_;
  auto connection = std::make_unique<Connection>(executor_);
  connection->limit(deadline);
  try {
    co_await connection->open(options_.url, options_.limit);
  } catch (const Failure& failure) {
    note_away(failure);
    throw;
  }
  note_back();
  co_return connection;
}

void Pool::note_away(const Failure& failure) {
  if (!away_)
    options_.log.warning("The {} cannot be reached ({}). Saving is paused; it is tried again.",
                         describe(options_.url), failure.message);
  away_ = failure;
  pause_ = longer_pause(pause_);
  next_attempt_ = std::chrono::steady_clock::now() + pause_;
}

void Pool::note_back() {
  if (away_) options_.log.info("The {} is reached again.", describe(options_.url));
  away_.reset();
  pause_ = Duration(0);
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  if (connection && connection->is_idle()) {
    connection->unlimit();
    free_.push_back(std::move(connection));
  }
  if (line_.empty()) {
    --lent_;
    return;
  }
  const auto next = line_.front();  // the place is theirs
  line_.pop_front();
  next->has_place = true;
  next->timer.cancel();
}

}  // namespace tarotforge::store::postgres
