#include "store/judgement.h"

#include <algorithm>
#include <charconv>

#include "base/marks.h"
#include "protocol/lifecycle_json.h"
#include "protocol/row_json.h"

namespace tarotforge::store {
namespace {

constexpr Duration kPresenceInterval = std::chrono::seconds(30);  // where no server published one

Duration presence_interval(const std::optional<std::string>& setting) {
  double seconds = 0;
  if (!setting) return kPresenceInterval;
  const auto* const last = setting->data() + setting->size();
  const auto [end, error] = std::from_chars(setting->data(), last, seconds);
  if (error != std::errc() || !(seconds >= 0 && seconds < 1e6)) return kPresenceInterval;
  return Duration(static_cast<std::int64_t>(seconds * 1000));
}

// What this server heard is newer than its last beat; but after a gap that the next beat will
// record as an outage, time stands still at the last one.
Instant judged_at(const Observation& observed, const Context& context,
                  const ports::ExpiryClaim& claim) {
  const bool own = context.server && claim.heard_through > observed.now;
  return own && claim.heard_through - observed.now <= ports::kOutageGap ? claim.heard_through
                                                                        : observed.now;
}

// Without the reading and the people: neither decides.
Result<core::SessionData> session_data(OpenRow row) {
  core::SessionData data;
  data.id = row.session.id;
  data.generation = row.session.generation;
  data.created_at = row.session.created_at;
  data.last_activity = row.session.last_activity;
  data.phase = core::Open{row.session.warned_at, row.session.extended_until};
  if (row.policy) {
    TRY_ASSIGN(data.policy, protocol::read_policy(*row.policy));
  }
  return data;
}

}  // namespace

Observation observation(Instant now, std::optional<Instant> started_at,
                        std::vector<core::Outage> outages,
                        const std::optional<std::string>& setting) {
  Observation observed{.now = now, .outages = std::move(outages)};
  observed.presence_interval = presence_interval(setting);
  if (started_at) observed.listening_since = *started_at;
  if (!observed.outages.empty())
    observed.listening_since = std::max(observed.listening_since, observed.outages.back().end);
  return observed;
}

void add_outage(std::vector<core::Outage>& outages, const core::Outage& outage) {
  if (!outages.empty() && outage.start <= outages.back().end)
    outages.back().end = std::max(outages.back().end, outage.end);
  else
    outages.push_back(outage);
}

void HeardByAll::add(ServerId holder, Instant flushed_through) {
  if (server_ == holder) flushed_through = std::max(flushed_through, own_);
  through_ = std::min(through_, flushed_through);
}

std::optional<Judgement> judge(OpenRow row, const ports::ExpiryClaim& claim,
                               const Observation& observed, const Context& context,
                               Instant heard_by_all, Calendar calendar) {
  const auto participants = row.participants;
  auto data = session_data(std::move(row));
  if (!data) {
    context.log.error("Session {} cannot be judged: {}", claim.session, data.error().sentence());
    return std::nullopt;
  }
  core::Session session(*std::move(data));
  if (session.data().generation != claim.generation) return std::nullopt;

  const Instant now = judged_at(observed, context, claim);
  const core::Surroundings around{.outages = observed.outages,
                                  .heard = claim.heard,
                                  .kept_alive = claim.kept_alive,
                                  .listening_since = observed.listening_since,
                                  .presence_interval = observed.presence_interval};
  const Instant last_activity = session.last_activity(now, around);
  const Instant deadline = *session.expires_at(now, around);
  const bool trusts = TF_PLANTED(expires_without_recheck);
  if (!trusts && !reached(deadline, heard_by_all)) {
    TF_REACHED(held_elsewhere);
    return std::nullopt;
  }
  const auto effects = session.advance(trusts ? std::max(now, deadline) : now, around);
  const auto* effect = effects.size() == 1 ? std::get_if<core::Expired>(&effects[0]) : nullptr;
  if (!effect) return std::nullopt;  // a warning is its server's business, not this judgement's

  core::Expired expired = *effect;
  expired.participant_count = participants;
  const auto& ended = std::get<core::Ended>(session.data().phase);
  return Judgement{{claim.session, claim.generation, last_activity, expired},
                   {.session = claim.session,
                    .reason = ended.reason,
                    .generation = claim.generation,
                    .at = ended.at,
                    .restorable_until = ended.restorable_until,
                    .last_activity = last_activity,
                    .audit_data = protocol::expired_entry(
                        "inactivity_timeout", session.data().created_at, expired, calendar)}};
}

}  // namespace tarotforge::store
