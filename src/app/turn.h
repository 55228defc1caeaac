// First come, first served: who holds the turn may work on what it guards across awaits; the
// others wait in order. Thread safety: one strand.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tarotforge::app {

class Turn {
 public:
  // Gives the turn back when it goes.
  class Held {
   public:
    explicit Held(Turn* turn) : turn_(turn) {}
    Held(Held&& other) noexcept : turn_(std::exchange(other.turn_, nullptr)) {}
    Held& operator=(Held&&) = delete;
    ~Held() {
      if (turn_) turn_->give_back();
    }

   private:
    Turn* turn_;
  };

  boost::asio::awaitable<Held> take() {
    if (taken_) {
      co_await boost::asio::async_initiate<decltype(boost::asio::use_awaitable), void()>(
          [this](auto handler) {
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            waiting_.push_back([shared] {
              auto executor = boost::asio::get_associated_executor(*shared);
              boost::asio::post(executor, [shared] { std::move (*shared)(); });
            });
          },
          boost::asio::use_awaitable);
    } else {
      taken_ = true;
    }
    co_return Held(this);
  }

  bool taken() const { return taken_; }

 private:
  void give_back() {
    if (waiting_.empty()) {
      taken_ = false;
      return;
    }
    auto next = std::move(waiting_.front());  // the turn passes on without becoming free
    waiting_.erase(waiting_.begin());
    next();
  }

  bool taken_ = false;
  std::vector<std::function<void()>> waiting_;  // a room's few; an empty deque would take 576 bytes
};

}  // namespace tarotforge::app
