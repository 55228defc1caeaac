// What the second step of adopting does to rows, so that they keep the rules of ours.
#pragma once

#include "store/postgres/adopt_parts.h"

namespace tarotforge::store::postgres {

// Fills what was left, gives open sessions the policy, settles duplicates and double identities,
// and finds each session's host. Nothing is lost: a participant who is changed is recorded as
// `adopted` with what they had.
boost::asio::awaitable<void> settle_rows(Connection& db, core::Policy policy, Tell tell);

// An `adopted` entry in the audit log of each open session.
boost::asio::awaitable<void> record_adopted(Connection& db);

// The value of a column that ours fill always, where the first implementation left it empty; none
// where nothing can stand in for it.
std::optional<std::string> value_for_null(const SchemaPart& column);

// Shuffles the decks of open sessions that never were, and tells of sessions that cannot be read.
boost::asio::awaitable<void> shuffle_decks(Connection& db, Random& random, Tell tell);

}  // namespace tarotforge::store::postgres
