#include "tests/sim/truth.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

namespace tarotforge::sim {

namespace json = boost::json;

namespace {

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
    if (now - *nobody_since_ > ports::kOutageGap + apart()) {
      outages_.push_back({*nobody_since_, now});
      ++work.outages;
    }
    nobody_since_.reset();
  }
}

std::vector<core::Outage> Truth::outages() const {
  auto all = outages_;
  const Instant now = schedule_.now();
  if (nobody_since_ && now - *nobody_since_ > ports::kOutageGap + apart())
    all.push_back({*nobody_since_, now});
  return all;
}

// A gap that the calendar shows as ordinary time is that to everybody (OU2): where the clock was
// set in it, or was wrong before, what was heard before looks older than it is, by as much as the
// clock was set forward, or by what is shown of an outage.
void Truth::gap_shown(Duration passed, Duration shown) {
  if (shown < Duration(0) || shown > ports::kOutageGap) return;
  const Duration counted = passed > ports::kOutageGap ? Duration(0) : passed;
  if (shown > counted) aged_.push_back({schedule_.now(), shown - counted});
}

void Truth::clock_drifts(std::int64_t per_million) {
  fastest_ = std::max(fastest_, per_million);
  slowest_ = std::min(slowest_, per_million);
}

Duration Truth::apart() const {
  constexpr Duration kRounding{2};  // each clock shows whole milliseconds
  const auto drift = fastest_ - slowest_;
  const Duration run = schedule_.now() - Instant{Schedule::kStart};
  return drift > 0 ? run * drift / 1'000'000 + kRounding : Duration(0);
}

Instant Truth::stamped(Instant heard) const {
  Instant stamp = heard;
  for (const auto& [at, by] : aged_)
    if (heard < at) stamp = stamp - by;
  return stamp;
}

void Truth::opened(SessionId id, const core::Policy& policy, Instant sent) {
  const auto [known, fresh] = known_.emplace(id, Known{.policy = policy, .active = sent});
  if (!fresh) return;
  ++work.created;
  known->second.ends = ends_of_unknown_[id];  // it was made long before this was told
  tried(id, schedule_.now());
}

void Truth::active(SessionId id, Instant sent) {
  auto& known = known_.at(id);
  note("{} active at {}", id.to_string().substr(24), (sent.ms - Schedule::kStart) / 1000.0);
  known.active = std::max(known.active, sent);
  tried(id, schedule_.now());
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
  const bool is_open = std::holds_alternative<core::Open>(session.phase);
  if (!is_open) saw_end(session.id, session.generation);
  const auto found = known_.find(session.id);
  if (found == known_.end()) return;
  auto& known = found->second;
  if (is_open && session.generation > known.generation) {
    known.generation = session.generation;
    if (known.reading_at_end && *known.reading_at_end != session.reading)
      violated("a restored reading differs from the one that expired (RS3)");
  }
  if (is_open) known.reading = session.reading;
  for (const auto& entry : change.audit) saw_push_out(known, change, entry);
}

void Truth::saw_expiry(const ports::ExpiredSession& expired) {
  const Instant now = schedule_.now();
  const auto found = known_.find(expired.session);
  if (found == known_.end()) return saw_end(expired.session, expired.generation);
  auto& known = found->second;
  ++work.expired;
  note("{} expired, due {}", expired.session.to_string().substr(24),
       (expired.effect.deadline.ms - Schedule::kStart) / 1000.0);
  if (known.ends.contains(expired.generation))
    violated(fmt::format("{} ended twice in generation {} (EX5)", expired.session.to_string(),
                         expired.generation));
  saw_end(expired.session, expired.generation);
  known.reading_at_end = known.reading;

  const Instant earliest =
      after_credited(stamped(known.active), known.policy.timeout, outages()) - apart();
  if (now < earliest)
    violated(fmt::format("{} expired {} ms early: an activity of {:.3f} s was acknowledged (EX1)",
                         expired.session.to_string(), (earliest - now).count(),
                         static_cast<double>(known.active.ms - Schedule::kStart) / 1000));
  judge_lateness(expired, known);
}

}  // namespace tarotforge::sim
