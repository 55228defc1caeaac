// Webhooks as a server sends them, in virtual time, on both databases: what is told, in which
// order, and what happens where nobody listens.
#include "app/webhooks.h"

#include <set>

#include "app/metrics.h"
#include "base/signature.h"
#include "base/text.h"
#include "tests/support/postgres_house.h"

namespace tarotforge::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* kTarget = "https://one.example/";
constexpr const char* kOther = "https://other.example/";

struct OnFile {
  HouseWorld world{short_settings()};
};
struct OnServer {
  TestDatabase database;
  HouseWorld world{short_settings(), on_postgresql(database, 7)};
};

// A house whose targets the test answers for.
template <class Place>
struct Posted : Place {
  struct Told {
    app::WebhookMessage message;
    Instant at;
    std::string type() const { return text_at(body(), "type"); }
    object body() const { return protocol::parse_own(message.body); }
    object data() const { return body().at("data").as_object(); }
  };
  std::vector<Told> told{};
  std::function<std::string(const app::WebhookMessage&)> answer = [](const auto&) { return ""; };
  Duration takes{0};
  HouseWorld& house = Place::world;

  explicit Posted(std::vector<std::string> targets = {kTarget}) {
    std::string urls;
    for (const auto& target : targets) urls += (urls.empty() ? "" : ",") + target;
    house.get(house.store->publish_settings({{"WEBHOOK_URLS", urls}}));
    options = {.targets = std::move(targets), .keys = {"old key", "new key"}, .send = sender()};
    house.house->scope.spawn([this] { return app::keep_delivering(*house.house, options); });
  }

  ~Posted() { house.crash(); }  // what is under way still tells

  std::vector<std::string> types(std::string_view target = kTarget) const {
    std::vector<std::string> all;
    for (const auto& each : told)
      if (each.message.target == target) all.push_back(each.type());
    return all;
  }
  std::vector<ports::Webhook> kept() { return house.get(house.store->webhooks({})); }

  app::WebhookOptions options;

 private:
  app::SendWebhook sender() {
    return [this](app::WebhookMessage message) -> boost::asio::awaitable<std::string> {
      told.push_back({message, house.clock.now()});
      auto verdict = answer(message);
      if (takes > Duration(0)) co_await house.clock.sleep_until(house.clock.now() + takes);
      co_return verdict;
    };
  }
};
#define TF_PLACES OnFile, OnServer

using Types = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("WH1 WH3 WH4 a session's life is told in order, signed, without names", Place,
                   TF_PLACES) {
  Posted<Place> posted;
  auto& world = posted.house;
  const auto host = world.create({.deck_id = "classic", .question = "Does Ottilie love me?"});
  const auto guest = world.join(host, "Balthasar");
  world.get(app::leave_session(*world.house, guest.session, {.token = guest.token}));
  const auto here = world.enter(host);
  world.pass(100s);
  world.leave(here, core::LeaveReason::left);
  world.pass(60s);
  world.get(app::restore_for_operator(*world.house, host.session));
  world.get(app::complete_session(*world.house, world.member(host)));
  world.get(world.store->purge({host.session}, core::EndReason::expired));
  world.pass(2s);
  CHECK(posted.types() == Types{"session.created", "participant.joined", "participant.left",
                                "session.expiring", "participant.left", "session.expired",
                                "session.restored", "session.completed", "session.purged"});
  CHECK(posted.kept().empty());

  const auto& joined = posted.told[1];
  const auto data = joined.data();
  CHECK(text_at(data, "sessionId") == host.session.to_string());
  CHECK(text_at(data, "participantId") == guest.id.to_string());
  CHECK(data.at("generation") == 1);
  CHECK(text_at(joined.body(), "timestamp").starts_with("2026-01-31T00:00:0"));
  CHECK(text_at(posted.told[2].data(), "reason") == "left");
  CHECK(text_at(posted.told[5].data(), "reason") == "inactivity_timeout");
  CHECK(posted.told[3].data().contains("expiresAt"));
  CHECK(posted.told[6].data().at("generation") == 2);

  std::set<std::string> ids;
  for (const auto& [message, at] : posted.told) {
    ids.insert(message.id);
    CHECK_FALSE(message.body.contains("Ottilie"));
    CHECK_FALSE(message.body.contains("Balthasar"));
    CHECK(message.timestamp == std::to_string(at.ms / 1000));
    const auto text = message.id + "." + message.timestamp + "." + message.body;
    CHECK(message.signature == "v1," + base64(hmac_sha256("old key", text)) + " v1," +
                                   base64(hmac_sha256("new key", text)));
  }
  CHECK(ids.size() == posted.told.size());
}

