// The commands that go on until they are interrupted: tail, and stats --watch.
#include <algorithm>
#include <unordered_map>

#include "app/report.h"
#include "main/listing.h"
#include "main/workshop.h"
#include "protocol/lifecycle_json.h"

namespace tarotforge {
namespace {

using Events = std::vector<ports::StoredAuditEntry>;

// As often as a server looks for what others changed.
constexpr Duration kPoll = std::chrono::milliseconds(500);
// Of one look; beyond it the older ones are left out. A busy server notes some hundred a second.
constexpr std::size_t kEventsAtOnce = 100'000;
constexpr std::size_t kAtOnce = 1000;

// The audit log from some moment on, each entry once.
class Follower {
 public:
  Follower(Workshop& workshop, const TailQuery& query, std::optional<SessionId> session)
      : workshop_(workshop), query_(query), session_(session) {}

  // What was before: the last `lines`.
  Result<Events> begin() {
    if (session_) {
      TRY_ASSIGN(auto entries, more_of_session());
      return newest(std::move(entries));
    }
    TRY_ASSIGN(const auto recent, more());
    TRY_ASSIGN(auto last, look(query_.lines, std::nullopt));
    for (const auto& each : last) note(each);
    return newest(std::move(last));
  }

  Result<Events> more() {
    if (session_) return more_of_session();
    const Instant now = workshop_.house->now();
    const Instant since = looked_at_.value_or(now) - ports::kEventLag;
    TRY_ASSIGN(auto entries, look(kEventsAtOnce, since));
    looked_at_ = now;
    std::erase_if(entries, [&](const auto& each) { return !note(each); });
    std::erase_if(seen_, [&](const auto& each) { return each.second < since; });
    return entries;
  }

 private:
  bool note(const ports::StoredAuditEntry& stored) {
    return seen_.emplace(stored.entry.id, stored.entry.at).second;
  }

  Result<Events> look(std::size_t limit, std::optional<Instant> since) {
    return workshop_.run(
        workshop_.store->events({.since = since, .types = query_.types, .limit = limit}));
  }

  Result<Events> more_of_session() {
    Events all;
    for (std::size_t size = kAtOnce; size == kAtOnce;) {
      TRY_ASSIGN(auto page, workshop_.run(workshop_.store->audit(*session_, sequence_, kAtOnce)));
      size = page.size();
      if (size > 0) sequence_ = page.back().sequence;
      std::ranges::move(page, std::back_inserter(all));
    }
    if (!query_.types.empty())
      std::erase_if(all, [&](const auto& each) {
        return std::ranges::find(query_.types, each.entry.type) == query_.types.end();
      });
    return all;
  }

  Events newest(Events entries) const {
    const auto extra = entries.size() - std::min(entries.size(), query_.lines);
    entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(extra));
    return entries;
  }

  Workshop& workshop_;
  const TailQuery& query_;
  std::optional<SessionId> session_;
  std::uint64_t sequence_ = 0;
  std::optional<Instant> looked_at_;
  std::unordered_map<EventId, Instant> seen_;
};

void print_event(const ports::StoredAuditEntry& stored, Calendar calendar, Output output,
                 const Paint& paint) {
  const auto& entry = stored.entry;
  const auto line =
      protocol::audit_json({entry.id, stored.session, stored.sequence, entry.type, entry.generation,
                            entry.participant, entry.data, entry.at},
                           calendar);
  if (output == Output::json) return print_json(line);
  fmt::print("{}  {}  {}  {:<36}  {}\n", paint.faint(text_of(line.at("at"))),
             paint.word(entry.type, 14), text_of(line.at("sessionId")),
             text_of(line.at("participantId")), text_of(line.at("data")));
}

// Does `step` each `pause`; a store that is away is waited for, and said so once. The pauses are
// part of the loop that the store works on.
template <class Step>
int repeat(Workshop& workshop, Duration pause, Step step) {
  for (bool away = false;;) {
    const Result<> done = step();
    std::fflush(stdout);
    if (std::ferror(stdout)) return 1;  // nobody reads on
    if (!done && done.error().code != ErrorCode::saving_paused) return failed(done.error());
    if (!done && !std::exchange(away, true)) failed(done.error());
    if (done) away = false;
    const auto wait = [&]() -> ports::Task<> {
      co_await workshop.clock.sleep_until(workshop.clock.now() + pause);
      co_return Result<>();
    };
    static_cast<void>(workshop.run(wait()));
  }
}

}  // namespace

int tail(const Configuration& configuration, const TailQuery& query, Output output, Paint paint) {
  std::optional<SessionId> session;
  if (!query.session.empty()) {
    const auto id = session_id(query.session);
    if (!id) return failed(id.error());
    session = *id;
  }
  return with_workshop(configuration, [&](Workshop& workshop) {
    Follower follower(workshop, query, session);
    return repeat(workshop, kPoll, [&, begun = false]() mutable -> Result<> {
      TRY_ASSIGN(const auto events, begun ? follower.more() : follower.begin());
      begun = true;
      for (const auto& each : events) print_event(each, workshop.house->calendar, output, paint);
      return {};
    });
  });
}

int stats(const Configuration& configuration, std::optional<double> seconds, Output output) {
  return with_workshop(configuration, [&](Workshop& workshop) {
    const auto print = [&]() -> Result<> {
      TRY_ASSIGN(const auto answer, workshop.run(app::statistics(*workshop.house)));
      // Home, the lines, and nothing of what stood below them.
      const bool redraws = seconds && on_terminal();
      if (output == Output::json)
        print_json(answer);
      else
        fmt::print("{}{}{}", redraws ? "\x1b[H\x1b[2J" : "", lines_of(answer),
                   seconds && !redraws ? "\n" : "");
      return {};
    };
    if (seconds)
      return repeat(workshop, Duration(static_cast<std::int64_t>(*seconds * 1000)), print);
    const auto printed = print();
    return printed ? 0 : failed(printed.error());
  });
}

}  // namespace tarotforge
