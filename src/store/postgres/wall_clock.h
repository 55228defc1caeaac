// The calendar that all servers on one database share. Rows hold the database's wall time; when
// its clock has jumped against a server's steady one, the stamps of everything that is still
// running are moved with it in one transaction, so that no inactivity grows or shrinks, and the
// jump is recorded, by which the other servers' calendars follow. What was promised by the
// calendar (the end of a restore window, an invite's own expiry, stamps of the past) stays.
#pragma once

#include "ports/store.h"
#include "store/context.h"
#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

// Below this a difference is slewing or jitter. It is not lost: the calendar keeps its shift, so
// that slow drift adds up until it is followed in one step. lifecycle.md names the 2 s.
inline constexpr Duration kClockJump = std::chrono::seconds(2);

// Whose wall clock the rows follow. The database's is the one that all servers have in common;
// virtual time brings its own.
enum class WallSource { database, clock };

class WallClock {
 public:
  WallClock(const ports::Clock& clock, WallSource source) : clock_(clock), source_(source) {}

  bool is_set() const { return set_; }
  // Takes the calendar from the database. `move_back`: where the clock was set back while no
  // server ran, moves the rows to where the last sign of life is now. In a transaction that
  // enter() has not seen.
  ports::Task<> start(Transaction& db, bool move_back);

  // Gives a reading transaction the calendar that its rows were written by.
  boost::asio::awaitable<void> enter(Transaction& db) const;

  // What a writing transaction learns before it does anything. Until it ends nobody moves stamps.
  struct Entered {
    bool jumped = false;                  // follow() first, and begin again
    std::optional<std::int64_t> drawn{};  // of session_changes
  };
  enum class Draws { nothing, number };
  boost::asio::awaitable<Entered> enter(Transaction& db, Draws draws) const;

  // Moves the stamps with the clock. In a transaction of its own.
  ports::Task<> follow(Transaction& db, const Context& context);

 private:
  struct Reading;
  boost::asio::awaitable<Reading> read(Transaction& db, Draws draws) const;

  const ports::Clock& clock_;
  const WallSource source_;
  bool set_ = false;
  Calendar calendar_;  // when the jumps recorded were `recorded_`
  Duration recorded_{0};
};

}  // namespace tarotforge::store::postgres
