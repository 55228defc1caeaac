#include "app/scope.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

#include "base/check.h"

namespace tarotforge::app {

Scope::~Scope() { check(children_.empty(), "a scope ends after its children"); }

void Scope::spawn(std::function<boost::asio::awaitable<void>()> child) {
  if (closing_) return;
  children_.emplace_back();
  const auto self = std::prev(children_.end());
  boost::asio::co_spawn(
      executor_, std::move(child),
      boost::asio::bind_cancellation_slot(self->slot(), [this, self](std::exception_ptr error) {
        // Floors hand on refusals, not exceptions: what still arrives here is a bug, or the
        // cancellation that close() asked for.
        check(!error || closing_, "a child of a scope ends without an exception");
        ended(self);
      }));
}

void Scope::close() {
  closing_ = true;
  // A signal may end its child at once, which takes it off the list.
  for (auto child = children_.begin(); child != children_.end();)
    (child++)->emit(boost::asio::cancellation_type::terminal);
  if (children_.empty() && when_empty_) std::exchange(when_empty_, nullptr)();
}

void Scope::when_empty(std::function<void()> done) {
  when_empty_ = std::move(done);
  if (closing_ && children_.empty()) std::exchange(when_empty_, nullptr)();
}

void Scope::ended(std::list<boost::asio::cancellation_signal>::iterator child) {
  children_.erase(child);
  if (closing_ && children_.empty() && when_empty_) std::exchange(when_empty_, nullptr)();
}

}  // namespace tarotforge::app
