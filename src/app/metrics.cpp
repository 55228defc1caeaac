#include "app/metrics.h"

#include <algorithm>

namespace tarotforge::app {

using protocol::Exposition;

namespace {

void add_rows(Exposition& out, const ports::Statistics& rows) {
  out.gauges("tarotforge_sessions", "Sessions in the store by state.");
  const auto ended = rows.total_sessions - rows.active_sessions - rows.completed - rows.purged;
  out.sample("state", "active", number(rows.active_sessions));
  out.sample("state", "expired", number(ended));
  out.sample("state", "completed", number(rows.completed));
  out.sample("state", "purged", number(rows.purged));
  out.gauge("tarotforge_sessions_warned", "Active sessions whose warning stands.",
            number(rows.warned));
  out.gauge("tarotforge_sessions_restorable", "Expired sessions that can still be restored.",
            number(rows.restorable));
  out.gauge("tarotforge_outages", "Outages on record.", number(rows.outages));
  out.gauge("tarotforge_outage_credit_seconds", "Time credited for outages on record.",
            seconds(rows.outage_credit));
}

void add_waiting_webhooks(Exposition& out, const std::vector<ports::WebhookCounts>& targets,
                          Instant now) {
  ports::WebhookCounts webhooks;
  for (const auto& target : targets) {
    webhooks.waiting += target.waiting;
    webhooks.dead += target.dead;
    const auto oldest = target.oldest_waiting_at;
    if (oldest)
      webhooks.oldest_waiting_at = std::min(webhooks.oldest_waiting_at.value_or(*oldest), *oldest);
  }
  out.gauges("tarotforge_webhooks", "Webhooks in the outbox by state.");
  out.sample("state", "waiting", number(webhooks.waiting));
  out.sample("state", "dead", number(webhooks.dead));
  out.gauge(
      "tarotforge_webhooks_oldest_waiting_seconds", "For how long the oldest one waits.",
      webhooks.oldest_waiting_at ? std::max(0.0, seconds(now - *webhooks.oldest_waiting_at)) : 0);
}

// By the highest level that a participant has: those who are active are not counted as visible too.
void add_presence(Exposition& out, const House& house) {
  using core::PresenceLevel;
  std::uint64_t active = 0, visible = 0, connected = 0, reconnecting = 0;
  for (const auto& [id, room] : house.rooms)
    for (const auto& seat : room->seats) {
      const auto level = seat.presence.level();
      active += level == PresenceLevel::active;
      visible += level == PresenceLevel::visible;
      connected += level == PresenceLevel::connected;
      reconnecting += level == PresenceLevel::reconnecting;
    }
  out.gauges("tarotforge_participants", "Participants on this server by presence level.");
  out.sample("presence", "active", number(active));
  out.sample("presence", "visible", number(visible));
  out.sample("presence", "connected", number(connected));
  out.sample("presence", "reconnecting", number(reconnecting));
  out.gauge("tarotforge_rooms", "Sessions loaded by this server.", number(house.rooms.size()));
  out.gauge("tarotforge_deadlines", "Sessions whose end this server watches.",
            number(house.handles.size()));
  out.gauge("tarotforge_deadlines_limit", "The most open sessions at once (MAX_SESSIONS).",
            number(house.settings.max_sessions));
}

void add_events(Exposition& out, const Counters& counters) {
  out.counter("tarotforge_sessions_created", "Sessions created.", number(counters.created));
  out.counter("tarotforge_joins", "Participants who joined.", number(counters.joins));
  out.counter("tarotforge_operations", "Operations committed.", number(counters.operations));
  out.counter("tarotforge_heartbeats", "Heartbeats answered.", number(counters.heartbeats));
  out.counter("tarotforge_warnings", "Sessions warned before their end.",
              number(counters.warnings));
  out.counter("tarotforge_warnings_answered", "Warnings ended by an activity.",
              number(counters.warnings_answered));
  out.counter("tarotforge_warnings_unseen", "Deadlines moved because no client showed the warning.",
              number(counters.warnings_unseen));
  out.counter("tarotforge_expiries", "Sessions expired by this server.", number(counters.expiries));
  out.counter("tarotforge_completions", "Sessions completed.", number(counters.completions));
  out.counter("tarotforge_restores", "Sessions restored.", number(counters.restores));
  out.counters("tarotforge_reconnects", "Participants who lost their last socket, by what came.");
  out.sample("outcome", "returned", number(counters.returned));
  out.sample("outcome", "missed", number(counters.missed));
  out.counter("tarotforge_webhooks_delivered", "Webhooks that receivers took.",
              number(counters.webhooks_delivered));
  out.counter("tarotforge_webhooks_failed", "Attempts to deliver a webhook that failed.",
              number(counters.webhooks_failed));
  out.counter("tarotforge_webhooks_given_up", "Webhooks given up after three days.",
              number(counters.webhooks_given_up));
  out.histogram("tarotforge_expiry_lateness_seconds",
                "How long after its deadline a session ended.", counters.expiry_lateness);
}

void add_saving(Exposition& out, const House& house, const SessionCleanupService& cleanup) {
  const auto& counters = house.counters;
  out.histogram("tarotforge_commit_seconds", "How long a change of a session took to be durable.",
                counters.commit);
  out.histogram("tarotforge_flush_seconds", "How long a flush of presence took.", counters.flush);
  out.counter("tarotforge_flush_failures", "Flushes that failed.", number(counters.flush_failures));
  out.gauge("tarotforge_flush_lag_seconds", "Time since the newest flush that succeeded.",
            seconds(house.now() - house.health.flushed_at));
  out.gauge("tarotforge_saving_paused", "1 while nothing can be saved.",
            house.health.degraded ? 1 : 0);
  out.gauge("tarotforge_sweep_overdue", "1 where no cleanup has finished within two intervals.",
            cleanup.overdue() ? 1 : 0);
  if (const auto last = cleanup.last()) {
    out.gauge("tarotforge_sweep_finished_timestamp_seconds",
              "When the newest cleanup finished, in seconds since 1970.",
              number(house.wall(last->at).ms) / 1000);
    out.gauge("tarotforge_sweep_seconds", "How long the newest cleanup took.", seconds(last->took));
    out.gauge("tarotforge_sweep_expired", "Sessions that the newest cleanup expired.",
              number(last->expired));
    out.gauge("tarotforge_sweep_purged", "Sessions that the newest cleanup purged.",
              number(last->purged));
  }
}

void add_front(Exposition& out, const Counters& counters, const FrontNumbers& front) {
  constexpr std::string_view kClasses[] = {"1xx", "2xx", "3xx", "4xx", "5xx"};
  out.gauge("tarotforge_connections", "Open connections, sockets and HTTP.",
            number(front.connections));
  out.gauge("tarotforge_connections_limit", "The most connections at once.",
            number(front.connections_limit));
  out.counters("tarotforge_http_answers", "Answers to HTTP requests by class of status.");
  for (std::size_t i = 0; i < std::size(kClasses); ++i)
    out.sample("class", kClasses[i], number(counters.answers[i]));
  out.histogram("tarotforge_http_request_seconds", "From a whole HTTP request to its answer.",
                counters.request);
  out.counters("tarotforge_refusals", "Requests refused, over HTTP and sockets, by error code.");
  for (std::size_t i = 0; i < kErrorCodes; ++i)
    out.sample("code", info(static_cast<ErrorCode>(i)).name, number(counters.refusals[i]));
  out.histogram("tarotforge_outbox_bytes", "What a socket had queued when it was sent.",
                counters.outbox);
  out.gauge("process_start_time_seconds", "When the process started, in seconds since 1970.",
            front.started_at);
  out.counter("process_cpu_seconds", "CPU time of the process.", front.cpu_seconds);
  out.gauge("process_resident_memory_bytes", "Resident memory of the process.",
            number(front.resident_bytes));
  out.gauge("process_open_fds", "Open file descriptors.", number(front.open_files));
}

}  // namespace

boost::asio::awaitable<std::string> Metrics::exposition(FrontNumbers front,
                                                        protocol::MetricsFormat format) {
  const auto rows = co_await figures_.rows();
  const auto& house = figures_.house();
  Exposition out(format);
  out.gauges("tarotforge_build_info", "The version that runs.");
  out.sample("version", house.settings.version, 1);
  if (rows) {
    add_rows(out, *rows);
    add_waiting_webhooks(out, rows->webhooks, house.now());
  }
  add_presence(out, house);
  add_events(out, house.counters);
  add_saving(out, house, figures_.cleanup());
  add_front(out, house.counters, front);
  co_return std::move(out).finish();
}

}  // namespace tarotforge::app