TEST_CASE_TEMPLATE("WH5 WH6 WH7 what is not taken is sent again, and only its session waits", Place,
                   TF_PLACES) {
  Posted<Place> posted({kTarget, kOther});
  auto& world = posted.house;
  const auto troubled = world.create();
  const auto is_troubled = [&](const app::WebhookMessage& message) {
    return message.target == kTarget && message.body.contains(troubled.session.to_string());
  };
  posted.answer = [&](const auto& message) {
    return is_troubled(message) ? "The receiver answered 500." : "";
  };
  world.join(troubled);
  const auto fine = world.create();
  world.join(fine);
  world.pass(2s);
  CHECK(posted.types(kOther).size() == 4);
  CHECK(posted.types().size() == 3);  // the troubled one's first, and both of the other session
  world.pass(40s);
  std::vector<typename Posted<Place>::Told> attempts;
  for (const auto& each : posted.told)
    if (is_troubled(each.message)) attempts.push_back(each);
  REQUIRE(attempts.size() >= 4);
  REQUIRE(attempts.size() <= 6);
  for (std::size_t i = 1; i < attempts.size(); ++i) {
    CHECK(attempts[i].type() == "session.created");
    CHECK(attempts[i].message.id == attempts[0].message.id);
    CHECK(attempts[i].message.body == attempts[0].message.body);
    CHECK(attempts[i].message.timestamp != attempts[0].message.timestamp);
    const Duration pause = attempts[i].at - attempts[i - 1].at;
    const Duration longest = 5s * (1 << (i - 1));
    CHECK(pause >= longest / 2);
    CHECK(pause <= longest + 1s);  // it is looked for each second
  }
  posted.answer = [](const auto&) { return ""; };
  world.pass(60s);
  CHECK(posted.told.back().type() == "participant.joined");
  CHECK(posted.kept().empty());
  CHECK(world.house->counters.webhooks_delivered == 8);
  CHECK(world.house->counters.webhooks_failed == attempts.size());
}

TEST_CASE_TEMPLATE("WH7 WH8 WH13 after three days it is dead, the next goes on, and it is replayed",
                   Place, TF_PLACES) {
  Posted<Place> posted;
  auto& world = posted.house;
  bool is_down = true;
  posted.answer = [&](const auto&) { return is_down ? "The receiver answered 503." : ""; };
  world.create();
  world.pass(2s);
  world.sleep_through(ports::kWebhookPatience);
  world.pass(2s);
  const auto kept = posted.kept();
  REQUIRE(kept.size() >= 1);
  CHECK(kept[0].is_dead);
  CHECK(kept[0].last_error == "The receiver answered 503.");
  CHECK(world.house->counters.webhooks_given_up >= 1);
  CHECK(world.log.count(LogLevel::warning, "Webhook " + kept[0].id.to_string() + " is given up") ==
        1);
  const auto listed = world.get(app::list_webhooks(*world.house, {.is_dead = true}));
  const auto& line = listed.at("webhooks").as_array().at(0).as_object();
  CHECK(text_at(line, "id") == kept[0].id.to_string());
  CHECK(text_at(line, "state") == "dead");
  CHECK(text_at(line, "target") == kTarget);
  CHECK(text_at(line, "nextAttemptAt") == "null");

  app::Figures figures(*world.house, *world.cleanup, [] { return 0; });
  app::Metrics metrics(figures);
  const auto scraped = [&]() -> ports::Task<std::string> {
    co_return co_await metrics.exposition({}, protocol::MetricsFormat::prometheus);
  };
  const auto numbers = world.get(scraped());
  CHECK(numbers.contains("\ntarotforge_webhooks{state=\"dead\"} 1\n"));
  CHECK(numbers.contains("\ntarotforge_webhooks_given_up_total 1\n"));
  CHECK(numbers.contains("\ntarotforge_webhooks_oldest_waiting_seconds "));

  is_down = false;
  const auto answer = world.get(app::replay_webhook(*world.house, kept[0].id));
  CHECK(text_at(answer, "state") == "waiting");
  world.pass(20s);
  CHECK(posted.kept().empty());
  CHECK(world.run(app::replay_webhook(*world.house, kept[0].id)).error().code ==
        ErrorCode::not_found);
}

