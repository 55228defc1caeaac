// The store's contract: the outbox of webhooks, and who is at what of it.
#include "tests/support/store_world.h"

namespace tarotforge::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Types = std::vector<std::string>;

constexpr const char* kOne = "https://one.example/";
constexpr const char* kTwo = "https://two.example/in?a=b";

template <class Backend>
struct Outbox : StoreWorld<Backend> {
  Outbox() {
    this->start_server();
    configure({{"WEBHOOK_URLS", std::string(kOne) + "," + kTwo}});
  }
  void configure(const std::map<std::string, std::string>& settings) {
    this->get(this->store->publish_settings(settings));
  }
  // A session of which these events were committed one after the other.
  core::SessionData with(const Types& events, core::Policy policy = {}) {
    auto session = this->create(policy);
    for (const auto& event : events) tell(session, {event});
    return session;
  }
  void tell(core::SessionData& session, const Types& events) {
    ports::Change change{.session = session};
    for (const auto& event : events) change.audit.push_back(this->entry(event));
    this->change(session, std::move(change));
  }
  std::vector<ports::Webhook> claim(const char* target = kOne, std::size_t limit = 100) {
    return this->get(this->store->claim_webhooks(target, limit, seconds(30)));
  }
  ports::Webhook claim_one(const char* target = kOne) {
    auto claimed = claim(target);
    REQUIRE(claimed.size() == 1);
    return claimed.front();
  }
  std::vector<ports::Webhook> all(std::optional<bool> is_dead = {}) {
    return this->get(this->store->webhooks({.is_dead = is_dead}));
  }
  // What is waiting for one target, in order.
  Types waiting(const char* target = kOne) {
    Types types;
    for (const auto& webhook : all(false))
      if (webhook.target == target) types.push_back(webhook.type);
    return types;
  }
  Instant soon(Duration span) { return this->clock.now() + span; }
};

}  // namespace

TEST_CASE_TEMPLATE("WH1 WH2 changes fill the outbox once for each target, and without one nothing",
                   Backend, TF_STORES) {
  Outbox<Backend> world;
  auto session = world.with({"created"}, kShort);
  auto joined = world.entry("joined");
  joined.participant = session.host;
  joined.data = R"({"returned":true})";
  joined.generation = 3;
  ports::Change change{.session = session, .audit = {joined}};
  world.change(session, change);
  world.tell(session, {"host_changed", "invited", "extended", "left", "warned", "completed",
                       "restored", "unheard_of"});
  const Types told{"session.created",  "participant.joined", "participant.left",
                   "session.expiring", "session.completed",  "session.restored"};
  CHECK(world.waiting(kOne) == told);
  CHECK(world.waiting(kTwo) == told);
  const auto stored = world.all()[2];
  CHECK(stored.type == "participant.joined");
  CHECK(stored.session == session.id);
  CHECK(stored.participant == session.host);
  CHECK(stored.generation == 3);
  CHECK(stored.at == world.clock.now());
  CHECK(stored.give_up_at == world.soon(ports::kWebhookPatience));
  CHECK(stored.data.contains("returned"));

  // A change that is refused tells nobody.
  CHECK(world.refusal(world.store->commit({.session = session, .audit = {world.entry("left")}})) ==
        ErrorCode::conflict);
  CHECK(world.waiting().size() == told.size());
  world.configure({{"A", "b"}});
  world.tell(session, {"left"});
  CHECK(world.waiting().size() == told.size());
  world.configure({{"WEBHOOK_URLS", kTwo}});
  world.tell(session, {"left"});
  CHECK(world.waiting(kOne).size() == told.size());
  CHECK(world.waiting(kTwo).size() == told.size() + 1);
}

TEST_CASE_TEMPLATE("WH2 whatever ends a session tells of it", Backend, TF_STORES) {
  Outbox<Backend> world;
  const auto by_timer = world.create(kShort), by_sweep = world.create(kShort);
  world.live(minutes(10));
  CHECK(world.expire(by_timer).size() == 1);
  CHECK(world.waiting() == Types{"session.expired"});
  world.get(world.store->expire_batch({.dry_run = true}, {}));
  CHECK(world.waiting().size() == 1);
  world.get(world.store->expire_batch({}, {}));
  CHECK(world.waiting() == Types(2, "session.expired"));
  const auto open = world.create(kShort);
  world.get(world.store->purge({open.id}, core::EndReason::completed));
  CHECK(world.waiting() ==
        Types{"session.expired", "session.expired", "session.completed", "session.purged"});
  world.live(hours(2));
  world.get(world.store->purge_batch({}));
  CHECK(world.waiting().size() == 6);
  CHECK(world.waiting().back() == "session.purged");
  CHECK(world.claim(kTwo).size() == 3);
}

