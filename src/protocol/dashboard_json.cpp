#include "protocol/dashboard_json.h"

#include <boost/json/array.hpp>

#include "protocol/json_guard.h"
#include "protocol/views.h"

namespace tarotforge::protocol {

namespace json = boost::json;

json::object event_json(const LoggedEvent& event, Calendar calendar) {
  auto data = parse_object(event.data);
  json::value who = nullptr;
  if (event.participant) who = json::string(event.participant->to_string());
  return {
      {"id", event.number},
      {"at", time_json(event.at, calendar)},
      {"type", json::string(event.type)},
      {"sessionId", json::string(event.session.to_string())},
      {"participantId", std::move(who)},
      {"data", data ? std::move(*data) : json::object()},
  };
}

json::object series_json(std::span<const SeriesPoint> points, std::int64_t from, std::int64_t to) {
  json::array at, sessions, connected, connections, joins, operations, heartbeats, memory, p99, lag;
  auto next = points.begin();
  const std::int64_t first = (from + kSeriesInterval - 1) / kSeriesInterval * kSeriesInterval;
  for (std::int64_t time = first; time <= to; time += kSeriesInterval) {
    while (next != points.end() && next->at < time) ++next;
    const auto* point = next != points.end() && next->at == time ? &*next : nullptr;
    const auto add = [&](json::array& column, double SeriesPoint::* value) {
      column.push_back(point ? json::value(point->*value) : json::value());
    };
    at.push_back(time);
    add(sessions, &SeriesPoint::active_sessions);
    add(connected, &SeriesPoint::connected);
    add(connections, &SeriesPoint::connections);
    add(joins, &SeriesPoint::joins);
    add(operations, &SeriesPoint::operations);
    add(heartbeats, &SeriesPoint::heartbeats);
    add(memory, &SeriesPoint::memory_bytes);
    add(lag, &SeriesPoint::flush_lag);
    const bool has_lateness = point && point->lateness_p99;
    p99.push_back(has_lateness ? json::value(*point->lateness_p99) : json::value());
  }
  return {
      {"intervalSeconds", kSeriesInterval},    {"at", std::move(at)},
      {"activeSessions", std::move(sessions)}, {"connected", std::move(connected)},
      {"connections", std::move(connections)}, {"joins", std::move(joins)},
      {"operations", std::move(operations)},   {"heartbeats", std::move(heartbeats)},
      {"memoryBytes", std::move(memory)},      {"latenessP99", std::move(p99)},
      {"flushLagSeconds", std::move(lag)},
  };
}

json::object participant_line_json(const core::Participant& who, core::PresenceLevel presence,
                                   Calendar calendar) {
  json::value reason = nullptr;
  if (who.leave_reason) reason = json::string(core::to_string(*who.leave_reason));
  return {
      {"id", json::string(who.id.to_string())},
      {"role", json::string(core::to_string(who.role))},
      {"joinedAt", time_json(who.joined_at, calendar)},
      {"lastSeenAt", time_json(who.last_seen_at, calendar)},
      {"leftAt", time_json(who.left_at, calendar)},
      {"leaveReason", std::move(reason)},
      {"presence", json::string(core::to_string(presence))},
  };
}

json::object operation_line_json(const OperationLine& line, Calendar calendar) {
  return {
      {"version", line.version},
      {"generation", line.generation},
      {"kind", json::string(line.kind)},
      {"by", json::string(line.by.to_string())},
      {"at", time_json(line.at, calendar)},
  };
}

}  // namespace tarotforge::protocol
