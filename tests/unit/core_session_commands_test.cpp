// What people ask of a session: who may, when, and what is refused.

#include <doctest/doctest.h>

#include "core/session.h"
#include "tests/unit/session_script.h"

namespace tarotforge::core {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::company;
using test::completed_company;
using test::expired_company;
using test::Life;

TEST_CASE("SE7 every command is refused on an expired session, but restore and leaving") {
  Life life = expired_company();
  life.play(R"(
    t=3600  join dora         -> session_expired
    t=3600  return ben        -> session_expired
    t=3600  leave ben left    ->
    t=3600  rename ben Benn   -> session_expired
    t=3600  question ann      -> session_expired
    t=3600  remove ann ben    -> session_expired
    t=3600  keep ben          -> session_expired
    t=3600  hand ann ben      -> session_expired
    t=3600  take ben 120      -> session_expired
    t=3600  reclaim ann       -> session_expired
    t=3600  complete ann      -> session_expired
    t=3600  expire            -> session_expired
    t=3600  restore ben       -> not_allowed
    t=3600  restore ann       -> restored 2)");
}

TEST_CASE("SE7 RS6 every command is refused on a completed session, restore too") {
  Life life = completed_company();
  life.play(R"(
    t=200  join dora       -> session_completed
    t=200  return ben      -> session_completed
    t=200  leave ben left  ->
    t=200  rename ben Benn -> session_completed
    t=200  question ann    -> session_completed
    t=200  keep ben        -> session_completed
    t=200  hand ann ben    -> session_completed
    t=200  take ben 120    -> session_completed
    t=200  reclaim ann     -> session_completed
    t=200  complete ann    -> session_completed
    t=200  expire          -> session_completed
    t=200  restore         -> session_completed
    t=200  restore ben     -> not_allowed
    t=200  restore ann     -> session_completed)");
  const auto refused =
      life.session.apply(Restore{life.who("ann")}, at(200), life.around, life.random);
  CHECK(refused.error().http_status() == 409);
}

TEST_CASE("SE7 the refusal of an ended session names it, and until when it can be restored") {
  Life expired = expired_company();
  const auto gone = expired.session.require_open(at(3600), {});
  REQUIRE(!gone);
  CHECK(gone.error().session_id == expired.session.data().id);
  CHECK(gone.error().restorable_until == at(3600) + 24h);
  CHECK(gone.error().sentence() ==
        "This reading has expired. Sessions become inactive after 1 hour of no activity.");
  Life completed = completed_company();
  const auto done = completed.session.require_open(at(200), {});
  CHECK(done.error().code == ErrorCode::session_completed);
  CHECK(done.error().session_id == completed.session.data().id);
  CHECK(!done.error().restorable_until);
}

TEST_CASE("SE7 RS2 a purged session refuses everything, in the words of the link to the invited") {
  for (const auto reason : {EndReason::expired, EndReason::completed}) {
    Life life = company();
    SessionData data = life.session.data();
    data.phase = Purged{reason, at(10), at(20)};
    life.session = Session(data);
    const auto invited = reason == EndReason::expired ? "session_expired" : "session_completed";
    life.play(fmt::format(R"(
      t=30  return ben   -> session_purged
      t=30  question ann -> session_purged
      t=30  keep ben     -> session_purged
      t=30  complete ann -> session_purged
      t=30  expire       -> session_purged
      t=30  restore      -> session_purged
      t=30  restore ann  -> session_purged
      t=30  join dora    -> {})",
                          invited));
  }
}

TEST_CASE("SE7 a session past its deadline refuses like an expired one before it is expired") {
  Life life = company();
  const auto refused =
      life.session.apply(KeepAliveClick{life.who("ben")}, at(3600), {}, life.random);
  CHECK(refused.error().code == ErrorCode::session_expired);
  CHECK(life.session.is_open());
}

TEST_CASE("HO5 a removed participant can do nothing more, also with what they asked before") {
  Life life = company();
  life.play(R"(
    t=1  return kim     -> unauthorized
    t=1  rename kim K   -> unauthorized
    t=1  question kim   -> unauthorized
    t=1  lock kim yes   -> unauthorized
    t=1  keep kim       -> unauthorized
    t=1  hand kim ben   -> unauthorized
    t=1  take kim 600   -> unauthorized
    t=1  reclaim kim    -> unauthorized
    t=1  complete kim   -> unauthorized
    t=1  leave kim left ->
    t=1  remove ann kim -> participant_not_found
    t=1  hand ann kim   -> participant_not_found)");
  CHECK(!life.row("kim").token_hash);
  CHECK(life.row("kim").leave_reason == LeaveReason::kicked);
  CHECK(life.session.find_by_token(test::numbered_digest(4)) == nullptr);
  CHECK(life.session.find_by_token(test::numbered_digest(2)) == life.session.find(life.who("ben")));
}

