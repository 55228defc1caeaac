// How the stamps in the rows follow the wall clock. Rows hold wall time; when the wall clock has
// jumped against the steady one, the stamps of everything that is still running are moved with it
// in one transaction, so that no inactivity grows or shrinks. What was promised by the calendar
// (the end of a restore window, an invite's own expiry, stamps of the past) stays.
#pragma once

#include "ports/clock.h"
#include "store/sqlite/connection.h"

namespace tarotforge::store::sqlite {

// Below this a difference is slewing or jitter. It is not lost: the calendar keeps its shift, so
// that slow drift adds up until it is followed in one step. lifecycle.md names the 2 s.
inline constexpr Duration kClockJump = std::chrono::seconds(2);

// Follows the wall clock where it has left the connection's calendar by more than kClockJump. In
// a transaction; the calendar is moved with the rows.
void follow_wall_clock(Connection& db, const ports::Clock& clock);

// A start whose wall clock is behind the last sign of life: it was set back while no server ran.
// Moves the rows to where that sign of life is now, and answers true.
bool follow_set_back(Connection& db, WallTime wall);

// The sum of all jumps recorded, by which a reader's calendar follows its snapshot.
Duration recorded_jumps(Connection& db);

}  // namespace tarotforge::store::sqlite
