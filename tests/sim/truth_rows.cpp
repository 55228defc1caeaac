// What was told, against the rows at the end of a run.
#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>

#include "base/check.h"
#include "tests/sim/truth.h"

namespace tarotforge::sim {

template <class T>
Result<T> Truth::ask(ports::Task<T> task) {
  std::optional<Result<T>> answer;
  boost::asio::co_spawn(schedule_.context, std::move(task),
                        [&](std::exception_ptr error, Result<T> result) {
                          check(!error, "a store answers without an exception");
                          answer.emplace(std::move(result));
                        });
  schedule_.settle();
  check(answer.has_value(), "a store without faults answers at once");
  return *std::move(answer);
}

void Truth::compare_with_rows(ports::Store& store) {
  for (const auto& [id, known] : known_) compare_session(store, id, known);
}

namespace {

using ports::Statistics;

struct Count {
  std::string_view what;
  std::uint64_t Statistics::* number;
};
constexpr Count kCounts[] = {
    {"sessions", &Statistics::total_sessions},
    {"open", &Statistics::active_sessions},
    {"ended", &Statistics::inactive_sessions},
    {"recently active", &Statistics::sessions_with_recent_activity},
    {"warned", &Statistics::warned},
    {"expired in the last hour", &Statistics::expired_last_hour},
    {"restorable", &Statistics::restorable},
    {"purged", &Statistics::purged},
    {"completed", &Statistics::completed},
    {"to be purged", &Statistics::unpurged},
    {"participants", &Statistics::participants_total},
};

constexpr Duration kLastHour = std::chrono::hours(1);

// One session more. Answers its status, as the list has to name it.
struct Counting {
  Statistics& counted;
  const core::SessionData& row;
  Instant last_activity, now;

