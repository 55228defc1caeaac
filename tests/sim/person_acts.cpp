// What somebody does in a room, and how they try again.
#include <fmt/format.h>

#include "app/invites.h"
#include "app/report.h"
#include "app/sessions.h"
#include "protocol/json.h"
#include "tests/sim/person.h"

namespace tarotforge::sim {

namespace {

using boost::json::object;

// Answers that only say "done".
template <class Task>
ports::Task<object> done(Task task) {
  auto result = co_await std::move(task);
  if (!result) co_return std::move(result).error();
  co_return object();
}

ports::Task<object> keep_alive_as(app::House& house, SessionId session, std::string token) {
  auto who = co_await app::authenticate(house, session, std::move(token));
  if (!who) co_return std::move(who).error();
  co_return co_await app::keep_session_alive(house, *who);
}

}  // namespace

using core::LeaveReason;

void Person::live() {
  Duration wait = std::chrono::seconds(1);
  if (temper_ == Temper::lively) wait = between(random_, Duration(300), std::chrono::seconds(6));
  if (temper_ == Temper::quiet)
    wait = between(random_, std::chrono::seconds(5), std::chrono::seconds(60));
  later(wait, [this] {
    if (turns_away_ && one_in(random_, is_turned_away_ ? 3 : 10)) turn_to_other_pages();
    const bool acts = temper_ != Temper::silent && !is_turned_away_;
    if (in_ == Standing::inside && acts) act();
    live();
  });
}

void Person::turn_to_other_pages() {
  is_turned_away_ = !is_turned_away_;
  at_.ground.truth.work.turned_away += is_turned_away_;
  if (!connected() || in_ != Standing::inside) return;
  report({.visible = !is_turned_away_, .active = false});
  if (!is_turned_away_ && !warnings_.empty()) show_warning();
}

void Person::act() {
  if (!connected()) return one_in(random_, 3) ? touch_over_http() : operate();
  switch (random_.below(calm_ ? 30 : 40)) {
    case 0:
      return keep_alive();
    case 1:
      return rename();
    case 2:
      return invite();
    case 3:
      return revoke();
    case 4:
      return hand_over();
    case 5:
      return take_host_back();
    case 6:
      return reuse_key();
    case 7:
      return touch_over_http();
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
      return report_activity();
    case 31:
      return leave_by_beacon();
    case 32:
      return one_in(random_, 2) ? complete() : operate();
    case 33:
      return is_host_ ? erase() : operate();
    case 34:
      return join_twice();
    case 35:
      return lie();
    case 36:
      return lose_network();
    case 37:
      return line_->close(LeaveReason::closed_tab), closed(lines_, LeaveReason::closed_tab);
    default:
      return operate();
  }
}

core::Operation Person::draw_operation() {
  using namespace core;
  const CardIndex card = random_.below(6);
  switch (random_.below(is_host_ ? 15 : 11)) {
    case 0:
    case 1: {
      constexpr const char* kPlaces[] = {"past", "present", "future", "nowhere"};
      return Draw{kPlaces[random_.below(4)]};
    }
    case 2:
    case 3:
      return Flip{card, !one_in(random_, 3)};
    case 4:
    case 5:
      return Move{card, random_.below(100) / 100.0, random_.below(100) / 100.0};
    case 6:
      return Rotate{card, static_cast<double>(random_.below(360))};
    case 7:
      return Shuffle{};
    case 8:
      return Focus{one_in(random_, 2) ? std::optional(card) : std::nullopt};
    case 9:
      return SetQuestion{fmt::format("What of {}?", random_.below(100))};
    case 10:
      return Interpret{fmt::format("It is {}.", random_.below(100))};
    case 11:
      return ReturnCard{card};
    case 12:
      return one_in(random_, 5) ? Operation(Reset{}) : SetStep{Step::interpretation};
    case 13:
      if (one_in(random_, 4) && !sees_.empty() && !calm_)
        return RemoveParticipant{*ParticipantId::parse(sees_.begin()->first)};
      return LockTable{one_in(random_, 3)};
    default:
      return SetStep{Step::drawing};
  }
}

void Person::try_activity() {
  constexpr Duration kReach = std::chrono::seconds(1);  // there, through the room's turn
  const auto& ground = at_.ground;
  ground.truth.tried(session_, ground.schedule.now() + kReach + ground.weather.longest_way());
}

void Person::operate() {
  const Instant sent = at_.ground.schedule.now();
  try_operation(draw_operation(), IdempotencyKey::make({sent.ms}, random_), sent, 0);
}

void Person::try_operation(core::Operation operation, IdempotencyKey key, Instant sent, int tries) {
  constexpr int kTries = 8;
  const auto digest = sha256(key.to_string());
  try_activity();
  const auto answered = [this, operation, key, sent, tries](Result<Object> answer) {
    auto& truth = at_.ground.truth;
    if (answer) {
      const auto version = answer->at("version").to_number<std::uint64_t>();
      truth.told_operation(session_, answer->at("operation").as_object());
      return truth.operated(session_, me_, key, version, sent);
    }
    ++truth.work.refused;
    saw_end(answer.error());
    if (in_ != Standing::inside || !info(answer.error().code).retryable || tries >= kTries) return;
    later(between(random_, Duration(500), Duration(3000)), [this, operation, key, sent, tries] {
      if (in_ == Standing::inside) try_operation(operation, key, sent, tries + 1);
    });
  };
  const auto use = [operation, key, digest](app::House& house, app::Member who) {
    return app::operate_session(house, who, {operation, key, {}}, digest);
  };
  if (!connected() || tries > 0 || one_in(random_, 4)) return http_as_me(use, answered);
  // Over the socket an answer may never come; then the same is asked again.
  const auto answer_came = std::make_shared<bool>(false);
  line_->ask<Object>([use, me = me_](app::House& house, std::shared_ptr<app::Room> room,
                                     ConnectionId) { return use(house, {room, me}); },
                     [answered, answer_came](Result<Object> answer, bool) {
                       *answer_came = true;
                       answered(std::move(answer));
                     });
  at_.ground.schedule.after(std::chrono::seconds(10), [this, answer_came, answered] {
    if (!*answer_came && in_ == Standing::inside) answered(ErrorCode::saving_paused);
  });
}

void Person::reuse_key() {
  const auto key = IdempotencyKey::make({at_.ground.schedule.now().ms}, random_);
  const Instant sent = at_.ground.schedule.now();
  const auto use = [key](const char* question) {
    return [key, question](app::House& house, app::Member who) {
      return app::operate_session(house, who, {core::SetQuestion{question}, key, {}},
                                  sha256(question));
    };
  };
  try_activity();
  http_as_me(use("first"), [this, key, sent, use](Result<Object> answer) {
    if (!answer || in_ != Standing::inside) return;
    at_.ground.truth.operated(session_, me_, key, answer->at("version").to_number<std::uint64_t>(),
                              sent);
    try_activity();
    http_as_me(use("second"), [this](Result<Object> other) {
      if (other) at_.ground.truth.violated("a reused key was answered (ID2)");
    });
  });
}

void Person::report_activity() {
  const bool visible = !one_in(random_, 6);
  report({.visible = visible, .active = !one_in(random_, 4)});
}

void Person::report(protocol::ActivityReport report) {
  const Instant sent = at_.ground.schedule.now();
  const auto number = ++reports_;
  const bool visible = report.visible || report.active;
  if (visible) line_->shows(true);
  if (report.active) try_activity();
  line_->ask<void>(
      [report](app::House& house, std::shared_ptr<app::Room> room, ConnectionId connection) {
        return app::report_activity(house, room, connection, report);
      },
      [this, sent, report, visible, number, line = line_](Result<> answer, bool vouched) {
        if (answer && !visible && number == reports_) line->shows(false);
        if (answer && report.active && vouched) at_.ground.truth.active(session_, sent);
      });
}

void Person::keep_alive() {
  const Instant sent = at_.ground.schedule.now();
  try_activity();
  http_as_me([](app::House& house, app::Member who) { return app::keep_session_alive(house, who); },
             [this, sent](Result<Object> answer) {
               if (!answer) return saw_end(answer.error());
               ++at_.ground.truth.work.kept_alive;
               at_.ground.truth.active(session_, sent);
             });
}

void Person::touch_over_http() {
  const Instant sent = at_.ground.schedule.now();
  try_activity();
  http_as_me(
      [](app::House& house, app::Member who) { return done(app::touch_session(house, who, {})); },
      [this, sent](Result<Object> answer) {
        if (!answer) return saw_end(answer.error());
        at_.ground.truth.active(session_, sent);
      });
}

void Person::rename() {
  http_as_me(
      [name = fmt::format("Name {}", random_.below(100))](app::House& house, app::Member who) {
        return app::rename_participant(house, who, name);
      },
      [](Result<Object>) {});
}

void Person::invite() {
  protocol::InviteRequest request;
  if (one_in(random_, 2)) request.max_uses = 1 + random_.below(3);
  http_as_me([request](app::House& house,
                       app::Member who) { return app::create_invite(house, who, request); },
             [this](Result<Object> answer) {
               if (!answer) return;
               const auto& made =
                   answer->contains("invite") ? answer->at("invite").as_object() : *answer;
               my_code_ = std::string(made.at("code").as_string());
               at_.ground.truth.invited(session_, my_code_);
               at_.links.push_back({session_, my_code_});
             });
}

void Person::revoke() {
  if (my_code_.empty() || !one_in(random_, 3)) return;
  http([code = my_code_,
        token = token_](app::House& house) { return done(app::revoke_invite(house, code, token)); },
       [](Result<Object>) {});
}

void Person::hand_over() {
  if (!is_host_) return;
  http_as_me(
      [](app::House& house, app::Member who) {
        const auto& people = who.room->session.data().participants;
        return app::change_host(house, who,
                                {protocol::HostRequest::Kind::hand_over, people.back().id});
      },
      [](Result<Object>) {});
}

void Person::take_host_back() {
  const auto kind =
      is_host_ ? protocol::HostRequest::Kind::reclaim : protocol::HostRequest::Kind::take_over;
  http_as_me([kind](app::House& house,
                    app::Member who) { return app::change_host(house, who, {kind, {}}); },
             [](Result<Object>) {});
}

void Person::leave_by_beacon() {
  http(
      [session = session_, token = token_](app::House& house) {
        return done(app::leave_session(house, session, {token, {}, LeaveReason::left}));
      },
      [](Result<Object>) {});
}

void Person::complete() {
  if (!is_host_) return;
  http_as_me([](app::House& house, app::Member who) { return app::complete_session(house, who); },
             [this](Result<Object> answer) {
               if (!answer) return saw_end(answer.error());
               ++at_.ground.truth.work.completed;
               at_.ground.truth.completed(session_);
             });
}

void Person::erase() {
  if (!is_host_) return;
  http_as_me(
      [](app::House& house, app::Member who) { return done(app::delete_session(house, who)); },
      [this](Result<Object> answer) {
        if (!answer) return;
        ++at_.ground.truth.work.deleted;
        at_.ground.truth.deleted(session_);
      });
}

void Person::restore() {
  const Instant sent = at_.ground.schedule.now();
  const bool by_key = one_in(random_, 2);
  try_activity();
  http([session = session_, token = by_key ? "" : token_,
        key = by_key ? std::optional(restore_key_) : std::nullopt](
           app::House& house) { return app::restore_session(house, session, token, key); },
       [this, sent](Result<Object> answer) {
         if (answer) {
           const auto& session = answer->at("session").as_object();
           at_.ground.truth.restored(session_, session.at("generation").to_number<std::uint32_t>(),
                                     sent);
         }
         // Whoever was not told may find it open: somebody else has restored it, or this did.
         const bool open = answer || answer.error().code == ErrorCode::not_restorable;
         if (open || info(answer.error().code).retryable) {
           if (open) {
             in_ = Standing::inside;
             away_since_ = at_.ground.schedule.now();
           }
           return connect_later();
         }
         in_ = Standing::gone;
       });
}

// The same participant with a second page, which closes soon.
void Person::join_twice() {
  auto* server = pick_server();
  if (!server) return;
  const auto other = std::make_shared<Line>(
      at_.ground, *server, Line::End{[](const std::string&, const Object&) {}, [](LeaveReason) {}});
  other->join({session_, me_, token_, false}, {}, [](const Error&) {});
  at_.ground.schedule.after(between(random_, std::chrono::seconds(1), std::chrono::seconds(20)),
                            [other] { other->close(LeaveReason::closed_tab); });
}

void Person::lie() {
  const auto answered = [this](Result<Object> answer) {
    if (answer) at_.ground.truth.violated("a lie was believed (TK2, SE5)");
  };
  const auto key = IdempotencyKey::make({at_.ground.schedule.now().ms}, random_);
  if (one_in(random_, 2))
    return http_as_me(
        [key](app::House& house, app::Member who) {
          return app::operate_session(house, who, {core::Shuffle{}, key, 1'000'000}, {});
        },
        answered);
  http([session =
            session_](app::House& house) { return keep_alive_as(house, session, "not a token"); },
       answered);
}

}  // namespace tarotforge::sim
