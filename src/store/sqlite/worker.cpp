#include "store/sqlite/worker.h"

#include <sqlite3.h>

#include <algorithm>
#include <iterator>

namespace tarotforge::store::sqlite {
namespace {

// Larger groups win little: at 100 writes a commit, waiting for the disk is 1/8 of the time.
constexpr std::size_t kGroupMost = 256;

}  // namespace

Worker::Worker(std::unique_ptr<Connection> connection, Options options)
    : connection_(std::move(connection)), options_(std::move(options)) {
  if (options_.executor)
    posted_ = std::make_shared<Worker*>(this);
  else
    thread_ = std::thread([this] { work_off(); });
}

Worker::~Worker() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) {
    thread_.join();
  } else {
    *posted_ = nullptr;
    work_off();
  }
}

void Worker::push(std::unique_ptr<AnyJob> job) {
  {
    std::lock_guard lock(mutex_);
    if (!stopping_ && queue_.size() < options_.queue_bound) {
      queue_.push_back(std::move(job));
      return wake();
    }
  }
  job->refuse(ErrorCode::overloaded);
  job->answer();
}

void Worker::wake() {
  if (!options_.executor) return work_.notify_one();
  boost::asio::post(*options_.executor, [worker = posted_] {
    if (*worker && !(*worker)->queue_.empty()) (*worker)->serve((*worker)->take());
  });
}

Worker::Group Worker::take() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kGroupMost));
  Group group(std::make_move_iterator(queue_.begin()),
              std::make_move_iterator(queue_.begin() + count));
  queue_.erase(queue_.begin(), queue_.begin() + count);
  return group;
}

void Worker::work_off() {
  for (;;) {
    Group group = take();
    if (group.empty()) return;
    serve(std::move(group));
  }
}

void Worker::serve(Group group) {
  run_group(group);
  for (auto& job : group) job->answer();
}

void Worker::run_group(Group& group) {
  const Calendar before = connection_->calendar;
  try {
    connection_->run(options_.use == Use::write ? "begin immediate" : "begin");
    options_.begin(*connection_);
    for (auto& job : group) attempt(*job);
    if (options_.use == Use::write)
      connection_->run("commit");
    else
      roll_back();  // what was read stays read, whatever becomes of the transaction
  } catch (const Failure& failure) {
    connection_->calendar = before;
    roll_back();
    for (auto& job : group) job->refuse(error_of(failure));
    options_.on_failure(failure);
  }
}

void Worker::attempt(AnyJob& job) {
  try {
    if (options_.use == Use::read) {
      job.attempt(*connection_);
    } else {
      Savepoint savepoint(*connection_);
      if (job.attempt(*connection_)) savepoint.keep();
    }
  } catch (const Failure& failure) {
    if (!connection_->in_transaction()) throw;  // SQLite has undone the whole group
    job.refuse(error_of(failure));
    options_.on_failure(failure);
  }
}

void Worker::roll_back() {
  if (connection_->in_transaction())
    sqlite3_exec(connection_->handle(), "rollback", nullptr, nullptr, nullptr);
}

}  // namespace tarotforge::store::sqlite