TEST_CASE("HO5 only the host removes, and not themselves") {
  Life life = company();
  life.play(R"(
    t=1  remove ben rita -> not_allowed
    t=1  remove rita ben -> not_allowed
    t=1  remove ann ann  -> invalid_operation
    t=1  leave ben lost  -> left ben lost
    t=1  remove ann ben  -> operated 2; left ben kicked)");
  CHECK(life.row("ben").leave_reason == LeaveReason::kicked);
}

TEST_CASE("HO1 the host hands the role to somebody who is here") {
  Life life = company();
  life.play(R"(
    t=1  hand ben rita  -> not_allowed
    t=1  hand ann ann   ->
    t=1  leave ben lost -> left ben lost
    t=1  hand ann ben   -> participant_not_found
    t=1  hand ann rita  -> host ann>rita handed_over
    t=1  hand ann ben   -> not_allowed
    t=1  complete ann   -> not_allowed
    t=1  complete rita  -> completed)");
  CHECK(life.row("ann").role == Role::reader);
  CHECK(life.row("rita").role == Role::host);
  CHECK(life.session.data().host == life.who("rita"));
  CHECK(life.session.data().original_host == life.who("ann"));
}

TEST_CASE("HO2 the role of an absent host is taken over after 2 minutes, by readers first") {
  Life life = company();
  life.play(R"(
    t=1  take rita present     -> host_present
    t=1  take rita 0           -> host_present
    t=1  take rita 119.999     -> host_present
    t=1  take ben 120 reader   -> not_allowed
    t=1  take rita 120 reader  -> host ann>rita taken_over
    t=1  take rita present     ->
    t=1  take ben 120          -> host rita>ben taken_over)");
  CHECK(life.row("rita").role == Role::reader);
  CHECK(life.row("ben").role == Role::host);
}

TEST_CASE("HO3 the original host reclaims the role at any time, and nobody else does") {
  Life life = company();
  life.play(R"(
    t=1  reclaim ann  ->
    t=1  reclaim ben  -> not_allowed
    t=1  hand ann ben -> host ann>ben handed_over
    t=2  reclaim rita -> not_allowed
    t=2  reclaim ben  -> not_allowed
    t=2  reclaim ann  -> host ben>ann reclaimed
    t=2  hand ann ben -> host ann>ben handed_over
    t=2  remove ben ann -> operated 2; left ann kicked
    t=2  reclaim ann  -> unauthorized)");
}

TEST_CASE("RS1 RS2 RS4 the host restores within the window, and the generation rises") {
  Life life = expired_company();
  life.play(R"(
    t=90000      restore ann    -> session_purged
    t=89999.999  restore rita   -> not_allowed
    t=89999.999  restore ann    -> restored 2
    t=89999.999  restore ann    -> not_restorable
    t=89999.999  when           -> 93299.999 93599.999 93299.999
    t=93599.999                 -> expired 93599.999
    t=93600      restore        -> restored 3)");
}

TEST_CASE("RS1 after a handover the new host restores and the old one does not") {
  Life life = company();
  life.play(R"(
    t=1     hand ann ben -> host ann>ben handed_over
    t=3600               -> expired 3600
    t=3700  restore ann  -> not_allowed
    t=3700  restore ben  -> restored 2)");
}

TEST_CASE("RS2 a window of zero lets nothing be restored") {
  Policy policy;
  policy.recovery = 0s;
  Life life({.policy = policy});
  life.play(R"(
    t=3600              -> expired 3600
    t=3600  restore ann -> session_purged)");
}

TEST_CASE("RS3 the restored reading is the one that expired") {
  Life life = company();
  const auto ask = [&](Operation operation) {
    life.session.apply(Operate{life.who("ann"), operation, {}}, at(60), {}, life.random).value();
  };
  ask(SetStep{Step::drawing});
  ask(Draw{"past", {}, {}});
  ask(Flip{0, true});
  ask(Draw{"future", {}, {}});
  ask(Interpret{"So it is."});
  ask(LockTable{true});
  const SessionData before = life.session.data();
  life.play(R"(
    t=3660             -> expired 3660
    t=9000 restore ann -> restored 2)");
  const auto& after = life.session.data();
  CHECK(after.reading == before.reading);
  CHECK(after.version == before.version);
  CHECK(after.policy == before.policy);
  CHECK(after.host == before.host);
  CHECK(after.restore_key_hash == before.restore_key_hash);
  CHECK(std::get<Open>(after.phase) == Open{});
  for (std::size_t i = 0; i < before.participants.size(); ++i) {
    CHECK(after.participants[i].token_hash == before.participants[i].token_hash);
    CHECK(after.participants[i].role == before.participants[i].role);
    CHECK(after.participants[i].name == before.participants[i].name);
  }
  life.play(R"(
    t=9001 return ben   -> returned ben
    t=9002 question ann -> operated 8)");
}

