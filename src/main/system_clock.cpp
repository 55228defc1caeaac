#include "main/system_clock.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <ctime>

namespace tarotforge {
namespace {

std::int64_t read_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

SystemClock::SystemClock(boost::asio::io_context& context)
    : context_(context), origin_ms_(read_ms(CLOCK_REALTIME) - read_ms(CLOCK_MONOTONIC)) {}

Instant SystemClock::now() const { return {read_ms(CLOCK_MONOTONIC) + origin_ms_}; }
WallTime SystemClock::wall() const { return {read_ms(CLOCK_REALTIME)}; }

boost::asio::awaitable<void> SystemClock::sleep_until(Instant due) {
  // A sleeper that is told to end resumes and looks for itself, instead of being thrown out.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != boost::asio::cancellation_type::none) co_return;
  boost::asio::steady_timer timer(context_, due - now());
  co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

}  // namespace tarotforge
