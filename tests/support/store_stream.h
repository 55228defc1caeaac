// A stream of commands by chance against a store, one after the other. What a command asks is drawn
// from its own seed and from what the store has answered before: two stores that answer the same
// are asked the same, and a stream stays one when commands are taken out of it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/support/answer_text.h"
#include "tests/support/drawn_changes.h"
#include "tests/support/random_session.h"
#include "tests/support/store_world.h"

namespace tarotforge::test {

enum class Servers { one, two };  // of which the second opens the database beside the first

template <class Backend>
class StoreStream {
 public:
  explicit StoreStream(Servers servers) : servers_(servers) {
    world_.open_aside();
    register_servers();
    world_.get(store().publish_settings({{"WEBHOOK_URLS", kTargets}}));
  }

  struct Told {
    std::string command, answer;
  };
  Told perform(std::uint64_t seed) {
    draw_.random = Prng(seed);
    world_.random = Prng(seed ^ 0x5eed);
    static constexpr Step kSteps[] = {
        {"create", 6, &StoreStream::create},
        {"commit", 24, &StoreStream::commit},
        {"read", 14, &StoreStream::read},
        {"invites", 4, &StoreStream::read_invites},
        {"list", 4, &StoreStream::list},
        {"events", 3, &StoreStream::events},
        {"minute", 2, &StoreStream::minute},
        {"days", 1, &StoreStream::days},
        {"expire", 6, &StoreStream::expire},
        {"live", 10, &StoreStream::live},
        {"silence", 2, &StoreStream::silence},
        {"sweep", 5, &StoreStream::sweep_expired},
        {"purge sweep", 3, &StoreStream::sweep_ended},
        {"tidy", 2, &StoreStream::tidy},
        {"purge", 1, &StoreStream::purge},
        {"settings", 1, &StoreStream::settings},
        {"elsewhere", 2, &StoreStream::elsewhere},
        {"deliver", 5, &StoreStream::deliver},
        {"replay", 2, &StoreStream::replay},
        {"clock", 1, &StoreStream::jump_clock},
        {"restart", 1, &StoreStream::restart},
    };
    std::uint32_t sum = 0;
    for (const auto& step : kSteps) sum += step.weight;
    auto drawn = draw_.below(sum);
    for (const auto& step : kSteps) {
      if (drawn < step.weight) {
        draw_.said = std::string(step.name);
        std::string answer = (this->*step.perform)();
        return {draw_.said, answer};
      }
      drawn -= step.weight;
    }
    return {};
  }

  // What every session is and how many there are, at the end.
  std::string everything() {
    std::string all = text(run(store().statistics())) + '\n' + text(run(store().sessions({})));
    constexpr core::Period kEver{{0}, {INT64_C(4'000'000'000'000)}};
    auto figures = run(store().figures(kEver));
    if (figures) std::ranges::sort(*figures);
    all += '\n' + text(run(store().usage(kEver))) + '\n' + text(figures);
    for (const auto& known : known_)
      all += '\n' + text(run(store().load(known.id))) + '\n' +
             text(run(store().audit(known.id, 0, 1000)));
    return all;
  }
  Backend& backend() { return world_.backend; }

 private:
  struct Step {
    std::string_view name;
    std::uint32_t weight;
    std::string (StoreStream::*perform)();
  };

  static constexpr const char* kTargets = "https://one.example/,https://two.example/";

  template <class T>
  static std::string text(const T& value) {
    return AnswerText::text(value);
  }
  template <class T>
  Result<T> run(ports::Task<T> task) {
    return world_.run(std::move(task));
  }
  template <class T>
  void note(std::string_view name, const T& value) {
    draw_.said += fmt::format(" {}={}", name, text(value));
  }
  ports::Store& store() { return *world_.store; }
  std::uint32_t below(std::uint32_t bound) { return draw_.below(bound); }
  bool one_in(std::uint32_t count) { return draw_.one_in(count); }
  Instant now() const { return world_.clock.now(); }
  Instant around_now(std::uint32_t most) { return now() - Duration(below(most)); }

