// The operators' numbers. What only a running server knows is null from anybody else.
#include "protocol/lifecycle_json.h"
#include "protocol/views.h"

namespace tarotforge::protocol {
namespace {

namespace json = boost::json;

json::value present_json(const std::optional<StatsReport::Present>& present) {
  if (!present) return nullptr;
  return json::object{{"active", present->active},
                      {"visible", present->visible},
                      {"connected", present->connected},
                      {"reconnecting", present->reconnecting}};
}

json::value lateness_json(const std::optional<StatsReport::Lateness>& lateness) {
  if (!lateness) return nullptr;
  return json::object{{"p50", lateness->p50_seconds},
                      {"p99", lateness->p99_seconds},
                      {"max", lateness->max_seconds},
                      {"count", lateness->count}};
}

json::value last_sweep_json(const std::optional<LastSweep>& sweep, Calendar calendar) {
  if (!sweep) return nullptr;
  return json::object{{"at", time_json(sweep->at, calendar)},
                      {"durationMs", sweep->took.count()},
                      {"expired", sweep->expired},
                      {"purged", sweep->purged}};
}

}  // namespace

json::object stats_json(const StatsReport& report, Calendar calendar) {
  return {
      {"serverTime", time_json(report.server_time, calendar)},
      {"totalSessions", report.total_sessions},
      {"activeSessions", report.active_sessions},
      {"inactiveSessions", report.inactive_sessions},
      {"sessionsWithRecentActivity", report.sessions_with_recent_activity},
      {"warnedSessions", report.warned},
      {"expiredLastHour", report.expired_last_hour},
      {"restorableSessions", report.restorable},
      {"completedSessions", report.completed},
      {"purgedSessions", report.purged},
      {"totalParticipants", report.participants_total},
      {"participants", present_json(report.present)},
      {"connections", report.connections ? json::value(*report.connections) : json::value()},
      {"expiryLatenessSeconds", lateness_json(report.expiry_lateness)},
      {"warningsMissed", report.warnings_missed},
      {"lastSweep", last_sweep_json(report.last_sweep, calendar)},
      {"sweepOverdue", report.sweep_overdue},
      {"flushLagSeconds", report.flush_lag ? seconds_json(*report.flush_lag) : json::value()},
      {"degraded", report.degraded},
      {"outages", {{"count", report.outages}, {"seconds", seconds_json(report.outage_credit)}}},
  };
}

}  // namespace tarotforge::protocol
