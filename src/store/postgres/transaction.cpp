#include "store/postgres/transaction.h"

namespace tarotforge::store::postgres {

void Transaction::begin() {
  if (std::exchange(begun_, true)) return;
  // Reads see one state over all their statements; a writer locks the rows that it depends on. It
  // does not ask to write, which a standby would refuse as a mistake of ours: what it writes is
  // refused, as where the database is read only.
  connection_.push(use_ == Use::read ? "begin isolation level repeatable read, read only"
                                     : "begin isolation level read committed",
                   Parameters());
}

boost::asio::awaitable<void> Transaction::commit() {
  if (!begun_) co_return;
  connection_.push("commit", Parameters());
  const auto done = co_await connection_.round();
  begun_ = false;
  if (done.tag() != "COMMIT")  // a statement had failed, and the work went on regardless
    throw Failure{"25P02", "a transaction with a failed statement was to be committed"};
}

boost::asio::awaitable<void> Transaction::roll_back() {
  // Twice where a statement that was still under way fails: what is behind it does not run then.
  for (int attempt = 0; begun_ && attempt < 2; ++attempt) {
    connection_.push("rollback", Parameters());
    try {
      co_await connection_.round();
      begun_ = false;
    } catch (const Failure&) {
      if (connection_.is_lost()) throw;
    }
  }
}

}  // namespace tarotforge::store::postgres
