#include "store/postgres/measurements.h"

namespace tarotforge::store::postgres {

void keep_minute(Transaction& db, ServerId server, const ports::MeasuredMinute& minute,
                 Instant forget) {
  db.send(R"(insert into server_minutes
               (server_id, at, active_sessions, connected, connections, joins, operations,
                heartbeats, memory_bytes, lateness_p99_ms, flush_lag_ms)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict do nothing)",
          server, minute.at, minute.active_sessions, minute.connected, minute.connections,
          minute.joins, minute.operations, minute.heartbeats, minute.memory_bytes,
          minute.lateness_p99, minute.flush_lag);
  db.send("delete from server_minutes where at < $1", forget);
}

boost::asio::awaitable<std::vector<ports::MeasuredMinute>> minutes_since(Transaction& db,
                                                                         Instant since) {
  // All servers see the same sessions; of everything else each has its own.
  const auto rows = co_await db.query(R"(
    select at, max(active_sessions), sum(connected)::bigint, sum(connections)::bigint,
           sum(joins)::bigint, sum(operations)::bigint, sum(heartbeats)::bigint,
           sum(memory_bytes)::bigint, max(lateness_p99_ms), max(flush_lag_ms)
    from server_minutes where at >= $1 group by at order by at)",
                                      since);
  std::vector<ports::MeasuredMinute> minutes(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& minute = minutes[i];
    rows.row(i, minute.at, minute.active_sessions, minute.connected, minute.connections,
             minute.joins, minute.operations, minute.heartbeats, minute.memory_bytes,
             minute.lateness_p99, minute.flush_lag);
  }
  co_return minutes;
}

}  // namespace tarotforge::store::postgres