TEST_CASE("CP1 RD6 the host completes, which opens the commitments and ends the session") {
  Life life = company();
  const auto undrawn = life.session.data().reading.undrawn;
  life.play(R"(
    t=50  complete rita -> not_allowed
    t=50  complete ann  -> completed
    t=60                ->)");
  const auto& data = life.session.data();
  CHECK(std::get<Ended>(data.phase) == Ended{EndReason::completed, at(50), at(50) + 24h});
  REQUIRE(!data.reading.commitments.empty());
  CHECK(data.reading.commitments.back().opened);
  CHECK(data.reading.commitments.back().order == undrawn);
  CHECK(life.row("ben").leave_reason == LeaveReason::completed);
  CHECK(life.row("kim").leave_reason == LeaveReason::kicked);
}

TEST_CASE("OP15 VR1 accepted operations are numbered without gaps, refused ones take none") {
  Life life = company();
  life.play(R"(
    t=1  question ann  -> operated 2
    t=1  question ben  -> not_allowed
    t=1  lock ben yes  -> not_allowed
    t=1  lock ann yes  -> operated 3
    t=1  question rita -> operated 4)");
  const auto effects = life.session
                           .apply(Operate{life.who("ann"), SetQuestion{"Who?"},
                                          test::numbered_id<IdempotencyKeyKind>(5)},
                                  at(2), {}, life.random)
                           .value();
  const auto& operated = std::get<Operated>(effects.at(0));
  CHECK(operated.version == 5);
  CHECK(operated.generation == 1);
  CHECK(operated.by == life.who("ann"));
  CHECK(operated.at == at(2));
  CHECK(operated.key == test::numbered_id<IdempotencyKeyKind>(5));
  CHECK(life.session.data().updated_at == at(2));
}

TEST_CASE("SE2 an operator ends a session as if its deadline had come") {
  Life life = company();
  life.play(R"(
    t=50  expire      -> expired 50
    t=51  restore     -> restored 2
    t=51  return ben  -> returned ben)");
}

TEST_CASE("SE3 AC4 VR1 any sequence of commands keeps the session's invariants") {
  const char* kVerbs[] = {"join", "return", "leave", "rename",   "question", "lock",   "keep",
                          "hand", "take",   "take",  "reclaim",  "remove",   "expire", "restore",
                          "none", "none",   "keep",  "question", "complete"};
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Life life({.seed = seed});
    Prng dice(seed);
    double now = 0;
    const std::string names[] = {"ann", "p2", "p3", "p4", "p5"};
    for (int step = 0; step < 120; ++step) {
      now += dice.below(20) == 0 ? dice.below(4000) : dice.below(200);
      life.around.warning_unseen = dice.below(2) == 0;
      const SessionData before = life.session.data();
      std::string verb =
          kVerbs[dice.below(seed % 3 == 0 ? std::size(kVerbs) : std::size(kVerbs) - 1)];
      std::string who = names[dice.below(5)], more = names[dice.below(5)];
      if (verb == "join") who = "p" + std::to_string(life.people.size() + 1);
      if (verb == "leave") more = "lost";
      if (verb == "take") more = dice.below(2) ? "120" : "present";
      if (verb == "none") verb.clear();
      const bool known = life.people.contains(who) &&
                         (life.people.contains(more) || verb == "take" || verb == "leave");
      if (verb != "join" && (!known || life.people.size() > 60)) continue;
      std::istringstream rest(more);
      const auto told = life.step(at(now), verb, who, rest);
      CAPTURE(told);
      const auto& after = life.session.data();
      CHECK(after.last_activity >= before.last_activity);
      CHECK(after.updated_at <= after.last_activity);
      CHECK(after.generation >= before.generation);
      CHECK(after.version - before.version <= 1);
      CHECK(std::ranges::count(after.participants, Role::host, &Participant::role) == 1);
      CHECK(life.session.find(after.host)->role == Role::host);
      CHECK(life.session.find(after.host)->token_hash);
      if (!life.session.is_open())
        CHECK(std::ranges::count(after.participants, true, &Participant::is_active) == 0);
      if (std::holds_alternative<Open>(before.phase) && told.starts_with("expired") &&
          verb != "expire")
        CHECK(at(now) - before.last_activity >= before.policy.timeout);
      if (life.session.is_open()) CHECK(life.session.next_deadline(at(now), life.around));
    }
  }
}

}  // namespace
}  // namespace tarotforge::core
