#include "store/sqlite/measurements.h"

namespace tarotforge::store::sqlite {

void keep_minute(Connection& db, ServerId server, const ports::MeasuredMinute& minute,
                 Instant forget) {
  db.run(R"(insert or ignore into server_minutes
              (server_id, at, active_sessions, connected, connections, joins, operations,
               heartbeats, memory_bytes, lateness_p99_ms, flush_lag_ms)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))",
         server, minute.at, minute.active_sessions, minute.connected, minute.connections,
         minute.joins, minute.operations, minute.heartbeats, minute.memory_bytes,
         minute.lateness_p99, minute.flush_lag);
  db.run("delete from server_minutes where at < ?1", forget);
}

std::vector<ports::MeasuredMinute> minutes_since(Connection& db, Instant since) {
  // All servers see the same sessions; of everything else each has its own.
  auto select = db.prepare(R"(
    select at, max(active_sessions), sum(connected), sum(connections), sum(joins),
           sum(operations), sum(heartbeats), sum(memory_bytes), max(lateness_p99_ms),
           max(flush_lag_ms)
    from server_minutes where at >= ?1 group by at order by at)");
  select.bind(since);
  std::vector<ports::MeasuredMinute> minutes;
  while (select.step()) {
    auto& minute = minutes.emplace_back();
    select.row(minute.at, minute.active_sessions, minute.connected, minute.connections,
               minute.joins, minute.operations, minute.heartbeats, minute.memory_bytes,
               minute.lateness_p99, minute.flush_lag);
  }
  return minutes;
}

}  // namespace tarotforge::store::sqlite