  core::SessionData* pick() {
    return known_.empty() ? nullptr : &known_[below(static_cast<std::uint32_t>(known_.size()))];
  }
  SessionId pick_id() {
    auto* session = pick();
    return session && !one_in(20) ? session->id : world_.template make_id<SessionId>();
  }
  void register_servers() {
    world_.get(store().register_server(world_.template make_id<ServerId>(), "test"));
    if (servers_ == Servers::two)
      world_.get(world_.aside->register_server(world_.template make_id<ServerId>(), "other"));
  }
  // The server's, or the one beside it.
  ports::Store& either() { return servers_ == Servers::two && one_in(3) ? *world_.aside : store(); }
  std::string beat(ports::Store& by) {
    ports::Beat beat{.flushed_through = now()};
    for (const auto& session : known_) {
      if (one_in(4)) beat.heard.push_back({session.id, session.generation, around_now(20'000)});
      if (one_in(4) && !session.participants.empty())
        beat.seen.push_back({session.id, session.participants.back().id, around_now(20'000)});
      if (one_in(12)) beat.released.push_back(session.id);
    }
    if (one_in(4)) beat.flushed_through = around_now(30'000);
    return text(run(by.beat(std::move(beat))));
  }

  std::string create() {
    auto session =
        one_in(3) ? RandomSession(draw_.random.next(), now()).draw() : world_.fresh(draw_.policy());
    ports::Change change{.session = session, .hold = one_in(2)};
    if (one_in(8) && !known_.empty()) change.session.id = pick()->id;
    if (one_in(2)) change.answer = draw_.answer(now());
    if (one_in(2)) change.new_invites.push_back(draw_.invite(change.session, world_));
    return finish(std::move(change));
  }
  // One change of a session as people and the time make it, or as nobody should.
  std::string commit() {
    auto* session = pick();
    if (!session) return create();
    ports::Change change{.session = *session, .read_revision = session->revision};
    if (one_in(10) && change.read_revision > 1) --change.read_revision;
    for (auto parts = 1 + below(3); parts > 0; --parts) draw_.alter(change, world_);
    if (one_in(4)) change.hold = true;
    if (one_in(5)) change.answer = draw_.answer(now());
    if (one_in(3)) {
      change.audit.push_back(world_.entry("renamed"));
      change.audit.back().data = R"({"x":1.50,"a":"\"☾"})";
      if (one_in(2)) change.audit.back().participant = session->host;
    }
    return finish(std::move(change));
  }
  std::string finish(ports::Change change) {
    const auto id = change.session.id;
    note("session", id);
    note("revision", change.read_revision);
    auto answer = text(run(either().commit(std::move(change))));
    return answer + ' ' + refresh(id);
  }
  // Reads a session into what is known.
  std::string refresh(SessionId id) {
    auto loaded = run(store().load(id));
    const auto known = std::ranges::find(known_, id, &core::SessionData::id);
    if (loaded && known == known_.end())
      known_.push_back(*loaded);
    else if (loaded)
      *known = *loaded;
    else if (known != known_.end())
      known_.erase(known);
    return text(loaded);
  }
  std::string refresh_all() {
    std::string all;
    const auto before = known_;
    for (const auto& session : before) all += refresh(session.id) + '\n';
    return all;
  }

  std::string read() {
    const auto id = pick_id();
    note("session", id);
    auto* session = pick();
    const auto by =
        session ? session->participants.back().id : world_.template make_id<ParticipantId>();
    return text(run(store().load(id))) + text(run(either().operations_after(id, below(4), 3))) +
           text(run(store().recall(draw_.caller(), draw_.key()))) +
           text(run(either().recall_operation(id, by, draw_.key()))) +
           text(run(store().audit(id, below(3), 1 + below(5)))) +
           text(run(store().token_known(sha256(by.to_string()))));
  }
  std::string read_invites() {
    const auto code =
        draw_.invites.empty()
            ? "unknown"
            : draw_.invites[below(static_cast<std::uint32_t>(draw_.invites.size()))].code;
    return text(run(either().find_invite(code))) + text(run(store().invites(pick_id())));
  }
  std::string list() {
    auto filter = draw_.filter(pick(), now());
    std::string all = text(run(store().statistics())) + '\n';
    for (;;) {
      const auto page = run(store().sessions(filter));
      all += text(page) + '\n';
      if (!page || page->size() < filter.limit) break;
      filter.after = page->back().id;
    }
    return all + text(run(either().open_sessions(pick_id(), 1 + below(6))));
  }
  std::string events() { return text(run(either().events(draw_.events(now())))); }
  std::string minute() {
    return text(run(either().keep_minute(draw_.minute(now()), around_now(900'000)))) +
           text(run(store().minutes_since(around_now(900'000))));
  }
  // Long enough for whole days to be summed, where all of them is purged.
  std::string days() {
    world_.clock.advance(Duration(below(172'800'000)));
    std::string all = beat(store());
    std::vector<SessionId> ids;
    for (const auto& session : known_)
      if (!one_in(30)) ids.push_back(session.id);
    all += text(run(store().purge(ids, core::EndReason::expired)));
    for (auto tries = below(4); tries > 0; --tries) all += text(run(either().sum_next_day()));
    if (one_in(5)) all += text(run(store().forget_summed_days()));
    const WallTime day =
        world_.clock.wall() - Duration(below(one_in(2) ? 2'592'000'000 : 259'200'000));
    return all + text(run(either().check_summed_day(day))) + refresh_all();
  }

  std::string expire() {
    std::vector<ports::ExpiryClaim> claims;
    for (const auto& session : known_) {
      if (!one_in(3)) continue;
      claims.push_back({.session = session.id,
                        .generation = session.generation + (one_in(10) ? 1 : 0),
                        .heard = one_in(4) ? std::optional(around_now(30'000)) : std::nullopt,
                        .kept_alive = one_in(6),
                        .heard_through = one_in(3) ? around_now(20'000) : now()});
    }
    auto expired = run(either().expire(std::move(claims)));
    if (expired) std::ranges::sort(*expired, {}, &ports::ExpiredSession::session);
    return text(expired) + refresh_all();
  }
  // Time passes with beats; of two servers the second misses some.
  std::string live() {
    std::string all;
    const bool silent = one_in(4);
    note("silent", silent);
    for (auto beats = 1 + below(12); beats > 0; --beats) {
      world_.clock.advance(Duration(1 + below(7000)));
      all += beat(store()) + '\n';
      if (servers_ == Servers::two && !silent) all += beat(*world_.aside) + '\n';
    }
    return all + refresh_all();
  }
  std::string silence() {
    const Duration span(below(one_in(2) ? 14'000 : 300'000));
    note("span", span);
    world_.clock.advance(span);
    return beat(store()) + refresh_all();
  }
  std::string sweep_expired() {
    const ports::SweepRequest request{.batch = 1 + below(8), .dry_run = one_in(5)};
    std::string all;
    for (ports::SweepCursor cursor;;) {
      const auto batch = run(either().expire_batch(request, cursor));
      all += text(batch) + '\n';
      if (!batch || !batch->next) return all + refresh_all();
      cursor = *batch->next;
    }
  }
  std::string sweep_ended() {
    const ports::SweepRequest request{.batch = 1 + below(8), .dry_run = one_in(5)};
    std::string all;
    for (;;) {
      const auto batch = run(store().purge_batch(request));
      all += text(batch) + '\n';
      if (!batch || !batch->next) return all + refresh_all();
    }
  }
  // A whole walk; the stores walk in orders of their own.
  std::string tidy() {
    const ports::SweepRequest request{.batch = 1 + below(100)};
    const Duration retention(one_in(2) ? below(3'600'000) : 86'400'000);
    std::size_t closed = 0, removed = 0;
    for (;;) {
      const auto batch = run(store().tidy_batch(request, retention));
      if (!batch) return text(batch);
      closed += batch->invites_closed;
      removed += batch->orphans_removed;
      if (!batch->next) break;
    }
    return AnswerText::line(closed, removed) + refresh_all();
  }
  std::string purge() {
    std::vector<SessionId> ids;
    for (auto count = below(4); count > 0; --count) ids.push_back(pick_id());
    const auto reason = one_in(2) ? core::EndReason::expired : core::EndReason::completed;
    return text(run(either().purge(ids, reason))) + refresh_all();
  }
  std::string settings() {
    std::map<std::string, std::string> some{{"A", std::to_string(below(9))}};
    if (one_in(2)) some["PRESENCE_UPDATE_SECONDS"] = one_in(3) ? "bad" : std::to_string(below(60));
    if (!one_in(3)) some["WEBHOOK_URLS"] = one_in(3) ? "https://two.example/" : kTargets;
    return text(run(store().publish_settings(some))) + text(run(either().settings())) +
           text(run(store().probe()));
  }
  // All that are due, in one order: the ids are the database's own.
  std::string deliver() {
    const auto* target = one_in(2) ? "https://one.example/" : "https://two.example/";
    auto claimed = run(either().claim_webhooks(target, 1000, Duration(1 + below(60'000))));
    if (!claimed) return text(claimed);
    std::ranges::sort(*claimed, {}, &ports::Webhook::session);
    std::string all;
    for (const auto& webhook : *claimed) {
      all += text(webhook);
      if (one_in(2)) {
        all += text(run(either().forget_webhook(webhook.id)));
      } else if (one_in(2)) {
        std::optional<Instant> due_at;
        if (!one_in(3)) due_at = now() + Duration(below(100'000));
        all += text(run(either().give_back_webhook(webhook, due_at, "500")));
      }
    }
    return all;
  }
  std::string replay() {
    const auto all = run(either().webhooks({.is_dead = one_in(3), .limit = 1000}));
    if (!all) return text(all);
    // The n-th of one session and target, of which the order is known.
    const auto* session = pick();
    if (!session) return {};
    std::vector<ports::Webhook> some;
    for (const auto& webhook : *all)
      if (webhook.session == session->id && webhook.target == "https://two.example/")
        some.push_back(webhook);
    if (some.empty()) return {};
    const auto& chosen = some[below(static_cast<std::uint32_t>(some.size()))];
    const auto replayed = run(either().replay_webhook(chosen.id));
    if (!replayed) return text(replayed);
    return text(replayed) + text(run(store().statistics()));
  }
  // What somebody beside the server has changed.
  std::string elsewhere() {
    std::vector<ports::SessionStore::Known> known;
    for (const auto& session : known_) known.push_back({session.id, session.revision});
    if (auto* session = pick()) {
      ports::Change change{.session = *session, .read_revision = session->revision};
      change.session.reading.question += "!";
      note("commit", run(world_.aside->commit(std::move(change))));
    }
    auto changed = run(store().changed_elsewhere(known));
    if (changed) std::ranges::sort(*changed);
    return text(changed) + refresh_all();
  }
  // Of several servers on a database only PostgreSQL's share a calendar.
  std::string jump_clock() {
    if (servers_ == Servers::two) return {};
    const Duration by(static_cast<std::int64_t>(below(200'000)) - 100'000);
    note("by", by);
    world_.clock.jump_wall(by);
    world_.aside.reset();
    auto answer = beat(store()) + refresh_all();
    world_.open_aside();
    return answer;
  }
  // Cleanly: after a crash a file's next server knows at once what others have to wait for.
  std::string restart() {
    std::string all = text(run(store().retire({.flushed_through = now()})));
    if (servers_ == Servers::two)
      all += text(run(world_.aside->retire({.flushed_through = now()})));
    world_.aside.reset();
    world_.open_server();
    world_.open_aside();
    world_.clock.advance(Duration(below(40'000)));
    register_servers();
    return all + refresh_all();
  }

  StoreWorld<Backend> world_;
  const Servers servers_;
  DrawnChanges draw_;
  std::vector<core::SessionData> known_;
};

}  // namespace tarotforge::test
