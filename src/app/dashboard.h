// The live dashboard of one server: tells operators who listen the statistics once a second and
// events as they happen, and keeps how the numbers went. With nobody listening it counts no rows.
// Thread safety: one strand. Invariant: whoever has joined leaves before it is destroyed, and the
// dashboard outlives what it has spawned.
#pragma once

#include <vector>

#include "app/figures.h"
#include "app/listener.h"
#include "app/scope.h"
#include "app/series.h"

namespace tarotforge::app {

class Dashboard {
 public:
  Dashboard(House& house, Figures& figures, Scope& scope);
  Dashboard(const Dashboard&) = delete;
  Dashboard& operator=(const Dashboard&) = delete;
  ~Dashboard();

  // Welcomes with the statistics and the newest events; from then on the listener hears. Where the
  // store does not answer, the rows are those that were counted last, if there are any.
  Task<> join(Listener& listener);
  void leave(Listener& listener);

  // In seconds since 1970; at most the last 24 h.
  protocol::Object series(std::int64_t from, std::int64_t to) const;

  // Both run until the scope closes.
  boost::asio::awaitable<void> keep_telling();
  boost::asio::awaitable<void> keep_measuring();

 private:
  struct Counted {  // when the newest point was measured
    Instant at;
    std::uint64_t joins, operations, heartbeats, expiries;
  };
  Counted count() const;

  void tell(const Announcement& announcement);
  void tell_event(const protocol::LoggedEvent& event);
  void tell_statistics();
  boost::asio::awaitable<void> count_and_tell();
  std::optional<Duration> lateness_since(std::uint64_t expiries) const;
  void measure(std::int64_t at);
  boost::asio::awaitable<void> load_series();
  boost::asio::awaitable<void> save_minute(std::int64_t at);

  House& house_;
  Figures& figures_;
  Scope& scope_;
  std::vector<Listener*> listeners_;
  Series series_;
  Counted measured_;
  bool is_counting_ = false;
  bool is_loaded_ = false;       // the series, with what was kept before the start
  std::size_t events_told_ = 0;  // in this second
};

}  // namespace tarotforge::app
