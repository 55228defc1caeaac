// Owns the coroutines that run beside each other and ends with the last of them. Nothing runs
// detached: whoever spawns into a scope closes it and waits for it before it goes.
// Thread safety: one strand.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <functional>
#include <list>
#include <memory>

namespace tarotforge::app {

class Scope {
 public:
  explicit Scope(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope();

  // Starts a child. After close() nothing more is started.
  void spawn(std::function<boost::asio::awaitable<void>()> child);

  // Asks every child to end; those that wait for time or a turn end at once.
  void close();
  bool closing() const { return closing_; }
  std::size_t size() const { return children_.size(); }

  // Called once when the scope is closed and the last child has ended; at once if it has.
  void when_empty(std::function<void()> done);

 private:
  void ended(std::list<boost::asio::cancellation_signal>::iterator child);

  boost::asio::any_io_executor executor_;
  std::list<boost::asio::cancellation_signal> children_;
  std::function<void()> when_empty_;
  bool closing_ = false;
};

}  // namespace tarotforge::app
