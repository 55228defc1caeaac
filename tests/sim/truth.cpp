#include "tests/sim/truth.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

namespace tarotforge::sim {

namespace json = boost::json;

namespace {

// What a timer may lag on servers that are well: EX3's second, their grain, and a commit.
constexpr Duration kLate{1000};
// How long after the last fault a server may still be busy with it: a hold is lost after 30 s and
// settled with 70 s, a refused expiry is tried again after 30 s at most.
constexpr Duration kRecovery = std::chrono::seconds(130);

// Reckoned here anew, because what the servers reckon by is what is to be checked.
Instant after_credited(Instant from, Duration span, const std::vector<core::Outage>& outages) {
  Instant until = from + span;
  for (const auto& [start, end] : outages)
    if (end > from && start < until) until += end - std::max(start, from);
  return until;
}

constexpr std::string_view kSecrets[] = {"undrawn", "shuffled_deck", "token_hash", "nonce_"};

}  // namespace

std::string Truth::clock() const {
  return fmt::format("{:.3f}", static_cast<double>(schedule_.now().ms - Schedule::kStart) / 1000);
}

void Truth::write(const std::string& line) const { fmt::print("{:>9} {}\n", clock(), line); }

void Truth::violated(const std::string& what) {
  note("VIOLATION {}", what);
  violations_.push_back(fmt::format("at {} s: {}", clock(), what));
}

void Truth::server_able(int server, bool able) {
  const Instant now = schedule_.now();
  const bool anybody = !able_.empty();
  if (able)
    able_.insert(server);
  else
    able_.erase(server);
  if (anybody == !able_.empty()) return;
  if (able_.empty()) {
    nobody_since_ = now;
  } else if (nobody_since_) {
    if (now - *nobody_since_ > ports::kOutageGap) {
      outages_.push_back({*nobody_since_, now});
      ++work.outages;
    }
    nobody_since_.reset();
  }
}

std::vector<core::Outage> Truth::outages() const {
  auto all = outages_;
  const Instant now = schedule_.now();
  if (nobody_since_ && now - *nobody_since_ > ports::kOutageGap)
    all.push_back({*nobody_since_, now});
  return all;
}

// A gap that the calendar shows as ordinary time is that to everybody (OU2): where the clock was
// set in it, what was heard before looks older than it is, by as much as the clock was set forward,
// or by an outage that shows as up to kOutageGap.
void Truth::gap_shown(Duration passed, Duration shown) {
  if (shown == passed || shown < Duration(0) || shown > ports::kOutageGap) return;
  aged_.push_back({schedule_.now(), shown > passed ? shown - passed : ports::kOutageGap});
}

Instant Truth::stamped(Instant heard) const {
  Instant stamp = heard;
  for (const auto& [at, by] : aged_)
    if (heard < at) stamp = stamp - by;
  return stamp;
}

void Truth::opened(SessionId id, const core::Policy& policy, Instant sent) {
  if (known_.emplace(id, Known{.policy = policy, .active = sent}).second) ++work.created;
}

void Truth::active(SessionId id, Instant sent) {
  auto& known = known_.at(id);
  note("{} active at {}", id.to_string().substr(24), (sent.ms - Schedule::kStart) / 1000.0);
  known.active = std::max(known.active, sent);
}

void Truth::joined(SessionId id, ParticipantId who, Instant sent) {
  active(id, sent);
  if (known_.at(id).joined.insert(who).second) ++work.joined;
}

void Truth::operated(SessionId id, ParticipantId who, IdempotencyKey key, std::uint64_t version,
                     Instant sent) {
  active(id, sent);
  const auto [first, fresh] = known_.at(id).answered.emplace(std::pair(who, key), version);
  ++(fresh ? work.operated : work.repeated);
  if (first->second != version)
    violated(fmt::format("one key was answered versions {} and {} (ID1)", first->second, version));
}

void Truth::restored(SessionId id, std::uint32_t generation, Instant sent) {
  auto& known = known_.at(id);
  known.generation = std::max(known.generation, generation);
  active(id, sent);
  ++work.restored;
}

bool Truth::over(SessionId id) const {
  const auto& known = known_.at(id);
  return known.completed || known.deleted;
}

void Truth::shown(const json::value& value) {
  if (const auto* array = value.if_array()) {
    for (const auto& each : *array) shown(each);
    return;
  }
  const auto* object = value.if_object();
  if (!object) return;
  const auto* face_up = object->if_contains("faceUp");
  const auto* card = object->if_contains("cardId");
  if (face_up && card && face_up->is_bool() && !face_up->as_bool() && !card->is_null())
    violated("a card was named while it lies face down (RD8)");
  for (const auto& [name, member] : *object) {
    for (const auto secret : kSecrets)
      if (name == secret) violated(fmt::format("{} has left a server (RD7)", secret));
    shown(member);
  }
}

// Whoever hears of an operation hears the same; cards that were turned down since may be hidden.
void Truth::told_operation(SessionId id, const json::object& operation) {
  auto plain = operation;
  plain.erase("at");  // as the calendar has it, which may be moved between two tellings
  plain.erase("card");
  plain.erase("session");
  const auto version = plain.at("version").to_number<std::uint64_t>();
  auto text = json::serialize(plain);
  const auto [first, fresh] = known_.at(id).operations.emplace(version, text);
  if (!fresh && first->second != text)
    violated(
        fmt::format("version {} was told as {} and as {} (VR1)", version, first->second, text));
}

void Truth::saw_commit(const ports::Change& change, std::uint64_t revision) {
  const auto& session = change.session;
  note("{} version {} revision {}", session.id.to_string().substr(24), session.version, revision);
  const auto found = known_.find(session.id);
  if (found == known_.end()) return;
  auto& known = found->second;
  const bool is_open = std::holds_alternative<core::Open>(session.phase);
  if (is_open && session.generation > known.generation) {
    known.generation = session.generation;
    if (known.reading_at_end && *known.reading_at_end != session.reading)
      violated("a restored reading differs from the one that expired (RS3)");
  }
  if (is_open) known.reading = session.reading;
  if (!is_open && !known.ends.contains(session.generation))
    known.ends.emplace(session.generation, schedule_.now());
}

void Truth::saw_expiry(const ports::ExpiredSession& expired) {
  const Instant now = schedule_.now();
  const auto found = known_.find(expired.session);
  if (found == known_.end()) return;  // whoever made it was never told of it
  auto& known = found->second;
  ++work.expired;
  note("{} expired, due {}", expired.session.to_string().substr(24),
       (expired.effect.deadline.ms - Schedule::kStart) / 1000.0);
  if (!known.ends.emplace(expired.generation, now).second)
    violated(fmt::format("{} ended twice in generation {} (EX5)", expired.session.to_string(),
                         expired.generation));
  known.reading_at_end = known.reading;

  const Instant earliest = after_credited(stamped(known.active), known.policy.timeout, outages());
  if (now < earliest)
    violated(fmt::format("{} expired {} ms early: an activity of {:.3f} s was acknowledged (EX1)",
                         expired.session.to_string(), (earliest - now).count(),
                         static_cast<double>(known.active.ms - Schedule::kStart) / 1000));
  if (!calm_for(kRecovery)) return;
  ++work.expired_calmly;
  const Duration late = expired.effect.at - expired.effect.deadline;
  if (late > kLate)
    violated(fmt::format("{} expired {} ms late among servers that are well (EX3)",
                         expired.session.to_string(), late.count()));
}

}  // namespace tarotforge::sim
