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
  const auto rows = ask(store.statistics());
  std::uint64_t open = 0;
  for (const auto& [id, known] : known_) {
    compare_session(store, id, known);
    const auto row = ask(store.load(id));
    open += row && std::holds_alternative<core::Open>(row->phase);
  }
  if (!rows) return violated("the statistics cannot be read");
  if (rows->active_sessions < open)
    violated(
        fmt::format("{} sessions count as open, and {} are (XP4)", rows->active_sessions, open));
  if (rows->total_sessions != rows->active_sessions + rows->inactive_sessions)
    violated("the counts of sessions do not add up (XP4)");
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
