// What a store answers, as text: two stores answer the same where the texts are equal. Left out is
// what each may choose by itself: the ids of audit entries, and the order of rows that have none.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "ports/store.h"
#include "store/session_columns.h"
#include "tests/support/canonical_json.h"

namespace tarotforge::test {

struct AnswerText {
  static std::string text(bool value) { return value ? "yes" : "no"; }
  static std::string text(const std::string& value) { return "'" + value + "'"; }
  static std::string text(Instant at) { return std::to_string(at.ms); }
  static std::string text(WallTime at) { return std::to_string(at.ms); }
  static std::string text(Duration span) { return std::to_string(span.count()) + "ms"; }
  static std::string text(const Uuid& id) { return id.to_string(); }
  static std::string text(const Digest& digest) { return hex(digest).substr(0, 12); }
  static std::string text(core::Role role) { return std::string(core::to_string(role)); }
  static std::string text(core::LeaveReason reason) { return std::string(core::to_string(reason)); }
  template <class Number>
    requires(std::is_arithmetic_v<Number> && !std::is_same_v<Number, bool>)
  static std::string text(Number value) {
    return fmt::format("{}", value);
  }
  template <class T>
  static std::string text(const std::optional<T>& value) {
    return value ? text(*value) : "-";
  }
  template <class... Values>
  static std::string line(const Values&... values) {
    std::string joined;
    ((joined += (joined.empty() ? "" : " ") + text(values)), ...);
    return joined;
  }

  static std::string text(const core::Participant& who) {
    const auto columns = store::participant_columns(who);
    return line(who.id, columns.user, columns.guest, who.name, who.role, who.is_active,
                who.joined_at, who.last_seen_at, who.left_at, who.leave_reason, who.invite_id,
                who.token_hash);
  }
  static std::string text(const core::SessionData& session) {
    const auto phase = store::phase_columns(session);
    const auto json = protocol::reading_columns(session.reading);
    const auto& reading = session.reading;
    auto all =
        line(session.id, session.generation, session.version, session.revision,
             protocol::policy_column(session.policy), session.host, session.original_host,
             session.host_user, session.created_at, session.updated_at, session.last_activity);
    all += "\n  " + line(phase.is_active, phase.warned_at, phase.extended_until, phase.end_reason,
                         phase.ended_at, phase.restorable_until, phase.purged_at);
    all += "\n  " + line(reading.deck_id, json.layout, json.cards, json.deck, json.commitments,
                         reading.question, reading.interpretation, static_cast<int>(reading.step),
                         reading.active_card, reading.table_locked, reading.next_index,
                         session.restore_key_hash);
    for (const auto& who : session.participants) all += "\n  " + text(who);
    return all;
  }
  static std::string text(const ports::Committed& committed) { return text(committed.revision); }
  static std::string text(const core::Invite& invite) {
    return line(invite.id, invite.session_id, invite.code, invite.created_by, invite.role,
                invite.expires_at, invite.max_uses, invite.uses, invite.is_active,
                invite.closed_by_expiry, invite.revoked_at, invite.created_at);
  }
  static std::string text(const ports::InviteWithSession& found) {
    return text(found.invite) + "\n  " + text(found.session);
  }
  static std::string text(const ports::StoredOperation& operation) {
    return line(operation.version, operation.generation, operation.by, operation.key,
                operation.request_hash, operation.kind, operation.told, operation.at);
  }
  static std::string text(const ports::StoredAnswer& answer) {
    return line(answer.caller, answer.key, answer.body_hash, answer.answer, answer.at);
  }
  static std::string text(const ports::ExpiredSession& expired) {
    return line(expired.session, expired.generation, expired.last_activity, expired.effect.deadline,
                expired.effect.at, expired.effect.participant_count);
  }
  static std::string text(const ports::OpenSession& session) {
    return line(session.id, session.generation, session.last_activity, session.created_at,
                protocol::policy_column(session.policy), session.warned_at, session.extended_until);
  }
  static std::string text(const core::Outage& outage) {
    return line(outage.start) + ".." + line(outage.end);
  }
  template <class T>
  static std::string text(const std::vector<T>& values) {
    std::string all = fmt::format("{}:", values.size());
    for (const auto& value : values) all += "\n  " + text(value);
    return all;
  }
  static std::string text(const ports::BeatResult& beat) {
    return line(beat.observed_now, beat.calendar_shift, beat.outages, beat.lost);
  }
  static std::string text(const ports::SweptSession& session) {
    return line(session.id, session.reason, session.last_activity);
  }
  static std::string text(const ports::SweepCursor& cursor) {
    return line(cursor.updated_at, cursor.id);
  }
  static std::string text(const ports::SweptBatch& batch) {
    return line(batch.expired, batch.sessions, batch.purged, batch.invites_closed,
                batch.orphans_removed, batch.quarantined, batch.next);
  }
  static std::string text(const ports::WebhookCounts& counts) {
    return line(counts.target, counts.configured, counts.waiting, counts.dead,
                counts.oldest_waiting_at);
  }
  static std::string text(const ports::Statistics& counted) {
    return line(counted.total_sessions, counted.active_sessions, counted.inactive_sessions,
                counted.sessions_with_recent_activity, counted.warned, counted.expired_last_hour,
                counted.restorable, counted.purged, counted.completed, counted.participants_total,
                counted.outages, counted.outage_credit, counted.webhooks);
  }
  static std::string text(const ports::SessionListing& session) {
    return line(session.id, session.status, session.generation, session.deck_id,
                session.participants, session.created_at, session.updated_at, session.last_activity,
                session.ended_at, session.restorable_until);
  }
  static std::string text(const ports::StoredAuditEntry& stored) {
    return line(stored.entry.type, stored.entry.generation, stored.entry.participant,
                canonical_json(stored.entry.data), stored.entry.at, stored.session,
                stored.sequence);
  }
  static std::string text(const core::Usage& usage) {
    return line(month_text(usage.month), usage.host, usage.sessions, usage.minutes,
                usage.participant_minutes, usage.operations);
  }
  static std::string text(const core::Figure& figure) {
    return line(figure.name, figure.key, figure.count);
  }
  static std::string text(const core::CheckedDay& day) { return line(day.begin, day.is_sound); }
  static std::string text(const ports::MeasuredMinute& minute) {
    return line(minute.at, minute.active_sessions, minute.connected, minute.connections,
                minute.joins, minute.operations, minute.heartbeats, minute.memory_bytes,
                minute.lateness_p99, minute.flush_lag);
  }
  static std::string text(const ports::Webhook& webhook) {
    return line(webhook.target, webhook.type, webhook.session, webhook.generation,
                webhook.participant, canonical_json(webhook.data), webhook.at, webhook.attempts,
                webhook.due_at, webhook.give_up_at, webhook.is_dead, webhook.last_error);
  }
  static std::string text(const std::map<std::string, std::string>& settings) {
    std::string all;
    for (const auto& [name, value] : settings) all += name + "=" + value + " ";
    return all;
  }

  template <class T>
  static std::string text(const Result<T>& result) {
    if (!result) return std::string(info(result.error().code).name);
    if constexpr (std::is_void_v<T>)
      return "ok";
    else
      return text(*result);
  }
};

}  // namespace tarotforge::test