  std::string_view operator()(const core::Open& open) const {
    ++counted.active_sessions;
    counted.warned += open.warned_at.has_value();
    counted.sessions_with_recent_activity += last_activity + row.policy.timeout > now;
    return "active";
  }
  std::string_view operator()(const core::Ended& ended) const {
    const bool expired = ended.reason == core::EndReason::expired;
    ++counted.inactive_sessions;
    counted.completed += !expired;
    counted.expired_last_hour += expired && ended.at > now - kLastHour;
    counted.restorable += expired && !reached(ended.restorable_until, now);
    counted.unpurged += reached(ended.restorable_until, now);
    return expired ? "expired" : "completed";
  }
  std::string_view operator()(const core::Purged& purged) const {
    const bool expired = purged.reason == core::EndReason::expired;
    ++counted.inactive_sessions;
    ++counted.purged;
    counted.expired_last_hour += expired && purged.ended_at > now - kLastHour;
    return "purged";
  }
};

}  // namespace

void Truth::recount(ports::Store& store, Instant now) {
  constexpr std::size_t kAll = 1'000'000;
  const auto told = ask(store.statistics());
  const auto listed = ask(store.sessions({.limit = kAll}));
  if (!told || !listed) return violated("the statistics or the list cannot be read");
  Statistics counted;
  for (const auto& session : *listed) {
    const auto row = ask(store.load(session.id));
    if (!row) return violated("a session is listed and cannot be read (XP4)");
    ++counted.total_sessions;
    counted.participants_total += row->participants.size();
    const auto status = std::visit(Counting{counted, *row, session.last_activity, now}, row->phase);
    if (session.status != status || session.participants != row->participants.size())
      violated(fmt::format("{} is listed as {} with {} people, and is {} with {} (CL22)",
                           session.id.to_string(), session.status, session.participants, status,
                           row->participants.size()));
  }
  for (const auto& [what, number] : kCounts)
    if ((*told).*number != counted.*number)
      violated(
          fmt::format("{} count as {}, and {} are (XP4)", (*told).*number, what, counted.*number));
  if (told->outages < ports::kOutagesListed) {
    Duration credit{0};
    for (const auto& outage : told->recent_outages) credit += outage.credit;
    if (told->outages != told->recent_outages.size() || told->outage_credit != credit)
      violated("the count of outages is not that of their list (XP4)");
  }
  ++work.recounted;
}

void Truth::compare_session(ports::Store& store, SessionId id, const Known& known) {
  const auto row = ask(store.load(id));
  if (!row) return violated(fmt::format("the acknowledged session {} is gone", id.to_string()));
  const bool is_open = std::holds_alternative<core::Open>(row->phase);
  const auto* ended = std::get_if<core::Ended>(&row->phase);
  const auto* purged = std::get_if<core::Purged>(&row->phase);
  if (known.deleted && !purged) violated("a deleted session is still there (CP2)");
  const bool is_completed = (ended && ended->reason == core::EndReason::completed) ||
                            (purged && purged->reason == core::EndReason::completed);
  if (known.completed && !is_completed) violated("an acknowledged completion was lost (ST2)");
  if (row->generation < known.generation)
    violated("an acknowledged restore was lost, or a generation came back (ST2)");
  for (const auto& who : known.joined) {
    const auto same = [&](const core::Participant& each) { return each.id == who; };
    if (std::ranges::none_of(row->participants, same))
      violated(fmt::format("the acknowledged participant {} is gone (ST2)", who.to_string()));
  }
  if (is_open && row->last_activity < stamped(known.active) - std::chrono::seconds(66) - apart())
    violated("the last activity in the rows lags more than it may (AC5)");
  if (purged) {
    ++work.purged;
  } else {
    compare_operations(store, id, known);
    const auto invites = ask(store.invites(id));
    for (const auto& code : known.codes) {
      const auto same = [&](const core::Invite& invite) { return invite.code == code; };
      if (!invites || std::ranges::none_of(*invites, same))
        violated("an acknowledged invitation was lost (ST2)");
    }
  }
  compare_audit(store, id, known, *row);
}

void Truth::compare_operations(ports::Store& store, SessionId id, const Known& known) {
  const auto stored = ask(store.operations_after(id, 0, 1'000'000));
  if (!stored) return violated("the operations cannot be read");
  std::map<std::pair<ParticipantId, IdempotencyKey>, std::uint64_t> keys;
  for (std::uint64_t i = 0; i < stored->size(); ++i) {
    const auto& operation = (*stored)[i];
    if (operation.version != i + 1) violated("the versions of a session have a gap (VR1)");
    if (!operation.key) continue;
    const auto [first, fresh] = keys.emplace(std::pair(operation.by, *operation.key), i + 1);
    if (!fresh)
      violated(fmt::format("one key has made versions {} and {} (ID1)", first->second, i + 1));
  }
  for (const auto& [asked, version] : known.answered) {
    const auto found = keys.find(asked);
    if (found == keys.end() || found->second != version)
      violated(fmt::format("the acknowledged version {} was lost (ST2)", version));
  }
  for (const auto& [version, told] : known.operations)
    if (version > stored->size())
      violated(fmt::format("version {} was told and is not there (ST1)", version));
}

void Truth::compare_audit(ports::Store& store, SessionId id, const Known& known,
                          const core::SessionData& row) {
  const auto entries = ask(store.audit(id, 0, 1'000'000));
  if (!entries) return violated("the audit log cannot be read");
  std::map<std::uint32_t, int> expired, restored;
  bool is_open = true;
  for (std::uint64_t i = 0; i < entries->size(); ++i) {
    const auto& [entry, session, sequence] = (*entries)[i];
    if (sequence != i + 1) violated("the audit log of a session has a gap (SE8)");
    if (entry.type == "expired") ++expired[entry.generation];
    if (entry.type == "joined" && !is_open) violated("somebody joined an ended session (EX6)");
    if (entry.type == "expired" || entry.type == "completed") is_open = false;
    if (entry.type == "restored") is_open = true;
  }
  for (const auto& [generation, count] : expired)
    if (count > 1)
      violated(fmt::format("generation {} has {} entries of its expiry (EX5)", generation, count));
  const auto* ended = std::get_if<core::Ended>(&row.phase);
  if (ended && ended->reason == core::EndReason::expired && expired[row.generation] != 1)
    violated("an expired session has no entry of its expiry (EX5)");
  for (const auto& [generation, at] : known.ends)
    if (generation > row.generation) violated("an end was seen that the rows do not know (EX5)");
}

}  // namespace tarotforge::sim
