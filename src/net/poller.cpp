#include "net/poller.h"

#include <utility>

#include "base/check.h"

namespace tarotforge::net {

Poller::Poller(boost::asio::io_context& context) : epoll_(context) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  check(epoll >= 0, "the system has a descriptor left for waiting");
  epoll_.assign(epoll);
}

bool Poller::add(int socket, Socket& owner) {
  return control(EPOLL_CTL_ADD, socket, owner, EPOLLIN);
}

bool Poller::want_write(int socket, Socket& owner, bool wanted) {
  return control(EPOLL_CTL_MOD, socket, owner, wanted ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

void Poller::wait(std::function<void()> ready) {
  epoll_.async_wait(Descriptor::wait_read, [ready = std::move(ready)](auto) { ready(); });
}

void Poller::stop() {
  boost::system::error_code ignored;
  epoll_.cancel(ignored);
}

std::span<const Poller::Ready> Poller::take() {
  const int count = ::epoll_wait(epoll_.native_handle(), events_.data(), kBatch, 0);
  if (count <= 0) return {};
  const auto size = static_cast<std::size_t>(count);
  for (std::size_t i = 0; i < size; ++i) {
    const auto& event = events_[i];
    ready_[i] = {.socket = static_cast<Socket*>(event.data.ptr),
                 .readable = (event.events & ~std::uint32_t{EPOLLOUT}) != 0,
                 .writable = (event.events & EPOLLOUT) != 0};
  }
  return std::span(ready_).first(size);
}

bool Poller::control(int operation, int socket, Socket& owner, std::uint32_t events) {
  epoll_event event{.events = events, .data = {.ptr = &owner}};
  return ::epoll_ctl(epoll_.native_handle(), operation, socket, &event) == 0;
}

}  // namespace tarotforge::net
