#include "tests/sim/person.h"

#include <fmt/format.h>

#include "app/access.h"
#include "app/sessions.h"
#include "protocol/json.h"

namespace tarotforge::sim {

using core::LeaveReason;

namespace {

constexpr Duration kNobodyAnswers = std::chrono::seconds(20);
constexpr Duration kReturn = std::chrono::seconds(10);  // a restore, and two tries to connect
// Chromium lets the timers of a page that has been hidden for long come once a minute, together.
constexpr Duration kThrottled = std::chrono::minutes(1);

// Empty where there is none.
std::string text_if_any(const boost::json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

Person::Person(Place place, std::uint64_t seed)
    : at_(place),
      random_(seed),
      temper_(static_cast<Temper>(random_.below(3))),
      never_acknowledges_(one_in(random_, 3)),
      turns_away_(one_in(random_, 4)) {
  live();
}

void Person::later(Duration wait, std::function<void()> what) {
  auto& schedule = at_.ground.schedule;
  Instant due = schedule.now() + wait;
  if (is_turned_away_) due += kThrottled - Duration(due.ms % kThrottled.count());
  schedule.at(due, std::move(what));
}

bool Person::ought_to_be_back() const {
  const auto slower = turns_away_ ? kThrottled : Duration();
  return at_.ground.schedule.now() - away_since_ > kReturn + slower;
}

// --- the network

Server* Person::pick_server() {
  const auto first = random_.below(static_cast<std::uint32_t>(at_.servers.size()));
  for (std::size_t i = 0; i < at_.servers.size(); ++i) {
    auto& server = *at_.servers[(first + i) % at_.servers.size()];
    if (server.ready()) return &server;
  }
  return nullptr;
}

void Person::http(std::function<ports::Task<Object>(app::House&)> use, Answered answered) {
  auto& schedule = at_.ground.schedule;
  auto* server = pick_server();
  const auto done = std::make_shared<bool>(false);
  const auto answer = [this, done, answered = std::move(answered)](Result<Object> result) {
    if (std::exchange(*done, true) || in_ == Standing::gone) return;
    if (result) at_.ground.truth.shown(boost::json::value(*result));
    answered(std::move(result));
  };
  schedule.after(kNobodyAnswers, [answer] { answer(ErrorCode::saving_paused); });
  if (!server) return schedule.after(Duration(20), [answer] { answer(ErrorCode::saving_paused); });
  const auto latency = [this] { return Duration(1 + random_.below(60)); };
  const auto serve = [this, server, use = std::move(use), answer, latency] {
    if (!server->ready()) return;
    server->serve<Object>(use(server->house()), [this, answer, latency](Result<Object> result) {
      at_.ground.schedule.after(latency(), [answer, result] { answer(result); });
    });
  };
  schedule.after(latency(), [server, serve, &schedule] {
    if (!server->ready()) return;
    if (server->clock().frozen()) return schedule.at(server->clock().frozen_until(), serve);
    serve();
  });
}

namespace {

ports::Task<boost::json::object> authenticated(
    app::House& house, SessionId session, std::string token,
    std::function<ports::Task<boost::json::object>(app::House&, app::Member)> use) {
  auto who = co_await app::authenticate(house, session, std::move(token));
  if (!who) co_return std::move(who).error();
  co_return co_await use(house, *who);
}

}  // namespace

void Person::http_as_me(std::function<ports::Task<Object>(app::House&, app::Member)> use,
                        Answered answered) {
  http([this, use = std::move(use)](
           app::House& house) { return authenticated(house, session_, token_, use); },
       std::move(answered));
}

// --- coming

void Person::create(protocol::CreateRequest request) {
  const Instant sent = at_.ground.schedule.now();
  const app::Origin origin{.caller = fmt::format("person {}", random_.next()),
                           .key = IdempotencyKey::make({sent.ms}, random_),
                           .body_hash = sha256(request.question)};
  policy_ = *core::settle_policy(request.policy, at_.ground.settings.policy);
  ask_to_come(
      [request, origin](app::House& house) { return app::create_session(house, request, origin); },
      sent, 0);
}

void Person::join(Link link) {
  const Instant sent = at_.ground.schedule.now();
  const app::Origin origin{.caller = link.code,
                           .key = IdempotencyKey::make({sent.ms}, random_),
                           .body_hash = sha256("a guest")};
  session_ = link.session;
  const Come use = [link, origin](app::House& house) {
    return app::join_session(house, link.code, {.name = "Guest"}, origin);
  };
  ask_to_come(use, sent, 0);
  if (one_in(random_, 8)) ask_to_come(use, sent, 0);  // a double click: the same request twice
}

void Person::ask_to_come(Come use, Instant sent, int tries) {
  constexpr int kTries = 8;
  try_activity();
  http(use, [this, use, sent, tries](Result<Object> answer) {
    if (answer) return created_or_joined(*answer, sent);
    ++at_.ground.truth.work.refused;
    if (info(answer.error().code).retryable && tries < kTries)
      at_.ground.schedule.after(std::chrono::seconds(2),
                                [this, use, sent, tries] { ask_to_come(use, sent, tries + 1); });
  });
}

void Person::created_or_joined(const Object& answer, Instant sent) {
  const auto& session = answer.at("session").as_object();
  const auto who = *ParticipantId::parse(text_if_any(answer.at("participant").as_object(), "id"));
  const auto id = *SessionId::parse(text_if_any(session, "id"));
  auto& truth = at_.ground.truth;
  is_host_ = answer.contains("restoreKey");
  if (is_host_) {
    truth.opened(id, policy_, sent);
    restore_key_ = text_if_any(answer, "restoreKey");
    my_code_ = text_if_any(answer.at("invite").as_object(), "code");
    truth.invited(id, my_code_);
    at_.links.push_back({id, my_code_});
  }
  if (in_ == Standing::inside && me_ != who)
    truth.violated("one key has let the same guest in twice (ID4)");
  truth.joined(id, who, sent);
  if (in_ != Standing::outside) return;
  in_ = Standing::inside;
  session_ = id;
  me_ = who;
  token_ = text_if_any(answer, "token");
  connect_later();
}

// --- being here

void Person::connect_later() {
  if (std::exchange(connecting_, true)) return;
  later(between(random_, Duration(50), std::chrono::seconds(calm_ ? 2 : 6)), [this] {
    connecting_ = false;
    if (in_ == Standing::inside) connect();
    if (in_ == Standing::ended) wait_for_restore();
  });
}

void Person::connect() {
  if (line_ && line_->up()) return;
  auto* server = pick_server();
  if (!server) return connect_later();
  const auto number = ++lines_;
  in_room_ = false;
  if (number > 1) ++at_.ground.truth.work.reconnected;
  line_ = std::make_shared<Line>(
      at_.ground, *server,
      Line::End{[this, number](const std::string& event, const Object& payload) {
                  hear(number, event, payload);
                },
                [this, number](LeaveReason reason) { closed(number, reason); }});
  const auto since = has_copy_ ? std::optional(version_) : std::nullopt;
  const bool acknowledges =
      !never_acknowledges_ && !turns_away_ && at_.ground.weather.slow_packet == 0;
  line_->join({session_, me_, token_, acknowledges}, since, [this, number](const Error& refusal) {
    if (number != lines_) return;
    line_->close(LeaveReason::left);
    saw_end(refusal);
    if (info(refusal.code).retryable) connect_later();
  });
}

// A refusal may say that the session has ended, or that this person has been removed.
void Person::saw_end(const Error& refusal) {
  at_.ground.truth.note("{} refused {}", me_.to_string().substr(24), info(refusal.code).name);
  switch (refusal.code) {
    case ErrorCode::session_expired:
      in_ = Standing::ended;
      // Who knows of the end leaves the room, and joins it anew when it is restored.
      if (line_ && line_->up()) {
        line_->close(LeaveReason::left);
        return closed(lines_, LeaveReason::left);
      }
      return connect_later();
    case ErrorCode::session_completed:
    case ErrorCode::session_purged:
    case ErrorCode::session_not_found:
    case ErrorCode::unauthorized:
      in_ = Standing::gone;
      if (line_) line_->close(LeaveReason::left);
      return;
    default:
      return;
  }
}

void Person::closed(std::uint64_t line, LeaveReason reason) {
  at_.ground.truth.note("{} line {} closed {}", me_.to_string().substr(24), line,
                        core::to_string(reason));
  if (line != lines_) return;
  away_since_ = at_.ground.schedule.now();
  in_room_ = false;
  see_nobody();
  forget_warnings();
  if (in_ == Standing::gone) return;
  if (reason == LeaveReason::kicked || reason == LeaveReason::completed) {
    in_ = Standing::gone;
    return;
  }
  if (reason == LeaveReason::expired) in_ = Standing::ended;
  connect_later();
}

void Person::wait_for_restore() {
  if (is_host_) return restore();
  auto* server = pick_server();
  if (!server) return connect_later();
  const auto number = ++lines_;
  line_ = std::make_shared<Line>(
      at_.ground, *server,
      Line::End{[this, number](const std::string& event, const Object&) {
                  if (number != lines_ || event != "session_restored") return;
                  in_ = Standing::inside;
                  away_since_ = at_.ground.schedule.now();
                  line_->close(LeaveReason::left);
                  connect_later();
                },
                [this, number](LeaveReason reason) { closed(number, reason); }});
  line_->wait(session_, [this, number](const Error& refusal) {
    if (number != lines_) return;
    if (info(refusal.code).retryable) return connect_later();
    in_ = Standing::gone;
  });
}

void Person::lose_network() {
  if (line_) line_->cut(one_in(random_, 2));
}

void Person::sleep_for(Duration span) {
  if (line_ && line_->up()) line_->sleep(span);
}

void Person::go_away() {
  in_ = Standing::gone;
  if (line_) line_->close(LeaveReason::closed_tab);
}

}  // namespace tarotforge::sim
