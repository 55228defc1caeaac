#include "net/name_lookup.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <thread>

namespace tarotforge::net {

namespace asio = boost::asio;
using asio::ip::tcp;

struct NameLookup::Shared {
  std::mutex mutex;
  asio::steady_timer* waiting = nullptr;  // of a lookup that still lives
  FoundName found{};
};

namespace {

FoundName ask_system(const std::string& host, const std::string& port) {
  asio::io_context context;
  boost::system::error_code error;
  FoundName found;
  const auto results = tcp::resolver(context).resolve(host, port, tcp::resolver::flags(), error);
  if (error) found.mistake = error.message();
  for (const auto& each : results) found.endpoints.push_back(each.endpoint());
  return found;
}

}  // namespace

NameLookup::NameLookup(const asio::any_io_executor& executor)
    : done_(executor), shared_(std::make_shared<Shared>()) {
  shared_->waiting = &done_;
}

NameLookup::~NameLookup() {
  const std::scoped_lock lock(shared_->mutex);
  shared_->waiting = nullptr;
}

asio::awaitable<FoundName> NameLookup::find(std::string host, std::string port,
                                            std::chrono::steady_clock::time_point deadline) {
  done_.expires_at(deadline);
  std::thread([shared = shared_, host = std::move(host), port = std::move(port)] {
    auto found = ask_system(host, port);
    const std::scoped_lock lock(shared->mutex);
    if (!shared->waiting) return;
    shared->found = std::move(found);
    asio::post(shared->waiting->get_executor(), [shared] {
      if (shared->waiting) shared->waiting->cancel();
    });
  }).detach();
  co_await done_.async_wait(asio::as_tuple(asio::use_awaitable));
  const std::scoped_lock lock(shared_->mutex);
  co_return shared_->found;
}

void NameLookup::stop() { done_.cancel(); }

}  // namespace tarotforge::net