TEST_CASE_TEMPLATE("WH5 WH9 what a killed server was at is sent when its time is over", Place,
                   TF_PLACES) {
  Posted<Place> posted;
  auto& world = posted.house;
  world.create();
  const auto claimed = world.get(world.store->claim_webhooks(kTarget, 1, 30s));
  REQUIRE(claimed.size() == 1);
  world.pass(29s);
  CHECK(posted.told.empty());
  world.pass(2s);
  REQUIRE(posted.told.size() == 1);
  CHECK(posted.told[0].message.id == claimed[0].id.to_string());
  CHECK(posted.kept().empty());
}

TEST_CASE_TEMPLATE("WH5 what a server was at when it stopped is sent by the next at once", Place,
                   TF_PLACES) {
  Posted<Place> posted;
  auto& world = posted.house;
  posted.takes = 1h;
  posted.answer = [](const auto&) { return "The server is stopping."; };
  world.create();
  world.pass(2s);
  CHECK(posted.told.size() == 1);
  world.stop();
  posted.takes = 0s;
  posted.answer = [](const auto&) { return ""; };
  world.start();
  world.house->scope.spawn(
      [&posted] { return app::keep_delivering(*posted.house.house, posted.options); });
  world.pass(2s);
  REQUIRE(posted.told.size() == 2);
  CHECK(posted.told[1].message.id == posted.told[0].message.id);
  CHECK(posted.kept().empty());
}

TEST_CASE_TEMPLATE("WH6 a target that is slow keeps no other waiting, and has eight at once", Place,
                   TF_PLACES) {
  Posted<Place> posted({kTarget, kOther});
  auto& world = posted.house;
  posted.takes = 10s;
  for (int i = 0; i < 12; ++i) world.create();
  world.pass(2s);
  CHECK(posted.types().size() == 8);
  CHECK(posted.types(kOther).size() == 8);
  world.pass(20s);
  CHECK(posted.types().size() == 12);
}

TEST_CASE(
    "WH3 WH12 secrets are whsec_ and base64, one or two, and sign as Standard Webhooks does") {
  // The example of standardwebhooks.com.
  const auto keys = app::webhook_keys("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  REQUIRE(keys);
  CHECK(base64(hmac_sha256(keys->front(),
                           "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330."
                           R"({"test": 2432232314})")) ==
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  const std::string one = "whsec_" + base64(sha256("one")), two = "whsec_" + base64(sha256("two"));
  CHECK(app::webhook_keys(one + ", " + two)->size() == 2);
  for (const auto& bad :
       {std::string(), std::string("secret"), "whsec_" + base64(sha256("")) + "A",
        std::string("whsec_c2hvcnQ="), one + "," + two + "," + one, base64(sha256("one"))})
    CHECK_FALSE(app::webhook_keys(bad));
}

}  // namespace tarotforge::test
