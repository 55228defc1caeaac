#include "app/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/change.h"
#include "protocol/lifecycle_json.h"

namespace tarotforge::app {

using namespace core;
using std::chrono::minutes;
using Seconds = std::chrono::seconds;

namespace {

constexpr std::array<const char*, 12> kNames{"Ada",   "Bruno", "Chidi", "Dorota", "Emre", "Farah",
                                             "Grace", "Hugo",  "Ines",  "Jun",    "Kofi", "Lena"};
constexpr std::array<const char*, 5> kQuestions{
    "What should I look at this week?", "Which way does the work go?", "What do I not see yet?",
    "How do we go on together?", "What is it time to leave behind?"};
constexpr auto kInterpretation = "The cards speak of a change that was made long ago.";
constexpr std::array<Duration, 4> kTimeouts{minutes(15), minutes(30), minutes(60), minutes(120)};
constexpr std::size_t kMostGuests = 5;

std::uint64_t seed_from(Random& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  std::uint64_t seed = 0;
  for (const auto byte : bytes) seed = seed << 8 | byte;
  return seed;
}

// One session from its creation to `until`, or to what comes first of its end.
class Life {
 public:
  Life(House& house, SetClock& clock, Prng& random, Instant until)
      : house_(house), clock_(clock), random_(random), until_(until), session_(SessionData{}) {}

