// The operators' numbers. What only a running server knows is null from anybody else.
#include <boost/json/array.hpp>

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
  json::array buckets;
  for (const auto& bucket : lateness->buckets)
    buckets.push_back(json::object{{"le", bucket.at_most_seconds}, {"count", bucket.count}});
  return json::object{{"p50", lateness->p50_seconds},
                      {"p99", lateness->p99_seconds},
                      {"max", lateness->max_seconds},
                      {"count", lateness->count},
                      {"buckets", std::move(buckets)}};
}

json::string id_text(const Uuid& id) { return json::string(id.to_string()); }

void add_own(json::object& out, const std::optional<StatsReport::Own>& own, Calendar calendar) {
  if (!own) {
    for (const auto* name : {"version", "serverId", "startedAt", "memoryBytes", "perSecond",
                             "deadlines", "reconnects", "refusals"})
      out[name] = nullptr;
    return;
  }
  json::array refusals;
  for (const auto& [code, count, last_minute] : own->refusals)
    refusals.push_back(
        json::object{{"code", json::string(code)}, {"count", count}, {"lastMinute", last_minute}});
  out["version"] = json::string(own->version);
  out["serverId"] = id_text(own->id);
  out["startedAt"] = time_json(own->started_at, calendar);
  out["memoryBytes"] = own->memory_bytes;
  out["perSecond"] = {{"joins", own->joins_per_second},
                      {"operations", own->operations_per_second},
                      {"heartbeats", own->heartbeats_per_second}};
  out["deadlines"] = {{"within5Minutes", own->within_5},
                      {"within15Minutes", own->within_15},
                      {"within60Minutes", own->within_60}};
  out["reconnects"] = {{"returned", own->returned}, {"missed", own->missed}};
  out["refusals"] = std::move(refusals);
}

json::array outages_json(const StatsReport& report, Calendar calendar) {
  json::array outages;
  for (const auto& outage : report.recent_outages)
    outages.push_back(json::object{{"startedAt", time_json(outage.started_at, calendar)},
                                   {"endedAt", time_json(outage.ended_at, calendar)},
                                   {"creditSeconds", seconds_json(outage.credit)}});
  return outages;
}

json::array servers_json(const StatsReport& report, Calendar calendar) {
  json::array servers;
  for (const auto& server : report.servers)
    servers.push_back(json::object{{"id", id_text(server.id)},
                                   {"version", json::string(server.version)},
                                   {"startedAt", time_json(server.started_at, calendar)},
                                   {"aliveAt", time_json(server.alive_at, calendar)},
                                   {"stopped", server.stopped}});
  return servers;
}

json::array webhooks_json(const StatsReport& report, Calendar calendar) {
  json::array targets;
  for (const auto& target : report.webhooks)
    targets.push_back(
        json::object{{"target", json::string(target.url)},
                     {"configured", target.configured},
                     {"waiting", target.waiting},
                     {"dead", target.dead},
                     {"oldestWaitingAt", time_json(target.oldest_waiting_at, calendar)}});
  return targets;
}

json::array sweeps_json(const StatsReport& report, Calendar calendar) {
  json::array sweeps;
  for (const auto& sweep : report.sweeps)
    sweeps.push_back(json::object{{"at", time_json(sweep.at, calendar)},
                                  {"durationMs", sweep.took.count()},
                                  {"expired", sweep.expired},
                                  {"purged", sweep.purged}});
  return sweeps;
}

}  // namespace

json::object stats_json(const StatsReport& report, Calendar calendar) {
  const auto sweeps = sweeps_json(report, calendar);
  json::object out = {
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
      {"lastSweep", sweeps.empty() ? json::value() : sweeps.front()},
      {"sweeps", sweeps},
      {"sweepOverdue", report.sweep_overdue},
      {"flushLagSeconds", report.flush_lag ? seconds_json(*report.flush_lag) : json::value()},
      {"degraded", report.degraded},
      {"outages", {{"count", report.outages}, {"seconds", seconds_json(report.outage_credit)}}},
      {"sweepBacklog", report.sweep_backlog},
      {"recentOutages", outages_json(report, calendar)},
      {"servers", servers_json(report, calendar)},
      {"webhooks", webhooks_json(report, calendar)},
  };
  add_own(out, report.own, calendar);
  return out;
}

}  // namespace tarotforge::protocol
