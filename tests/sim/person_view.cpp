// What somebody hears in a room, and what they know from it.
#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "protocol/json.h"
#include "tests/sim/person.h"

namespace tarotforge::sim {

namespace {

std::uint64_t number(const boost::json::object& from, std::string_view name) {
  return from.at(name).to_number<std::uint64_t>();
}
std::string text(const boost::json::object& from, std::string_view name) {
  return std::string(from.at(name).as_string());
}

ports::Task<> acknowledge_in(std::shared_ptr<app::Room> room, ConnectionId connection,
                             std::uint32_t generation) {
  co_return app::acknowledge_warning(*room, connection, generation);
}

}  // namespace

void Person::hear(std::uint64_t line, const std::string& event, const Object& payload) {
  at_.ground.truth.note(
      "{} of {} line {} at {} hears {}", me_.to_string().substr(24),
      session_.to_string().substr(24), line, line_ ? line_->server().number() : -1,
      event == "phx_reply" ? "welcome"
                           : event + " " + boost::json::serialize(payload).substr(0, 300));
  if (line != lines_ || in_ != Standing::inside) return;
  if (event == "phx_reply") return welcomed(payload);
  // A warning that was given before this person came is told right behind the welcome.
  const bool with_welcome = std::exchange(just_came_, event == "presence_state");
  if (event == "session_expiring") came_warned_ = came_warned_ || with_welcome;
  if (event == "operation") return hear_operation(payload);
  if (event == "presence_state") return hear_presence(payload);
  if (event == "presence_diff") return hear_difference(payload);
  if (event == "session_expiring") return hear_warning(payload);
  if (event == "session_extended") return forget_warnings();
  if (event == "session_expired" || event == "session_completed") return hear_end(payload);
}

void Person::welcomed(const Object& reply) {
  const auto& session = reply.at("session").as_object();
  const auto version = number(session, "version");
  const auto& missed = reply.at("operations").as_array();
  auto& truth = at_.ground.truth;
  if (!missed.empty()) {
    auto expected = version_;
    for (const auto& operation : missed) {
      if (number(operation.as_object(), "version") != ++expected)
        truth.violated(fmt::format("a catch-up tells version {} after {} (VR2)",
                                   number(operation.as_object(), "version"), expected - 1));
      truth.told_operation(session_, operation.as_object());
    }
    if (expected != version) truth.violated("a catch-up does not end at the session (VR5)");
  }
  if (has_copy_ && version < version_ && number(session, "generation") >= generation_)
    truth.violated(
        fmt::format("a session went back from version {} to {} (ST1)", version_, version));
  version_ = version;
  generation_ = static_cast<std::uint32_t>(number(session, "generation"));
  has_copy_ = in_room_ = true;
  joined_at_ = at_.ground.schedule.now();
  policy_.timeout = std::chrono::seconds(
      static_cast<int>(reply.at("timing").at("timeoutSeconds").to_number<double>()));
  policy_.warning = std::chrono::seconds(
      static_cast<int>(reply.at("timing").at("warningSeconds").to_number<double>()));
  forget_warnings();
  see_nobody();
  if (is_turned_away_) report({.visible = false, .active = false});
}

void Person::forget_warnings() {
  warnings_.clear();
  came_warned_ = acknowledged_ = false;
}

void Person::hear_operation(const Object& operation) {
  const auto version = number(operation, "version");
  auto& truth = at_.ground.truth;
  truth.told_operation(session_, operation);
  if (version != version_ + 1)
    truth.violated(fmt::format("version {} was heard after {} (VR5)", version, version_));
  version_ = version;
}

void Person::see(const std::string& who, const Object& metas) {
  seen_since_.emplace(who, at_.ground.schedule.now());
  for (const auto& meta : metas.at("metas").as_array())
    sees_[who].insert(text(meta.as_object(), "phx_ref"));
}

void Person::see_nobody() {
  sees_.clear();
  seen_since_.clear();
}

void Person::hear_presence(const Object& state) {
  see_nobody();
  for (const auto& [who, metas] : state) see(std::string(who), metas.as_object());
}

void Person::hear_difference(const Object& diff) {
  for (const auto& [who, metas] : diff.at("joins").as_object())
    see(std::string(who), metas.as_object());
  for (const auto& [who, metas] : diff.at("leaves").as_object()) {
    for (const auto& meta : metas.at("metas").as_array())
      if (sees_[who].erase(text(meta.as_object(), "phx_ref")) == 0)
        at_.ground.truth.violated("somebody left who was never said to be here (PR8)");
    if (sees_[who].empty()) {
      sees_.erase(std::string(who));
      seen_since_.erase(std::string(who));
    } else if (sees_[who].size() > 1) {
      at_.ground.truth.violated("one participant has two metas (PR5)");
    }
  }
}

void Person::hear_warning(const Object& warning) {
  ++at_.ground.truth.work.warned;
  warnings_.insert(text(warning, "expiresAt"));
  warned_generation_ = static_cast<std::uint32_t>(number(warning, "generation"));
  show_warning();
}

void Person::show_warning() {
  if (never_acknowledges_ || is_turned_away_) return;
  at_.ground.schedule.after(between(random_, Duration(100), Duration(1500)),
                            [this] { acknowledge(); });
}

void Person::acknowledge() {
  if (!connected() || is_turned_away_) return;
  acknowledged_ = true;
  line_->ask<void>(
      [generation = warned_generation_](app::House&, std::shared_ptr<app::Room> room,
                                        ConnectionId connection) {
        return acknowledge_in(std::move(room), connection, generation);
      },
      [this](Result<> answer, bool) {
        if (answer) ++at_.ground.truth.work.acknowledged;
      });
}

// Nobody is put out by a warning they never saw, unless an operator or the host ended it.
void Person::hear_end(const Object& end) {
  auto& truth = at_.ground.truth;
  truth.told_end(session_, static_cast<std::uint32_t>(number(end, "generation")),
                 at_.ground.weather.longest_way());
  if (!end.contains("restorableUntil")) return;
  const Duration here = here_for();
  // Whoever came after the warning, or showed it, has no second one to wait for.
  const bool was_warned = warnings_.size() >= (acknowledged_ || came_warned_ ? 1u : 2u);
  // Whoever came within the last lead and a half may have come after the warning.
  if (!was_warned && truth.calm_for(here) && here > policy_.warning * 5 / 2)
    truth.violated(
        fmt::format("{} was put out after {} warnings (WN3)", me_.to_string(), warnings_.size()));
}

}  // namespace tarotforge::sim
