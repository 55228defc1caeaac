// Session's second door: what people ask, and who may.

#include <algorithm>

#include "base/marks.h"
#include "core/session.h"

namespace tarotforge::core {

class SessionCommands {
 public:
  SessionCommands(SessionData& data, Session& session, Instant now, const Surroundings& around,
                  Random& random)
      : data_(data), session_(session), now_(now), around_(around), random_(random) {}

  Result<Effects> operator()(const Join& join);
  Result<Effects> operator()(const Return& command);
  Result<Effects> operator()(const Leave& command);
  Result<Effects> operator()(const Rename& command);
  Result<Effects> operator()(const Operate& command);
  Result<Effects> operator()(const KeepAliveClick& command);
  Result<Effects> operator()(const HandOver& command);
  Result<Effects> operator()(const TakeOver& command);
  Result<Effects> operator()(const Reclaim& command);
  Result<Effects> operator()(const Complete& command);
  Result<Effects> operator()(const Restore& command);
  Result<Effects> operator()(const ExpireNow&);
  Result<Effects> operator()(const Extend& command);

 private:
  Participant& member(ParticipantId id);
  Participant* seat_of(const Identity& identity);  // none: they have not been here
  Effects come_back(Participant& who, const std::optional<Digest>& token_hash);
  Result<> require_open(ParticipantId actor) const;
  Result<> require_host(ParticipantId actor) const;
  void active(Participant& who);         // an activity by this person
  void clear_warning(Effects& effects);  // because of an activity
  Result<Outcome> remove(ParticipantId actor, ParticipantId target);
  Effects change_host(ParticipantId to, HostChange how);

