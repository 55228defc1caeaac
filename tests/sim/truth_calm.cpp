// What has to hold while all is well: how long a reading may stay open, and who is told of its end.
#include <fmt/format.h>

#include "tests/sim/truth.h"

namespace tarotforge::sim {

namespace {

// What a timer may lag on servers that are well: EX3's second, their grain, and a commit.
constexpr Duration kLate{1000};
// How soon another server looks for what happened (MS2), with its grain and a few calls.
constexpr Duration kNoticed{1500};
// How long after the last fault a server may still be busy with it: a hold is lost after 30 s and
// settled with 70 s, a refused expiry is tried again after 30 s at most.
constexpr Duration kRecovery = std::chrono::seconds(130);

bool keeps_alive(const core::Policy& policy, bool visible) {
  if (policy.keep_alive == core::KeepAlive::visible) return visible;
  return policy.keep_alive == core::KeepAlive::connected;
}

}  // namespace

void Truth::tried(SessionId id, Instant heard_by) {
  const auto found = known_.find(id);
  if (found != known_.end()) found->second.heard_by = std::max(found->second.heard_by, heard_by);
}

// --- pages

void Truth::sits(const void* line, Page page) {
  page.since = schedule_.now();
  pages_.insert_or_assign(line, page);
}

void Truth::shows(const void* line, bool visible) {
  const auto found = pages_.find(line);
  if (found == pages_.end()) return;
  auto& page = found->second;
  auto& known = known_.at(page.session);
  if (keeps_alive(known.policy, page.visible)) known.kept_until = schedule_.now();
  page.visible = visible;
}

void Truth::rises(const void* line) {
  const auto found = pages_.find(line);
  if (found == pages_.end()) return;
  const auto page = found->second;
  pages_.erase(found);
  gone_[{page.session, page.who, page.server}] = schedule_.now();
  auto& known = known_.at(page.session);
  if (keeps_alive(known.policy, page.visible)) known.kept_until = schedule_.now();
  if (!page.acknowledges) known.unshown_until = schedule_.now();
}

std::optional<Instant> Truth::gone_since(SessionId session, ParticipantId who, int server) const {
  for (const auto& [line, page] : pages_)
    if (page.session == session && page.who == who && page.server == server) return std::nullopt;
  const auto gone = gone_.find({session, who, server});
  return gone == gone_.end() ? Instant{Schedule::kStart} : gone->second;
}

// --- the end

void Truth::saw_end(SessionId id, std::uint32_t generation) {
  const auto found = known_.find(id);
  auto& ends = found == known_.end() ? ends_of_unknown_[id] : found->second.ends;
  ends.emplace(generation, schedule_.now());
}

void Truth::saw_purge(const std::vector<SessionId>& ids) {
  for (const auto& id : ids)
    if (const auto found = known_.find(id); found != known_.end())
      saw_end(id, found->second.generation);
}

// The timeout after the last moment at which anybody may have been heard, or one lead more where
// somebody may not have shown the warning then; none while a page keeps the session alive. What a
// fault has left behind is heard and settled for a while after it: a lost server is taken to have
// heard people for up to kUnflushed, and deadlines of before are reached again within kRecovery.
// No outage, restart or postponed try comes later than that.
std::optional<Instant> Truth::latest_end(SessionId id, const Known& known) const {
  Instant unshown = known.unshown_until;
  for (const auto& [line, page] : pages_) {
    if (page.session != id) continue;
    if (keeps_alive(known.policy, page.visible)) return std::nullopt;
    if (!page.acknowledges) unshown = schedule_.now();
  }
  const Instant heard =
      std::max({known.heard_by, known.kept_until, disturbed_at_ + ports::kUnflushed});
  const Instant end = heard + known.policy.timeout;
  const Instant pushed_out = std::min(end, unshown) + known.policy.warning;
  return std::max({end, pushed_out, disturbed_at_ + kRecovery}) + kLate + apart();
}

void Truth::judge_lateness(const ports::ExpiredSession& expired, const Known& known) {
  const auto latest = latest_end(expired.session, known);
  const Instant now = schedule_.now();
  if (latest && now > *latest)
    violated(fmt::format("{} expired {} ms after the latest end that anybody can have caused (EX3)",
                         expired.session.to_string(), (now - *latest).count()));
  if (!calm_for(kRecovery)) return;
  ++work.expired_calmly;
  const Duration late = expired.effect.at - expired.effect.deadline;
  if (late > kLate)
    violated(fmt::format("{} expired {} ms late by its own words among servers that are well (EX3)",
                         expired.session.to_string(), late.count()));
}

void Truth::look_at_rooms() {
  const Instant now = schedule_.now();
  for (const auto& [id, known] : known_) {
    if (known.deleted || known.ends.contains(known.generation)) continue;
    const auto latest = latest_end(id, known);
    if (latest && now > *latest)
      violated(
          fmt::format("{} is open {} ms after the latest end that anybody can have caused (EX3)",
                      id.to_string(), (now - *latest).count()));
  }
}

void Truth::told_end(SessionId id, std::uint32_t generation, Duration on_its_way) {
  const auto& ends = known_.at(id).ends;
  const auto end = ends.find(generation);
  if (end == ends.end())
    return violated(fmt::format("an end of {} was told that is not there (ST1)", id.to_string()));
  const Duration late = schedule_.now() - end->second;
  if (calm_for(kRecovery) && late > kNoticed + on_its_way)
    violated(fmt::format("somebody was told of an end {} ms after it (EX3, MS2)", late.count()));
}

// --- the warning

// Once for each inactivity, by a lead, and only where somebody has not shown it.
void Truth::saw_push_out(Known& known, const ports::Change& change,
                         const ports::AuditEntry& entry) {
  if (entry.type == "restored") known.pushed_out = false;
  if (entry.type != "extended") return;
  const bool was_pushed_out = known.pushed_out;
  known.pushed_out = entry.data.find("warning_not_shown") != entry.data.npos;
  if (!known.pushed_out) return;
  ++work.pushed_out;
  const auto& open = std::get<core::Open>(change.session.phase);
  if (was_pushed_out) violated("a deadline was pushed out twice, and nobody was heard (WN3)");
  if (*open.extended_until - entry.at > known.policy.warning)
    violated("a deadline was pushed out by more than a lead (WN3)");
  const auto unshown = [&](const auto& line) {
    return line.second.session == change.session.id && !line.second.acknowledges;
  };
  // Whoever had not shown it may have gone while this was written.
  const bool just_went = schedule_.now() - known.unshown_until <= kLate;
  if (calm_for(kRecovery) && !just_went && std::ranges::none_of(pages_, unshown))
    violated("a deadline was pushed out though everybody had acknowledged the warning (WN4)");
}

}  // namespace tarotforge::sim
