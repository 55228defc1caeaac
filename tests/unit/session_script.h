// Plays the life of one session, written as text. Times are seconds since its creation, at
// kBirth. A line lets the time pass, then says what somebody asks, and after the arrow what
// happens, by the passing time first:
//     t=0     join ben    -> joined ben
//     t=3300              -> warned 3600
//     t=3600  keep ben    -> expired 3600; session_expired
// Surroundings stay as they were last set (`unseen yes`, `kept yes`, `heard 90`, `outage 10 20`,
// `listening 40`); `when` answers "warns expires next". After each refusal the session is
// compared with what it was after the time had passed.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core/session.h"

namespace tarotforge::core::test {

inline constexpr Instant kBirth{1'700'000'000'000};

inline Instant at(double seconds) {
  return kBirth + Duration(static_cast<std::int64_t>(seconds * 1000));
}
inline std::string seconds_text(Instant t) {
  return fmt::format("{}", static_cast<double>((t - kBirth).count()) / 1000.0);
}
inline std::string seconds_text(std::optional<Instant> t) { return t ? seconds_text(*t) : "none"; }

template <class Kind>
Id<Kind> numbered_id(std::uint8_t number) {
  Id<Kind> id;
  id.bytes[15] = number;
  return id;
}

inline Digest numbered_digest(std::uint8_t number) {
  Digest digest{};
  digest.fill(number);
  return digest;
}

struct Life {
  struct Options {
    Policy policy{};
    Layout layout = Layout::three_card;
    std::uint64_t seed = 1;
  };

  Prng random;
  Session session;
  Surroundings around{};
  std::vector<Outage> outages{};
  std::map<std::string, ParticipantId> people{};
  Invite invite{};
  std::size_t fill = 0;

  Life() : Life(Options{}) {}
  explicit Life(const Options& options)
      : random(options.seed),
        session(Session::create(
            {.id = numbered_id<SessionKind>(7),
             .policy = options.policy,
             .host = person("ann", 1, Role::host),
             .reading = make_reading("classic", options.layout, "Why?", random).value(),
             .restore_key_hash = numbered_digest(77)},
            kBirth)) {
    people["ann"] = numbered_id<ParticipantKind>(1);
    invite.id = numbered_id<InviteKind>(1);
    invite.session_id = session.data().id;
  }

  static Participant person(const std::string& name, std::uint8_t number, Role role) {
    return {.id = numbered_id<ParticipantKind>(number),
            .identity = GuestId{name},
            .name = name,
            .role = role,
            .joined_at = kBirth,
            .last_seen_at = kBirth,
            .token_hash = numbered_digest(number)};
  }

  ParticipantId who(const std::string& name) const {
    const auto found = people.find(name);
    REQUIRE_MESSAGE(found != people.end(), name);
    return found->second;
  }
  std::string name_of(ParticipantId id) const {
    for (const auto& [name, known] : people)
      if (known == id) return name;
    return "?";
  }
  const Participant& row(const std::string& name) const { return *session.find(who(name)); }

  Command join(const std::string& name, Role role, Instant now) {
    const auto number = static_cast<std::uint8_t>(people.size() + 1);
    auto guest = person(name, number, role);
    guest.joined_at = guest.last_seen_at = now;
    guest.invite_id = invite.id;
    return Join{std::move(guest), invite, fill};
  }

  std::optional<Command> parse(const std::string& verb, const std::string& actor,
                               std::istringstream& rest, Instant now) {
    std::string word;
    if (verb == "join") {
      rest >> word;
      return join(actor, parse_role(word).value_or(Role::participant), now);
    }
    if (verb == "expire") return ExpireNow{};
    if (verb == "restore" && actor.empty()) return Restore{};
    if (actor.empty()) return std::nullopt;
    const ParticipantId id = who(actor);
    if (verb == "return") return Return{id};
    if (verb == "keep") return KeepAliveClick{id};
    if (verb == "reclaim") return Reclaim{id};
    if (verb == "complete") return Complete{id};
    if (verb == "restore") return Restore{id};
    rest >> word;
    if (verb == "leave") return Leave{id, parse_leave_reason(word).value()};
    if (verb == "rename") return Rename{id, word};
    if (verb == "hand") return HandOver{id, who(word)};
    if (verb == "remove") return Operate{id, RemoveParticipant{who(word)}, {}};
    if (verb == "question") return Operate{id, SetQuestion{word}, {}};
    if (verb == "lock") return Operate{id, LockTable{word == "yes"}, {}};
    if (verb == "take") {  // take ben 120 [reader]: the host has been offline for 120 s
      TakeOver take{id, std::nullopt, false};
      if (word != "present") take.host_offline_for = at(std::stod(word)) - kBirth;
      take.reader_here = static_cast<bool>(rest >> word);
      return take;
    }
    return std::nullopt;
  }

