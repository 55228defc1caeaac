#include "core/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/marks.h"

namespace tarotforge::core {
namespace {

LeaveReason leave_reason(EndReason reason) {
  return reason == EndReason::expired ? LeaveReason::expired : LeaveReason::completed;
}

}  // namespace

std::string spoken(Duration duration) {
  const auto in = [](std::int64_t count, const char* unit) {
    return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
  };
  const std::int64_t ms = duration.count();
  if (ms % 3'600'000 == 0) return in(ms / 3'600'000, "hour");
  if (ms % 60'000 == 0) return in(ms / 60'000, "minute");
  if (ms % 1'000 == 0) return in(ms / 1'000, "second");
  return fmt::format("{:g} seconds", static_cast<double>(ms) / 1000.0);
}

Error refusal_of_ended(const SessionData& session, Asker asker) {
  const auto* ended = std::get_if<Ended>(&session.phase);
  const auto* purged = std::get_if<Purged>(&session.phase);
  const EndReason reason = ended ? ended->reason : purged ? purged->reason : EndReason::expired;
  Error error(ErrorCode::session_purged);
  if (reason == EndReason::completed && (ended || asker == Asker::invited)) {
    error = Error(ErrorCode::session_completed);
  } else if (!purged || asker == Asker::invited) {
    const auto* what = asker == Asker::invited ? "This invitation link" : "This reading";
    error = Error(ErrorCode::session_expired,
                  fmt::format("{} has expired. Sessions become inactive after {} of no activity.",
                              what, spoken(session.policy.timeout)));
  }
  error.session_id = session.id;
  if (ended && ended->reason == EndReason::expired)
    error.restorable_until = ended->restorable_until;
  return error;
}

Session Session::create(NewSession fresh, Instant now) {
  check(fresh.host.role == Role::host, "who creates a session is its host");
  SessionData data;
  data.id = fresh.id;
  data.policy = fresh.policy;
  data.host = data.original_host = fresh.host.id;
  if (const auto* user = std::get_if<UserId>(&fresh.host.identity)) data.host_user = *user;
  data.created_at = data.updated_at = data.last_activity = now;
  data.phase = Open{};
  data.reading = std::move(fresh.reading);
  data.restore_key_hash = fresh.restore_key_hash;
  data.participants.push_back(std::move(fresh.host));
  return Session(std::move(data));
}

bool Session::is_warned() const {
  const auto* open = std::get_if<Open>(&data_.phase);
  return open && open->warned_at;
}

const Participant* Session::find(ParticipantId id) const {
  for (const auto& participant : data_.participants)
    if (participant.id == id) return &participant;
  return nullptr;
}

const Participant* Session::find_by_token(const Digest& token_hash) const {
  for (const auto& participant : data_.participants)
    if (participant.token_hash && equal_in_constant_time(*participant.token_hash, token_hash))
      return &participant;
  return nullptr;
}

void Session::note_activity(Instant at) { data_.last_activity = std::max(data_.last_activity, at); }

void Session::note_activity(ParticipantId who, Instant at) {
  for (auto& participant : data_.participants)
    if (participant.id == who) participant.last_seen_at = std::max(participant.last_seen_at, at);
}

Instant Session::last_activity(Instant now, const Surroundings& around) const {
  if (around.kept_alive) return now;
  return std::max(data_.last_activity, around.heard.value_or(data_.last_activity));
}

std::optional<Instant> Session::expires_at(Instant now, const Surroundings& around) const {
  const auto* open = std::get_if<Open>(&data_.phase);
  if (!open) return std::nullopt;
  Instant last = last_activity(now, around);
  if (TF_PLANTED(expires_a_second_early)) last = last - std::chrono::seconds(1);
  Instant deadline = after_observed(last, data_.policy.timeout, around.outages);
  if (open->extended_until) {
    // The extension was granted one lead before it ends; only outages since then lengthen it.
    const Duration lead = data_.policy.warning;
    deadline =
        std::max(deadline, after_observed(*open->extended_until - lead, lead, around.outages));
  }
  return deadline;
}

std::optional<Instant> Session::warns_at(Instant now, const Surroundings& around) const {
  const auto* open = std::get_if<Open>(&data_.phase);
  if (!open) return std::nullopt;
  const Duration lead = data_.policy.warning;
  Instant warning =
      after_observed(last_activity(now, around), data_.policy.timeout - lead, around.outages);
  if (open->extended_until) warning = std::max(warning, *open->extended_until - lead);
  return warning;
}

std::optional<Instant> Session::may_expire_at(Instant now, const Surroundings& around) const {
  const auto deadline = expires_at(now, around);
  if (!deadline || data_.created_at >= around.listening_since) return deadline;
  return std::max(*deadline, around.listening_since + around.presence_interval);
}

std::optional<Instant> Session::next_deadline(Instant now, const Surroundings& around) const {
  if (!is_open()) return std::nullopt;
  const Instant warning = *warns_at(now, around);
  if (!is_warned()) return std::min(warning, *may_expire_at(now, around));
  // Somebody was heard since, or keeps it alive by being there: the warning is to be cleared.
  if (!reached(warning, now)) return now;
  return may_expire_at(now, around);
}

Effects Session::advance(Instant now, const Surroundings& around) {
  auto* open = std::get_if<Open>(&data_.phase);
  if (!open) return {};
  const Instant deadline = *expires_at(now, around);
  const Duration lead = data_.policy.warning;
  if (reached(*may_expire_at(now, around), now)) {
    const bool was_put_off = open->extended_until && !TF_PLANTED(puts_off_for_ever);
    if (!around.warning_unseen || was_put_off) return {expire(now, deadline)};
    TF_REACHED(warning_postponed);
    Instant until = deadline + lead;
    if (reached(until, now)) until = now + lead;
    open->extended_until = until;
    if (!open->warned_at) open->warned_at = now;
    return {Postponed{until}};
  }
  const bool in_warning = reached(*warns_at(now, around), now);
  if (open->warned_at && !in_warning) {
    end_warning(now, around);
    return {Extended{*expires_at(now, around)}};
  }
  if (!open->warned_at && in_warning) {
    open->warned_at = now;
    return {Warned{deadline}};
  }
  return {};
}

Result<> Session::require_open(Instant now, const Surroundings& around) const {
  if (is_open() && (around.store_keeps_it || !reached(*may_expire_at(now, around), now))) return {};
  return refusal_of_ended(data_, Asker::participant);
}

void Session::end_warning(Instant now, const Surroundings& around) {
  auto& open = std::get<Open>(data_.phase);
  open.warned_at.reset();
  // One that reaches further than the activity does was granted by an operator, and stays.
  const Instant by_activity =
      after_observed(last_activity(now, around), data_.policy.timeout, around.outages);
  if (open.extended_until && *open.extended_until <= by_activity) open.extended_until.reset();
}

std::uint32_t Session::end(EndReason reason, Instant now) {
  data_.phase = Ended{reason, now, now + data_.policy.recovery};
  std::uint32_t active = 0;
  for (auto& participant : data_.participants) {
    if (!participant.is_active) continue;
    ++active;
    participant.is_active = false;
    participant.left_at = now;
    participant.leave_reason = leave_reason(reason);
  }
  return active;
}

Effect Session::expire(Instant now, Instant deadline) {
  return Expired{deadline, now, end(EndReason::expired, now)};
}

}  // namespace tarotforge::core
