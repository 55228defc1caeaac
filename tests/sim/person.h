// Somebody with a browser: makes or joins a reading, does things at the table, loses the network,
// sleeps, comes back, retries by key, and lies a little. Some turn to other pages for minutes:
// then nothing is shown, and the timers of this one come once a minute. Everything that they are
// told goes to Truth, and their own view of the room is checked as it grows.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/access.h"
#include "core/operation.h"
#include "protocol/requests.h"
#include "tests/sim/line.h"

namespace tarotforge::sim {

struct Link {  // an invitation, as it is passed on
  SessionId session;
  std::string code;
};

class Person {
 public:
  struct Place {
    Ground& ground;
    std::vector<std::unique_ptr<Server>>& servers;
    std::vector<Link>& links;
  };
  enum class Temper { lively, quiet, silent };  // every few seconds, now and then, never

  Person(Place place, std::uint64_t seed);

  void create(protocol::CreateRequest request);
  void join(Link link);
  void end_chaos() { calm_ = true; }  // no more lies, no more leaving
  void fall_silent() { temper_ = Temper::silent; }
  void go_away();  // closes the page for good

  void lose_network();
  void sleep_for(Duration span);

  bool connected() const { return line_ && line_->up() && in_room_; }
  bool inside() const { return in_ == Standing::inside; }
  // In a room, awake, and for long enough that what has happened has been heard.
  bool hears(Duration within) const {
    return connected() && inside() && here_for() > within && line_->awake_for() > within;
  }
  Duration here_for() const { return at_.ground.schedule.now() - joined_at_; }
  bool ought_to_be_back() const;
  SessionId session() const { return session_; }
  ParticipantId id() const { return me_; }
  std::uint64_t version() const { return version_; }
  Server* server() const { return line_ ? &line_->server() : nullptr; }
  // Who is shown to be here, and since when.
  const std::map<std::string, Instant>& sees() const { return seen_since_; }

 private:
  enum class Standing { outside, inside, ended, gone };
  using Object = boost::json::object;
  using Answered = std::function<void(Result<Object>)>;
  using Come = std::function<ports::Task<Object>(app::House&)>;

  // --- being here
  void live();                                            // the next thing to do, again and again
  void later(Duration wait, std::function<void()> what);  // by a timer of the page
  void act();
  void connect();
  void connect_later();
  void wait_for_restore();
  void hear(std::uint64_t line, const std::string& event, const Object& payload);
  void closed(std::uint64_t line, core::LeaveReason reason);
  void welcomed(const Object& reply);
  void hear_operation(const Object& operation);
  void hear_presence(const Object& state);
  void hear_difference(const Object& diff);
  void see(const std::string& who, const Object& metas);
  void see_nobody();
  void hear_warning(const Object& warning);
  void forget_warnings();
  void hear_end(const Object& end);
  void saw_end(const Error& refusal);
  void show_warning();
  void acknowledge();

  // --- doing things
  void try_activity();  // what is asked for now counts as one
  void operate();
  void try_operation(core::Operation operation, IdempotencyKey key, Instant sent, int tries);
  void reuse_key();
  void report_activity();
  void report(protocol::ActivityReport report);
  void turn_to_other_pages();  // or back
  void keep_alive();
  void touch_over_http();
  void rename();
  void invite();
  void revoke();
  void hand_over();
  void take_host_back();
  void leave_by_beacon();
  void complete();
  void erase();
  void restore();
  void join_twice();
  void lie();
  core::Operation draw_operation();

  // --- the network
  Server* pick_server();
  // A use case over HTTP; saving_paused where nobody answers in time.
  void http(std::function<ports::Task<Object>(app::House&)> use, Answered answered);
  // The same as this participant.
  void http_as_me(std::function<ports::Task<Object>(app::House&, app::Member)> use,
                  Answered answered);
  void ask_to_come(Come use, Instant sent, int tries);
  void created_or_joined(const Object& answer, Instant sent);

  Place at_;
  Prng random_;
  Temper temper_;
  bool calm_ = false;
  bool never_acknowledges_;
  bool turns_away_, is_turned_away_ = false;

  Standing in_ = Standing::outside;
  SessionId session_;
  ParticipantId me_;
  std::string token_, restore_key_, my_code_;
  bool is_host_ = false;
  core::Policy policy_;

  std::shared_ptr<Line> line_;
  std::uint64_t lines_ = 0;  // numbers them, so that late news of an old one is passed over
  bool in_room_ = false, connecting_ = false;
  Instant joined_at_, away_since_{0};
  std::uint32_t generation_ = 1, warned_generation_ = 1;
  std::uint64_t version_ = 0;
  bool has_copy_ = false;
  std::map<std::string, std::set<std::string>> sees_;  // metas of each participant
  std::map<std::string, Instant> seen_since_;
  std::set<std::string> warnings_;  // deadlines that were shown since the last was cleared
  std::uint64_t reports_ = 0;       // of activity
  bool just_came_ = false, came_warned_ = false, acknowledged_ = false;
};

}  // namespace tarotforge::sim