  ports::Change live(const std::vector<UserId>& hosts) {
    create(hosts);
    if (gather() && read()) finish();
    let_time_pass();
    change_.session = session_.data();
    change_.new_invites = {invite_};
    return std::move(change_);
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return random_.below(bound); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  Duration between(Duration least, Duration most) {
    return least + Duration(below(static_cast<std::uint32_t>((most - least).count())));
  }
  template <class Id>
  Id make_id() {
    return Id::make(house_.wall(clock_.now()), random_);
  }
  Digest secret() {  // of a token that was given to nobody
    Digest digest;
    random_.fill(digest);
    return digest;
  }
  Participant person(Role role, Identity identity) {
    return {.id = make_id<ParticipantId>(),
            .identity = std::move(identity),
            .name = kNames[below(kNames.size())],
            .role = role,
            .joined_at = clock_.now(),
            .last_seen_at = clock_.now(),
            .token_hash = secret()};
  }
  Identity guest() { return GuestId{make_id<ParticipantId>().to_string()}; }

  void create(const std::vector<UserId>& hosts);
  bool gather();
  bool read();
  bool draw_cards();
  void finish();
  void let_time_pass();
  void come_back();
  void purge();

  void record(const Effects& effects);
  bool ask(const Command& command);
  bool operate(Operation operation, ParticipantId by) {
    return ask(Operate{by, std::move(operation), std::nullopt});
  }
  // False where the session has ended, or the present has come.
  bool wait(Duration span);
  void advance_to(Instant instant);

  ParticipantId host() const { return session_.data().host; }
  ParticipantId anybody() {
    const auto& people = session_.data().participants;
    return people[below(static_cast<std::uint32_t>(people.size()))].id;
  }

  House& house_;
  SetClock& clock_;
  Prng& random_;
  const Instant until_;
  Session session_;
  Invite invite_{};
  ports::Change change_{};
};

void Life::record(const Effects& effects) {
  auto step = make_change(house_, session_, effects, {});
  for (const auto& effect : effects)
    if (const auto* expired = std::get_if<Expired>(&effect))
      step.audit.back().data = protocol::expired_entry(
          "inactivity_timeout", session_.data().created_at, *expired, house_.calendar);
  std::ranges::move(step.audit, std::back_inserter(change_.audit));
  std::ranges::move(step.operations, std::back_inserter(change_.operations));
  invite_.uses += step.used_invite.has_value();
  const auto* ended = std::get_if<Ended>(&session_.data().phase);
  if (step.close_invites && invite_.is_active) {
    invite_.is_active = false;
    invite_.closed_by_expiry = ended && ended->reason == EndReason::expired;
  }
  if (step.reopen_invites && invite_.closed_by_expiry) {
    invite_.is_active = true;
    invite_.closed_by_expiry = false;
  }
}

bool Life::ask(const Command& command) {
  const auto effects = session_.apply(command, clock_.now(), {}, random_);
  if (effects) record(*effects);
  return effects.has_value();
}

void Life::advance_to(Instant instant) {
  while (const auto due = session_.next_deadline(clock_.now(), {})) {
    if (*due > instant) break;
    clock_.set(std::max(*due, clock_.now()));
    record(session_.advance(clock_.now(), {}));
  }
  clock_.set(instant);
}

bool Life::wait(Duration span) {
  advance_to(std::min(clock_.now() + span, until_));
  return session_.is_open() && clock_.now() < until_;
}

void Life::create(const std::vector<UserId>& hosts) {
  const auto& deck = decks()[below(static_cast<std::uint32_t>(decks().size()))];
  const auto layout = static_cast<Layout>(below(4));
  auto reading = make_reading(deck.id, layout,
                              chance(50) ? kQuestions[below(kQuestions.size())] : "", random_);
  const auto& bounds = house_.settings.policy;
  const auto asked = settle_policy({.timeout = kTimeouts[below(kTimeouts.size())]}, bounds);
  const Identity who = chance(60) && !hosts.empty()
                           ? Identity(hosts[below(static_cast<std::uint32_t>(hosts.size()))])
                           : guest();
  auto creator = person(Role::host, who);
  invite_ = {.id = make_id<InviteId>(),
             .session_id = make_id<SessionId>(),
             .code = make_invite_code(random_),
             .created_by = creator.id,
             .created_at = clock_.now()};
  session_ = Session::create({invite_.session_id, chance(70) || !asked ? bounds.defaults : *asked,
                              std::move(creator), *std::move(reading), secret()},
                             clock_.now());
  record({Created{}});
}

bool Life::gather() {
  for (std::uint32_t guests = below(kMostGuests + 1); guests > 0; --guests) {
    if (!wait(between(Seconds(10), minutes(4)))) return false;
    auto joining = person(chance(15) ? Role::reader : Role::participant, guest());
    joining.invite_id = invite_.id;
    ask(Join{std::move(joining), invite_, session_.data().participants.size()});
  }
  return true;
}

bool Life::read() {
  if (chance(15)) return true;  // they only talk
  if (!wait(between(Seconds(5), minutes(3)))) return false;
  operate(SetStep{Step::ask_question}, host());
  if (session_.data().reading.question.empty())
    operate(SetQuestion{kQuestions[below(kQuestions.size())]}, host());
  if (chance(10)) return true;
  if (!wait(between(Seconds(5), minutes(3)))) return false;
  operate(SetStep{Step::drawing}, host());
  if (!draw_cards()) return false;
  if (chance(40)) return true;
  operate(SetStep{Step::interpretation}, host());
  return operate(Interpret{kInterpretation}, host()) && wait(between(Seconds(30), minutes(10)));
}

bool Life::draw_cards() {
  const auto layout = session_.data().reading.layout;
  std::vector<std::string> places{"here", "there", "between"};
  if (layout != Layout::freestyle) {
    places.clear();
    for (const auto& position : positions(layout)) places.emplace_back(position.id);
  }
  for (const auto& place : places) {
    if (!wait(between(Seconds(2), minutes(1)))) return false;
    operate(Draw{place}, anybody());
    if (chance(70)) operate(Flip{session_.data().reading.cards.back().index}, anybody());
  }
  return true;
}

void Life::finish() {
  if (chance(35) && wait(between(Seconds(10), minutes(5)))) {
    ask(Complete{host()});
    return;
  }
  const auto people = session_.data().participants;
  for (const auto& each : people)
    if (chance(60) && wait(between(Seconds(1), minutes(2))))
      ask(Leave{each.id, chance(50) ? LeaveReason::closed_tab : LeaveReason::left});
}

// Silence, a warning that is sometimes answered, the end, sometimes a restore, and the purge.
void Life::let_time_pass() {
  const auto warning = session_.warns_at(clock_.now(), {});
  const Instant now = clock_.now();
  if (warning && chance(15) && wait(std::max(*warning - now, Duration(0)) + Seconds(20)))
    ask(KeepAliveClick{host()});
  while (session_.is_open() && clock_.now() < until_) wait(minutes(30));
  if (std::holds_alternative<Ended>(session_.data().phase) && chance(7)) come_back();
  if (const auto* ended = std::get_if<Ended>(&session_.data().phase)) {
    // Some are deleted by their host before their time.
    const Instant due = chance(3) ? ended->at : ended->restorable_until + minutes(5);
    if (due >= until_) return;
    clock_.set(std::max(due, clock_.now()));
    purge();
  }
}

void Life::come_back() {
  const auto& ended = std::get<Ended>(session_.data().phase);
  const Instant at = ended.at + between(minutes(1), minutes(90));
  if (ended.reason != EndReason::expired || at >= ended.restorable_until || at >= until_) return;
  clock_.set(at);
  ask(Restore{host()});
  if (wait(minutes(2))) operate(Shuffle{}, host());
  while (session_.is_open() && clock_.now() < until_) wait(minutes(30));
}

// As the sweep does.
void Life::purge() {
  auto data = session_.data();
  const auto& ended = std::get<Ended>(data.phase);
  data.phase = Purged{ended.reason, ended.at, clock_.now()};
  data.reading = {
      .deck_id = data.reading.deck_id, .layout = data.reading.layout, .step = data.reading.step};
  data.restore_key_hash.reset();
  for (auto& each : data.participants) {
    each.name.clear();
    each.token_hash.reset();
  }
  change_.operations.clear();
  change_.audit.push_back({.id = make_id<EventId>(),
                           .type = "purged",
                           .generation = data.generation,
                           .participant = std::nullopt,
                           .at = clock_.now()});
  session_ = Session(std::move(data));
}

}  // namespace

boost::asio::awaitable<void> SetClock::sleep_until(Instant due) {
  now_ = std::max(now_, due);
  co_return;
}

Demo::Demo(World world, Settings settings, boost::asio::any_io_executor executor, Duration span,
           std::size_t hosts)
    : until_(world.clock.now()),
      span_(span),
      random_(seed_from(world.random)),
      clock_(world.clock),
      house_({clock_, world.store, random_, world.log}, std::move(settings), std::move(executor)) {
  house_.listening_since = {INT64_MIN / 2};
  for (std::size_t i = 0; i < hosts; ++i)
    hosts_.push_back(UserId::make(house_.wall(until_), random_));
}

ports::Change Demo::make() {
  const auto slots = static_cast<std::uint32_t>(span_ / minutes(1) + 1);
  const Duration age = minutes(random_.below(slots)) + Duration(random_.below(60'000));
  clock_.set(until_ - std::min(age, span_));
  return Life(house_, clock_, random_, until_).live(hosts_);
}

}  // namespace tarotforge::app
