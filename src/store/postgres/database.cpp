#include "store/postgres/database.h"

namespace tarotforge::store::postgres {

Database::Database(boost::asio::any_io_executor executor, Options options)
    : shared_(std::make_shared<Shared>(
          std::make_shared<Pool>(std::move(executor), std::move(options.pool)),
          std::move(options.calendar))) {}

Error Database::refuse(Pool& pool, const Failure& failure) {
  if (is_unexpected(failure))
    pool.options().log.error("The {} refused: {} (SQLSTATE {})", describe(pool.options().url),
                             failure.message, failure.sqlstate);
  return error_of(failure);
}

}  // namespace tarotforge::store::postgres
