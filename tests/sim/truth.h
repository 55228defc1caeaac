// What people and operators were told in a run, and whether all of it is true together. It knows
// nothing of the servers' insides: it hears answers and frames, sees commits as somebody with SQL
// would, and knows which faults were made. A lie is kept as a violation with its time.
#pragma once

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/observed_time.h"
#include "ports/store.h"
#include "tests/sim/schedule.h"
#include "tests/sim/work.h"

namespace tarotforge::sim {

class Truth {
 public:
  explicit Truth(Schedule& schedule) : schedule_(schedule) {}

  // --- what went wrong by intent
  void server_able(int server, bool able);  // to hear people and to save
  void disturbed() { disturbed_at_ = schedule_.now(); }
  bool calm_for(Duration span) const { return schedule_.now() - disturbed_at_ >= span; }
  std::vector<core::Outage> outages() const;  // in which nobody was able
  // How long no server ran, and what the calendar shows of it to the one that starts.
  void gap_shown(Duration passed, Duration shown);
  void clock_drifts(std::int64_t per_million);  // a server's

  // --- what people were told; `sent` is when they asked
  void opened(SessionId id, const core::Policy& policy, Instant sent);
  void active(SessionId id, Instant sent);  // acknowledged activity
  void joined(SessionId id, ParticipantId who, Instant sent);
  void operated(SessionId id, ParticipantId who, IdempotencyKey key, std::uint64_t version,
                Instant sent);
  void completed(SessionId id) { known_.at(id).completed = true; }
  void deleted(SessionId id) { known_.at(id).deleted = true; }
  void restored(SessionId id, std::uint32_t generation, Instant sent);
  void invited(SessionId id, std::string code) { known_.at(id).codes.insert(std::move(code)); }
  // Something that counts as activity was asked for: it is heard by then, or never.
  void tried(SessionId id, Instant heard_by);
  // Any JSON that left a server for somebody in this session.
  void shown(const boost::json::value& json);
  void told_operation(SessionId id, const boost::json::object& operation);

  // --- what the network knows: which pages sit in a room, each by its line, from its join on and
  // until its server hears that it is over
  struct Page {
    SessionId session;
    ParticipantId who;
    int server;
    bool acknowledges;  // each warning, well before the deadline
    bool visible = true;
    Instant since{};
  };
  void sits(const void* line, Page page);
  void shows(const void* line, bool visible);
  void rises(const void* line);
  // When the last page of somebody left that server; none while there is one.
  std::optional<Instant> gone_since(SessionId session, ParticipantId who, int server) const;

  // --- what somebody with SQL sees
  void saw_commit(const ports::Change& change, std::uint64_t revision);
  void saw_expiry(const ports::ExpiredSession& expired);
  void saw_purge(const std::vector<SessionId>& ids);

  // --- while all is well
  void told_end(SessionId id, std::uint32_t generation, Duration on_its_way);
  void look_at_rooms();  // none is open longer than it may be

  // --- the end
  bool over(SessionId id) const;  // completed or deleted, by whoever was told so
  void compare_with_rows(ports::Store& store);
  // The statistics against the sessions, one by one; `now` as the store has it.
  void recount(ports::Store& store, Instant now);

  void violated(const std::string& what);
  // Where a run is shown, one line with its time.
  template <class... Values>
  void note(fmt::format_string<Values...> text, Values&&... values) const {
    if (shown_) write(fmt::format(text, std::forward<Values>(values)...));
  }
  void show() { shown_ = true; }
  const std::vector<std::string>& violations() const { return violations_; }
  Work work;

 private:
  struct Known {
    core::Policy policy;
    Instant active;  // nobody was told of later activity that came certainly before this
    std::uint32_t generation = 1;
    std::set<ParticipantId> joined{};
    std::map<std::uint64_t, std::string> operations{};  // as told, without what may be hidden
    std::map<std::pair<ParticipantId, IdempotencyKey>, std::uint64_t> answered{};
    std::set<std::string> codes{};
    bool completed = false, deleted = false;
    std::optional<core::Reading> reading{}, reading_at_end{};
    std::map<std::uint32_t, Instant> ends{};  // by generation
    // Nothing else was heard after these: what was tried, pages that keep the session alive by
    // being there, and pages that do not acknowledge.
    Instant heard_by{}, kept_until{}, unshown_until{};
    bool pushed_out = false;  // because of an unseen warning, and nobody was heard since
  };

  // How early what was heard then may stand in the rows by the calendar of today.
  Instant stamped(Instant heard) const;
  // How far two clocks may have gone apart that were right once in this run, or one from itself:
  // (the fastest one's drift - the slowest one's) x the time of the run. Each life of a server
  // begins with a right clock, so that what one of them hears and another one judges, or it itself
  // later, is reckoned wrong by no more. A deadline is early or late by that, and no outage of
  // about kOutageGap is certain to be recorded.
  Duration apart() const;
  std::optional<Instant> latest_end(SessionId id, const Known& known) const;
  void saw_push_out(Known& known, const ports::Change& change, const ports::AuditEntry& entry);
  void saw_end(SessionId id, std::uint32_t generation);
  void judge_lateness(const ports::ExpiredSession& expired, const Known& known);
  std::string clock() const;
  void write(const std::string& line) const;
  void compare_session(ports::Store& store, SessionId id, const Known& known);
  void compare_operations(ports::Store& store, SessionId id, const Known& known);
  void compare_audit(ports::Store& store, SessionId id, const Known& known,
                     const core::SessionData& row);
  template <class T>
  Result<T> ask(ports::Task<T> task);

  Schedule& schedule_;
  Instant disturbed_at_{Schedule::kStart - 3'600'000};
  std::set<int> able_{};
  std::optional<Instant> nobody_since_{Schedule::kStart};
  std::vector<core::Outage> outages_;
  struct Aged {
    Instant at;
    Duration by;
  };
  std::int64_t fastest_ = 0, slowest_ = 0;  // clocks' drift, in millionths; a right one is 0
  std::vector<Aged> aged_;  // what was heard before, by a clock that nobody saw being set
  std::map<SessionId, Known> known_;
  std::map<SessionId, std::map<std::uint32_t, Instant>> ends_of_unknown_;
  std::map<const void*, Page> pages_;
  std::map<std::tuple<SessionId, ParticipantId, int>, Instant> gone_;
  std::vector<std::string> violations_;
  bool shown_ = false;
};

}  // namespace tarotforge::sim
