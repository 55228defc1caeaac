// What the lifecycle says of itself: the expiry answer, explain, the sweep's report, statistics,
// lists for operators, and what rooms are told when they warn, end and come back. Plain values in,
// JSON out: counting and judging is the caller's.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/instant.h"
#include "core/effect.h"
#include "core/policy.h"
#include "core/presence.h"

namespace tarotforge::protocol {

struct ExpiryAnswer {
  bool expired = false;
  Instant server_time;
  std::optional<Instant> expires_at{}, warns_at{};
  Duration inactive{0};
  std::optional<Instant> restorable_until{};
};
boost::json::object expiry_json(const ExpiryAnswer& answer, Calendar calendar);

// One line of the audit log. `data` is the text of a JSON object.
struct AuditLine {
  EventId id;
  SessionId session;
  std::uint64_t sequence = 0;
  std::string type;
  std::uint32_t generation = 1;
  std::optional<ParticipantId> participant{};
  std::string data = "{}";
  Instant at;
};
boost::json::object audit_json(const AuditLine& line, Calendar calendar);

enum class PolicyOrigin : std::uint8_t { built_in, setting, session };
struct PolicyOrigins {
  PolicyOrigin timeout{}, warning{}, keep_alive{}, recovery{}, max_participants{};
};
enum class ExpiresBecause : std::uint8_t {
  inactivity_timeout,
  warning_not_shown,
  extended_by_operator
};

// What made the last activity: "created", "joined", "operation", "keep_alive", "input", "restored"
// or "presence" (keepAlive visible and connected).
struct LastActivity {
  Instant at;
  std::string by;
  std::optional<ParticipantId> participant{};
};
struct KeptAliveBy {
  ParticipantId participant;
  core::PresenceLevel presence;
};
struct Explanation {
  SessionId session;
  std::string status;  // active, expired, completed, purged
  std::uint32_t generation = 1;
  Instant server_time;
  core::Policy policy;
  PolicyOrigins origins;
  LastActivity last_activity;
  std::vector<KeptAliveBy> kept_alive_by{};
  std::optional<Instant> warned_at{}, warns_at{}, expires_at{}, extended_until{};
  std::optional<ExpiresBecause> expires_because{};  // while it is open
  std::optional<Instant> ended_at{}, restorable_until{};
  std::optional<core::EndReason> end_reason{};
  std::optional<std::string>
      expired_because{};                 // as the audit log says: inactivity_timeout, operator
  std::vector<AuditLine> transitions{};  // the newest
};
boost::json::object explanation_json(const Explanation& explanation, Calendar calendar);

struct SweptLine {
  SessionId id;
  std::string reason;  // inactivity_timeout, recovery_over
  Instant last_activity;
};
struct SweepReport {
  bool dry_run = false;
  std::uint64_t expired = 0;
  std::uint64_t purged = 0;
  std::uint64_t invites_closed = 0;
  std::uint64_t orphans_removed = 0;
  std::uint64_t quarantined = 0;
  std::vector<SweptLine> sessions{};
};
boost::json::object sweep_json(const SweepReport& report, Calendar calendar);

struct LastSweep {
  Instant at;
  Duration took{0};
  std::uint64_t expired = 0;
  std::uint64_t purged = 0;
};
struct StatsReport {
  Instant server_time;
  std::uint64_t total_sessions = 0;
  std::uint64_t active_sessions = 0;
  std::uint64_t inactive_sessions = 0;
  std::uint64_t sessions_with_recent_activity = 0;
  std::uint64_t warned = 0;
  std::uint64_t expired_last_hour = 0;
  std::uint64_t restorable = 0;
  std::uint64_t purged = 0;
  std::uint64_t completed = 0;
  std::uint64_t participants_total = 0;  // rows, those who left included

  // People here now, each level containing the ones before it; known only to a running server.
  struct Present {
    std::uint64_t active = 0, visible = 0, connected = 0, reconnecting = 0;
  };
  std::optional<Present> present{};
  std::optional<std::uint64_t> connections{};

  struct Lateness {
    double p50_seconds = 0, p99_seconds = 0, max_seconds = 0;
    std::uint64_t count = 0;
    struct Bucket {
      double at_most_seconds;
      std::uint64_t count;  // of these and of all shorter ones
    };
    std::vector<Bucket> buckets{};
  };
  std::optional<Lateness> expiry_lateness{};
  std::uint64_t warnings_missed = 0;  // deadlines put off because nobody was shown the warning
  std::vector<LastSweep> sweeps{};    // the newest, newest first
  bool sweep_overdue = false;         // none finished within two intervals
  std::optional<Duration> flush_lag{};
  bool degraded = false;  // nothing can be saved
  std::uint64_t outages = 0;
  Duration outage_credit{0};

  // Of the server that was asked; none from anybody else.
  struct Own {
    std::string version;
    ServerId id;
    Instant started_at;
    std::uint64_t memory_bytes = 0;
    double joins_per_second = 0, operations_per_second = 0, heartbeats_per_second = 0;
    // Sessions that end within so many minutes, if nobody does anything.
    std::uint64_t within_5 = 0, within_15 = 0, within_60 = 0;
    std::uint64_t returned = 0, missed = 0;  // of those who lost their last socket
    struct Refusals {
      std::string_view code;
      std::uint64_t count;
      std::uint64_t last_minute = 0;
    };
    std::vector<Refusals> refusals{};
  };
  std::optional<Own> own{};
  std::uint64_t sweep_backlog = 0;  // sessions to be purged, and ones to be ended

  struct Outage {
    Instant started_at, ended_at;
    Duration credit;
  };
  std::vector<Outage> recent_outages{};
  struct Server {
    ServerId id;
    std::string version;
    Instant started_at, alive_at;
    bool stopped = false;
  };
  std::vector<Server> servers{};
  struct Target {  // of webhooks
    std::string url;
    bool configured = false;  // WEBHOOK_URLS names it
    std::uint64_t waiting = 0, dead = 0;
    std::optional<Instant> oldest_waiting_at{};
  };
  std::vector<Target> webhooks{};
};
boost::json::object stats_json(const StatsReport& report, Calendar calendar);

struct SessionLine {
  SessionId id;
  std::string status;
  std::uint32_t generation = 1;
  std::string deck_id;
  std::uint64_t participants = 0;
  Instant created_at, updated_at, last_activity;
  std::optional<Instant> ended_at{}, restorable_until{};
};
boost::json::object session_line_json(const SessionLine& line, Calendar calendar);

// The data of the audit log's entry of an expiry. `because`: inactivity_timeout, operator.
std::string expired_entry(std::string_view because, Instant created_at,
                          const core::Expired& expired, Calendar calendar);

// The payloads of session_expiring, session_extended, session_expired, session_completed,
// session_restored and server_draining.
boost::json::object expiring_json(std::uint32_t generation, Instant expires_at, Instant now,
                                  Calendar calendar);
boost::json::object extended_json(Instant expires_at, Calendar calendar);
boost::json::object expired_json(std::uint32_t generation, Instant restorable_until,
                                 Calendar calendar);
boost::json::object completed_json(std::uint32_t generation, Instant at, Calendar calendar);
boost::json::object restored_json(std::uint32_t generation);
boost::json::object draining_json(Duration reconnect_after);

}  // namespace tarotforge::protocol