  SessionData& data_;
  Session& session_;
  Instant now_;
  const Surroundings& around_;
  Random& random_;
};

Participant& SessionCommands::member(ParticipantId id) {
  for (auto& participant : data_.participants)
    if (participant.id == id) return participant;
  check(false, "a command's actor is a participant of the session");
  std::abort();
}

Result<> SessionCommands::require_open(ParticipantId actor) const {
  TRY(session_.require_open(now_, around_));
  const auto* who = session_.find(actor);
  check(who, "a command's actor is a participant of the session");
  // Removed since they asked: the token they asked with has died.
  if (!who->token_hash) return ErrorCode::unauthorized;
  return {};
}

Result<> SessionCommands::require_host(ParticipantId actor) const {
  if (actor == data_.host) return {};
  return Error(ErrorCode::not_allowed, "Only the host of the reading may do this.");
}

void SessionCommands::active(Participant& who) {
  who.last_seen_at = std::max(who.last_seen_at, now_);
  data_.last_activity = std::max(data_.last_activity, now_);
}

void SessionCommands::clear_warning(Effects& effects) {
  auto& open = std::get<Open>(data_.phase);
  const bool was_warned = open.warned_at.has_value();
  session_.end_warning(now_, around_);
  if (was_warned) effects.push_back(Extended{*session_.expires_at(now_, around_)});
}

Result<Effects> SessionCommands::operator()(const Join& join) {
  auto* const seat = seat_of(join.participant.identity);
  // Who has a seat uses nothing up and finds no room full.
  auto invite = join.invite;
  if (seat) invite.max_uses.reset();
  TRY(check_invite(invite, now_));
  // Even in the time that a restarted server leaves people to return, in which the store is not
  // asked, an expired link admits nobody: what counts here is the deadline itself.
  if (!session_.is_open()) return refusal_of_ended(data_, Asker::invited);
  const bool was_asked =
      around_.store_keeps_it && reached(*session_.may_expire_at(now_, around_), now_);
  if (!was_asked && reached(*session_.expires_at(now_, around_), now_))
    return refusal_of_ended(data_, Asker::invited);
  if (seat && seat->leave_reason == LeaveReason::kicked)
    return Error(ErrorCode::not_allowed, "The host has removed you from this reading.");
  if (seat) return come_back(*seat, join.participant.token_hash);
  if (join.fill >= data_.policy.max_participants ||
      data_.participants.size() >= kMaxParticipantRows)
    return ErrorCode::session_full;
  data_.participants.push_back(join.participant);
  active(data_.participants.back());
  Effects effects{Joined{join.participant.id}};
  clear_warning(effects);
  return effects;
}

Participant* SessionCommands::seat_of(const Identity& identity) {
  if (!std::holds_alternative<UserId>(identity)) return nullptr;
  Participant* seat = nullptr;
  for (auto& participant : data_.participants) {
    if (participant.identity != identity) continue;
    // Only one of a user's rows is active; of others, which SQL may have left, the newest counts.
    if (!seat || !seat->is_active) seat = &participant;
  }
  return seat;
}

Effects SessionCommands::come_back(Participant& who, const std::optional<Digest>& token_hash) {
  who.is_active = true;
  who.left_at.reset();
  who.leave_reason.reset();
  who.token_hash = token_hash;
  active(who);
  Effects effects{Returned{who.id}};
  clear_warning(effects);
  return effects;
}

Result<Effects> SessionCommands::operator()(const Return& command) {
  TRY(require_open(command.actor));
  auto& who = member(command.actor);
  if (who.is_active) return Effects{};
  who.is_active = true;
  who.left_at.reset();
  who.leave_reason.reset();
  return Effects{Returned{who.id}};
}

Result<Effects> SessionCommands::operator()(const Leave& command) {
  auto& who = member(command.actor);
  if (!who.is_active) return Effects{};
  if (command.last_input) session_.note_activity(who.id, *command.last_input);
  who.is_active = false;
  who.left_at = now_;
  who.leave_reason = command.reason;
  return Effects{Left{who.id, command.reason}};
}

Result<Effects> SessionCommands::operator()(const Rename& command) {
  TRY(require_open(command.actor));
  TRY(check_name(command.name));
  auto& who = member(command.actor);
  who.name = command.name;
  if (TF_PLANTED(takes_a_name_for_activity)) active(who);
  return Effects{Renamed{who.id}};
}

Result<Outcome> SessionCommands::remove(ParticipantId actor, ParticipantId target) {
  TRY(require_host(actor));
  if (target == actor)
    return Error(ErrorCode::invalid_operation,
                 "The host cannot be removed. Hand the role over or end the reading.");
  const auto* found = session_.find(target);
  if (!found || !found->token_hash) return ErrorCode::participant_not_found;
  auto& who = member(target);
  who.is_active = false;
  who.left_at = now_;
  who.leave_reason = LeaveReason::kicked;
  who.token_hash.reset();
  return Outcome{};
}

Result<Effects> SessionCommands::operator()(const Operate& command) {
  TRY(require_open(command.actor));
  const auto* removal = std::get_if<RemoveParticipant>(&command.operation);
  auto outcome =
      removal ? remove(command.actor, removal->participant)
              : operate(data_.reading, command.operation, member(command.actor).role, random_);
  if (!outcome) return std::move(outcome).error();
  active(member(command.actor));
  data_.updated_at = data_.last_activity;
  ++data_.version;
  Effects effects{Operated{data_.version, data_.generation, command.actor, now_, command.key,
                           command.operation, *std::move(outcome)}};
  if (removal) effects.push_back(Left{removal->participant, LeaveReason::kicked});
  clear_warning(effects);
  return effects;
}

Result<Effects> SessionCommands::operator()(const KeepAliveClick& command) {
  TRY(require_open(command.actor));
  active(member(command.actor));
  Effects effects;
  clear_warning(effects);
  return effects;
}

Effects SessionCommands::change_host(ParticipantId to, HostChange how) {
  const ParticipantId from = data_.host;
  // Whoever gives the role up may still interpret. A row that another program made may name nobody.
  if (session_.find(from)) member(from).role = Role::reader;
  member(to).role = Role::host;
  data_.host = to;
  return {HostChanged{from, to, how}};
}

Result<Effects> SessionCommands::operator()(const HandOver& command) {
  TRY(require_open(command.actor));
  TRY(require_host(command.actor));
  const auto* to = session_.find(command.to);
  if (!to || !to->is_active) return ErrorCode::participant_not_found;
  if (command.to == command.actor) return Effects{};
  return change_host(command.to, HostChange::handed_over);
}

Result<Effects> SessionCommands::operator()(const TakeOver& command) {
  TRY(require_open(command.actor));
  if (command.actor == data_.host) return Effects{};
  if (!command.host_offline_for || *command.host_offline_for < kHostAway)
    return ErrorCode::host_present;
  if (command.reader_here && member(command.actor).role != Role::reader)
    return Error(ErrorCode::not_allowed, "A reader is here and may take the role over instead.");
  TF_REACHED(host_taken_over);
  return change_host(command.actor, HostChange::taken_over);
}

Result<Effects> SessionCommands::operator()(const Reclaim& command) {
  TRY(require_open(command.actor));
  if (command.actor != data_.original_host)
    return Error(ErrorCode::not_allowed, "Only who opened the reading may reclaim the role.");
  if (command.actor == data_.host) return Effects{};
  return change_host(command.actor, HostChange::reclaimed);
}

Result<Effects> SessionCommands::operator()(const Complete& command) {
  TRY(require_open(command.actor));
  TRY(require_host(command.actor));
  put_deck_away(data_.reading);
  session_.end(EndReason::completed, now_);
  return Effects{Completed{now_}};
}

Result<Effects> SessionCommands::operator()(const Restore& command) {
  if (command.actor) TRY(require_host(*command.actor));
  if (std::holds_alternative<Open>(data_.phase)) return ErrorCode::not_restorable;
  const auto* ended = std::get_if<Ended>(&data_.phase);
  if (ended && ended->reason == EndReason::completed) {
    Error error = refusal_of_ended(data_, Asker::participant);
    error.detail = "This reading was completed, which is final.";
    error.status_instead = 409;
    return error;
  }
  if (!ended || reached(ended->restorable_until, now_)) {
    Error error(ErrorCode::session_purged);
    error.session_id = data_.id;
    return error;
  }
  data_.phase = Open{};
  if (TF_PLANTED(restores_a_new_deck)) std::ranges::reverse(data_.reading.undrawn);
  if (!TF_PLANTED(keeps_the_generation)) ++data_.generation;
  data_.last_activity = std::max(data_.last_activity, now_);
  data_.updated_at = data_.last_activity;
  return Effects{Restored{data_.generation}};
}

Result<Effects> SessionCommands::operator()(const ExpireNow&) {
  if (!session_.is_open()) return refusal_of_ended(data_, Asker::participant);
  return Effects{session_.expire(now_, now_)};
}

// A warning in force is taken back; where the new deadline is as near, the next one comes at once.
Result<Effects> SessionCommands::operator()(const Extend& command) {
  TRY(session_.require_open(now_, around_));
  auto& open = std::get<Open>(data_.phase);
  const Instant until = *session_.expires_at(now_, around_) + command.by;
  open.extended_until = until;
  open.warned_at.reset();
  return Effects{Extended{until, true}};
}

Result<Effects> Session::apply(const Command& command, Instant now, const Surroundings& around,
                               Random& random) {
  // Refused commands change nothing: they work on a copy that takes this one's place.
  Session next(data_);
  auto effects = std::visit(SessionCommands(next.data_, next, now, around, random), command);
  if (effects) data_ = std::move(next.data_);
  return effects;
}

Result<> check_name(std::string_view name) {
  return check_text(kNameRule, name, ErrorCode::invalid_value);
}

}  // namespace tarotforge::core