TEST_CASE("WH2 what SQL changes on PostgreSQL is told as well") {
  Outbox<OnPostgres> world;
  const auto silent = world.create(kShort);
  world.live(minutes(10));
  const auto& database = world.backend.database();
  database.run("select cleanup_inactive_sessions_report()");
  CHECK_FALSE(world.is_open(silent.id));
  const auto open = world.create(kShort);
  database.run("select upsert_anonymous_participant('" + open.id.to_string() + "', 'x', 'Ann')");
  database.run("select log_session_event('" + open.id.to_string() + "', 'left')");
  CHECK(world.waiting() == Types{"session.expired", "participant.joined", "participant.left"});
}

TEST_CASE_TEMPLATE("WH6 the next of a session waits for the one before, nobody else does", Backend,
                   TF_STORES) {
  Outbox<Backend> world;
  const auto first = world.with({"created", "joined", "left"});
  const auto second = world.with({"created", "joined"});
  auto claimed = world.claim();
  REQUIRE(claimed.size() == 2);
  CHECK(claimed[0].type == "session.created");
  CHECK(claimed[1].type == "session.created");
  CHECK(claimed[0].session != claimed[1].session);
  CHECK(world.claim().empty());
  CHECK(world.claim(kTwo, 1).size() == 1);

  const auto& of_first = claimed[0].session == first.id ? claimed[0] : claimed[1];
  world.get(world.store->forget_webhook(of_first.id));
  CHECK(world.claim_one().type == "participant.joined");
  CHECK(world.claim().empty());
}

TEST_CASE_TEMPLATE("WH6 WH7 one that is retried later holds those behind it, new ones too", Backend,
                   TF_STORES) {
  Outbox<Backend> world;
  auto session = world.with({"created", "joined"});
  const auto claimed = world.claim_one();
  CHECK(claimed.attempts == 1);
  world.get(world.store->give_back_webhook(claimed, world.soon(minutes(1)), "It answered 500."));
  world.tell(session, {"left"});
  CHECK(world.all()[0].last_error == "It answered 500.");
  for (const auto& webhook : world.all(false))
    if (webhook.target == kOne) CHECK(webhook.due_at == world.soon(minutes(1)));
  CHECK(world.claim().empty());
  world.clock.advance(minutes(1) - Duration(1));
  CHECK(world.claim().empty());
  world.clock.advance(Duration(1));
  const auto again = world.claim_one();
  CHECK(again.id == claimed.id);
  CHECK(again.attempts == 2);
  world.get(world.store->forget_webhook(again.id));
  CHECK(world.claim_one().type == "participant.joined");
}

TEST_CASE_TEMPLATE("WH9 of two servers one is at a webhook, until it is done or has been silent",
                   Backend, TF_STORES) {
  Outbox<Backend> world;
  world.with({"created", "joined"});
  world.open_aside();
  const auto claimed = world.claim_one();
  const auto aside = [&] { return world.get(world.aside->claim_webhooks(kOne, 10, seconds(30))); };
  CHECK(aside().empty());
  world.clock.advance(seconds(30));
  const auto taken_over = aside();
  REQUIRE(taken_over.size() == 1);
  CHECK(taken_over[0].id == claimed.id);
  CHECK(taken_over[0].attempts == 2);
  // Who was silent for so long has no say any more, unless it was delivered.
  world.get(world.store->give_back_webhook(claimed, world.clock.now(), "late"));
  CHECK(world.claim().empty());
  world.get(world.store->give_back_webhook(claimed, std::nullopt, "late"));
  CHECK(world.all(true).empty());
  world.get(world.store->forget_webhook(claimed.id));
  CHECK(world.claim_one().type == "participant.joined");
}

TEST_CASE_TEMPLATE("WH9 claims that come together share what is due", Backend, TF_STORES) {
  Outbox<Backend> world;
  for (int i = 0; i < 20; ++i) world.with({"created", "joined"});
  world.open_aside();
  std::vector<ports::Task<std::vector<ports::Webhook>>> claims;
  for (int i = 0; i < 8; ++i) {
    auto& store = i % 2 ? *world.aside : *world.store;
    claims.push_back(store.claim_webhooks(kOne, 5, seconds(30)));
  }
  std::map<WebhookId, int> claimed;
  for (const auto& answer : world.loop.run_all(std::move(claims))) {
    REQUIRE(answer);
    for (const auto& webhook : *answer) ++claimed[webhook.id];
  }
  for (const auto& more : world.claim()) ++claimed[more.id];
  CHECK(claimed.size() == 20);
  for (const auto& [id, times] : claimed) CHECK(times == 1);
}