  std::string text(const Effect& effect) const {
    struct Words {
      const Life& life;
      std::string operator()(const Created&) { return "created"; }
      std::string operator()(const Joined& e) { return "joined " + life.name_of(e.participant); }
      std::string operator()(const Returned& e) {
        return "returned " + life.name_of(e.participant);
      }
      std::string operator()(const Left& e) {
        return fmt::format("left {} {}", life.name_of(e.participant), to_string(e.reason));
      }
      std::string operator()(const Renamed& e) { return "renamed " + life.name_of(e.participant); }
      std::string operator()(const HostChanged& e) {
        constexpr const char* kHow[] = {"handed_over", "taken_over", "reclaimed"};
        return fmt::format("host {}>{} {}", life.name_of(e.from), life.name_of(e.to),
                           kHow[static_cast<int>(e.how)]);
      }
      std::string operator()(const Operated& e) { return fmt::format("operated {}", e.version); }
      std::string operator()(const Warned& e) { return "warned " + seconds_text(e.expires_at); }
      std::string operator()(const Postponed& e) {
        return "postponed " + seconds_text(e.expires_at);
      }
      std::string operator()(const Extended& e) { return "extended " + seconds_text(e.expires_at); }
      std::string operator()(const Expired& e) { return "expired " + seconds_text(e.deadline); }
      std::string operator()(const Completed&) { return "completed"; }
      std::string operator()(const Restored& e) { return fmt::format("restored {}", e.generation); }
    };
    return std::visit(Words{*this}, effect);
  }

  std::string when(Instant now) const {
    return fmt::format("{} {} {}", seconds_text(session.warns_at(now, around)),
                       seconds_text(session.expires_at(now, around)),
                       seconds_text(session.next_deadline(now, around)));
  }

  // True where the words set the surroundings.
  bool surround(const std::string& verb, const std::string& value, std::istringstream& rest) {
    if (verb == "unseen") {
      around.warning_unseen = value == "yes";
    } else if (verb == "kept") {
      around.kept_alive = value == "yes";
    } else if (verb == "heard") {
      around.heard = at(std::stod(value));
    } else if (verb == "listening") {
      around.listening_since = at(std::stod(value));
    } else if (verb == "fill") {
      fill = std::stoul(value);
    } else if (verb == "outage") {
      std::string end;
      rest >> end;
      outages.push_back({at(std::stod(value)), at(std::stod(end))});
      around.outages = outages;
    } else {
      return false;
    }
    return true;
  }

  std::string step(Instant now, const std::string& verb, const std::string& word,
                   std::istringstream& rest) {
    if (surround(verb, word, rest)) return "";
    std::string told;
    const auto say = [&](const std::string& what) { told += (told.empty() ? "" : "; ") + what; };
    for (const auto& effect : session.advance(now, around)) say(text(effect));
    if (verb == "when") return when(now);
    if (verb.empty()) return told;
    const auto command = parse(verb, word, rest, now);
    REQUIRE_MESSAGE(command, verb);
    const SessionData before = session.data();
    const auto effects = session.apply(*command, now, around, random);
    if (!effects) {
      CHECK(session.data() == before);
      say(std::string(info(effects.error().code).name));
      return told;
    }
    if (const auto* joined = std::get_if<Join>(&*command)) people[word] = joined->participant.id;
    for (const auto& effect : *effects) say(text(effect));
    return told;
  }

  void play(const std::string& script) {
    std::istringstream lines(script);
    for (std::string line; std::getline(lines, line);) {
      const auto start = line.find("t=");
      if (start == std::string::npos) continue;
      const auto arrow = std::min(line.find("->"), line.size());
      const auto told = std::min(line.find_first_not_of(' ', arrow + 2), line.size());
      const std::string expected = arrow == line.size() ? "" : line.substr(told);
      std::istringstream in(line.substr(start + 2, arrow - start - 2));
      double seconds = 0;
      std::string verb, word;
      in >> seconds >> verb >> word;
      CAPTURE(line);
      CHECK(step(at(seconds), verb, word, in) == expected);
    }
  }
};

// Ann hosts, Ben is a participant, Rita a reader, Kim was removed.
inline Life company() {
  Life life;
  life.play(R"(
    t=0  join ben        -> joined ben
    t=0  join rita reader -> joined rita
    t=0  join kim        -> joined kim
    t=0  remove ann kim  -> operated 1; left kim kicked)");
  return life;
}

inline Life expired_company() {
  Life life = company();
  life.play("t=3600 -> expired 3600");
  return life;
}

inline Life completed_company() {
  Life life = company();
  life.play("t=100 complete ann -> completed");
  return life;
}

}  // namespace tarotforge::core::test