TEST_CASE_TEMPLATE("WH7 WH8 a dead one lets the next go on, is listed, and can be replayed",
                   Backend, TF_STORES) {
  Outbox<Backend> world;
  world.with({"created", "joined"});
  const auto claimed = world.claim_one();
  world.get(world.store->give_back_webhook(claimed, std::nullopt, "It answered 410."));
  const auto dead = world.all(true);
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].id == claimed.id);
  CHECK(dead[0].is_dead);
  CHECK(dead[0].last_error == "It answered 410.");
  const auto targets = world.get(world.store->statistics()).webhooks;
  REQUIRE(targets.size() == 2);
  CHECK(targets[0].target == kOne);
  CHECK(targets[0].waiting == 1);
  CHECK(targets[0].dead == 1);
  CHECK(targets[0].oldest_waiting_at == world.clock.now());
  CHECK(targets[1].waiting == 2);
  CHECK(targets[1].dead == 0);
  CHECK(world.claim_one().type == "participant.joined");

  world.clock.advance(hours(200));
  CHECK(world.get(world.store->replay_webhook(claimed.id)).attempts == 0);
  CHECK(world.all(true).empty());
  const auto again = world.claim_one();
  CHECK(again.id == claimed.id);
  CHECK(again.attempts == 1);
  CHECK(again.give_up_at == world.soon(ports::kWebhookPatience));
  CHECK(world.refusal(world.store->replay_webhook(world.template make_id<WebhookId>())) ==
        ErrorCode::not_found);
}

TEST_CASE_TEMPLATE("WH13 what waits is counted by target, and so are those without anything",
                   Backend, TF_STORES) {
  Outbox<Backend> world;
  auto targets = world.get(world.store->statistics()).webhooks;
  REQUIRE(targets.size() == 2);
  for (const auto& target : targets) {
    CHECK(target.configured);
    CHECK(target.waiting + target.dead == 0);
    CHECK(!target.oldest_waiting_at);
  }
  const Instant first = world.clock.now();
  auto session = world.with({"created"});
  world.clock.advance(seconds(5));
  world.tell(session, {"joined"});
  world.configure({{"WEBHOOK_URLS", kTwo}});
  targets = world.get(world.store->statistics()).webhooks;
  REQUIRE(targets.size() == 2);
  CHECK(targets[0].target == kOne);
  CHECK_FALSE(targets[0].configured);
  CHECK(targets[1].configured);
  for (const auto& target : targets) {
    CHECK(target.waiting == 2);
    CHECK(target.oldest_waiting_at == first);
  }
  world.configure({});
  for (const auto& target : world.get(world.store->statistics()).webhooks)
    CHECK_FALSE(target.configured);
}

TEST_CASE_TEMPLATE("WH8 to replay one that waits makes its session due", Backend, TF_STORES) {
  Outbox<Backend> world;
  world.with({"created", "joined"});
  const auto claimed = world.claim_one();
  world.get(world.store->give_back_webhook(claimed, world.soon(hours(6)), "It answered 500."));
  world.get(world.store->replay_webhook(claimed.id));
  const auto again = world.claim_one();
  CHECK(again.id == claimed.id);
  CHECK(again.attempts == 2);
  world.get(world.store->forget_webhook(again.id));
  CHECK(world.claim_one().type == "participant.joined");
}

TEST_CASE_TEMPLATE("WH8 webhooks are listed in pages", Backend, TF_STORES) {
  Outbox<Backend> world;
  world.with({"created", "joined", "left"});
  const auto page = world.get(world.store->webhooks({.limit = 4}));
  REQUIRE(page.size() == 4);
  const auto rest =
      world.get(world.store->webhooks({.after_ordinal = page.back().ordinal, .limit = 4}));
  CHECK(rest.size() == 2);
  CHECK(rest.back().type == "participant.left");
}

TEST_CASE_TEMPLATE("WH14 a target that is none any more is given up after three days, dead ones go",
                   Backend, TF_STORES) {
  Outbox<Backend> world;
  world.with({"created"});
  world.configure({{"WEBHOOK_URLS", kTwo}});
  const auto tidy = [&] { world.get(world.store->tidy_batch({}, hours(24 * 400))); };
  world.clock.advance(ports::kWebhookPatience - Duration(1));
  tidy();
  CHECK(world.all(true).empty());
  world.clock.advance(Duration(1));
  tidy();
  const auto dead = world.all(true);
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].target == kOne);
  CHECK(dead[0].last_error == "Its target is not in WEBHOOK_URLS.");
  CHECK(world.claim(kTwo).size() == 1);
  world.clock.advance(hours(24 * 400));
  tidy();
  CHECK(world.all(true).empty());
  CHECK(world.all(false).size() == 1);
}

TEST_CASE_TEMPLATE("WH14 a jump of the wall clock moves no attempt", Backend, TF_STORES) {
  Outbox<Backend> world;
  world.with({"created"});
  const auto claimed = world.claim_one();
  world.get(world.store->give_back_webhook(claimed, world.soon(minutes(1)), "It answered 500."));
  world.clock.jump_wall(-hours(5));
  world.beat();
  world.clock.advance(minutes(1) - Duration(1));
  CHECK(world.claim().empty());
  world.clock.advance(Duration(1));
  CHECK(world.claim_one().id == claimed.id);
}

}  // namespace tarotforge::test
